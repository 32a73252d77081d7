//! The names of the environment variables that are settings.

/// How the names of our variables begin.
pub const PREFIX: &str = "FIELDMARK_";
/// What is between the levels of a name.
pub const BETWEEN_LEVELS: &str = "__";
/// `FIELDMARK_PASSWORD` and `FIELDMARK_CONFIG` belong to the command line: a document's password is
/// not a setting, nor is the place of the settings.
pub const NO_SETTINGS: [&str; 2] = ["password", "config"];

/// The variable of a key, for instance `FIELDMARK_READER__TIMEOUT` of `reader.timeout`.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', BETWEEN_LEVELS).to_uppercase())
}
