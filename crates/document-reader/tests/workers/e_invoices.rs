//! E-invoices inside PDFs, in every place that can list them, and as files of their own.

use fieldmark_domain::electronic_invoice::{ElectronicInvoice, InvoiceSyntax};
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::{DocumentReader, ReadError, ReadRequest};
use fieldmark_synth::pdf::{self, Attachment, PdfOptions};
use fieldmark_testkit::e_invoices::{CiiProfile, cii, ubl_credit_note, ubl_invoice, zugferd_1};
use libtest_mimic::Trial;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use crate::files;
use crate::set_up::{options, pool, read, reason, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("an_e_invoice_is_found_under_any_name", an_e_invoice_is_found_under_any_name),
        trial("an_e_invoice_is_found_wherever_it_hangs", an_e_invoice_is_found_wherever_it_hangs),
        trial("an_e_invoice_alone_has_no_pages", an_e_invoice_alone_has_no_pages),
        trial("e_invoices_are_left_out_on_request", e_invoices_are_left_out_on_request),
        trial("broken_xml_is_said_and_foreign_xml_refused", broken_xml_is_said_and_foreign_xml_refused),
        trial("all_e_invoices_of_a_file_are_read", all_e_invoices_of_a_file_are_read),
    ]
}

fn attachment(name: &str, content: impl AsRef<[u8]>) -> Attachment {
    Attachment {
        name: name.to_owned(),
        media_type: "application/octet-stream".to_owned(),
        bytes: content.as_ref().to_vec(),
    }
}

/// A page in a file with these attachments.
fn with(attachments: Vec<Attachment>) -> Vec<u8> {
    let page = files::page(vec![files::word("Rechnung", 40.0, 50.0)]);
    pdf::write(&[page], &PdfOptions { attachments, ..PdfOptions::default() })
}

async fn invoices(file: Vec<u8>) -> Vec<ElectronicInvoice> {
    let document = read(&pool(options()), file).await.unwrap();
    assert_eq!((document.media_type, document.pages.len()), (MediaType::Pdf, 1));
    document.electronic_invoices
}

async fn an_e_invoice_is_found_under_any_name() {
    for (name, xml, syntax) in [
        ("factur-x.xml", cii(CiiProfile::Extended), InvoiceSyntax::Cii),
        ("ZUGFeRD-invoice.xml", zugferd_1(), InvoiceSyntax::Cii),
        ("Lieferschein.pdf", cii(CiiProfile::Minimum), InvoiceSyntax::Cii),
        ("ohne Endung", ubl_invoice(), InvoiceSyntax::Ubl),
    ] {
        let found = invoices(with(vec![
            attachment("notes.txt", "words"),
            attachment("other.xml", "<order xmlns='urn:x'/>"),
            attachment(name, xml),
        ]))
        .await;
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!((found[0].syntax, found[0].attachment.as_deref()), (syntax, Some(name)));
    }
}

/// A file specification of an e-invoice, added to a document.
fn specification(document: &mut lopdf::Document) -> ObjectId {
    let mut stream = Stream::new(Dictionary::new(), ubl_invoice().into_bytes());
    stream.compress().unwrap();
    let file = document.add_object(stream);
    document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("faktura.xml"),
        "EF" => dictionary! { "F" => file },
    })
}

async fn an_e_invoice_is_found_wherever_it_hangs() {
    let hang: [fn(&mut lopdf::Document, ObjectId); 3] = [
        |document, file| document.catalog_mut().unwrap().set("AF", vec![Object::from(file)]),
        |document, file| {
            let page = document.get_pages()[&1];
            document.get_dictionary_mut(page).unwrap().set("AF", vec![Object::from(file)]);
        },
        |document, file| {
            let annotation = dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => file };
            let page = document.get_pages()[&1];
            document.get_dictionary_mut(page).unwrap().set("Annots", vec![Object::from(annotation)]);
        },
    ];
    for (place, hang) in hang.into_iter().enumerate() {
        let mut document = lopdf::Document::load_mem(&files::good()).unwrap();
        let file = specification(&mut document);
        hang(&mut document, file);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let found = invoices(bytes).await;
        assert_eq!(found.len(), 1, "place {place}");
        assert_eq!(found[0].attachment.as_deref(), Some("faktura.xml"));
    }
}

async fn an_e_invoice_alone_has_no_pages() {
    let pool = pool(options());
    for xml in [cii(CiiProfile::XRechnung), zugferd_1(), ubl_invoice(), ubl_credit_note()] {
        let document = read(&pool, xml.into_bytes()).await.unwrap();
        assert_eq!((document.media_type, document.page_count), (MediaType::Xml, 0));
        assert!(document.pages.is_empty() && document.electronic_invoices.len() == 1);
        assert_eq!(document.electronic_invoices[0].attachment, None);
    }
}

async fn e_invoices_are_left_out_on_request() {
    let pool = pool(options());
    let without = |bytes: Vec<u8>| ReadRequest { electronic_invoices: false, ..ReadRequest::new(bytes) };
    let file = with(vec![attachment("factur-x.xml", cii(CiiProfile::Basic))]);
    let document = pool.read(without(file)).await.unwrap();
    assert!(document.electronic_invoices.is_empty());
    assert_eq!(document.metadata.attachments, ["factur-x.xml"]);
    assert_eq!(pool.read(without(ubl_invoice().into_bytes())).await, Err(ReadError::NoPages));
}

async fn broken_xml_is_said_and_foreign_xml_refused() {
    let pool = pool(options());
    let broken = cii(CiiProfile::Basic).replace("</rsm:ExchangedDocument>", "");
    let file = with(vec![attachment("factur-x.xml", &broken)]);
    let document = read(&pool, file).await.unwrap();
    assert!(document.electronic_invoices.is_empty());
    assert!(document.unread[0].contains("factur-x.xml"), "{:?}", document.unread);
    assert!(reason(read(&pool, broken.into_bytes()).await.unwrap_err()).contains("not well-formed"));
    let Err(ReadError::UnsupportedMediaType { found }) = read(&pool, b"<html>\n</html>".to_vec()).await
    else {
        panic!("a web page is no invoice");
    };
    assert!(found.contains("html"), "{found}");
}

async fn all_e_invoices_of_a_file_are_read() {
    let first = attachment("a.xml", ubl_invoice());
    let second = attachment("b.xml", cii(CiiProfile::Basic));
    let found = invoices(with(vec![first, second])).await;
    let names: Vec<_> = found.iter().map(|invoice| invoice.attachment.as_deref().unwrap()).collect();
    assert_eq!(names, ["a.xml", "b.xml"]);
}
