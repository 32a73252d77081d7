//! Invoices and credit notes in UBL 2.1, by Peppol BIS Billing 3 and its national rules.

use super::element;

const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const AGGREGATES: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASICS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const PEPPOL: &str = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";

/// The parts that differ between the invoices.
struct Sketch<'a> {
    specification: &'a str,
    seller: [&'a str; 4],
    currency: &'a str,
    means: String,
}

const GERMAN: [&str; 4] = ["Werkzeug Muster GmbH", "DE", "DE123456788", "HRB 4711"];

/// The invoice, paid to an IBAN.
#[must_use]
pub fn ubl_invoice() -> String {
    write(false, &german())
}

/// The same as a credit note.
#[must_use]
pub fn ubl_credit_note() -> String {
    write(true, &german())
}

fn german() -> Sketch<'static> {
    let branch =
        "<cac:FinancialInstitutionBranch><cbc:ID>COBADEFFXXX</cbc:ID></cac:FinancialInstitutionBranch>";
    let means = means("58", Some("RE-2024-0117"), "DE89370400440532013000", branch);
    Sketch { specification: PEPPOL, seller: GERMAN, currency: "EUR", means }
}

/// The invoice of a Swedish supplier, paid to a bankgiro and to a plusgiro with an OCR number.
#[must_use]
pub fn swedish_ubl() -> String {
    let branch = |id: &str| {
        format!("<cac:FinancialInstitutionBranch><cbc:ID>{id}</cbc:ID></cac:FinancialInstitutionBranch>")
    };
    let means = [
        means("30", Some("12344"), "50501055", &branch("SE:BANKGIRO")),
        means("30", Some("12344"), "9019506", &branch("SE:PLUSGIRO")),
    ];
    let seller = ["Ekdalens Snickeri AB", "SE", "SE202100548901", "2021005489"];
    write(false, &Sketch { specification: PEPPOL, seller, currency: "SEK", means: means.concat() })
}

/// The invoice of a Norwegian supplier, paid to a national account with a KID.
#[must_use]
pub fn norwegian_ubl() -> String {
    let seller = ["Fjordvik Rør AS", "NO", "NO995525828MVA", "995525828"];
    let means = means("30", Some("1234567897"), "86011117947", "");
    write(false, &Sketch { specification: PEPPOL, seller, currency: "NOK", means })
}

/// The invoice of a Danish supplier, paid by a payment line.
#[must_use]
pub fn danish_ubl() -> String {
    let seller = ["Strandby El ApS", "DK", "DK13585628", "13585628"];
    let means = means("93", Some("71#123456789012347"), "12345678", "");
    write(false, &Sketch { specification: PEPPOL, seller, currency: "DKK", means })
}

/// The same in OIOUBL, which stores the parts of the payment line separately.
#[must_use]
pub fn oioubl() -> String {
    let seller = ["Strandby El ApS", "DK", "DK13585628", "13585628"];
    let means = "<cac:PaymentMeans><cbc:PaymentMeansCode>93</cbc:PaymentMeansCode><cbc:PaymentDueDate>2024-04-13</cbc:PaymentDueDate><cbc:InstructionID>123456789012347</cbc:InstructionID><cbc:PaymentID>71</cbc:PaymentID><cac:CreditAccount><cbc:AccountID>12345678</cbc:AccountID></cac:CreditAccount></cac:PaymentMeans>";
    write(false, &Sketch { specification: "OIOUBL-2.1", seller, currency: "DKK", means: means.to_owned() })
}

fn means(code: &str, reference: Option<&str>, account: &str, branch: &str) -> String {
    let reference = reference.map(|reference| element("cbc:PaymentID", reference)).unwrap_or_default();
    format!(
        "<cac:PaymentMeans><cbc:PaymentMeansCode>{code}</cbc:PaymentMeansCode>{reference}<cac:PayeeFinancialAccount><cbc:ID>{account}</cbc:ID>{branch}</cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
}

fn write(is_credit_note: bool, sketch: &Sketch<'_>) -> String {
    let (root, namespace, due, kind) = if is_credit_note {
        ("CreditNote", CREDIT_NOTE, "", "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>")
    } else {
        let due = "<cbc:DueDate>2024-04-13</cbc:DueDate>";
        ("Invoice", INVOICE, due, "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>")
    };
    let Sketch { specification, seller: [name, country, vat_id, number], currency, means } = sketch;
    let lines = lines(is_credit_note, currency);
    let totals = totals(currency);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{namespace}" xmlns:cac="{AGGREGATES}" xmlns:cbc="{BASICS}">
<cbc:CustomizationID>{specification}</cbc:CustomizationID><cbc:ID>RE-2024-0117</cbc:ID><cbc:IssueDate>2024-03-14</cbc:IssueDate>{due}{kind}<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>B-2024-77</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Trading name</cbc:Name></cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>201/113/40209</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyTaxScheme><cbc:CompanyID>{vat_id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID="0088">4000001987658</cbc:ID></cac:PartyIdentification><cac:PartyIdentification><cbc:ID>K-4711</cbc:ID></cac:PartyIdentification><cac:PartyLegalEntity><cbc:RegistrationName>Kunden &amp; Söhne AG</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:Delivery><cbc:ActualDeliveryDate>2024-03-12</cbc:ActualDeliveryDate></cac:Delivery>
{means}{totals}{lines}
</{root}>"#
    )
}

fn totals(currency: &str) -> String {
    let amount =
        |name: &str, amount: &str| format!("<cbc:{name} currencyID=\"{currency}\">{amount}</cbc:{name}>");
    let breakdown = [("195.00", "37.05", "19"), ("275.00", "19.25", "7")].map(|(net, tax, rate)| {
        format!(
            "<cac:TaxSubtotal>{}{}<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>",
            amount("TaxableAmount", net),
            amount("TaxAmount", tax)
        )
    });
    let of_accounting =
        "<cac:TaxTotal><cbc:TaxAmount currencyID=\"CHF\">55.00</cbc:TaxAmount></cac:TaxTotal>";
    let sums = [
        ("LineExtensionAmount", "474.00"),
        ("TaxExclusiveAmount", "470.00"),
        ("TaxInclusiveAmount", "526.30"),
        ("AllowanceTotalAmount", "4.00"),
        ("PrepaidAmount", "26.30"),
        ("PayableAmount", "500.00"),
    ]
    .map(|(name, text)| amount(name, text));
    format!(
        "{of_accounting}<cac:TaxTotal>{}{}</cac:TaxTotal><cac:LegalMonetaryTotal>{}</cac:LegalMonetaryTotal>",
        amount("TaxAmount", "56.30"),
        breakdown.concat(),
        sums.concat()
    )
}

fn lines(is_credit_note: bool, currency: &str) -> String {
    let (line, quantity) = if is_credit_note {
        ("CreditNoteLine", "CreditedQuantity")
    } else {
        ("InvoiceLine", "InvoicedQuantity")
    };
    let write = |id: &str, code: &str, name: &str, price: &str, count: &str, rate: &str, net: &str| {
        format!(
            "<cac:{line}><cbc:ID>{id}</cbc:ID><cbc:{quantity} unitCode=\"C62\">{count}</cbc:{quantity}><cbc:LineExtensionAmount currencyID=\"{currency}\">{net}</cbc:LineExtensionAmount><cac:Item><cbc:Name>{name}</cbc:Name><cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item><cac:Price>{price}</cac:Price></cac:{line}>"
        )
    };
    let hundred = format!(
        "<cbc:PriceAmount currencyID=\"{currency}\">1990.00</cbc:PriceAmount><cbc:BaseQuantity unitCode=\"C62\">100</cbc:BaseQuantity>"
    );
    let single = format!("<cbc:PriceAmount currencyID=\"{currency}\">5.50</cbc:PriceAmount>");
    write("1", "TB-A4", "Trennblätter A4", &hundred, "10", "19", "199.00")
        + &write("2", "JP-1", "Joghurt Banane", &single, "50", "7", "275.00")
}
