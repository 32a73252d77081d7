//! Where settings come from, in rising order: file, `.env`, environment.

use std::fmt;
use std::path::{Path, PathBuf};

use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::{Settings, Unacceptable};

/// The settings file when none is named.
const FILE: &str = "fieldmark.toml";
const DOT_ENV_FILE: &str = ".env";
const PREFIX: &str = "FIELDMARK_";
const BETWEEN_LEVELS: &str = "__";
/// `FIELDMARK_PASSWORD` belongs to the command line: a file's password is no setting.
const NO_SETTING: &str = "password";

/// Why there are no settings.
#[derive(Debug)]
pub enum SettingsError {
    /// `--config` names a file that is not there.
    NoSuchFile(PathBuf),
    /// `.env` cannot be read.
    DotEnv(dotenvy::Error),
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

impl std::error::Error for SettingsError {}

impl fmt::Display for SettingsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchFile(path) => write!(formatter, "there is no settings file {}", path.display()),
            Self::DotEnv(error) => write!(formatter, "the settings in .env cannot be read: {error}"),
            Self::Malformed(lines) => write!(formatter, "{}", lines.join("\n")),
            Self::Unacceptable { what, source } => write!(formatter, "setting {what} (set by {source})"),
        }
    }
}

/// The settings of this run: `config`, or `fieldmark.toml` when it is there; `.env`; the environment.
///
/// # Errors
/// When a source cannot be read, when it has an unknown key or a value of another type, and when
/// [`Settings::validate`] refuses a value. The message names key and source.
pub fn load(config: Option<&Path>) -> Result<Settings, SettingsError> {
    settle(&gather(config)?)
}

/// Like [`load`], for whoever looks into what is wrong: settings that are refused are given nonetheless,
/// with the reason; those that cannot be made out are the defaults.
pub fn examine(config: Option<&Path>) -> (Settings, Option<SettingsError>) {
    match gather(config) {
        Ok(gathered) => settle_or_tell(&gathered),
        Err(error) => (Settings::default(), Some(error)),
    }
}

fn settle_or_tell(gathered: &Figment) -> (Settings, Option<SettingsError>) {
    match settle(gathered) {
        Ok(settings) => (settings, None),
        Err(error) => (gathered.extract().unwrap_or_default(), Some(error)),
    }
}

/// The files that [`load`] reads, those that are there.
pub fn files(config: Option<&Path>) -> Vec<PathBuf> {
    let files = [config.unwrap_or_else(|| Path::new(FILE)), Path::new(DOT_ENV_FILE)];
    files.into_iter().filter(|file| file.is_file()).map(Path::to_owned).collect()
}

fn gather(config: Option<&Path>) -> Result<Figment, SettingsError> {
    if let Some(path) = config.filter(|path| !path.is_file()) {
        return Err(SettingsError::NoSuchFile(path.to_owned()));
    }
    let file = config.unwrap_or_else(|| Path::new(FILE));
    let mut figment = Figment::from(Serialized::defaults(Settings::default()));
    if file.is_file() {
        figment = figment.merge(Toml::file_exact(file));
    }
    Ok(figment
        .merge(DotEnv::read(Path::new(DOT_ENV_FILE)).map_err(SettingsError::DotEnv)?)
        .merge(Env::prefixed(PREFIX).ignore(&[NO_SETTING]).split(BETWEEN_LEVELS)))
}

fn settle(figment: &Figment) -> Result<Settings, SettingsError> {
    let settings: Settings = figment.extract().map_err(|error| malformed(error, figment))?;
    settings.validate().map_err(|what| {
        let source = source_of(figment, &what.key);
        SettingsError::Unacceptable { what, source }
    })?;
    Ok(settings)
}

fn source_of(figment: &Figment, key: &str) -> String {
    figment.find_metadata(key).map_or_else(|| "its default".to_owned(), |metadata| describe(metadata, key))
}

/// A source for people: the file, or the very variable.
fn describe(metadata: &Metadata, key: &str) -> String {
    let variable = || format!("{PREFIX}{}", key.replace('.', BETWEEN_LEVELS).to_uppercase());
    match &metadata.source {
        Some(source) => format!("the file {source}"),
        None if metadata.name == DotEnv::NAME => format!("{} in {}", variable(), DotEnv::NAME),
        None if metadata.name.contains("environment") => format!("{} in the environment", variable()),
        None => metadata.name.to_string(),
    }
}

fn malformed(error: figment::Error, figment: &Figment) -> SettingsError {
    let line = |error: figment::Error| {
        let key = match &error.kind {
            figment::error::Kind::UnknownField(name, _) if error.path.last() != Some(name) => {
                let mut path = error.path.clone();
                path.push(name.clone());
                path.join(".")
            }
            _ => error.path.join("."),
        };
        let source = error
            .metadata
            .as_ref()
            .map_or_else(|| source_of(figment, &key), |metadata| describe(metadata, &key));
        match error.kind {
            figment::error::Kind::UnknownField(_, known) => {
                format!("`{key}` is not a setting (set by {source}); known here: {}", known.join(", "))
            }
            kind if key.is_empty() => format!("{source}: {kind}"),
            kind => format!("setting `{key}`: {kind} (set by {source})"),
        }
    };
    SettingsError::Malformed(error.into_iter().map(line).collect())
}

/// The `FIELDMARK_` lines of a `.env` file; the process's own environment stays as it is.
struct DotEnv {
    entries: Vec<(String, String)>,
}

impl DotEnv {
    const NAME: &str = "the file .env";

    fn read(path: &Path) -> Result<Self, dotenvy::Error> {
        if !path.is_file() {
            return Ok(Self { entries: Vec::new() });
        }
        // Other programs' lines in the same file are their business, whatever they look like.
        // An open quote takes the lines after it along: no line of ours is lost in one unsaid.
        let begins = |line: &str| line.trim_start().trim_start_matches("export ").starts_with(PREFIX);
        let is_ours = |text: &str| text.lines().any(begins);
        let all: Result<Vec<_>, _> = dotenvy::from_path_iter(path)?
            .filter(|read| !matches!(read, Err(dotenvy::Error::LineParse(line, _)) if !is_ours(line)))
            .collect();
        let ours = |(name, value): (String, String)| Some((name.strip_prefix(PREFIX)?.to_lowercase(), value));
        let is_setting = |(name, _): &(String, String)| name != NO_SETTING;
        Ok(Self { entries: all?.into_iter().filter_map(ours).filter(is_setting).collect() })
    }
}

impl Provider for DotEnv {
    fn metadata(&self) -> Metadata {
        Metadata::named(Self::NAME)
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

    fn defaults() -> Figment {
        Figment::from(Serialized::defaults(Settings::default()))
    }

    fn dot_env(entries: &[(&str, &str)]) -> DotEnv {
        DotEnv { entries: entries.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect() }
    }

    #[test]
    fn without_sources_the_defaults_hold() {
        let settings = settle(&defaults()).unwrap();
        assert_eq!(settings, Settings::default());
        assert_eq!((settings.detection.threshold, settings.detection.device.as_str()), (0.1, "cpu"));
    }

    #[test]
    fn refused_settings_are_given_to_whoever_looks_into_them() {
        let refused = defaults().merge(Toml::string("reader.pdfium = \"/nowhere/libpdfium.so\""));
        let (settings, refusal) = settle_or_tell(&refused);
        assert_eq!(settings.reader.pdfium.as_deref(), Some(Path::new("/nowhere/libpdfium.so")));
        assert!(refusal.unwrap().to_string().contains("reader.pdfium"));
        let (settings, refusal) = settle_or_tell(&defaults().merge(Toml::string("reader.pages = 3")));
        assert_eq!(settings, Settings::default());
        assert!(refusal.unwrap().to_string().contains("reader.pages"));
        assert!(settle_or_tell(&defaults()).1.is_none());
    }

    #[test]
    fn later_sources_stand_above_earlier_ones_key_by_key() {
        let file =
            "[reader]\ntimeout = \"1m 30s\"\nmax_pages = 7\n[log]\nlevel = \"info\"\nformat = \"json\"";
        let entries = dot_env(&[("reader__max_pages", "9"), ("reader__workers", "3")]);
        let settings = settle(&defaults().merge(Toml::string(file)).merge(entries)).unwrap();
        assert_eq!(settings.reader.timeout.as_secs(), 90);
        assert_eq!((settings.reader.max_pages, settings.reader.workers), (9, Some(3)));
        assert_eq!(settings.log.level.as_deref(), Some("info"));
    }

    #[test]
    fn a_duration_may_be_a_number_of_seconds() {
        for (text, milliseconds) in [("20", 20_000), ("0.25", 250), ("\"500ms\"", 500)] {
            let file = format!("reader.timeout = {text}");
            let settings = settle(&defaults().merge(Toml::string(&file))).unwrap();
            assert_eq!(settings.reader.timeout.as_millis(), milliseconds, "{text}");
        }
        for text in ["-1", "\"-3s\"", "\"soon\"", "true"] {
            let file = format!("reader.timeout = {text}");
            let error = settle(&defaults().merge(Toml::string(&file))).unwrap_err().to_string();
            assert!(error.contains("`reader.timeout`"), "{error}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_source() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fieldmark.toml");
        std::fs::write(&file, "[reader]\ntimeuot = \"5s\"\n").unwrap();
        let error = settle(&defaults().merge(Toml::file_exact(&file))).unwrap_err().to_string();
        assert!(error.contains("`reader.timeuot` is not a setting"), "{error}");
        assert!(error.contains("fieldmark.toml") && error.contains("timeout"), "{error}");
        let error = settle(&defaults().merge(dot_env(&[("colour", "red")]))).unwrap_err().to_string();
        assert!(error.contains("`colour`") && error.contains("FIELDMARK_COLOUR in the file .env"), "{error}");
    }

    #[test]
    fn a_value_of_another_type_is_refused_by_name_and_source() {
        let entries = dot_env(&[("reader__max_pages", "many")]);
        let error = settle(&defaults().merge(entries)).unwrap_err().to_string();
        assert!(error.contains("`reader.max_pages`"), "{error}");
        assert!(error.contains("FIELDMARK_READER__MAX_PAGES in the file .env"), "{error}");
    }

    #[test]
    fn what_is_secret_is_not_printed() {
        let secrets = "database.url = \"postgres://me:hush@host/db\"\nstorage.access_key_id = \"me\"\nstorage.secret_access_key = \"hush\"";
        let settings = settle(&defaults().merge(Toml::string(secrets))).unwrap();
        assert_eq!(settings.database.address(Path::new("data")), "postgres://me:hush@host/db");
        assert!(!format!("{settings:?}").contains("hush"));
        let refused = secrets.replace("postgres:", "mysql:");
        let error = settle(&defaults().merge(Toml::string(&refused))).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }

    #[test]
    fn values_that_cannot_be_worked_with_are_refused_by_name_and_source() {
        let refused = [
            ("data_dir = \"\"", "data_dir"),
            ("database.url = \"mysql://somewhere\"", "database.url"),
            ("database.max_connections = 0", "database.max_connections"),
            ("database.min_connections = 99", "database.min_connections"),
            ("storage.url = \"ftp://somewhere\"", "storage.url"),
            ("storage.secret_access_key = \"x\"", "storage.secret_access_key"),
            ("jobs.workers = 0", "jobs.workers"),
            ("jobs.lease = \"10ms\"", "jobs.lease"),
            ("jobs.max_attempts = 0", "jobs.max_attempts"),
            ("jobs.hard_limit = \"1s\"", "jobs.hard_limit"),
            ("jobs.retry_cap = \"1s\"", "jobs.retry_cap"),
            ("cache.ttl = 0", "cache.ttl"),
            ("detection.device = \"tpu\"", "detection.device"),
            ("detection.threshold = 1.5", "detection.threshold"),
            ("detection.precision = 1.0", "detection.precision"),
            ("detection.model = \"/nowhere/at/all\"", "detection.model"),
            ("detection.queue = 0", "detection.queue"),
            ("detection.batch = 0", "detection.batch"),
            ("detection.threads = 1000", "detection.threads"),
            ("reader.pdfium = \"/nowhere/libpdfium.so\"", "reader.pdfium"),
            ("reader.workers = 0", "reader.workers"),
            ("reader.timeout = 0", "reader.timeout"),
            ("reader.max_pages = 0", "reader.max_pages"),
            ("reader.max_pixels = 0", "reader.max_pixels"),
            ("reader.memory_bytes = 0", "reader.memory_bytes"),
            ("log.level = \"a=b=c\"", "log.level"),
            ("log.level = \"loud\"", "log.level"),
        ];
        for (line, key) in refused {
            let error = settle(&defaults().merge(Toml::string(line))).unwrap_err().to_string();
            assert!(error.contains(&format!("`{key}`")) && error.contains("set by"), "{line}: {error}");
        }
    }

    #[test]
    fn only_our_lines_of_a_dot_env_file_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        std::fs::write(&file, "# note\nOTHER=1\nFIELDMARK_PASSWORD=x\nFIELDMARK_LOG__LEVEL=\"debug\"\n")
            .unwrap();
        let entries = DotEnv::read(&file).unwrap().entries;
        assert_eq!(entries, [("log__level".to_owned(), "debug".to_owned())]);
        std::fs::write(&file, "no assignment\nA B=1\nFIELDMARK_LOG__LEVEL=info\n").unwrap();
        let entries = DotEnv::read(&file).unwrap().entries;
        assert_eq!(entries, [("log__level".to_owned(), "info".to_owned())]);
        for broken in ["FIELDMARK_LOG__LEVEL info\n", "A=\"open\nFIELDMARK_LOG__LEVEL=info\n"] {
            std::fs::write(&file, broken).unwrap();
            assert!(DotEnv::read(&file).is_err(), "{broken}");
        }
        assert!(DotEnv::read(&folder.path().join("none")).unwrap().entries.is_empty());
    }
}
