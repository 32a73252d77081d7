//! The `FIELDMARK_` lines of a `.env` file; the process's own environment stays as it is.

use std::path::{Path, PathBuf};

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::refusal::{SettingsError, SyntaxError};
use super::variables::{BETWEEN_LEVELS, NO_SETTINGS, PREFIX};

/// The settings of a file.
pub struct DotEnv {
    path: PathBuf,
    entries: Vec<(String, String)>,
}

/// Whether this line sets one of ours, whatever it looks like.
pub fn is_setting(line: &str) -> bool {
    line.trim_start().trim_start_matches("export ").trim_start().starts_with(PREFIX)
}

impl DotEnv {
    /// How figment names this source.
    pub const NAME: &str = "a file .env";

    /// Takes our lines out of a file's text.
    ///
    /// # Errors
    /// When one of them cannot be understood.
    pub fn parse(path: &Path, text: &str) -> Result<Self, SettingsError> {
        // Other programs' lines in the same file are their business, whatever they look like.
        // An open quote takes the lines after it along: no line of ours is lost in one unsaid.
        let is_ours = |lines: &str| lines.lines().any(is_setting);
        let all: Result<Vec<_>, _> = dotenvy::from_read_iter(text.as_bytes())
            .filter(|read| !matches!(read, Err(dotenvy::Error::LineParse(line, _)) if !is_ours(line)))
            .collect();
        let ours = |(name, value): (String, String)| Some((name.strip_prefix(PREFIX)?.to_lowercase(), value));
        let is_known = |(name, _): &(String, String)| !NO_SETTINGS.contains(&name.as_str());
        let all = all.map_err(|error| SettingsError::Syntax(syntax_error(path, text, &error)))?;
        Ok(Self {
            path: path.to_owned(),
            entries: all.into_iter().filter_map(ours).filter(is_known).collect(),
        })
    }
}

/// The line alone: what is in it may be a secret, and its name may be a part of one.
fn syntax_error(path: &Path, text: &str, error: &dotenvy::Error) -> SyntaxError {
    let begins = match error {
        dotenvy::Error::LineParse(line, _) => text.find(line.as_str()),
        _ => None,
    };
    let place = SyntaxError::at(
        path,
        text,
        begins,
        "a line cannot be understood (NAME=value, quotation marks closed)",
    );
    SyntaxError { column: None, ..place }
}

impl Provider for DotEnv {
    fn metadata(&self) -> Metadata {
        Metadata::from(Self::NAME, self.path.as_path())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut settings = Dict::new();
        for (name, text) in &self.entries {
            let value: Value = text.parse().unwrap_or_else(|never| match never {});
            let levels: Vec<&str> = name.split(BETWEEN_LEVELS).collect();
            insert(&mut settings, &levels, value);
        }
        Ok(Profile::Default.collect(settings))
    }
}

fn insert(settings: &mut Dict, levels: &[&str], value: Value) {
    match levels {
        [] => {}
        [name] => {
            settings.insert((*name).to_owned(), value);
        }
        [name, rest @ ..] => {
            let level = settings.entry((*name).to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, deeper) = level {
                insert(deeper, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<DotEnv, SettingsError> {
        DotEnv::parse(Path::new("/srv/.env"), text)
    }

    #[test]
    fn only_our_lines_are_taken() {
        let level = |text: &str| parse(text).unwrap().entries;
        let debug = [("log__level".to_owned(), "debug".to_owned())];
        assert_eq!(level("# note\nOTHER=1\nFIELDMARK_PASSWORD=x\nFIELDMARK_LOG__LEVEL=\"debug\"\n"), debug);
        assert_eq!(
            level("no assignment\nA B=1\nFIELDMARK_CONFIG=x\nexport FIELDMARK_LOG__LEVEL=debug\n"),
            debug
        );
    }

    #[test]
    fn a_broken_line_of_ours_is_refused_by_its_number_alone() {
        for (text, place) in [
            ("A=1\nFIELDMARK_HTTP__TOKEN hush\n", "/srv/.env, line 2:"),
            ("A=\"hush\nFIELDMARK_LOG__LEVEL=info\n", "/srv/.env, line 1:"),
            ("\n\nFIELDMARK_HTTP__TOKEN='hush\n", "/srv/.env, line 3:"),
        ] {
            let error = parse(text).map(|_| ()).unwrap_err();
            let said = error.to_string();
            assert!(said.contains(place) && !format!("{said} {error:?}").contains("hush"), "{error:?}");
        }
    }
}
