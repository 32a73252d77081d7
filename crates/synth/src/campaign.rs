//! A campaign: spoilt files are given to the real program, and what became of each is counted.
//!
//! Knows the program by its command line, its JSON and its HTTP alone, as anybody outside does.

mod command;
mod memory;
mod service;
mod tally;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::mutation::Mutations;

pub use tally::{Outcome, Tally};

/// How long the program may print no answer before it counts as hanging: many times what one file may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// What is tried.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The program, with what its environment shall have (where libpdfium is).
    pub program: PathBuf,
    /// Variables of its environment; it gets no other settings.
    pub environment: Vec<(String, String)>,
    /// A folder for the files, which is made; those that found a fault stay in it.
    pub folder: PathBuf,
    /// The seed of the files.
    pub seed: u64,
    /// How many PDFs.
    pub pdfs: u64,
    /// How many e-invoices.
    pub invoices: u64,
    /// How many files one run of the command gets.
    pub batch: u64,
    /// Every how many-th file goes through the service, too; none for 0.
    pub served: u64,
}

/// Why a campaign did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// A file or folder could not be written.
    #[error("cannot write {path}")]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The program did not start, or its service did not listen.
    #[error("{program} does not start")]
    Start {
        /// Which one.
        program: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// A file of the campaign.
#[derive(Debug)]
struct Spoilt {
    /// Its name, which says how it is made again.
    name: String,
    bytes: Vec<u8>,
}

impl Campaign {
    /// Gives every file to the command, some to the service, and counts. `progress` hears how many files are done.
    ///
    /// # Errors
    /// When files cannot be written or the program does not start. What the program does wrong is in the tally.
    pub fn run(&self, mut progress: impl FnMut(u64)) -> Result<Tally, CampaignError> {
        let mutations = Mutations::new(self.seed);
        let mut tally = Tally::default();
        let all = self.pdfs.saturating_add(self.invoices);
        let mut service = (self.served > 0).then(|| service::Service::start(self)).transpose()?;
        let mut begin = 0;
        while begin < all {
            let end = begin.saturating_add(self.batch.max(1)).min(all);
            let files: Vec<Spoilt> = (begin..end).map(|number| self.file(&mutations, number)).collect();
            command::read(self, &files, &mut tally)?;
            for (number, file) in (begin..end).zip(&files) {
                if let Some(service) = service.as_mut().filter(|_| number % self.served == 0) {
                    service.read(file, &mut tally);
                }
            }
            begin = end;
            progress(end);
        }
        if let Some(service) = service {
            service.end(&mut tally);
        }
        Ok(tally)
    }

    /// The PDFs come first.
    fn file(&self, mutations: &Mutations, number: u64) -> Spoilt {
        match number.checked_sub(self.pdfs) {
            None => Spoilt { name: format!("{number:05}.pdf"), bytes: mutations.pdf(number) },
            Some(index) => Spoilt { name: format!("{index:05}.xml"), bytes: mutations.invoice(index) },
        }
    }

    /// The program with the campaign's environment and nothing else that could be a setting.
    fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(&self.program);
        let is_setting = |name: &std::ffi::OsString| name.to_string_lossy().starts_with("FIELDMARK_");
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_setting(name)) {
            command.env_remove(name);
        }
        command.current_dir(&self.folder).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}
