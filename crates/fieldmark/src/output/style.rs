//! Colours of the table, and when there are none.

use std::fmt::Display;

use anstyle::{AnsiColor, Style as Ansi};

/// Colours, or none: files, pipes and people who set `NO_COLOR` get plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    coloured: bool,
}

impl Style {
    /// No colours.
    #[cfg(test)]
    pub const PLAIN: Self = Self { coloured: false };

    /// Colours when the output is a terminal that wants them (<https://no-color.org>).
    pub fn for_terminal(is_terminal: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self { coloured: is_terminal && !unwanted && !dumb }
    }

    /// What a table or a file begins with.
    pub fn heading(self, text: impl Display) -> String {
        self.painted(Ansi::new().bold(), text)
    }

    /// What matters less.
    pub fn dim(self, text: impl Display) -> String {
        self.painted(Ansi::new().dimmed(), text)
    }

    /// What is as it should be.
    pub fn good(self, text: impl Display) -> String {
        self.painted(AnsiColor::Green.on_default(), text)
    }

    /// What somebody should look at.
    pub fn doubtful(self, text: impl Display) -> String {
        self.painted(AnsiColor::Yellow.on_default(), text)
    }

    /// What went wrong.
    pub fn bad(self, text: impl Display) -> String {
        self.painted(AnsiColor::Red.on_default(), text)
    }

    fn painted(self, ansi: Ansi, text: impl Display) -> String {
        if self.coloured { format!("{ansi}{text}{ansi:#}") } else { text.to_string() }
    }
}
