//! The real program on real files: what it prints, what it writes, how it ends.

// This is a test through and through; the lints know modules of tests by this mark.
#[cfg(test)]
mod accuracy;
#[cfg(test)]
mod bench;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod e_invoices;
#[cfg(test)]
mod evaluation;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod foreign_folder;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod help;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod terminal;
