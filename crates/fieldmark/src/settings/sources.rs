//! Where settings come from, in rising order: the settings file, the `.env` beside it, the environment.

use std::path::{Path, PathBuf};

use fieldmark_document_reader::Trust;
use figment::providers::{Env, Serialized};
use figment::{Figment, Metadata, Source};

use super::dot_env::DotEnv;
use super::places;
use super::refusal::{SettingsError, fault};
use super::toml_file::{self, TomlFile};
use super::variables::{BETWEEN_LEVELS, NO_SETTINGS, PREFIX, variable};
use super::{Settings, Unacceptable};

/// Which files the settings came from, and which in the current folder only look as if.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsFiles {
    /// The files that were read, in the order in which they count.
    pub used: Vec<PathBuf>,
    /// Files in the current folder that would be settings if they were named.
    pub unused: Vec<PathBuf>,
}

impl SettingsFiles {
    /// Looks for the files of this run.
    pub(super) fn locate(config: Option<&Path>) -> Result<Self, SettingsError> {
        let file = places::settings_file(config)?;
        let dot_env = file.as_deref().and_then(places::dot_env_beside);
        let used: Vec<PathBuf> = file.into_iter().chain(dot_env).collect();
        Ok(Self { unused: places::unused_here(&used), used })
    }

    /// Where the settings came from, for people.
    pub fn sources(&self) -> String {
        let names: Vec<String> = self.used.iter().map(|file| file.display().to_string()).collect();
        match names.as_slice() {
            [] => "no file: the defaults, and the environment".to_owned(),
            names => format!("{}, and the environment", names.join(" and ")),
        }
    }

    /// A sentence for each file that was not read, with the way to use it.
    pub fn complaints(&self) -> Vec<String> {
        let use_it = |file: &Path| {
            if file.ends_with(places::DOT_ENV) {
                format!("name the settings file beside it, which may be empty: --config {}", places::FILE)
            } else {
                format!("name it to use it: --config {}", file.display())
            }
        };
        let complaint = |file: &PathBuf| {
            format!("{} in the current folder is not read; {}", file.display(), use_it(file))
        };
        self.unused.iter().map(complaint).collect()
    }
}

/// The settings of this run: of the file that is named, or the user's, or the system's; of the `.env` beside
/// it; of the environment.
///
/// # Errors
/// When a source cannot be read or believed, when it has an unknown key or a value of another type, and when
/// [`Settings::validate`] refuses a value. The message names key and source, and no value.
pub fn load(config: Option<&Path>) -> Result<(Settings, SettingsFiles), SettingsError> {
    let files = SettingsFiles::locate(config)?;
    Ok((settle(&gather(&files)?)?, files))
}

/// Like [`load`], for whoever looks into what is wrong: settings that are refused are given nonetheless,
/// with the reason; those that cannot be made out are the defaults.
pub fn examine(config: Option<&Path>) -> (Settings, SettingsFiles, Option<SettingsError>) {
    let files = match SettingsFiles::locate(config) {
        Ok(files) => files,
        Err(error) => return (Settings::default(), SettingsFiles::default(), Some(error)),
    };
    let (settings, refusal) = match gather(&files) {
        Ok(gathered) => settle_or_tell(&gathered),
        Err(error) => (Settings::default(), Some(error)),
    };
    (settings, files, refusal)
}

fn settle_or_tell(gathered: &Figment) -> (Settings, Option<SettingsError>) {
    match settle(gathered) {
        Ok(settings) => (settings, None),
        Err(error) => {
            let settings = gathered.extract().map(|settings| with_whole_paths(settings, gathered));
            (settings.ok().and_then(Result::ok).unwrap_or_default(), Some(error))
        }
    }
}

pub(super) fn gather(files: &SettingsFiles) -> Result<Figment, SettingsError> {
    let trust = Trust::of_program(&std::env::current_exe().unwrap_or_default());
    let mut figment = Figment::from(Serialized::defaults(Settings::default()));
    for path in &files.used {
        let file = trust.open(path).map_err(SettingsError::Refused)?;
        figment = if path.ends_with(places::DOT_ENV) {
            figment.merge(DotEnv::parse(path, &toml_file::text_of(path, file)?)?)
        } else {
            let is_setting = |key: &str| figment.find_value(key).is_ok();
            let settings = TomlFile::read(path, file, is_setting)?;
            figment.merge(settings)
        };
    }
    Ok(figment.merge(Env::prefixed(PREFIX).ignore(&NO_SETTINGS).split(BETWEEN_LEVELS)))
}

pub(super) fn settle(figment: &Figment) -> Result<Settings, SettingsError> {
    let settings: Settings = figment.extract().map_err(|error| malformed(error, figment))?;
    let unacceptable = |what: Unacceptable| {
        let source = source_of(figment, &what.key);
        SettingsError::Unacceptable { what, source }
    };
    let settings = with_whole_paths(settings, figment).map_err(unacceptable)?;
    settings.validate().map_err(unacceptable)?;
    Ok(settings)
}

/// Paths of what is loaded are never relative to the current folder: in a file they are relative to the folder
/// of that file, in the environment they are absolute.
fn with_whole_paths(mut settings: Settings, figment: &Figment) -> Result<Settings, Unacceptable> {
    let paths =
        [("reader.pdfium", &mut settings.reader.pdfium), ("detection.model", &mut settings.detection.model)];
    for (key, path) in paths {
        if let Some(path) = path.as_mut().filter(|path| path.is_relative()) {
            *path = beside_its_source(path, figment.find_metadata(key))
                .ok_or_else(|| Unacceptable::new(key, "must be an absolute path here"))?;
        }
    }
    Ok(settings)
}

fn beside_its_source(path: &Path, metadata: Option<&Metadata>) -> Option<PathBuf> {
    let source = metadata?.source.as_ref().and_then(Source::file_path)?;
    std::path::absolute(source.with_file_name("").join(path)).ok()
}

pub(super) fn source_of(figment: &Figment, key: &str) -> String {
    figment.find_metadata(key).map_or_else(|| "its default".to_owned(), |metadata| describe(metadata, key))
}

/// A source for people: the file, or the very variable.
fn describe(metadata: &Metadata, key: &str) -> String {
    let variable = || variable(key);
    match &metadata.source {
        // Defaults have the place in the code that gives them.
        Some(Source::Code(_)) => "its default".to_owned(),
        Some(source) if metadata.name == DotEnv::NAME => format!("{} in the file {source}", variable()),
        Some(source) => format!("the file {source}"),
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
        match &error.kind {
            figment::error::Kind::UnknownField(_, known) => {
                format!("`{key}` is not a setting (set by {source}); known here: {}", known.join(", "))
            }
            kind => format!("setting `{key}` {} (set by {source})", fault(kind)),
        }
    };
    SettingsError::Malformed(error.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use figment::providers::{Format as _, Toml};

    use super::*;

    fn defaults() -> Figment {
        Figment::from(Serialized::defaults(Settings::default()))
    }

    fn dot_env(text: &str) -> DotEnv {
        DotEnv::parse(Path::new("/srv/.env"), text).unwrap()
    }

    #[test]
    fn without_sources_the_defaults_hold() {
        let settings = settle(&defaults()).unwrap();
        assert_eq!(settings, Settings::default());
        assert_eq!((settings.detection.threshold, settings.detection.device.as_str()), (0.1, "cpu"));
    }

    #[test]
    fn the_source_of_a_setting_is_its_default_until_something_sets_it() {
        assert_eq!(source_of(&defaults(), "reader.timeout"), "its default");
        let entries = defaults().merge(dot_env("FIELDMARK_READER__TIMEOUT=3s"));
        let source = source_of(&entries, "reader.timeout");
        assert_eq!(source, "FIELDMARK_READER__TIMEOUT in the file /srv/.env");
        assert_eq!(source_of(&entries, "reader.max_pages"), "its default");
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
        let entries = dot_env("FIELDMARK_READER__MAX_PAGES=9\nFIELDMARK_READER__WORKERS=3\n");
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
        let error = settle(&defaults().merge(dot_env("FIELDMARK_COLOUR=red"))).unwrap_err().to_string();
        assert!(
            error.contains("`colour`") && error.contains("FIELDMARK_COLOUR in the file /srv/.env"),
            "{error}"
        );
    }

    #[test]
    fn a_value_of_another_type_is_refused_by_name_and_source() {
        let entries = dot_env("FIELDMARK_READER__MAX_PAGES=many");
        let error = settle(&defaults().merge(entries)).unwrap_err().to_string();
        assert!(error.contains("`reader.max_pages`"), "{error}");
        assert!(error.contains("FIELDMARK_READER__MAX_PAGES in the file /srv/.env"), "{error}");
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
            ("storage.url = \"s3://me:hush@bucket/documents\"", "storage.url"),
            ("storage.endpoint = \"https://me:hush@host:9000\"", "storage.endpoint"),
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

    /// A secret in the place of any value, of any kind: no error and no `Debug` tells it.
    #[test]
    fn no_error_tells_a_value() {
        const HUSH: &str = "hush4711";
        let defaults_as_text = Serialized::defaults(Settings::default());
        let tables = figment::Provider::data(&defaults_as_text).unwrap();
        let mut refused = 0;
        for (table, value) in tables.values().flatten() {
            let names: Vec<String> = value.as_dict().map_or_else(
                || vec![table.clone()],
                |keys| keys.keys().map(|key| format!("{table}.{key}")).collect(),
            );
            for key in names.iter().chain([table]) {
                for value in [
                    HUSH.to_owned(),
                    format!("[\"{HUSH}\"]"),
                    format!("{{x=\"{HUSH}\"}}"),
                    "-4711".to_owned(),
                ] {
                    let gathered = defaults().merge(dot_env(&format!("{}='{value}'", variable(key))));
                    let (settings, error) = settle_or_tell(&gathered);
                    let Some(error) = error else { continue };
                    refused += 1;
                    let said = format!("{error} {error:?} {:?}", settings.database);
                    assert!(!said.contains(HUSH) && !said.contains("4711"), "{key}: {said}");
                    assert!(said.contains(table.as_str()), "{key}: {said}");
                }
            }
        }
        assert!(refused > 100, "{refused}");
    }

    #[test]
    fn a_path_in_a_file_is_relative_to_that_file_and_one_in_the_environment_is_absolute() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("libpdfium.so"), "").unwrap();
        let relative = defaults().merge(
            DotEnv::parse(&folder.path().join(".env"), "FIELDMARK_READER__PDFIUM=./libpdfium.so").unwrap(),
        );
        let settings = settle(&relative).unwrap();
        assert_eq!(settings.reader.pdfium, Some(folder.path().join("libpdfium.so")));
        for key in ["reader.pdfium", "detection.model"] {
            let unknown = defaults().merge(Toml::string(&format!("{key} = \"data\"")));
            let error = settle(&unknown).unwrap_err().to_string();
            assert!(error.contains(&format!("`{key}` must be an absolute path")), "{error}");
        }
    }
}
