//! The files inside a PDF (ISO 32000-1, 7.11.4), from all places that can list them: the catalog's
//! tree of embedded files, associated files of the document or of a page (ISO 32000-2, 14.13), and
//! annotations of a page.

mod name_tree;

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::worker::text_string::text;

/// Maximum number of embedded files; further ones are dropped.
pub const MAX_ATTACHMENTS: usize = 1000;
/// Maximum number of pages that are searched for associated files and annotations.
const MAX_PAGES: usize = 200;
/// Maximum number of annotations and associated files that are examined.
const MAX_STEPS: usize = 5000;

/// An embedded file.
#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: String,
    stream: Option<&'a Stream>,
    id: Option<ObjectId>,
}

impl<'a> Attachment<'a> {
    /// The file of a file specification. Its name is the specification's own (Unicode first), or
    /// else the given one.
    fn of(document: &'a Document, specification: &'a Dictionary, name: Option<String>) -> Option<Self> {
        const KEYS: [&[u8]; 2] = [b"UF", b"F"];
        let own = KEYS.iter().find_map(|key| text(specification.get_deref(key, document).ok()?));
        let embedded = specification.get_deref(b"EF", document).and_then(Object::as_dict).ok();
        let file = embedded.and_then(|embedded| KEYS.iter().find_map(|key| embedded.get(key).ok()));
        let (id, file) = file.and_then(|file| document.dereference(file).ok()).unzip();
        let stream = file.and_then(|file| file.as_stream().ok());
        Some(Self { name: own.or(name)?, stream, id: id.flatten() })
    }

    /// Whether it has content in addition to a name.
    pub const fn has_content(&self) -> bool {
        self.stream.is_some()
    }

    /// Whether its name has an XML extension, or its stream is labelled as XML.
    pub fn calls_itself_xml(&self) -> bool {
        let label = self.stream.and_then(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok());
        self.name.to_ascii_lowercase().ends_with(".xml") || label.is_some_and(|label| label.ends_with(b"xml"))
    }

    /// Its bytes; `None` when they are missing, broken or more than `limit`.
    pub fn content(&self, limit: usize) -> Option<Vec<u8>> {
        self.stream?.get_plain_content_with_limit(limit).ok().filter(|bytes| bytes.len() <= limit)
    }
}

/// The embedded files, each once; files in the catalog's tree come first.
pub fn of(document: &Document) -> Vec<Attachment<'_>> {
    let names = document.catalog().and_then(|catalog| catalog.get_deref(b"Names", document));
    let tree = names.and_then(Object::as_dict).and_then(|names| names.get(b"EmbeddedFiles"));
    let mut files = tree.map(|tree| name_tree::files(document, tree)).unwrap_or_default();
    let mut seen: HashSet<ObjectId> = files.iter().filter_map(|file| file.id).collect();
    for file in elsewhere(document) {
        if files.len() < MAX_ATTACHMENTS && file.id.is_some_and(|id| seen.insert(id)) {
            files.push(file);
        }
    }
    files
}

/// The files that are referenced by the catalog and the pages.
fn elsewhere(document: &Document) -> impl Iterator<Item = Attachment<'_>> {
    let pages = document.page_iter().take(MAX_PAGES).filter_map(|id| document.get_dictionary(id).ok());
    let associated = document.catalog().ok().into_iter().flat_map(|catalog| array(document, catalog, b"AF"));
    let of_pages = pages.flat_map(|page| {
        let annotations = array(document, page, b"Annots").iter().filter_map(|annotation| {
            let annotation = document.dereference(annotation).ok()?.1.as_dict().ok()?;
            annotation.get(b"FS").ok()
        });
        array(document, page, b"AF").iter().chain(annotations)
    });
    associated.chain(of_pages).take(MAX_STEPS).filter_map(|file| {
        let specification = document.dereference(file).ok()?.1.as_dict().ok()?;
        Attachment::of(document, specification, None)
    })
}

fn array<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    dictionary.get_deref(key, document).and_then(Object::as_array).map_or(&[], Vec::as_slice)
}
