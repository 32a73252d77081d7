//! The bar that shows how far a run over many files is: on standard error, and only for people.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar, or nothing.
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar over so many files; none for a single file and none when standard error is no terminal.
    pub fn over(files: usize) -> Self {
        if files < 2 || !std::io::stderr().is_terminal() {
            return Self { bar: None };
        }
        let length = u64::try_from(files).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10));
        let style =
            ProgressStyle::with_template("{wide_bar:.green/dim} {pos}/{len} files · {per_sec} · {eta} left")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: Some(bar.with_style(style)) }
    }

    /// One more file is done. `print` may write to the terminal meanwhile.
    pub fn advance<Printed>(&self, print: impl FnOnce() -> Printed) -> Printed {
        match &self.bar {
            Some(bar) => {
                let printed = bar.suspend(print);
                bar.inc(1);
                printed
            }
            None => print(),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
