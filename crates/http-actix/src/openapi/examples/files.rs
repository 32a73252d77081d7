//! Files and texts of examples. What is no text stands with its first bytes.

use serde_json::Value;

/// An e-invoice in UBL 2.1, as small as one can be.
pub const E_INVOICE: &str = "\
<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" \
xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>\
<cbc:ID>INV-20417</cbc:ID><cbc:IssueDate>2024-03-14</cbc:IssueDate>\
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>GBP</cbc:DocumentCurrencyCode>\
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>\
<cbc:RegistrationName>Northwind Joinery Ltd</cbc:RegistrationName>\
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>\
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID=\"GBP\">1000.00</cbc:TaxExclusiveAmount>\
<cbc:TaxInclusiveAmount currencyID=\"GBP\">1200.00</cbc:TaxInclusiveAmount>\
<cbc:PayableAmount currencyID=\"GBP\">1200.00</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>\n";

/// A page with four words, without compression.
const PDF: &str = "%PDF-1.4\n\
1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n\
4 0 obj\n<< /Length 63 >>\nstream\nBT /F1 12 Tf 330 742 Td (Invoice number: INV-20417) Tj ET     \n\nendstream\nendobj\n\
trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n";

/// Measures as Prometheus reads them.
pub const MEASURES: &str = "# TYPE fieldmark_jobs gauge\nfieldmark_jobs{status=\"queued\"} 3\n";

/// A file of this kind.
pub fn of(media_type: &str) -> Option<Value> {
    let file = match media_type {
        "application/pdf" => PDF,
        "application/xml" => E_INVOICE,
        "application/zip" => "PK\u{3}\u{4}…",
        "image/png" => "\u{89}PNG\r\n\u{1a}\n…",
        _ => return None,
    };
    Some(file.into())
}
