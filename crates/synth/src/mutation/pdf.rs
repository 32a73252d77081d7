//! Changes that know the format of a PDF (ISO 32000-1): tokens, objects, streams, lengths, offsets,
//! filters, trees.

use std::ops::Range;

use super::Change;
use super::bytes::{
    cut_off, double_part, drop_part, flip_bits, go_on_as_another, overwrite, put_before,
    take_a_part_of_another,
};
use super::places::{all, copy, find, insert, odd_number, one_of, place, replace, run};
use crate::random::Dice;

/// Every change; those listed twice occur twice as often.
pub(super) const CHANGES: [Change; 36] = [
    flip_bits,
    overwrite,
    drop_part,
    double_part,
    cut_off,
    go_on_as_another,
    take_a_part_of_another,
    put_before,
    change_number,
    change_number,
    change_number,
    change_number,
    change_name,
    change_name,
    change_name,
    change_reference,
    change_reference,
    change_reference,
    drop_object,
    double_object,
    move_object,
    take_an_object_of_another,
    lie_about_length,
    lie_about_length,
    lie_about_offsets,
    cut_stream,
    change_stream,
    take_a_stream_of_another,
    add_filters,
    nest,
    put_keyword,
    make_a_loop_of_pages,
    make_a_loop_of_trailers,
    change_box,
    change_operators,
    encrypt,
];

/// The objects, each from the end of the previous one to its own end.
fn objects(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = all(bytes, b"endobj");
    let object = |end: usize| {
        let object = start..end + b"endobj".len();
        start = object.end;
        object
    };
    ends.into_iter().map(object).collect()
}

/// The content of each stream.
fn streams(bytes: &[u8]) -> Vec<Range<usize>> {
    let begins = all(bytes, b"stream\n").into_iter().map(|begin| begin + b"stream\n".len());
    let stream = |begin: usize| Some(begin..find(bytes, b"endstream", begin)?);
    begins.filter_map(stream).filter(|stream| !stream.is_empty()).collect()
}

fn object(bytes: &[u8], dice: &mut Dice) -> Range<usize> {
    dice.of(&objects(bytes)).cloned().unwrap_or_default()
}

fn stream(bytes: &[u8], dice: &mut Dice) -> Range<usize> {
    dice.of(&streams(bytes)).cloned().unwrap_or_default()
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.' || byte == b'-'
}

/// The number after a mark.
fn number_after(bytes: &[u8], mark: &[u8], dice: &mut Dice) -> Option<Range<usize>> {
    let place = one_of(bytes, mark, dice)? + mark.len();
    run(bytes, place, is_of_number)
}

fn change_number(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    for _ in 0..dice.count(1, 8) {
        if let Some(number) = run(bytes, place(bytes, dice), is_of_number) {
            replace(bytes, number, &odd_number(dice));
        }
    }
}

fn names(bytes: &[u8]) -> Vec<Range<usize>> {
    let name = |place: usize| {
        let name = run(bytes, place + 1, |byte| byte.is_ascii_alphanumeric())?;
        Some(place..name.end)
    };
    all(bytes, b"/").into_iter().filter_map(name).collect()
}

fn change_name(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    const NAMES: [&str; 20] = [
        "/FlateDecode",
        "/LZWDecode",
        "/ASCIIHexDecode",
        "/ASCII85Decode",
        "/RunLengthDecode",
        "/DCTDecode",
        "/JPXDecode",
        "/JBIG2Decode",
        "/CCITTFaxDecode",
        "/Crypt",
        "/Pages",
        "/Page",
        "/Catalog",
        "/Type3",
        "/Type0",
        "/ObjStm",
        "/XRef",
        "/Identity-H",
        "/Length",
        "/Parent",
    ];
    let Some(name) = dice.of(&names(bytes)).cloned() else { return };
    let other = match dice.of(&names(donor)).cloned() {
        Some(other) if dice.chance(0.5) => copy(donor, other),
        _ => dice.pick(NAMES).as_bytes().to_vec(),
    };
    replace(bytes, name, &other);
}

fn change_reference(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some(end) = one_of(bytes, b" 0 R", dice) else { return };
    let before = bytes.get(..end).unwrap_or_default();
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let other = dice.whole(0, 30).to_string();
    replace(bytes, end - digits..end, other.as_bytes());
}

fn drop_object(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let object = object(bytes, dice);
    replace(bytes, object, b"");
}

fn double_object(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let object = object(bytes, dice);
    let (again, place) = (copy(bytes, object.clone()), object.end);
    insert(bytes, place, &again.repeat(dice.count(1, 50)));
}

fn move_object(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let (from, to) = (object(bytes, dice), object(bytes, dice).end);
    let moved = copy(bytes, from.clone());
    insert(bytes, to, &moved);
    if from.end <= to {
        replace(bytes, from, b"");
    }
}

fn take_an_object_of_another(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let taken = copy(donor, object(donor, dice));
    let place = object(bytes, dice).end;
    insert(bytes, place, &taken);
}

fn lie_about_length(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    if let Some(number) = number_after(bytes, b"/Length", dice) {
        replace(bytes, number, &odd_number(dice));
    }
}

fn lie_about_offsets(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let mark: &[u8] =
        dice.pick([b"startxref".as_slice(), b" 00000 n", b"xref\n", b"/Prev", b"/Size", b"/First"]);
    if let Some(number) = number_after(bytes, mark, dice) {
        let offset = place(bytes, dice).to_string();
        let lie = if dice.chance(0.5) { offset.into_bytes() } else { odd_number(dice) };
        replace(bytes, number, &lie);
    }
}

fn cut_stream(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let stream = stream(bytes, dice);
    let kept = dice.count(0, stream.len());
    replace(bytes, stream.start + kept..stream.end, b"");
}

fn change_stream(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let stream = stream(bytes, dice);
    let mut inside = copy(bytes, stream.clone());
    match dice.count(0, 3) {
        0 => flip_bits(&mut inside, b"", dice),
        1 => inside = inside.repeat(dice.count(2, 40)),
        2 => inside.reverse(),
        _ => overwrite(&mut inside, b"", dice),
    }
    replace(bytes, stream, &inside);
}

fn take_a_stream_of_another(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let inside = copy(donor, stream(donor, dice));
    let stream = stream(bytes, dice);
    replace(bytes, stream, &inside);
}

fn add_filters(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    const FILTERS: [&str; 6] = [
        "/FlateDecode ",
        "/LZWDecode ",
        "/ASCIIHexDecode ",
        "/ASCII85Decode ",
        "/RunLengthDecode ",
        "/DCTDecode ",
    ];
    let Some(place) = one_of(bytes, b"/Length", dice) else { return };
    let chain = dice.pick(FILTERS).repeat(dice.count(1, 200));
    insert(bytes, place, format!("/Filter [{chain}] ").as_bytes());
}

fn nest(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let (open, close) =
        dice.pick([("[", "]"), ("<</A ", ">>"), ("(", ")"), ("<<", ""), ("[", ""), ("q ", "Q ")]);
    let depth = dice.count(10, 20_000);
    let inside = if dice.chance(0.5) { object(bytes, dice) } else { stream(bytes, dice) };
    let place = inside.start + dice.count(0, inside.len());
    insert(bytes, place, format!("{}1{}", open.repeat(depth), close.repeat(depth)).as_bytes());
}

fn put_keyword(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let keyword: &[u8] = dice.pick([
        b" endobj ".as_slice(),
        b" stream\n",
        b"\nendstream ",
        b"\n%%EOF\n",
        b"\nxref\n0 1\n",
        b"\ntrailer<</Root 1 0 R>>\n",
        b" null ",
        b" true ",
        b" 1 0 obj ",
        b">>",
        b"<<",
        b"(",
        b"%",
    ]);
    let place = place(bytes, dice);
    insert(bytes, place, keyword);
}

fn make_a_loop_of_pages(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    if let Some(place) = one_of(bytes, b"/Kids", dice).and_then(|place| find(bytes, b"[", place)) {
        let kids = format!("{} 0 R ", dice.whole(1, 12)).repeat(dice.count(1, 2000));
        insert(bytes, place + 1, kids.as_bytes());
    }
    if let Some(count) = number_after(bytes, b"/Count", dice) {
        replace(bytes, count, &odd_number(dice));
    }
}

fn make_a_loop_of_trailers(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let place = bytes.len();
    let before = if dice.chance(0.5) { place } else { dice.count(0, place) };
    let trailer = format!(
        "\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 9/Root 1 0 R/Prev {before}>>\nstartxref\n{place}\n%%EOF\n"
    );
    insert(bytes, place, trailer.as_bytes());
}

fn change_box(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some(place) = one_of(bytes, b"/MediaBox", dice) else { return };
    let Some(end) = find(bytes, b"]", place) else { return };
    let sides: Vec<String> =
        (0..4).map(|_| String::from_utf8_lossy(&odd_number(dice)).into_owned()).collect();
    replace(bytes, place..end, format!("/MediaBox [{}", sides.join(" ")).as_bytes());
}

fn change_operators(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let stream = stream(bytes, dice);
    let operators: &str = dice.pick([
        "BT /F0 1 Tf (A) Tj ET ",
        "ET ",
        "BT ",
        "0 0 0 0 0 0 Tm ",
        "1e30 0 0 1e30 0 0 cm ",
        "/F99 1e9 Tf ",
        "/X0 Do ",
        "BI /W 65535 /H 65535 /BPC 8 /CS /RGB ID \0 EI ",
        "3 Tr ",
        "-1 Tz ",
        "<FEFF202E> Tj ",
        "[(A) -1e9 (B)] TJ ",
    ]);
    let place = stream.start + dice.count(0, stream.len());
    insert(bytes, place, operators.repeat(dice.count(1, 3000)).as_bytes());
}

/// An encryption dictionary that matches nothing.
fn encrypt(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let Some(place) = find(bytes, b"/Root", 0) else { return };
    let (version, revision) = (dice.whole(0, 6), dice.whole(0, 7));
    let encryption = format!(
        "/Encrypt <</Filter /Standard /V {version} /R {revision} /Length {} /O (o) /U (u) /P -1>> ",
        dice.whole(-8, 512)
    );
    insert(bytes, place, encryption.as_bytes());
}
