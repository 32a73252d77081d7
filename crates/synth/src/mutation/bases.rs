//! The files that are mutated: the generator's invoices, plain, packed and with e-invoices in them,
//! and e-invoices of every kind.

use fieldmark_testkit::e_invoices::{
    CiiProfile, cii, danish_ubl, norwegian_ubl, oioubl, swedish_ubl, ubl_credit_note, ubl_invoice, zugferd_1,
};
use lopdf::Document;

use crate::Generator;
use crate::pdf::{self, Attachment, PdfOptions};

/// How many invoices of the generator are mutated.
const PDFS: u64 = 120;

/// Files before the mutation.
#[derive(Debug)]
pub(super) struct Bases {
    pub(super) pdfs: Vec<Vec<u8>>,
    pub(super) invoices: Vec<Vec<u8>>,
}

impl Bases {
    pub(super) fn new(seed: u64) -> Self {
        let invoices = e_invoices();
        let generator = Generator::new(seed);
        let pdf = |index: u64| {
            let invoice = generator.invoice(index);
            let attached =
                invoices.get(usize::try_from(index / 4).unwrap_or_default() % invoices.len().max(1));
            // Of four files one carries an e-invoice, one is packed, one is both.
            let attachments =
                attached.filter(|_| index % 4 >= 2).map(|xml| as_attachment(xml)).into_iter().collect();
            let plain = pdf::write(&invoice.pages, &PdfOptions { attachments, ..PdfOptions::default() });
            if index % 2 == 1 { packed(&plain, index % 4 == 1).unwrap_or(plain) } else { plain }
        };
        Self { pdfs: (0..PDFS).map(pdf).collect(), invoices }
    }
}

fn e_invoices() -> Vec<Vec<u8>> {
    let profiles = CiiProfile::ALL.map(cii).into_iter();
    let others = [
        zugferd_1(),
        ubl_invoice(),
        ubl_credit_note(),
        swedish_ubl(),
        norwegian_ubl(),
        danish_ubl(),
        oioubl(),
    ];
    profiles.chain(others).map(String::into_bytes).collect()
}

fn as_attachment(xml: &[u8]) -> Attachment {
    Attachment { name: "factur-x.xml".to_owned(), media_type: "text/xml".to_owned(), bytes: xml.to_vec() }
}

/// The same file with compressed streams; if requested, also with its objects in streams (PDF 1.5).
fn packed(plain: &[u8], objects_too: bool) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(plain).ok()?;
    document.compress();
    let mut packed = Vec::new();
    if objects_too {
        document.save_modern(&mut packed).ok()?;
    } else {
        document.save_to(&mut packed).ok()?;
    }
    Some(packed)
}
