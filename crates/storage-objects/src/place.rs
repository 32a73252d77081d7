//! Parses the address of a storage to a folder or a bucket. Accesses neither.

use std::path::{Path, PathBuf};

use object_store::path::Path as Prefix;
use url::Url;

use crate::open_error::OpenError;

/// The place that an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder, with an absolute path.
    Folder(PathBuf),
    /// A bucket.
    Bucket {
        /// The bucket's name.
        name: String,
        /// The prefix of all keys.
        prefix: Prefix,
    },
}

impl Place {
    /// Parses an address. A relative folder is relative to `working_folder`, an absolute path.
    ///
    /// # Errors
    /// [`OpenError::Url`].
    pub fn parse(text: &str, working_folder: &Path) -> Result<Self, OpenError> {
        if let Some(path) = text.strip_prefix("file:") {
            return folder(path, text, working_folder);
        }
        // The parser's message is dropped together with the address: either may contain a password.
        let url = Url::parse(text).map_err(|_| wrong("it is not a URL"))?;
        if url.scheme() != "s3" {
            return Err(wrong(format!("`{}:` is neither `file:` nor `s3:`", url.scheme())));
        }
        bucket(&url)
    }
}

fn folder(path: &str, text: &str, working_folder: &Path) -> Result<Place, OpenError> {
    let url = if path.starts_with('/') {
        Url::parse(text).map_err(|error| wrong(format!("{error} in {text}")))?
    } else {
        // `./` prevents a name like `a:b` from being parsed as a URL.
        Url::from_directory_path(working_folder)
            .ok()
            .and_then(|base| base.join(&format!("./{path}")).ok())
            .ok_or_else(|| wrong(format!("{text} is not a valid folder")))?
    };
    if path.trim_matches('/').is_empty() {
        return Err(wrong(format!("{text} names no folder")));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong(format!("in {text}, write `?` as %3F and `#` as %23")));
    }
    let path = url
        .to_file_path()
        .map_err(|()| wrong(format!("{text} names another machine; write three slashes before a folder")))?;
    Ok(Place::Folder(path))
}

fn bucket(url: &Url) -> Result<Place, OpenError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("remove the keys from it: they have their own settings"));
    }
    let name = url.host_str().filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| wrong(format!("{url} names no bucket")))?.to_owned();
    if url.port().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("only a prefix may follow the bucket: the server's address has its own setting"));
    }
    let prefix = Prefix::from_url_path(url.path()).map_err(|error| wrong(error.to_string()))?;
    Ok(Place::Bucket { name, prefix })
}

fn wrong(reason: impl Into<String>) -> OpenError {
    OpenError::Url { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Result<Place, OpenError> {
        Place::parse(text, Path::new("/srv/fieldmark"))
    }

    fn folder_of(text: &str) -> PathBuf {
        match place(text) {
            Ok(Place::Folder(path)) => path,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn folders_are_absolute_or_relative() {
        assert_eq!(folder_of("file:///var/documents"), Path::new("/var/documents"));
        assert_eq!(folder_of("file:/var/documents"), Path::new("/var/documents"));
        assert_eq!(folder_of("file://localhost/var/documents"), Path::new("/var/documents"));
        assert_eq!(folder_of("file:data/documents"), Path::new("/srv/fieldmark/data/documents"));
        assert_eq!(folder_of("file:../documents"), Path::new("/srv/documents"));
        assert_eq!(folder_of("file:a:b"), Path::new("/srv/fieldmark/a:b"));
        assert_eq!(folder_of("file:///a%20b"), Path::new("/a b"));
    }

    #[test]
    fn buckets_have_a_prefix_or_none() {
        let bucket = |prefix: &str| Place::Bucket { name: "documents".to_owned(), prefix: prefix.into() };
        assert_eq!(place("s3://documents").unwrap(), bucket(""));
        assert_eq!(place("s3://documents/").unwrap(), bucket(""));
        assert_eq!(place("s3://documents/one/two/").unwrap(), bucket("one/two"));
    }

    #[test]
    fn what_names_no_place_is_refused() {
        for text in [
            "",
            "documents",
            "/var/documents",
            "file:",
            "file:///",
            "file://server/share",
            "file:///a?b",
            "file:a#b",
            "s3://",
            "s3:///prefix",
            "s3://documents:9000/",
            "s3://documents?endpoint=x",
            "s3://documents/a//b",
            "gs://documents",
            "https://example.com/documents",
        ] {
            assert_eq!(place(text).map_err(|error| error.code()), Err("storage_url_invalid"), "{text}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        for text in ["s3://name:the-key@documents", "https://name:the-key@documents", "s3://the-key@:x/"] {
            let error = place(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("the-key"), "{error:?}");
        }
    }
}
