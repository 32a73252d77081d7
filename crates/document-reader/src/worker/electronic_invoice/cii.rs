//! UN/CEFACT Cross Industry Invoice (D16B), as used by Factur-X, ZUGFeRD 2 and XRechnung from
//! MINIMUM to EXTENDED, and the older form of ZUGFeRD 1.0. Paths follow the mapping of EN
//! 16931-3-3.

use fieldmark_domain::electronic_invoice::{ElectronicInvoice, InvoiceSyntax, StatedLine, StatedTax};
use fieldmark_domain::field::Field;

use super::element::Element;
use super::payment::{self, StatedAccount};
use super::terms::Terms;

pub const NAMESPACE: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
pub const NAMESPACE_OF_ZUGFERD_1: &str = "urn:ferd:CrossIndustryDocument:invoice:1p0";

/// The names that differ between the two forms.
struct Names {
    context: &'static str,
    header: &'static str,
    transaction: &'static str,
    agreement: &'static str,
    delivery: &'static str,
    settlement: &'static str,
    order: &'static str,
    summation: &'static str,
    rate: &'static str,
    line_agreement: &'static str,
    line_delivery: &'static str,
    line_settlement: &'static str,
    line_total: &'static str,
}

const D16B: Names = Names {
    context: "ExchangedDocumentContext",
    header: "ExchangedDocument",
    transaction: "SupplyChainTradeTransaction",
    agreement: "ApplicableHeaderTradeAgreement",
    delivery: "ApplicableHeaderTradeDelivery",
    settlement: "ApplicableHeaderTradeSettlement",
    order: "BuyerOrderReferencedDocument/IssuerAssignedID",
    summation: "SpecifiedTradeSettlementHeaderMonetarySummation",
    rate: "RateApplicablePercent",
    line_agreement: "SpecifiedLineTradeAgreement",
    line_delivery: "SpecifiedLineTradeDelivery",
    line_settlement: "SpecifiedLineTradeSettlement",
    line_total: "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
};

const ZUGFERD_1: Names = Names {
    context: "SpecifiedExchangedDocumentContext",
    header: "HeaderExchangedDocument",
    transaction: "SpecifiedSupplyChainTradeTransaction",
    agreement: "ApplicableSupplyChainTradeAgreement",
    delivery: "ApplicableSupplyChainTradeDelivery",
    settlement: "ApplicableSupplyChainTradeSettlement",
    order: "BuyerOrderReferencedDocument/ID",
    summation: "SpecifiedTradeSettlementMonetarySummation",
    rate: "ApplicablePercent",
    line_agreement: "SpecifiedSupplyChainTradeAgreement",
    line_delivery: "SpecifiedSupplyChainTradeDelivery",
    line_settlement: "SpecifiedSupplyChainTradeSettlement",
    line_total: "SpecifiedTradeSettlementMonetarySummation/LineTotalAmount",
};

/// Reads an invoice whose root is known.
pub fn read(root: Element<'_>) -> ElectronicInvoice {
    let names = if root.namespace() == Some(NAMESPACE) { &D16B } else { &ZUGFERD_1 };
    let mut terms = Terms::new(InvoiceSyntax::Cii);
    let context = root.at(names.context);
    terms.about().specification =
        context.and_then(|context| context.text("GuidelineSpecifiedDocumentContextParameter/ID"));
    if let Some(header) = root.at(names.header) {
        terms.state(Field::InvoiceNumber, header.text("ID"));
        terms.state(Field::InvoiceDate, header.text("IssueDateTime/DateTimeString"));
        terms.about().type_code = header.text("TypeCode");
    }
    if let Some(transaction) = root.at(names.transaction) {
        read_transaction(transaction, names, &mut terms);
    }
    terms.finish()
}

fn read_transaction(transaction: Element<'_>, names: &'static Names, terms: &mut Terms) {
    if let Some(agreement) = transaction.at(names.agreement) {
        read_parties(agreement, terms);
        terms.state(Field::OrderNumber, agreement.text(names.order));
    }
    if let Some(delivery) = transaction.at(names.delivery) {
        let date = delivery.text("ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString");
        terms.state(Field::DeliveryDate, date);
    }
    if let Some(settlement) = transaction.at(names.settlement) {
        read_settlement(settlement, names, terms);
    }
    for line in transaction.children("IncludedSupplyChainTradeLineItem").filter(|line| is_item(*line)) {
        terms.add_line(read_line(line, names));
    }
}

fn read_parties(agreement: Element<'_>, terms: &mut Terms) {
    if let Some(seller) = agreement.at("SellerTradeParty") {
        terms.about().seller_country = seller.text("PostalTradeAddress/CountryID");
        terms.state(Field::SupplierName, seller.text("Name"));
        terms.state_number(Field::SupplierOrgNumber, seller.at("SpecifiedLegalOrganization/ID"));
        let registrations = seller.children("SpecifiedTaxRegistration");
        let vat = registrations.filter_map(|registration| registration.child_with("ID", "schemeID", &["VA"]));
        terms.state(Field::SupplierVatId, vat.filter_map(Element::own_text).next());
    }
    if let Some(buyer) = agreement.at("BuyerTradeParty") {
        terms.state(Field::CustomerName, buyer.text("Name"));
        terms.state(Field::CustomerNumber, buyer.text("ID"));
    }
}

fn read_settlement(settlement: Element<'_>, names: &'static Names, terms: &mut Terms) {
    let currency = settlement.text("InvoiceCurrencyCode");
    terms.state(Field::Currency, currency.clone());
    let due = settlement.children("SpecifiedTradePaymentTerms");
    terms.state(Field::DueDate, due.filter_map(|due| due.text("DueDateDateTime/DateTimeString")).next());
    let reference = settlement.text("PaymentReference");
    for means in settlement.children("SpecifiedTradeSettlementPaymentMeans") {
        read_means(means, reference.as_ref(), terms);
    }
    let country = terms.about().seller_country.clone().unwrap_or_default();
    payment::state_reference(terms, &country, reference);
    if let Some(summation) = settlement.at(names.summation) {
        read_summation(summation, currency.as_deref(), terms);
    }
    for tax in settlement.children("ApplicableTradeTax") {
        terms.add_tax(StatedTax {
            category: tax.text("CategoryCode"),
            rate: tax.text(names.rate),
            net: tax.text("BasisAmount"),
            tax: tax.text("CalculatedAmount"),
        });
    }
}

fn read_means(means: Element<'_>, reference: Option<&String>, terms: &mut Terms) {
    terms.add_payer_account(means.text("PayerPartyDebtorFinancialAccount/IBANID"));
    let Some(account) = means.at("PayeePartyCreditorFinancialAccount") else { return };
    let stated = StatedAccount {
        account: account.text("IBANID").or_else(|| account.text("ProprietaryID")),
        bank: means.text("PayeeSpecifiedCreditorFinancialInstitution/BICID"),
        reference: reference.cloned(),
    };
    payment::state(terms, stated);
}

fn read_summation(summation: Element<'_>, currency: Option<&str>, terms: &mut Terms) {
    terms.state(Field::TotalNet, summation.amount("TaxBasisTotalAmount", currency));
    // The tax may be stated in the accounting currency as well, or only in that one (BT-111).
    let is_meant = |tax: &Element<'_>| {
        let of = tax.attribute("currencyID").map(str::trim);
        currency.is_none() || of.is_none() || of == currency
    };
    let tax = summation.children("TaxTotalAmount").find(is_meant);
    terms.state(Field::TotalTax, tax.and_then(Element::own_text));
    terms.state(Field::TotalGross, summation.amount("GrandTotalAmount", currency));
    terms.state(Field::AmountDue, summation.amount("DuePayableAmount", currency));
    terms.about().paid = summation.text("TotalPrepaidAmount");
    terms.about().rounding = summation.text("RoundingAmount");
    terms.about().allowances = summation.text("AllowanceTotalAmount");
    terms.about().charges = summation.text("ChargeTotalAmount");
}

/// Groups and notes among the lines of the EXTENDED profile (BT-X-8) are not items.
fn is_item(line: Element<'_>) -> bool {
    let reason = line.text("AssociatedDocumentLineDocument/LineStatusReasonCode");
    reason.is_none_or(|reason| reason != "GROUP" && reason != "INFORMATION")
}

fn read_line(line: Element<'_>, names: &'static Names) -> StatedLine {
    let price = line.at(names.line_agreement).and_then(|part| part.at("NetPriceProductTradePrice"));
    let quantity = line.at(names.line_delivery).and_then(|part| part.at("BilledQuantity"));
    let settlement = line.at(names.line_settlement);
    StatedLine {
        code: line.text("SpecifiedTradeProduct/SellerAssignedID"),
        description: line.text("SpecifiedTradeProduct/Name"),
        quantity: quantity.and_then(Element::own_text),
        unit: quantity.and_then(|quantity| quantity.code("unitCode")),
        price: price.and_then(|price| price.text("ChargeAmount")),
        price_base: price.and_then(|price| price.text("BasisQuantity")),
        net: settlement.and_then(|part| part.text(names.line_total)),
        tax_rate: settlement
            .and_then(|part| part.at("ApplicableTradeTax"))
            .and_then(|tax| tax.text(names.rate)),
    }
}
