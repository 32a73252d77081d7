//! One thing that was looked at, and what was found.

use serde::Serialize;

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The part of the installation that it belongs to, in `snake_case`.
    pub group: &'static str,
    /// The thing, in `snake_case`.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// What was found, for people.
    pub detail: String,
    /// How to mend it, where it is not as it should be and that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Good,
    /// It could be better; reading works without it.
    Doubtful,
    /// A way out of the cage: reading works, and a hostile file has less to overcome.
    Open,
    /// It is needed, and missing or broken.
    Missing,
}

impl Finding {
    /// A thing as it should be.
    pub fn good(group: &'static str, name: &'static str, detail: impl Into<String>) -> Self {
        Self { group, name, state: State::Good, detail: detail.into(), remedy: None }
    }

    /// A thing that could be better.
    pub fn doubtful(group: &'static str, name: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Doubtful, ..Self::good(group, name, detail) }
    }

    /// A way out of the cage.
    pub fn open(group: &'static str, name: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Open, ..Self::good(group, name, detail) }
    }

    /// A thing that is needed and missing.
    pub fn missing(group: &'static str, name: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Missing, ..Self::good(group, name, detail) }
    }

    /// The same finding, with a way to mend it.
    pub fn mended_by(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}
