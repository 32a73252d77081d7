//! A settings file in TOML, read from an open file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fieldmark_document_reader::TrustError;
use figment::providers::Toml;
use figment::value::{Dict, Map};
use figment::{Metadata, Profile, Provider};

use super::refusal::{SettingsError, SyntaxError};

/// Far more than all settings take.
const MAX_BYTES: u64 = 1024 * 1024;

/// The settings of a file. Nothing prints it: it has secrets in it.
pub struct TomlFile {
    path: PathBuf,
    settings: Dict,
}

impl TomlFile {
    /// Reads the file. `is_setting` says whether a key is one that may be named in an error.
    ///
    /// # Errors
    /// When it cannot be read, is too large, or is no TOML.
    pub fn read(path: &Path, file: File, is_setting: impl Fn(&str) -> bool) -> Result<Self, SettingsError> {
        let text = text_of(path, file)?;
        Self::parse(path, &text, is_setting)
    }

    fn parse(path: &Path, text: &str, is_setting: impl Fn(&str) -> bool) -> Result<Self, SettingsError> {
        let settings = <Toml as figment::providers::Format>::from_str(text).map_err(|error| {
            let offset = error.span().map(|span| span.start);
            let error = SyntaxError::at(
                path,
                text,
                offset,
                "not valid TOML there (text needs quotation marks: name = \"text\")",
            );
            let key = error.line.and_then(|line| key_in_line(text, line)).filter(|key| is_setting(key));
            SettingsError::Syntax(SyntaxError { key, ..error })
        })?;
        Ok(Self { path: path.to_owned(), settings })
    }
}

/// The whole text of a settings file.
///
/// # Errors
/// When it cannot be read, is too large, or is not UTF-8.
pub fn text_of(path: &Path, file: File) -> Result<String, SettingsError> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| SettingsError::Refused(TrustError::Unreadable { path: path.to_owned(), source }))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SettingsError::TooLarge(path.to_owned()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        SettingsError::Syntax(SyntaxError::at(path, &text, Some(valid), "not UTF-8 there"))
    })
}

/// What stands before the `=` of this line, counted from 1, below the heading before it.
fn key_in_line(text: &str, line: usize) -> Option<String> {
    let mut heading = "";
    for earlier in text.lines().take(line.checked_sub(1)?) {
        let name = earlier.trim().strip_prefix('[').and_then(|rest| rest.split(']').next());
        heading = name.unwrap_or(heading);
    }
    let key = text.lines().nth(line - 1)?.split('=').next()?.trim();
    Some(if heading.is_empty() { key.to_owned() } else { format!("{}.{key}", heading.trim()) })
}

impl Provider for TomlFile {
    fn metadata(&self) -> Metadata {
        Metadata::from("TOML file", self.path.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.settings.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let is_setting = |key: &str| ["http.token", "http", "data_dir"].contains(&key);
        TomlFile::parse(Path::new("own.toml"), text, is_setting).err().unwrap().to_string()
    }

    #[test]
    fn an_unquoted_text_is_refused_by_place_and_key_alone() {
        for (text, place) in [
            ("[http]\ntoken = hush-hush", "line 2, column 9 (`http.token`)"),
            ("data_dir = hush", "line 1, column 12 (`data_dir`)"),
            ("\n# hush\n [ http ] \n  token = 'hush\n", "line 4"),
            ("http = { token = hush }", "line 1, column 18 (`http`)"),
        ] {
            let said = refusal(text);
            assert!(said.contains(place) && !said.contains("hush"), "{said}");
        }
    }

    /// A secret in the place of a name: the line says nothing that may be told.
    #[test]
    fn only_keys_that_are_settings_are_named() {
        for text in ["[http]\nhush==\n", "hush", "[hush", "hush = 1\nhush = 2\n", "= hush"] {
            let said = refusal(text);
            assert!(said.contains("line ") && !said.contains("hush"), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_no_text_or_has_no_end_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        std::fs::write(&path, b"x = 1\ny = \"\xff\"\n").unwrap();
        let error = text_of(&path, File::open(&path).unwrap()).unwrap_err().to_string();
        assert!(error.contains("line 2, column 6: not UTF-8"), "{error}");
        let endless = text_of(Path::new("/dev/zero"), File::open("/dev/zero").unwrap()).unwrap_err();
        assert!(matches!(endless, SettingsError::TooLarge(_)), "{endless:?}");
    }
}
