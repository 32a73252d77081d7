//! E-invoices inside PDFs and alone, from the file to the result.

use fieldmark_synth::Generator;
use fieldmark_synth::pdf::{self, Attachment, PdfOptions};
use fieldmark_testkit::e_invoices::{CiiProfile, cii, ubl_credit_note, ubl_invoice};

use crate::bench::{Bench, rows};

/// A generated page that has nothing to do with the e-invoice inside its file.
fn with_attachment(xml: String) -> Vec<u8> {
    let invoice = Generator::new(7).invoice_in("de-DE".parse().unwrap(), 1);
    let attachment = Attachment {
        name: "factur-x.xml".to_owned(),
        media_type: "text/xml".to_owned(),
        bytes: xml.into_bytes(),
    };
    pdf::write(&invoice.pages, &PdfOptions { attachments: vec![attachment], ..PdfOptions::default() })
}

#[test]
fn an_e_invoice_alone_is_read_with_its_lines_and_taxes() {
    let bench = Bench::new()
        .with("in/a.xml", cii(CiiProfile::Extended))
        .with("in/b.xml", ubl_credit_note())
        .with("in/other.xml", "<settings/>");
    let rows = rows(&bench.run(&["extract", "in"]).printed(0));
    assert_eq!(rows.len(), 2, "{rows:?}");
    let row = &rows[0];
    assert_eq!((&row["kind"], &row["currency"]), (&"invoice".into(), &"EUR".into()));
    assert_eq!((&row["page_count"], &row["decision"]), (&0.into(), &"accept".into()), "{row}");
    assert_eq!(row["e_invoice"]["syntax"], "cii");
    let gross = &row["fields"]["total_gross"];
    assert_eq!((&gross["value"], &gross["source"]), (&"526.30".into(), &"xml".into()));
    assert_eq!((&row["tax"][0]["rate"], &row["tax"][1]["tax"]), (&"19.00".into(), &"19.25".into()));
    let line = &row["lines"][0];
    for (name, value) in
        [("unit_price_net", "19.90"), ("quantity", "10"), ("amount_net", "199.00"), ("tax_rate", "19.00")]
    {
        assert_eq!(line[name], value, "{line}");
    }
    assert_eq!(line["position"], 1);
    assert_eq!(
        (&rows[1]["kind"], &rows[1]["fields"]["amount_due"]["value"]),
        (&"credit_note".into(), &"-500.00".into())
    );
}

#[test]
fn a_page_that_shows_another_invoice_is_said_and_the_page_alone_is_read_on_request() {
    let bench = Bench::new().with("a.pdf", with_attachment(ubl_invoice()));
    let with_xml = &rows(&bench.run(&["extract", "a.pdf"]).printed(0))[0];
    let number = &with_xml["fields"]["invoice_number"];
    assert_eq!((&number["value"], &number["source"]), (&"RE-2024-0117".into(), &"xml".into()));
    let on_page = &rows(&bench.run(&["extract", "a.pdf", "--no-xml"]).printed(0))[0];
    let shown = on_page["fields"]["invoice_number"]["value"].as_str().unwrap();
    assert_eq!(on_page["fields"]["invoice_number"]["source"], "text_layer");
    assert!(on_page.get("e_invoice").is_none() && on_page.get("lines").is_none());
    let checks = number["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == "seen_on_page").unwrap();
    let detail = check["detail"].as_str().unwrap();
    assert!(check["passed"] == false && detail.contains("RE-2024-0117") && detail.contains(shown), "{check}");
    assert_eq!(with_xml["decision"], "review");
}

#[test]
fn the_table_tells_of_the_e_invoice() {
    let bench = Bench::new().with("a.xml", ubl_credit_note());
    let table = bench.run(&["extract", "a.xml", "--format", "table"]).printed(0);
    for part in [
        "credit note · no pages · e-invoice (ubl) · EUR",
        "tax 19.00 % (S) of -195.00: -37.05",
        "2 invoice lines",
    ] {
        assert!(table.contains(part), "{part}\n{table}");
    }
}

#[test]
fn an_e_invoice_without_its_xml_has_no_pages() {
    let bench = Bench::new().with("a.xml", ubl_invoice());
    let row = &rows(&bench.run(&["extract", "a.xml", "--no-xml"]).printed(1))[0];
    assert_eq!(row["error"]["code"], "document_without_pages");
}
