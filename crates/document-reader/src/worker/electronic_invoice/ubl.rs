//! OASIS Universal Business Language 2.x, invoice and credit note, as used by Peppol BIS Billing 3
//! and XRechnung. Paths follow the mapping of EN 16931-3-2; a few follow OIOUBL and plain UBL where
//! those differ.

use fieldmark_domain::electronic_invoice::{ElectronicInvoice, InvoiceSyntax, StatedLine, StatedTax};
use fieldmark_domain::field::Field;

use super::element::Element;
use super::payment::{self, StatedAccount};
use super::terms::Terms;

pub const INVOICE_NAMESPACE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
pub const CREDIT_NOTE_NAMESPACE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

/// Reads an invoice or credit note whose root is known.
pub fn read(root: Element<'_>) -> ElectronicInvoice {
    let is_credit_note = root.name() == "CreditNote";
    let mut terms = Terms::new(InvoiceSyntax::Ubl);
    terms.about().specification = root.text("CustomizationID");
    terms.about().is_credit_note = is_credit_note;
    terms.about().type_code =
        root.text(if is_credit_note { "CreditNoteTypeCode" } else { "InvoiceTypeCode" });
    terms.state(Field::InvoiceNumber, root.text("ID"));
    terms.state(Field::InvoiceDate, root.text("IssueDate"));
    let due = root.text("DueDate").or_else(|| root.text("PaymentMeans/PaymentDueDate"));
    terms.state(Field::DueDate, due);
    terms.state(Field::DeliveryDate, root.text("Delivery/ActualDeliveryDate"));
    let currency = root.text("DocumentCurrencyCode");
    terms.state(Field::Currency, currency.clone());
    read_parties(root, &mut terms);
    terms.state(Field::OrderNumber, order_of(root));
    for means in root.children("PaymentMeans") {
        read_means(means, &mut terms);
    }
    read_totals(root, currency.as_deref(), &mut terms);
    read_lines(root, is_credit_note, &mut terms);
    terms.finish()
}

/// The element contains a seller's own order number under "NA" when the buyer gave none (Peppol BIS
/// Billing 3).
fn order_of(root: Element<'_>) -> Option<String> {
    root.text("OrderReference/ID").filter(|number| number != "NA")
}

fn read_parties(root: Element<'_>, terms: &mut Terms) {
    if let Some(seller) = root.at("AccountingSupplierParty/Party") {
        terms.about().seller_country = seller.text("PostalAddress/Country/IdentificationCode");
        terms.state(Field::SupplierName, name_of(seller));
        terms.state(Field::SupplierVatId, vat_id_of(seller));
        terms.state_number(Field::SupplierOrgNumber, seller.at("PartyLegalEntity/CompanyID"));
    }
    if let Some(buyer) = root.at("AccountingCustomerParty/Party") {
        terms.state(Field::CustomerName, name_of(buyer));
        let number = root.text("AccountingCustomerParty/SupplierAssignedAccountID");
        terms.state(Field::CustomerNumber, number.or_else(|| own_number_of(buyer)));
    }
}

/// A number with a scheme is a register's number, not the supplier's own.
fn own_number_of(buyer: Element<'_>) -> Option<String> {
    let numbers = buyer.children("PartyIdentification").filter_map(|number| number.at("ID"));
    numbers.filter(|number| number.attribute("schemeID").is_none()).find_map(Element::own_text)
}

/// The registered name (BT-27, BT-44), or else the trading name.
fn name_of(party: Element<'_>) -> Option<String> {
    party.text("PartyLegalEntity/RegistrationName").or_else(|| party.text("PartyName/Name"))
}

/// The VAT number, by its scheme; a seller may state a local tax number under another scheme.
fn vat_id_of(party: Element<'_>) -> Option<String> {
    let schemes = party.children("PartyTaxScheme");
    let of_vat = |scheme: &Element<'_>| {
        scheme.text("TaxScheme/ID").is_none_or(|id| matches!(id.as_str(), "VAT" | "63"))
    };
    schemes.filter(of_vat).find_map(|scheme| scheme.text("CompanyID"))
}

fn read_means(means: Element<'_>, terms: &mut Terms) {
    terms.add_payer_account(means.text("PaymentMandate/PayerFinancialAccount/ID"));
    let account = means.text("PayeeFinancialAccount/ID").or_else(|| means.text("CreditAccount/AccountID"));
    let branch = means.at("PayeeFinancialAccount/FinancialInstitutionBranch");
    // OIOUBL stores the card type and the number separately.
    let reference = match (means.text("PaymentID"), means.text("InstructionID")) {
        (Some(card), Some(number)) if card.len() == 2 => Some(format!("{card}#{number}")),
        (reference, _) => reference,
    };
    let stated = StatedAccount {
        account,
        bank: branch.and_then(|branch| branch.text("ID").or_else(|| branch.text("FinancialInstitution/ID"))),
        reference,
    };
    payment::state(terms, stated);
}

fn read_totals(root: Element<'_>, currency: Option<&str>, terms: &mut Terms) {
    // The tax may also be stated in the accounting currency (BT-111), without a breakdown.
    let is_in_currency = |total: &Element<'_>| {
        let of = total.at("TaxAmount").and_then(|amount| amount.attribute("currencyID"));
        currency.is_none() || of.is_none() || of == currency
    };
    let tax = root.children("TaxTotal").find(is_in_currency);
    if let Some(total) = root.at("LegalMonetaryTotal") {
        terms.state(Field::TotalNet, total.amount("TaxExclusiveAmount", currency));
        terms.state(Field::TotalTax, tax.and_then(|tax| tax.text("TaxAmount")));
        terms.state(Field::TotalGross, total.amount("TaxInclusiveAmount", currency));
        terms.state(Field::AmountDue, total.amount("PayableAmount", currency));
        terms.about().paid = total.text("PrepaidAmount");
        terms.about().rounding = total.text("PayableRoundingAmount");
        terms.about().allowances = total.text("AllowanceTotalAmount");
        terms.about().charges = total.text("ChargeTotalAmount");
    }
    for line in tax.into_iter().flat_map(|tax| tax.children("TaxSubtotal")) {
        terms.add_tax(StatedTax {
            category: line.text("TaxCategory/ID"),
            rate: line.text("TaxCategory/Percent").or_else(|| line.text("Percent")),
            net: line.text("TaxableAmount"),
            tax: line.text("TaxAmount"),
        });
    }
}

fn read_lines(root: Element<'_>, is_credit_note: bool, terms: &mut Terms) {
    let (line, quantity) = if is_credit_note {
        ("CreditNoteLine", "CreditedQuantity")
    } else {
        ("InvoiceLine", "InvoicedQuantity")
    };
    for line in root.children(line) {
        let quantity = line.at(quantity);
        terms.add_line(StatedLine {
            code: line.text("Item/SellersItemIdentification/ID"),
            description: line.text("Item/Name").or_else(|| line.text("Item/Description")),
            quantity: quantity.and_then(Element::own_text),
            unit: quantity.and_then(|quantity| quantity.code("unitCode")),
            price: line.text("Price/PriceAmount"),
            price_base: line.text("Price/BaseQuantity"),
            net: line.text("LineExtensionAmount"),
            tax_rate: line
                .text("Item/ClassifiedTaxCategory/Percent")
                .or_else(|| line.text("TaxTotal/TaxSubtotal/TaxCategory/Percent")),
        });
    }
}
