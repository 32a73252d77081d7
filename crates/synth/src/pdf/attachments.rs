//! Embedded files of a PDF: one object per file, the name tree, and the list of associated files.

use pdf_writer::types::AssociationKind;
use pdf_writer::writers::Catalog;
use pdf_writer::{Date, Finish, Name, Pdf, Ref, Str, TextStr};

use super::References;

/// A file inside the file, for instance an invoice's XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type, for instance `text/xml`.
    pub media_type: String,
}

/// An attachment that has been written, with its file specification.
pub(super) struct WrittenAttachment<'a> {
    name: &'a str,
    specification: Ref,
}

/// Writes the files and their specifications.
pub(super) fn write<'a>(
    attachments: &'a [Attachment],
    pdf: &mut Pdf,
    references: &mut References,
) -> Vec<WrittenAttachment<'a>> {
    attachments
        .iter()
        .map(|attachment| {
            let (file, specification) = (references.next(), references.next());
            write_file(attachment, pdf, file);
            write_specification(attachment, pdf, specification, file);
            WrittenAttachment { name: &attachment.name, specification }
        })
        .collect()
}

/// Lists the written files in the document's root, under `/Names` and under `/AF`.
pub(super) fn announce(written: &[WrittenAttachment<'_>], catalog: &mut Catalog<'_>) {
    if written.is_empty() {
        return;
    }
    // A name tree must be sorted by its keys (ISO 32000-1, 7.9.6).
    let mut sorted: Vec<_> =
        written.iter().map(|attachment| (attachment.name, attachment.specification)).collect();
    sorted.sort_by_key(|(name, _)| *name);
    let mut names = catalog.names();
    let mut tree = names.embedded_files();
    let mut entries = tree.names();
    for (name, specification) in sorted {
        entries.insert(Str(name.as_bytes()), specification);
    }
    entries.finish();
    tree.finish();
    names.finish();
    catalog.insert(Name(b"AF")).array().items(written.iter().map(|attachment| attachment.specification));
}

fn write_file(attachment: &Attachment, pdf: &mut Pdf, reference: Ref) {
    let mut file = pdf.embedded_file(reference, &attachment.bytes);
    file.subtype(Name(attachment.media_type.as_bytes()));
    let size = i32::try_from(attachment.bytes.len()).unwrap_or(i32::MAX);
    file.params().size(size).modification_date(Date::new(2020).month(1).day(1));
}

fn write_specification(attachment: &Attachment, pdf: &mut Pdf, reference: Ref, file: Ref) {
    let mut specification = pdf.file_spec(reference);
    specification.path(Str(attachment.name.as_bytes())).unic_file(TextStr(&attachment.name));
    specification.association_kind(AssociationKind::Alternative);
    specification.embedded_file_with_unicode(file);
}
