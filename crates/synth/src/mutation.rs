//! Mutated files, generated from a seed: files as an attacker or a broken program might send them.
//!
//! The same seed and index create the same file. Knows the formats of PDF and XML, but not who
//! reads the files.

mod bases;
mod bytes;
mod pdf;
mod places;
mod xml;

use crate::random::Dice;
use bases::Bases;

/// Maximum number of changes per file.
const MAX_CHANGES: usize = 6;
/// Maximum size of a file in bytes, even if its parts are duplicated repeatedly.
const MAX_FILE_BYTES: usize = 4 << 20;

/// Changes a file in place; `donor` is another file of its kind, whose parts may be copied.
type Change = fn(&mut Vec<u8>, &[u8], &mut Dice);

/// Generates mutated files.
#[derive(Debug)]
pub struct Mutations {
    seed: u64,
    bases: Bases,
}

impl Mutations {
    /// The mutations of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, bases: Bases::new(seed) }
    }

    /// A PDF with up to six changes.
    #[must_use]
    pub fn pdf(&self, index: u64) -> Vec<u8> {
        self.spoilt(&self.bases.pdfs, &pdf::CHANGES, index, 0)
    }

    /// An e-invoice with up to six changes.
    #[must_use]
    pub fn invoice(&self, index: u64) -> Vec<u8> {
        self.spoilt(&self.bases.invoices, &xml::CHANGES, index, 1)
    }

    fn spoilt<const N: usize>(
        &self,
        bases: &[Vec<u8>],
        changes: &[Change; N],
        index: u64,
        row: u64,
    ) -> Vec<u8> {
        let mut dice = Dice::new(self.seed, index.wrapping_mul(2).wrapping_add(row));
        let mut file = dice.of(bases).cloned().unwrap_or_default();
        for _ in 0..dice.count(1, MAX_CHANGES) {
            let donor = dice.of(bases).map(Vec::as_slice).unwrap_or_default();
            dice.pick(*changes)(&mut file, donor, &mut dice);
            file.truncate(MAX_FILE_BYTES);
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_files_and_another_makes_others() {
        let (one, again, other) = (Mutations::new(7), Mutations::new(7), Mutations::new(8));
        for index in 0..40 {
            assert_eq!(one.pdf(index), again.pdf(index));
            assert_eq!(one.invoice(index), again.invoice(index));
        }
        let differ = (0..40).filter(|index| one.pdf(*index) != other.pdf(*index)).count();
        assert!(differ > 30, "{differ}");
    }

    #[test]
    fn most_files_still_begin_like_what_they_were_and_none_is_too_large() {
        let mutations = Mutations::new(7);
        let pdfs: Vec<Vec<u8>> = (0..200).map(|index| mutations.pdf(index)).collect();
        let invoices: Vec<Vec<u8>> = (0..200).map(|index| mutations.invoice(index)).collect();
        assert!(pdfs.iter().chain(&invoices).all(|file| file.len() <= MAX_FILE_BYTES));
        let alike = pdfs.iter().filter(|file| file.starts_with(b"%PDF-")).count();
        assert!(alike > 100, "{alike}");
        let alike = invoices.iter().filter(|file| file.contains(&b'<')).count();
        assert!(alike > 150, "{alike}");
        // All files are different, except the few whose changes found nothing to change.
        let distinct: std::collections::BTreeSet<&Vec<u8>> = pdfs.iter().chain(&invoices).collect();
        assert!(distinct.len() > 350, "{}", distinct.len());
    }
}
