//! Any bytes as what comes over the pipe between a reader and its worker: they are frames or errors, no more is
//! taken than is allowed, and a frame that is written again is the same.
#![no_main]

use std::fmt::Debug;

use arbitrary::Arbitrary;
use fieldmark_document_reader::fuzzing::{Allowance, Answer, FrameError, Order, read, read_within, write};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Pipe<'a> {
    message_bytes: u16,
    body_bytes: u16,
    largest_body: u16,
    bytes: &'a [u8],
}

fuzz_target!(|pipe: Pipe<'_>| {
    take_orders(pipe.bytes);
    take_answers(&pipe);
});

/// As a worker does: it trusts its reader with the length of a file.
fn take_orders(mut input: &[u8]) {
    while let Ok(Some((order, body))) = read::<Order>(&mut input, u64::MAX) {
        is_written_the_same(&order, &body);
    }
}

/// As a reader does: it trusts its worker with nothing.
fn take_answers(pipe: &Pipe<'_>) {
    let mut allowance = Allowance {
        message_bytes: pipe.message_bytes.into(),
        body_bytes: pipe.body_bytes.into(),
        largest_body: pipe.largest_body.into(),
    };
    let mut input = pipe.bytes;
    loop {
        let (before, left) = (allowance, input.len());
        match read_within::<Answer>(&mut input, &mut allowance) {
            Ok((answer, body)) => {
                let length = body.len() as u64;
                assert!(length <= before.largest_body);
                assert_eq!(before.body_bytes - allowance.body_bytes, length);
                let message = before.message_bytes - allowance.message_bytes;
                assert_eq!((left - input.len()) as u64, 12 + message + length);
                is_written_the_same(&answer, &body);
            }
            Err(FrameError::TooLong { length, bound }) => {
                assert!(length > bound);
                assert_eq!(allowance, before);
                return;
            }
            Err(FrameError::Pipe(_) | FrameError::Senseless(_)) => return,
        }
    }
}

/// Compared as bytes: boxes of a page may hold numbers that do not equal themselves.
fn is_written_the_same<M>(message: &M, body: &[u8])
where
    M: serde::Serialize + serde::de::DeserializeOwned + Debug,
{
    let mut first = Vec::new();
    write(&mut first, message, body).expect("what was read can be written");
    let again = read::<M>(&mut first.as_slice(), body.len() as u64);
    let (message, body) = again.expect("what was written can be read").expect("there is a frame");
    let mut second = Vec::new();
    write(&mut second, &message, &body).expect("what was read can be written");
    assert_eq!(first, second);
}
