//! Counts the results of the test programs.

/// How many tests passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and whole programs or checks that were aborted.
    pub failed: u64,
    /// Tests marked as ignored.
    pub skipped: u64,
}

impl Tally {
    /// Adds the results in a line of output, if it is a test program's last line (`test result: ok.
    /// 3 passed; 0 failed; 1 ignored; …`).
    pub fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result:") else { return };
        for part in counts.split(';') {
            let mut words = part.split_whitespace().rev();
            let (Some(what), Some(Ok(count))) = (words.next(), words.next().map(str::parse::<u64>)) else {
                continue;
            };
            match what {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                "ignored" => self.skipped += count,
                _ => {}
            }
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_lines_are_summed_and_others_are_passed_over() {
        let mut tally = Tally::default();
        for line in [
            "running 5 tests",
            "test money::tests::it_is ... ok",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s",
            "test result: \u{1b}[31mFAILED\u{1b}[0m. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out",
            "9 passed in a line of a test's own",
        ] {
            tally.read(line);
        }
        assert_eq!(tally, Tally { passed: 5, failed: 4, skipped: 1 });
    }

    #[test]
    fn the_closing_line_says_skipped_only_when_some_were() {
        assert_eq!(Tally { passed: 12, failed: 0, skipped: 0 }.to_string(), "12 passed, 0 failed");
        assert_eq!(Tally { passed: 1, failed: 2, skipped: 3 }.to_string(), "1 passed, 2 failed, 3 skipped");
    }
}
