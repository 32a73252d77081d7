//! What a file's structure says about it, read by lopdf: metadata, embedded files, encryption.
//!
//! It decides nothing: where lopdf fails and pdfium reads, pdfium is asked instead.

use std::panic::catch_unwind;

use fieldmark_domain::document::DocumentMetadata;
use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};
use pdfium_render::prelude::{PdfDocument, PdfDocumentMetadataTagType};

/// What the file's structure says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// What the file says about itself.
    pub metadata: DocumentMetadata,
    /// Whether it has a page tree, and no page in it.
    pub is_without_pages: bool,
}

/// A compressed object stream may expand to so many bytes.
const MAX_STREAM_BYTES: usize = 64 * 1024 * 1024;
/// Names of more embedded files than anybody embeds are left out.
const MAX_ATTACHMENTS: usize = 1000;
/// A name tree is as deep as a file says; deeper ones are loops.
const MAX_DEPTH: u32 = 16;
/// No tree of attachments needs so many nodes.
const MAX_NODES: u32 = 10_000;
/// Texts of the information dictionary are cut after so many characters.
const MAX_TEXT: usize = 1000;

/// Reads the structure; `None` when lopdf cannot, in which case it may be broken or merely unusual.
pub fn inspect(bytes: &[u8], password: Option<&str>) -> Option<Structure> {
    catch_unwind(|| load(bytes, password)).ok().flatten()
}

fn load(bytes: &[u8], password: Option<&str>) -> Option<Structure> {
    let options = LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(MAX_STREAM_BYTES),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    document.catalog().ok()?;
    let information =
        document.trailer.get_deref(b"Info", &document).and_then(Object::as_dict).cloned().unwrap_or_default();
    let text = |key: &[u8]| text(information.get_deref(key, &document).ok()?);
    let metadata = DocumentMetadata {
        title: text(b"Title"),
        author: text(b"Author"),
        creator: text(b"Creator"),
        producer: text(b"Producer"),
        format_version: Some(document.version.clone()).filter(|version| !version.is_empty()),
        encrypted: document.is_encrypted() || document.was_encrypted(),
        attachments: attachments(&document),
    };
    Some(Structure { metadata, is_without_pages: has_empty_tree(&document) })
}

/// A tree whose root lists no pages. One that lists pages which are not there is broken, not empty.
fn has_empty_tree(document: &Document) -> bool {
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"Pages", document));
    let kids = root.and_then(Object::as_dict).and_then(|root| root.get_deref(b"Kids", document));
    kids.and_then(Object::as_array).is_ok_and(Vec::is_empty)
}

fn text(object: &Object) -> Option<String> {
    let text: String = decode_text_string(object).ok()?.chars().take(MAX_TEXT).collect();
    let text = text.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    (!text.is_empty()).then(|| text.to_owned())
}

/// The names in the catalog's tree of embedded files (ISO 32000-1, 7.11.4), in the tree's order.
fn attachments(document: &Document) -> Vec<String> {
    let dictionary = |parent: &Dictionary, key: &[u8]| {
        parent.get_deref(key, document).and_then(Object::as_dict).cloned().ok()
    };
    let mut names = Vec::new();
    let tree = document
        .catalog()
        .ok()
        .and_then(|catalog| dictionary(catalog, b"Names"))
        .and_then(|names| dictionary(&names, b"EmbeddedFiles"));
    if let Some(tree) = tree {
        gather(document, &tree, MAX_DEPTH, &mut { MAX_NODES }, &mut names);
    }
    names
}

/// Takes the names of a node and of those below it, `nodes` of them at most: a tree may lead back to itself.
fn gather(document: &Document, node: &Dictionary, depth: u32, nodes: &mut u32, names: &mut Vec<String>) {
    *nodes = nodes.saturating_sub(1);
    if let Ok(pairs) = node.get_deref(b"Names", document).and_then(Object::as_array) {
        for pair in pairs.chunks(2) {
            let specification = pair.get(1).and_then(|file| document.dereference(file).ok());
            let specification = specification.and_then(|(_, file)| file.as_dict().ok());
            let named = specification.and_then(|file| file_name(document, file));
            let name = named.or_else(|| pair.first().and_then(text));
            names.extend(name.filter(|_| names.len() < MAX_ATTACHMENTS));
        }
    }
    if depth == 0 || *nodes == 0 || names.len() >= MAX_ATTACHMENTS {
        return;
    }
    if let Ok(kids) = node.get_deref(b"Kids", document).and_then(Object::as_array) {
        let kids = kids.iter().filter_map(|kid| document.dereference(kid).ok()?.1.as_dict().ok());
        for kid in kids.take(MAX_ATTACHMENTS) {
            if *nodes > 0 {
                gather(document, kid, depth - 1, nodes, names);
            }
        }
    }
}

/// A file specification's name, the Unicode one first.
fn file_name(document: &Document, specification: &Dictionary) -> Option<String> {
    [&b"UF"[..], b"F"].iter().find_map(|key| text(specification.get_deref(key, document).ok()?))
}

/// What pdfium knows of a file that lopdf cannot read.
pub fn as_pdfium_tells(document: &PdfDocument<'_>) -> DocumentMetadata {
    let tag = |tag: PdfDocumentMetadataTagType| {
        let value = document.metadata().get(tag)?;
        let value: String = value.value().trim().chars().take(MAX_TEXT).collect();
        (!value.is_empty()).then_some(value)
    };
    let attachments = document.attachments();
    DocumentMetadata {
        title: tag(PdfDocumentMetadataTagType::Title),
        author: tag(PdfDocumentMetadataTagType::Author),
        creator: tag(PdfDocumentMetadataTagType::Creator),
        producer: tag(PdfDocumentMetadataTagType::Producer),
        format_version: None,
        encrypted: document.permissions().security_handler_revision().is_ok_and(is_encrypted),
        attachments: attachments.iter().take(MAX_ATTACHMENTS).map(|attachment| attachment.name()).collect(),
    }
}

fn is_encrypted(revision: pdfium_render::prelude::PdfSecurityHandlerRevision) -> bool {
    !matches!(revision, pdfium_render::prelude::PdfSecurityHandlerRevision::Unprotected)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_tree_of_attachments_that_leads_back_to_itself_ends() {
        let mut document = Document::with_version("1.7");
        let node = document.new_object_id();
        let kids: Vec<Object> = (0..40).map(|_| node.into()).collect();
        document.objects.insert(node, dictionary! { "Kids" => kids }.into());
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog",
            "Names" => dictionary! { "EmbeddedFiles" => node },
        });
        document.trailer.set("Root", catalog);
        assert_eq!(attachments(&document), Vec::<String>::new());
        let mut nodes = MAX_NODES;
        let tree = document.get_dictionary(node).unwrap();
        gather(&document, tree, MAX_DEPTH, &mut nodes, &mut Vec::new());
        assert_eq!(nodes, 0, "the tree of 40 to the power of 16 nodes was not cut");
    }
}
