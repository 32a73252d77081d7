//! Walks the name tree of a PDF's embedded files (ISO 32000-1, 7.9.6 and 7.11.4) in bounded time.
//!
//! A tree may contain loops, shared branches or endless depth; the walk ends regardless.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Attachment, MAX_ATTACHMENTS};
use crate::worker::text_string::text;

/// Maximum depth. Balanced trees of a million names are less deep.
const MAX_DEPTH: u32 = 16;
/// Maximum number of nodes and entries that are examined, far more than a tree with the maximum
/// number of attachments has. Without this bound a small file could make thousands of nodes share
/// the same entries.
const MAX_STEPS: u32 = 20_000;

/// The embedded files in the tree's order. `root` is the root node or a reference to it.
pub fn files<'a>(document: &'a Document, root: &'a Object) -> Vec<Attachment<'a>> {
    walk(document, root).files
}

fn walk<'a>(document: &'a Document, root: &'a Object) -> Walk<'a> {
    let mut walk = Walk { document, seen: HashSet::new(), steps_left: MAX_STEPS, files: Vec::new() };
    walk.visit(root, MAX_DEPTH);
    walk
}

struct Walk<'a> {
    document: &'a Document,
    /// Visited nodes. A node that occurs again is a loop or a repetition.
    seen: HashSet<ObjectId>,
    steps_left: u32,
    files: Vec<Attachment<'a>>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, node: &'a Object, depth: u32) {
        let Ok((id, node)) = self.document.dereference(node) else {
            return;
        };
        let is_known = id.is_some_and(|id| !self.seen.insert(id));
        let Some(node) = node.as_dict().ok().filter(|_| !is_known) else {
            return;
        };
        for pair in self.array(node, b"Names").chunks(2) {
            if !self.steps_on() {
                return;
            }
            self.files.extend(self.file(pair));
        }
        let kids = if depth == 0 { &[] } else { self.array(node, b"Kids") };
        for kid in kids {
            if !self.steps_on() {
                return;
            }
            self.visit(kid, depth - 1);
        }
    }

    /// Takes one step, if steps and places for files are left.
    fn steps_on(&mut self) -> bool {
        let goes_on = self.steps_left > 0 && self.files.len() < MAX_ATTACHMENTS;
        self.steps_left = self.steps_left.saturating_sub(1);
        goes_on
    }

    fn array(&self, node: &'a Dictionary, key: &[u8]) -> &'a [Object] {
        node.get_deref(key, self.document).and_then(Object::as_array).map_or(&[], Vec::as_slice)
    }

    /// The file of a pair of name and file specification.
    fn file(&self, pair: &'a [Object]) -> Option<Attachment<'a>> {
        let specification = pair.get(1).and_then(|file| self.document.dereference(file).ok());
        let specification = specification.and_then(|(_, file)| file.as_dict().ok());
        match specification {
            Some(specification) => Attachment::of(self.document, specification, pair.first().and_then(text)),
            None => pair.first().and_then(text).map(|name| Attachment { name, stream: None, id: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn names(files: &[Attachment<'_>]) -> Vec<String> {
        files.iter().map(|file| file.name.clone()).collect()
    }

    /// An entry whose file is missing: only its name in the tree is known.
    fn entry(name: &str) -> Vec<Object> {
        vec![Object::string_literal(name), Object::Null]
    }

    #[test]
    fn a_tree_that_leads_back_to_itself_is_walked_once() {
        let mut document = Document::with_version("1.7");
        let root = document.new_object_id();
        let mut kids: Vec<Object> = vec![root.into(); 40];
        kids.push(dictionary! { "Names" => entry("b.xml"), "Kids" => vec![root.into()] }.into());
        document.objects.insert(root, dictionary! { "Names" => entry("a.xml"), "Kids" => kids }.into());
        let root = Object::from(root);
        let walk = walk(&document, &root);
        assert_eq!(names(&walk.files), ["a.xml", "b.xml"]);
        assert_eq!(walk.steps_left, MAX_STEPS - 2 - 41 - 1, "a node was visited twice");
    }

    #[test]
    fn entries_shared_by_many_nodes_use_up_the_steps() {
        let mut document = Document::with_version("1.7");
        let shared = document.add_object(vec![Object::Null; 10_000]);
        let kid = || Object::from(dictionary! { "Names" => shared });
        let root = dictionary! { "Kids" => (0..1000).map(|_| kid()).collect::<Vec<_>>() }.into();
        let walk = walk(&document, &root);
        assert_eq!((walk.steps_left, walk.files.len()), (0, 0));
    }

    #[test]
    fn names_beyond_the_bound_are_left_out() {
        let document = Document::with_version("1.7");
        let entries: Vec<Object> = (0..3000).flat_map(|number| entry(&format!("{number}.xml"))).collect();
        let root = dictionary! { "Names" => entries }.into();
        let files = files(&document, &root);
        assert_eq!(files.len(), MAX_ATTACHMENTS);
        assert_eq!(files[0].name, "0.xml");
    }
}
