//! Why there are no settings, in words that name file, line, column and key, and never a value: a value may
//! be a password, and so may any text that stands where another one was meant.

use std::fmt;
use std::path::{Path, PathBuf};

use fieldmark_document_reader::TrustError;
use figment::error::{Actual, Kind};

use super::Unacceptable;

/// Why there are no settings.
#[derive(Debug)]
pub enum SettingsError {
    /// The file that is named is not there.
    NoSuchFile(PathBuf),
    /// The environment names the file by a path that is not absolute.
    RelativeVariable(&'static str),
    /// A file that cannot be read, or that somebody else can change.
    Refused(TrustError),
    /// A file that is far too large.
    TooLarge(PathBuf),
    /// A file that is not written as it should be.
    Syntax(SyntaxError),
    /// Keys that are none, or values of another type: one line for each.
    Malformed(Vec<String>),
    /// A value that cannot be worked with, and where it was set.
    Unacceptable {
        /// The key and what is wrong.
        what: Unacceptable,
        /// The file or variable that says so.
        source: String,
    },
}

/// A place in a file from which on it makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, when it is known.
    pub line: Option<usize>,
    /// The character in the line, from 1, when it is known.
    pub column: Option<usize>,
    /// The setting in whose line it is, when the line names one that there is.
    pub key: Option<String>,
    /// What the file should be, and what is often missing.
    pub expected: &'static str,
}

impl SyntaxError {
    /// At this byte of the file's text.
    pub fn at(file: &Path, text: &str, offset: Option<usize>, expected: &'static str) -> Self {
        let before = offset.and_then(|offset| text.get(..offset));
        let line_start = before.map(|before| before.rfind('\n').map_or(0, |end| end + 1));
        Self {
            file: file.to_owned(),
            line: before.map(|before| before.matches('\n').count() + 1),
            column: before
                .zip(line_start)
                .and_then(|(before, start)| Some(before.get(start..)?.chars().count() + 1)),
            key: None,
            expected,
        }
    }
}

impl std::error::Error for SettingsError {}

impl fmt::Display for SettingsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchFile(path) => write!(formatter, "there is no settings file {}", path.display()),
            Self::RelativeVariable(name) => {
                write!(
                    formatter,
                    "{name} must be an absolute path; `--config` may name a file of the current folder"
                )
            }
            Self::Refused(error) => write!(formatter, "the settings file {error}"),
            Self::TooLarge(path) => write!(formatter, "the settings file {} is too large", path.display()),
            Self::Syntax(error) => write!(formatter, "{error}"),
            Self::Malformed(lines) => write!(formatter, "{}", lines.join("\n")),
            Self::Unacceptable { what, source } => write!(formatter, "setting {what} (set by {source})"),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the settings file {}", self.file.display())?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        if let Some(column) = self.column {
            write!(formatter, ", column {column}")?;
        }
        if let Some(key) = &self.key {
            write!(formatter, " (`{key}`)")?;
        }
        write!(formatter, ": {}", self.expected)
    }
}

/// What is wrong with a setting, without its value. A key that is none is said elsewhere.
pub fn fault(kind: &Kind) -> String {
    match kind {
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
            format!("is {}, and {} is needed", found(actual), needed(expected))
        }
        Kind::InvalidLength(_, expected) => format!("has the wrong length: {} is needed", needed(expected)),
        Kind::UnknownVariant(_, known) => format!("must be one of: {}", known.join(", ")),
        Kind::UnknownField(..) => "is not a setting".to_owned(),
        Kind::MissingField(name) => format!("lacks `{name}`"),
        Kind::DuplicateField(name) => format!("has `{name}` twice"),
        Kind::ISizeOutOfRange(_) | Kind::USizeOutOfRange(_) => "is out of range".to_owned(),
        // Whoever wrote the message may have put the value into it.
        Kind::Message(_) | Kind::Unsupported(_) | Kind::UnsupportedKey(..) => {
            "has a value of another kind than is needed".to_owned()
        }
    }
}

const fn found(actual: &Actual) -> &'static str {
    match actual {
        Actual::Bool(_) => "true or false",
        Actual::Unsigned(_) | Actual::Signed(_) | Actual::Float(_) => "a number",
        Actual::Char(_) | Actual::Str(_) | Actual::Bytes(_) => "text",
        Actual::Seq => "a list",
        Actual::Map => "a table",
        _ => "something else",
    }
}

/// What serde names by the types of Rust.
fn needed(expected: &str) -> String {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => "a whole number, at least 0,".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "path string" => "text in quotation marks".to_owned(),
        "a sequence" => "a list".to_owned(),
        table if table.starts_with("struct ") => "a table of settings".to_owned(),
        // The few that our own visitors name.
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let place = |offset| {
            let error = SyntaxError::at(Path::new("a.toml"), "x = 1\nåö = z\n", offset, "no TOML");
            (error.line, error.column, error.to_string())
        };
        assert_eq!(place(Some(0)).0, Some(1));
        let (line, column, words) = place(Some("x = 1\nåö = ".len()));
        assert_eq!((line, column), (Some(2), Some(6)));
        assert_eq!(words, "the settings file a.toml, line 2, column 6: no TOML");
        // In the middle of a character, or nowhere.
        assert_eq!((place(Some(7)).0, place(None).0), (None, None));
    }

    #[test]
    fn no_fault_names_a_value() {
        let hush = || Actual::Str("hush".to_owned());
        let kinds = [
            Kind::Message("`hush`".to_owned()),
            Kind::InvalidType(hush(), "u32".to_owned()),
            Kind::InvalidValue(Actual::Unsigned(4711), "a string".to_owned()),
            Kind::InvalidLength(4711, "a sequence".to_owned()),
            Kind::UnknownVariant("hush".to_owned(), &["json", "text"]),
            Kind::ISizeOutOfRange(4711),
            Kind::USizeOutOfRange(4711),
            Kind::Unsupported(hush()),
            Kind::UnsupportedKey(hush(), "text".into()),
        ];
        for kind in kinds {
            let words = fault(&kind);
            assert!(!words.contains("hush") && !words.contains("4711"), "{words}");
        }
    }
}
