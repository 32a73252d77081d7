//! Cross Industry Invoices: each profile with the terms that it allows.

use super::element;

/// A profile of Factur-X 1.0 and ZUGFeRD 2, from the fewest terms to the most; each contains all
/// terms of the previous ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CiiProfile {
    /// Only totals and parties.
    Minimum,
    /// Without lines.
    BasicWl,
    /// With lines.
    Basic,
    /// EN 16931, formerly called COMFORT.
    En16931,
    /// XRechnung: EN 16931 with additional rules for Germany.
    XRechnung,
    /// With groups of lines.
    Extended,
}

impl CiiProfile {
    /// Every profile.
    pub const ALL: [Self; 6] =
        [Self::Minimum, Self::BasicWl, Self::Basic, Self::En16931, Self::XRechnung, Self::Extended];

    /// The specification's identifier (BT-24).
    #[must_use]
    pub const fn specification(self) -> &'static str {
        match self {
            Self::Minimum => "urn:factur-x.eu:1p0:minimum",
            Self::BasicWl => "urn:factur-x.eu:1p0:basicwl",
            Self::Basic => "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
            Self::En16931 => "urn:cen.eu:en16931:2017",
            Self::XRechnung => "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            Self::Extended => "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
        }
    }
}

/// The invoice in a profile.
#[must_use]
pub fn cii(profile: CiiProfile) -> String {
    let lines = if profile >= CiiProfile::Basic { lines(profile) } else { String::new() };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{specification}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>RE-2024-0117</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20240314</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lines}{agreement}{delivery}{settlement}</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"#,
        specification = profile.specification(),
        agreement = agreement(profile),
        delivery = delivery(profile),
        settlement = settlement(profile),
    )
}

fn agreement(profile: CiiProfile) -> String {
    let number = if profile >= CiiProfile::BasicWl { "<ram:ID>K-4711</ram:ID>" } else { "" };
    format!(
        r#"<ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Werkzeug Muster GmbH</ram:Name><ram:SpecifiedLegalOrganization><ram:ID>HRB 4711</ram:ID></ram:SpecifiedLegalOrganization><ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456788</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty>{number}<ram:Name>Kunden &amp; Söhne AG</ram:Name></ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>B-2024-77</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
</ram:ApplicableHeaderTradeAgreement>"#
    )
}

fn delivery(profile: CiiProfile) -> &'static str {
    if profile >= CiiProfile::BasicWl {
        r#"<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime><udt:DateTimeString format="102">20240312</udt:DateTimeString></ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>"#
    } else {
        "<ram:ApplicableHeaderTradeDelivery/>"
    }
}

fn settlement(profile: CiiProfile) -> String {
    let has_terms = profile >= CiiProfile::BasicWl;
    let bank = if profile >= CiiProfile::En16931 {
        "<ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>COBADEFFXXX</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>"
    } else {
        ""
    };
    let means = format!(
        "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>{bank}</ram:SpecifiedTradeSettlementPaymentMeans>"
    );
    let reference = element("ram:PaymentReference", "RE-2024-0117");
    let breakdown = [("37.05", "195.00", "19.00"), ("19.25", "275.00", "7.00")].map(|(tax, net, rate)| {
        format!("<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{net}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>")
    });
    let terms = r#"<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20240413</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"#;
    let when = |text: &str| if has_terms { text.to_owned() } else { String::new() };
    let sums = when(
        "<ram:LineTotalAmount>474.00</ram:LineTotalAmount><ram:AllowanceTotalAmount>4.00</ram:AllowanceTotalAmount>",
    );
    format!(
        r#"<ram:ApplicableHeaderTradeSettlement>{reference}<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{means}{breakdown}{terms}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>{sums}<ram:TaxBasisTotalAmount>470.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="CHF">55.00</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="EUR">56.30</ram:TaxTotalAmount><ram:GrandTotalAmount>526.30</ram:GrandTotalAmount>{paid}<ram:DuePayableAmount>500.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>"#,
        reference = when(&reference),
        means = when(&means),
        breakdown = when(&breakdown.concat()),
        terms = when(terms),
        paid = when("<ram:TotalPrepaidAmount>26.30</ram:TotalPrepaidAmount>"),
    )
}

fn lines(profile: CiiProfile) -> String {
    let group = "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>0</ram:LineID><ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>Both</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>474.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>";
    let group = if profile == CiiProfile::Extended { group } else { "" };
    let code = |code: &str| {
        if profile >= CiiProfile::En16931 { element("ram:SellerAssignedID", code) } else { String::new() }
    };
    let line = |id: &str, code: &str, name: &str, price: &str, quantity: &str, rate: &str, net: &str| {
        format!(
            "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{id}</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct>{code}<ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>{price}</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode=\"C62\">{quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
        )
    };
    let hundred = "<ram:ChargeAmount>1990.00</ram:ChargeAmount><ram:BasisQuantity unitCode=\"C62\">100</ram:BasisQuantity>";
    let single = element("ram:ChargeAmount", "5.5000");
    let [first, second] = [code("TB-A4"), code("JP-1")];
    let first = line("1", &first, "Trennblätter A4", hundred, "10.0000", "19.00", "199.00");
    let second = line("2", &second, "Joghurt Banane", &single, "50", "7.00", "275.00");
    [group, &first, &second].concat()
}

/// The invoice in the older form of ZUGFeRD 1.0, profile COMFORT.
#[must_use]
pub fn zugferd_1() -> String {
    let line = |id: &str, name: &str, price: &str, quantity: &str, rate: &str, net: &str| {
        format!(
            "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{id}</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedSupplyChainTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedSupplyChainTradeAgreement><ram:SpecifiedSupplyChainTradeDelivery><ram:BilledQuantity unitCode=\"C62\">{quantity}</ram:BilledQuantity></ram:SpecifiedSupplyChainTradeDelivery><ram:SpecifiedSupplyChainTradeSettlement><ram:ApplicableTradeTax><ram:ApplicablePercent>{rate}</ram:ApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementMonetarySummation><ram:LineTotalAmount currencyID=\"EUR\">{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation></ram:SpecifiedSupplyChainTradeSettlement><ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>"
        )
    };
    let lines = [
        line("1", "Trennblätter A4", "19.90", "10", "19.00", "199.00"),
        line("2", "Joghurt Banane", "5.50", "50", "7.00", "275.00"),
    ];
    let tax = [("37.05", "195.00", "19.00"), ("19.25", "275.00", "7.00")].map(|(tax, net, rate)| {
        format!("<ram:ApplicableTradeTax><ram:CalculatedAmount currencyID=\"EUR\">{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount currencyID=\"EUR\">{net}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:ApplicablePercent>{rate}</ram:ApplicablePercent></ram:ApplicableTradeTax>")
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- An invoice. -->
<a:CrossIndustryDocument xmlns:a="urn:ferd:CrossIndustryDocument:invoice:1p0" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
<a:SpecifiedExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:ferd:CrossIndustryDocument:invoice:1p0:comfort</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></a:SpecifiedExchangedDocumentContext>
<a:HeaderExchangedDocument><ram:ID>RE-2024-0117</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20240314</udt:DateTimeString></ram:IssueDateTime></a:HeaderExchangedDocument>
<a:SpecifiedSupplyChainTradeTransaction>
<ram:ApplicableSupplyChainTradeAgreement><ram:SellerTradeParty><ram:Name>Werkzeug Muster GmbH</ram:Name><ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456788</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty><ram:BuyerTradeParty><ram:ID>K-4711</ram:ID><ram:Name>Kunden &amp; Söhne AG</ram:Name></ram:BuyerTradeParty><ram:BuyerOrderReferencedDocument><ram:ID>B-2024-77</ram:ID></ram:BuyerOrderReferencedDocument></ram:ApplicableSupplyChainTradeAgreement>
<ram:ApplicableSupplyChainTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime><udt:DateTimeString format="102">20240312</udt:DateTimeString></ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent></ram:ApplicableSupplyChainTradeDelivery>
<ram:ApplicableSupplyChainTradeSettlement><ram:PaymentReference>RE-2024-0117</ram:PaymentReference><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89 3704 0044 0532 0130 00</ram:IBANID></ram:PayeePartyCreditorFinancialAccount><ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>COBADEFFXXX</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution></ram:SpecifiedTradeSettlementPaymentMeans>{tax}<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20240413</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementMonetarySummation><ram:LineTotalAmount currencyID="EUR">474.00</ram:LineTotalAmount><ram:ChargeTotalAmount currencyID="EUR">0.00</ram:ChargeTotalAmount><ram:AllowanceTotalAmount currencyID="EUR">4.00</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount currencyID="EUR">470.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">56.30</ram:TaxTotalAmount><ram:GrandTotalAmount currencyID="EUR">526.30</ram:GrandTotalAmount><ram:TotalPrepaidAmount currencyID="EUR">26.30</ram:TotalPrepaidAmount><ram:DuePayableAmount currencyID="EUR">500.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementMonetarySummation></ram:ApplicableSupplyChainTradeSettlement>
{lines}
</a:SpecifiedSupplyChainTradeTransaction>
</a:CrossIndustryDocument>"#,
        tax = tax.concat(),
        lines = lines.concat(),
    )
}
