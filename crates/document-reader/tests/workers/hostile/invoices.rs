//! Malicious XML as a file of its own. [`super::attachments`] embeds the same files.

use fieldmark_domain::content::DocumentContent;

use super::case::{Case, Outcome, case};

/// An XML file, with the expected messages if it must not be read.
pub struct Harmful {
    pub name: &'static str,
    pub make: fn() -> Vec<u8>,
    /// A part of the message for an embedded file; empty when there may be none.
    pub reason: &'static str,
    /// The error code as a file of its own; `None` when it is read.
    pub code: Option<&'static str>,
}

const UNREADABLE: Option<&str> = Some("document_unreadable");
const DEFINITION: &str = "document type definition";

pub const INVOICES: [Harmful; 20] = [
    harmful("billion_laughs", laughs, DEFINITION, UNREADABLE),
    harmful("quadratic_laughs", quadratic_laughs, DEFINITION, UNREADABLE),
    harmful("entity_of_itself", || defined("<!ENTITY a '&a;'>", "&a;"), DEFINITION, UNREADABLE),
    harmful(
        "file_of_the_system",
        || defined("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;"),
        DEFINITION,
        UNREADABLE,
    ),
    harmful(
        "file_by_a_parameter",
        || defined("<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;", ""),
        DEFINITION,
        UNREADABLE,
    ),
    harmful(
        "definition_elsewhere",
        || b"<!DOCTYPE Invoice SYSTEM 'http://192.0.2.1/a.dtd'><Invoice/>".to_vec(),
        DEFINITION,
        UNREADABLE,
    ),
    harmful("file_included", included, "", None),
    harmful("elements_as_deep_as_a_well", || ubl(&deep(100_000)), "", None),
    harmful("elements_by_the_million", || ubl(&"<a/>".repeat(1_000_000)), "500000 elements", UNREADABLE),
    harmful("attributes_by_the_hundred_thousand", || attributes(100_000, 1), "256 attributes", UNREADABLE),
    harmful("namespaces_by_the_hundred_thousand", || namespaces(100_000, 0), "attributes", UNREADABLE),
    harmful(
        "namespaces_upon_namespaces",
        || namespaces(200, 200_000),
        "declarations of namespaces",
        UNREADABLE,
    ),
    harmful("namespaces_within_bounds_upon_namespaces", || namespaces(20, 200_000), "", None),
    harmful("attributes_within_bounds_by_the_million", || attributes(250, 6000), "", None),
    harmful("text_of_sixteen_mebibytes", || ubl(&id(&"9".repeat(16_000_000))), "", None),
    harmful("text_of_twenty_five_megabytes", || ubl(&id(&"9".repeat(25_000_000))), "", None),
    harmful("lines_by_the_ten_thousand", || ubl(&"<cac:InvoiceLine/>".repeat(20_000)), "", None),
    harmful("elements_without_ends", || ubl(&"<a>".repeat(50_000)), "not well-formed", UNREADABLE),
    harmful("bytes_of_no_encoding", || [ubl("<a>"), vec![0xff, 0xfe, 0xc0]].concat(), "UTF-8", UNREADABLE),
    harmful(
        "encoding_that_is_none",
        || b"<?xml version='1.0' encoding='UTF-9'?><Invoice/>".to_vec(),
        "unknown encoding",
        UNREADABLE,
    ),
];

const fn harmful(
    name: &'static str,
    make: fn() -> Vec<u8>,
    reason: &'static str,
    code: Option<&'static str>,
) -> Harmful {
    Harmful { name, make, reason, code }
}

pub fn cases() -> Vec<Case> {
    let alone = INVOICES.iter().map(|harmful| {
        let outcome = harmful.code.map_or(Outcome::Read, Outcome::Refused);
        case(format!("xml_{}", harmful.name), outcome, harmful.make).looked_at(holds_no_secret)
    });
    alone.collect()
}

/// Checks for text that is in every `/etc/passwd` and in no invoice.
pub fn holds_no_secret(document: &DocumentContent) {
    assert!(!format!("{document:?}").contains("root:"), "a file of the system was read");
}

/// An invoice in UBL with this in it.
fn ubl(content: &str) -> Vec<u8> {
    let namespaces = "xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2' \
                      xmlns:cac='urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2' \
                      xmlns:cbc='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'";
    format!("<Invoice {namespaces}>{content}</Invoice>").into_bytes()
}

fn id(text: &str) -> String {
    format!("<cbc:ID>{text}</cbc:ID>")
}

fn defined(definition: &str, content: &str) -> Vec<u8> {
    let head = format!("<?xml version='1.0'?><!DOCTYPE Invoice [{definition}]>");
    [head.into_bytes(), ubl(&id(content))].concat()
}

fn laughs() -> Vec<u8> {
    let steps: String = (1..10)
        .map(|step| format!("<!ENTITY e{step} '{}'>", format!("&e{};", step - 1).repeat(10)))
        .collect();
    defined(&format!("<!ENTITY e0 'ha'>{steps}"), "&e9;")
}

fn quadratic_laughs() -> Vec<u8> {
    defined(&format!("<!ENTITY a '{}'>", "a".repeat(100_000)), &"&a;".repeat(100_000))
}

fn included() -> Vec<u8> {
    let include =
        "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>";
    [b"<?xml-stylesheet href='file:///etc/passwd'?>".to_vec(), ubl(&id(include))].concat()
}

fn deep(levels: usize) -> String {
    format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels))
}

/// `elements` elements with `count` attributes each.
fn attributes(count: usize, elements: usize) -> Vec<u8> {
    let attributes: String = (0..count).map(|number| format!(" a{number}='1'")).collect();
    ubl(&format!("<a{attributes}/>").repeat(elements))
}

/// An element with `count` namespace declarations, and `elements` children that declare one of them
/// again.
fn namespaces(count: usize, elements: usize) -> Vec<u8> {
    let namespaces: String = (0..count).map(|number| format!(" xmlns:a{number}='urn:{number}'")).collect();
    ubl(&format!("<a{namespaces}>{}</a>", "<b xmlns:a0='urn:b'/>".repeat(elements)))
}
