//! zlib streams (RFC 1950 and 1951) with a compression ratio of a thousand.

use libtest_mimic::Trial;
use lopdf::{Stream, dictionary};

/// The longest repetition in DEFLATE.
const REPETITION: u64 = 258;

/// `count` zeros and up to 257 more, deflated as tightly as possible: a repetition of 258 takes two
/// bits.
///
/// Written by hand: the stream is zeros again except at its ends, so a gigabyte is generated at
/// once.
pub fn zeros(count: u64) -> Vec<u8> {
    let repetitions = count.div_ceil(REPETITION);
    let mut bits = Bits::default();
    begin_block(&mut bits);
    // The literal zero.
    bits.push_code("10");
    bits.push_zeros(2 * repetitions);
    // The end of the block.
    bits.push_code("11");
    let mut stream = vec![0x78, 0xda];
    stream.extend(bits.bytes);
    let sum = ((1 + repetitions * REPETITION) % 65_521) << 16 | 1;
    stream.extend(u32::try_from(sum).unwrap().to_be_bytes());
    stream
}

/// The header of a last block with its own codes: 0 for the length 258 (and the distance 1), 10 for
/// a zero, 11 for the end.
fn begin_block(bits: &mut Bits) {
    bits.push_number(1, 1);
    bits.push_number(2, 2);
    // 286 codes of literals and lengths, 1 of distances, 18 of code lengths.
    bits.push_number(29, 5);
    bits.push_number(0, 5);
    bits.push_number(14, 4);
    // The lengths of the codes for 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] {
        bits.push_number(length, 3);
    }
    // So 0 repeats a length of zero, 10 is a length of one, 11 is a length of two.
    let absent = |bits: &mut Bits, count: u32| {
        bits.push_code("0");
        bits.push_number(count - 11, 7);
    };
    bits.push_code("11");
    absent(bits, 138);
    absent(bits, 117);
    bits.push_code("11");
    absent(bits, 28);
    bits.push_code("10");
    bits.push_code("10");
}

/// Bits in the order of DEFLATE: the lowest of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u64,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.used.is_multiple_of(8) {
            self.bytes.push(0);
        }
        let place = self.used % 8;
        *self.bytes.last_mut().unwrap() |= u8::from(bit) << place;
        self.used += 1;
    }

    /// A number, its lowest bit first.
    fn push_number(&mut self, number: u32, width: u32) {
        (0..width).for_each(|place| self.push((number >> place) & 1 == 1));
    }

    /// A code of Huffman's, its first bit first.
    fn push_code(&mut self, code: &str) {
        code.chars().for_each(|bit| self.push(bit == '1'));
    }

    fn push_zeros(&mut self, count: u64) {
        self.used += count;
        self.bytes.resize(usize::try_from(self.used.div_ceil(8)).unwrap(), 0);
    }
}

/// Bytes deflated as usual.
pub fn deflated(bytes: Vec<u8>) -> Vec<u8> {
    let mut stream = Stream::new(dictionary! {}, bytes);
    stream.compress().unwrap();
    assert!(stream.dict.has(b"Filter"), "they do not become less");
    stream.content
}

pub fn trials() -> Vec<Trial> {
    vec![Trial::test("hostile_deflated_zeros_are_inflated_as_zeros", || {
        let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, zeros(1_000_000));
        let plain = stream.decompressed_content().unwrap();
        assert!(plain.len() == 1 + 258 * 3876 && plain.iter().all(|byte| *byte == 0), "{}", plain.len());
        Ok(())
    })]
}
