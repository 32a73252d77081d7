//! `cargo xtask test`: from a fresh clone to one line that counts.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::tally::Tally;
use crate::{cargo_tools, check, environment, packages, pdfium, process, report};

/// Gets what the tests need, runs the checks and the tests, and closes with a line that counts.
/// Says whether all held. A check that failed counts as one failure.
///
/// # Errors
/// When something that the tests need is missing and cannot be had here.
pub fn run() -> Result<bool> {
    packages::ensure_for_tests()?;
    cargo_tools::ensure()?;
    pdfium::ensure()?;
    environment::MOTO.ensure()?;
    environment::SCHEMATHESIS.ensure()?;
    let failed_checks = check::failures();
    report::step("tests");
    // `cargo test` builds the examples too: without named targets, all but benches.
    let mut tally = count(&mut process::cargo(["test", "--workspace", "--no-fail-fast"])?, report::line)?;
    for name in &failed_checks {
        report::complain(&format!("failed: {name}"));
    }
    tally.failed += u64::try_from(failed_checks.len())?;
    report::line(&tally.to_string());
    Ok(tally.failed == 0)
}

/// Gives the output to `show` as it comes and counts along. A run that fails without a failed test (it
/// does not compile, a test program was killed) counts as one failure.
fn count(command: &mut Command, mut show: impl FnMut(&str)) -> Result<Tally> {
    let written = process::written(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{written}` does not start"))?;
    let mut tally = Tally::default();
    let output = child.stdout.take().context("the output was asked for")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.with_context(|| format!("the output of `{written}` ends early"))?;
        let line = String::from_utf8_lossy(&line);
        tally.read(&line);
        show(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        show(&format!("`{written}` failed ({status})"));
        tally.failed = tally.failed.max(1);
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing of it is printed: who runs these tests counts such lines too.
    fn tally_of(script: &str) -> (Tally, Vec<String>) {
        let mut shown = Vec::new();
        let mut command = process::command("sh", ["-c", script]).unwrap();
        let tally = count(&mut command, |line| shown.push(line.to_owned())).unwrap();
        (tally, shown)
    }

    #[test]
    fn what_passes_is_counted_and_every_line_is_shown() {
        let (tally, shown) =
            tally_of("echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; printf '\\377 bytes'");
        assert_eq!(tally, Tally { passed: 2, failed: 0, skipped: 0 });
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[1], "\u{fffd} bytes");
    }

    #[test]
    fn a_run_that_breaks_off_is_a_failure() {
        let (tally, shown) = tally_of("echo 'test result: ok. 2 passed; 0 failed; 0 ignored'; exit 101");
        assert_eq!(tally, Tally { passed: 2, failed: 1, skipped: 0 });
        assert!(shown[1].contains("101"), "{shown:?}");
    }
}
