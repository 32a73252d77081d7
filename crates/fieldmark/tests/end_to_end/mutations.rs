//! Files that are spoilt on purpose: whatever comes, there is one answer for each file, and no other file suffers.

use fieldmark_synth::campaign::{Campaign, Outcome};
use fieldmark_testkit::pdfium;

use crate::bench::Bench;

/// Small, so that it runs with every build; `cargo xtask mutate` tries thousands.
#[test]
fn spoilt_files_are_answered_and_none_of_them_is_the_programs_fault() {
    let bench = Bench::new();
    let library = std::path::absolute(pdfium::library().unwrap()).unwrap();
    let campaign = Campaign {
        program: env!("CARGO_BIN_EXE_fieldmark").into(),
        environment: vec![(pdfium::SETTING.to_owned(), library.to_str().unwrap().to_owned())],
        folder: bench.at("spoilt"),
        seed: 13,
        pdfs: 90,
        invoices: 60,
        batch: 150,
        served: 15,
    };
    let tally = campaign.run(|_| ()).unwrap();
    assert!(tally.faults.is_empty() && tally.deaths() == 0, "{tally}");
    assert_eq!((tally.answers(), tally.by_service.values().sum::<u64>()), (150, 10), "{tally}");
    // A campaign whose files are all alike would find nothing.
    let refused = tally.by_command.keys().filter(|outcome| matches!(outcome, Outcome::Refused(_))).count();
    assert!(tally.by_command.get(&Outcome::Read).is_some_and(|read| *read > 20) && refused >= 2, "{tally}");
}
