//! Settings of the place where the bytes of documents are kept.

use std::path::Path;

use url::Url;

use super::described::settings;
use super::{Secret, Unacceptable};

settings! {
    /// Where the bytes of documents are kept.
    pub struct StorageSettings in "storage" {
        /// `file:///folder` or `s3://bucket/prefix`.
        #[otherwise = "`documents` in `data_dir`"]
        pub url: Option<String>,
        /// The address of an S3 service other than Amazon's, for instance
        /// `https://minio.example:9000`.
        #[otherwise = "`AWS_ENDPOINT_URL`, else Amazon's"]
        pub endpoint: Option<String>,
        /// The bucket's region.
        #[otherwise = "`AWS_REGION`"]
        pub region: Option<String>,
        /// The name of the key; goes with `storage.secret_access_key`.
        #[otherwise = "`AWS_ACCESS_KEY_ID`, or a role"]
        pub access_key_id: Option<String>,
        /// The key.
        #[otherwise = "`AWS_SECRET_ACCESS_KEY`, or a role"]
        pub secret_access_key: Option<Secret>,
        /// Whether the endpoint may be asked without TLS.
        #[otherwise = "`AWS_ALLOW_HTTP`, else `false`"]
        pub allow_http: Option<bool>,
        /// Whether the bucket's name is in the path instead of the host's name.
        #[otherwise = "`true` with `storage.endpoint`, else `false`"]
        pub path_style: Option<bool>,
        /// Space that stays free on the disk of a folder and of an SQLite database. With less,
        /// nothing new is kept.
        #[unit = "bytes"]
        pub min_free_bytes: u64,
        /// The rate at which stored files are compared with their digests, by all processes on one
        /// database together; 0 for never.
        #[unit = "bytes a second"]
        pub verify_rate: u64,
    }
}

impl Default for StorageSettings {
    fn default() -> Self {
        Self {
            url: None,
            endpoint: None,
            region: None,
            access_key_id: None,
            secret_access_key: None,
            allow_http: None,
            path_style: None,
            min_free_bytes: 64 * 1024 * 1024,
            verify_rate: 1024 * 1024,
        }
    }
}

impl StorageSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        const SCHEMES: [&str; 2] = ["file:", "s3:"];
        self.check_bounds()?;
        let is_known = |url: &String| SCHEMES.iter().any(|scheme| url.starts_with(scheme));
        if self.url.as_ref().is_some_and(|url| !is_known(url)) {
            return Err(Unacceptable::new("storage.url", "must begin with `file:` or `s3:`"));
        }
        for (key, address) in [("storage.url", &self.url), ("storage.endpoint", &self.endpoint)] {
            if address.as_deref().is_some_and(names_a_user) {
                let reason = "must not hold a user or a password, since it is printed: use \
                              `storage.access_key_id` and `storage.secret_access_key`";
                return Err(Unacceptable::new(key, reason));
            }
        }
        if self.access_key_id.is_some() != self.secret_access_key.is_some() {
            let reason = "and `storage.access_key_id` go together: one of them is missing";
            return Err(Unacceptable::new("storage.secret_access_key", reason));
        }
        Ok(())
    }

    /// The address for people, without a user or a password, which it may hold in settings that are refused.
    pub fn shown_address(&self, data_dir: &Path) -> String {
        let address = self.address(data_dir);
        if names_a_user(&address) { "an address with a user in it".to_owned() } else { address }
    }

    /// The address of the store: the one that was given, or that of the folder in the data folder.
    pub fn address(&self, data_dir: &Path) -> String {
        let default = || format!("file:{}", data_dir.join("documents").display());
        self.url.clone().unwrap_or_else(default)
    }
}

/// Of a bucket's address everything before an `@` is taken for a user, whether the address can be read or not.
fn names_a_user(address: &str) -> bool {
    let is_of_a_url =
        Url::parse(address).is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    is_of_a_url || (address.starts_with("s3:") && address.contains('@'))
}
