//! A campaign: mutated files are read by the real program, and the outcomes are counted.
//!
//! Uses only the program's command line, its JSON and its HTTP interface, like any user.

mod command;
mod memory;
mod service;
mod tally;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::mutation::Mutations;

pub use tally::{Outcome, Tally};

/// Without output for this long, the program counts as hanging: many times the time limit of one
/// file.
const HANG_TIMEOUT: Duration = Duration::from_secs(180);

/// The settings of a campaign.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The program under test.
    pub program: PathBuf,
    /// Variables of its environment, such as the path of libpdfium; it gets no other settings.
    pub environment: Vec<(String, String)>,
    /// A folder for the files, which is created; files that revealed a fault stay in it.
    pub folder: PathBuf,
    /// The seed of the files.
    pub seed: u64,
    /// Number of PDFs.
    pub pdfs: u64,
    /// Number of e-invoices.
    pub invoices: u64,
    /// Number of files per run of the command.
    pub batch: u64,
    /// Every how many-th file is also sent to the service; 0 for none.
    pub served: u64,
}

/// Why a campaign was aborted.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// A file or folder could not be written.
    #[error("cannot write {path}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The program did not start, or its service did not listen.
    #[error("{program} does not start")]
    Start {
        /// The program.
        program: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
}

/// A file of the campaign.
#[derive(Debug)]
struct Spoilt {
    /// Its name, from which it can be generated again.
    name: String,
    bytes: Vec<u8>,
}

impl Campaign {
    /// Reads every file with the command, some with the service, and counts. `progress` gets the
    /// number of finished files.
    ///
    /// # Errors
    /// When files cannot be written or the program does not start. Faults of the program are in the
    /// tally.
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

    /// PDFs come first.
    fn file(&self, mutations: &Mutations, number: u64) -> Spoilt {
        match number.checked_sub(self.pdfs) {
            None => Spoilt { name: format!("{number:05}.pdf"), bytes: mutations.pdf(number) },
            Some(index) => Spoilt { name: format!("{index:05}.xml"), bytes: mutations.invoice(index) },
        }
    }

    /// The program with only the campaign's environment, so that it has no other settings.
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
