//! Finds positions in a file's bytes: numbers, names, parts between marks.

use std::ops::Range;

use crate::random::Dice;

/// A random position in the file.
pub(super) fn place(bytes: &[u8], dice: &mut Dice) -> usize {
    dice.count(0, bytes.len().saturating_sub(1))
}

/// A random range of bytes, at most `longest` long.
pub(super) fn range(bytes: &[u8], longest: usize, dice: &mut Dice) -> Range<usize> {
    let start = place(bytes, dice);
    let end = start.saturating_add(dice.count(1, longest)).min(bytes.len());
    start.min(end)..end
}

/// The first position of a mark, from a position on.
pub(super) fn find(bytes: &[u8], mark: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(mark.len().max(1)).position(|window| window == mark).map(|place| from + place)
}

/// All positions of a mark.
pub(super) fn all(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(place) = find(bytes, mark, from) {
        places.push(place);
        from = place + mark.len().max(1);
    }
    places
}

/// A random position of a mark.
pub(super) fn one_of(bytes: &[u8], mark: &[u8], dice: &mut Dice) -> Option<usize> {
    dice.of(&all(bytes, mark)).copied()
}

/// The next run of bytes that satisfy `is_so`, from a position on.
pub(super) fn run(bytes: &[u8], from: usize, is_so: impl Fn(u8) -> bool) -> Option<Range<usize>> {
    let start = from + bytes.get(from..)?.iter().position(|byte| is_so(*byte))?;
    let length = bytes.get(start..)?.iter().take_while(|byte| is_so(**byte)).count();
    Some(start..start + length)
}

/// Replaces a range by other bytes.
pub(super) fn replace(bytes: &mut Vec<u8>, range: Range<usize>, with: &[u8]) {
    let end = range.end.min(bytes.len());
    bytes.splice(range.start.min(end)..end, with.iter().copied());
}

/// Inserts bytes at a position.
pub(super) fn insert(bytes: &mut Vec<u8>, place: usize, with: &[u8]) {
    replace(bytes, place..place, with);
}

/// A copy of some bytes.
pub(super) fn copy(bytes: &[u8], range: Range<usize>) -> Vec<u8> {
    bytes.get(range).map(<[u8]>::to_vec).unwrap_or_default()
}

/// A number that programs do not expect.
pub(super) fn odd_number(dice: &mut Dice) -> Vec<u8> {
    let odd = [
        "0",
        "-1",
        "1",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "-2147483649",
        "4294967296",
        "9223372036854775807",
        "18446744073709551616",
        "0.00000001",
        "1e400",
        "3.4e38",
        "--5",
        "1.2.3",
        "NaN",
        "99999999999999999999999999999999999999",
    ];
    let few = dice.whole(0, 300).to_string();
    if dice.chance(0.3) { few.into_bytes() } else { dice.pick(odd).as_bytes().to_vec() }
}
