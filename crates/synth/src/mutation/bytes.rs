//! Changes that do not know the file's format.

use super::places::{copy, insert, place, range, replace};
use crate::random::Dice;

/// Maximum length of a part that is changed at once, in bytes.
const MAX_PART: usize = 2000;

#[expect(clippy::ptr_arg, reason = "every change has this signature")]
pub(super) fn flip_bits(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    for _ in 0..dice.count(1, 32) {
        let (place, bit) = (place(bytes, dice), dice.count(0, 7));
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 1 << bit;
        }
    }
}

pub(super) fn overwrite(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let range = range(bytes, 64, dice);
    let noise: Vec<u8> =
        range.clone().map(|_| u8::try_from(dice.count(0, 255)).unwrap_or_default()).collect();
    replace(bytes, range, &noise);
}

pub(super) fn drop_part(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let range = range(bytes, MAX_PART, dice);
    replace(bytes, range, b"");
}

pub(super) fn double_part(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let part = copy(bytes, range(bytes, MAX_PART, dice));
    let place = place(bytes, dice);
    insert(bytes, place, &part.repeat(dice.count(1, 20)));
}

pub(super) fn cut_off(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let length = place(bytes, dice);
    bytes.truncate(length);
}

pub(super) fn go_on_as_another(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let (end, begin) = (place(bytes, dice), place(donor, dice));
    bytes.truncate(end);
    bytes.extend_from_slice(donor.get(begin..).unwrap_or_default());
}

pub(super) fn take_a_part_of_another(bytes: &mut Vec<u8>, donor: &[u8], dice: &mut Dice) {
    let part = copy(donor, range(donor, MAX_PART, dice));
    let place = place(bytes, dice);
    insert(bytes, place, &part);
}

pub(super) fn put_before(bytes: &mut Vec<u8>, _donor: &[u8], dice: &mut Dice) {
    let before: &[u8] =
        dice.pick([b"\0".as_slice(), b"\n", b"\xef\xbb\xbf", b"junk before the file\n", b"\xff\xfe"]);
    insert(bytes, 0, &before.repeat(dice.count(1, 600)));
}
