//! Where to look for libpdfium, whether the file can be trusted, and the error message when it is
//! missing. Does not load it.

use std::path::{Path, PathBuf};

use fieldmark_domain::ports::ReadError;

use crate::environment;
use crate::options::ReaderOptions;
use crate::trust::Trust;

impl ReaderOptions {
    /// The library that workers will load.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] when the library is not found (the message lists the places and
    /// says how to get it), and when an untrusted user could change it.
    pub fn library(&self) -> Result<PathBuf, ReadError> {
        find(self).map_err(|reason| ReadError::Unavailable { reason })
    }
}

/// The absolute path of the library that workers load.
///
/// # Errors
/// The operator's message when the library is in none of the places, or when an untrusted user
/// could change it.
pub fn find(options: &ReaderOptions) -> Result<PathBuf, String> {
    let places = places(options);
    let place = places.iter().find(|place| place.is_file()).ok_or_else(|| missing(&places))?;
    let program = environment::located(&options.worker_program);
    Trust::of_program(&program).open(place).map_err(|error| error.to_string())?;
    Ok(place.clone())
}

/// The places to look in, best first. A configured path is the only place; otherwise beside the
/// worker program, then in the data folder. No place is relative to the current folder, which may
/// contain a stranger's files.
fn places(options: &ReaderOptions) -> Vec<PathBuf> {
    if let Some(named) = &options.pdfium {
        return vec![named.clone()];
    }
    let name = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let program = environment::located(&options.worker_program);
    let folders = [program.parent(), options.data_folder.as_deref()];
    folders
        .into_iter()
        .flatten()
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .collect()
}

/// The operator's message when the library is in none of the places.
fn missing(places: &[PathBuf]) -> String {
    let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
    format!(
        "libpdfium is not in {}: put it beside the program, or name it in the setting `reader.pdfium`; in a clone \
         of Fieldmark's repository `cargo xtask pdfium` gets it",
        if places.is_empty() { "any known place".to_owned() } else { places.join(" nor in ") }
    )
}

/// The operator's message when the library exists but cannot be used.
pub fn unusable(place: &Path, reason: &str) -> String {
    format!(
        "{} cannot be used ({reason}): in a clone of Fieldmark's repository `cargo xtask pdfium` gets one that can",
        place.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(program: &str, data_folder: &str) -> ReaderOptions {
        ReaderOptions {
            worker_program: PathBuf::from(program),
            data_folder: Some(PathBuf::from(data_folder)),
            ..ReaderOptions::default()
        }
    }

    #[test]
    fn a_named_library_is_the_only_place() {
        let options = ReaderOptions {
            pdfium: Some(PathBuf::from("/named/libpdfium.so")),
            ..beside("/opt/bin/fieldmark", "/data")
        };
        assert_eq!(places(&options), [PathBuf::from("/named/libpdfium.so")]);
    }

    #[test]
    fn without_a_name_it_is_beside_the_program_or_in_the_data_folder() {
        let places = places(&beside("/opt/bin/fieldmark", "/data"));
        assert!(places[0].starts_with("/opt/bin") && places[1].starts_with("/data"), "{places:?}");
        assert!(missing(&places).contains("cargo xtask pdfium"));
    }

    #[test]
    fn no_place_is_relative_to_the_current_folder() {
        assert!(places(&beside("bin/fieldmark", "data")).is_empty());
        assert!(places(&beside("fieldmark-that-is-nowhere", "./data")).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_library_that_others_can_write_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("libpdfium.so");
        std::fs::write(&library, "").unwrap();
        let options = ReaderOptions { pdfium: Some(library.clone()), ..ReaderOptions::default() };
        std::fs::set_permissions(&library, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(find(&options), Ok(library.clone()));
        std::fs::set_permissions(&library, std::fs::Permissions::from_mode(0o666)).unwrap();
        let refusal = find(&options).unwrap_err();
        assert!(refusal.contains("chmod go-w") && refusal.contains("libpdfium.so"), "{refusal}");
    }
}
