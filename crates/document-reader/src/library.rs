//! Where libpdfium may be, and what to say when it is nowhere. Does not load it.

use std::path::{Path, PathBuf};

use crate::options::ReaderOptions;

/// The places to look in, best first: the one that is named, and no other; else beside the worker
/// program, then in the data folder.
pub fn places(options: &ReaderOptions) -> Vec<PathBuf> {
    if let Some(named) = &options.pdfium {
        return vec![named.clone()];
    }
    let name = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let folders = [options.worker_program.parent(), options.data_folder.as_deref()];
    folders
        .into_iter()
        .flatten()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map(|folder| folder.join(&name))
        .collect()
}

/// The place where the library is.
///
/// # Errors
/// The message for the operator when it is in none of them.
pub fn find(places: &[PathBuf]) -> Result<&Path, String> {
    let place = places.iter().find(|place| place.is_file());
    place.map(PathBuf::as_path).ok_or_else(|| missing(places))
}

/// The message for the operator when the library is in none of the places.
fn missing(places: &[PathBuf]) -> String {
    let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
    format!(
        "libpdfium is not in {}: `cargo xtask pdfium` gets it, or name one in the setting `reader.pdfium`",
        if places.is_empty() { "any known place".to_owned() } else { places.join(" nor in ") }
    )
}

/// The message for the operator when the library is there and cannot be used.
pub fn unusable(place: &Path, reason: &str) -> String {
    format!("{} cannot be used ({reason}): `cargo xtask pdfium` gets one that can", place.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_is_the_only_place() {
        let options = ReaderOptions {
            pdfium: Some(PathBuf::from("/named/libpdfium.so")),
            data_folder: Some(PathBuf::from("/data")),
            ..ReaderOptions::default()
        };
        assert_eq!(places(&options), [PathBuf::from("/named/libpdfium.so")]);
    }

    #[test]
    fn without_a_name_it_is_beside_the_program_or_in_the_data_folder() {
        let options = ReaderOptions {
            worker_program: PathBuf::from("/opt/bin/fieldmark"),
            data_folder: Some(PathBuf::from("/data")),
            ..ReaderOptions::default()
        };
        let places = places(&options);
        assert!(places[0].starts_with("/opt/bin") && places[1].starts_with("/data"), "{places:?}");
        assert!(missing(&places).contains("cargo xtask pdfium"));
    }
}
