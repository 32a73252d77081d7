//! Settings of the place where the bytes of documents are kept.

use std::path::Path;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Secret, Unacceptable};

/// Where the bytes of documents are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageSettings {
    /// `file:///folder` or `s3://bucket/prefix`; when not given, the folder `documents` in the data folder.
    pub url: Option<String>,
    /// The address of an S3 service that is not Amazon's, for instance `https://minio.example:9000`.
    pub endpoint: Option<String>,
    /// The bucket's region; when not given, that of the environment (`AWS_REGION`).
    pub region: Option<String>,
    /// The name of the key; when not given, what the environment offers (`AWS_ACCESS_KEY_ID`, a role).
    pub access_key_id: Option<String>,
    /// The key.
    pub secret_access_key: Option<Secret>,
    /// Whether an endpoint may be spoken with in plain text; when not given, as the environment says, else not.
    pub allow_http: Option<bool>,
    /// Whether the bucket's name stands in the path rather than in the host's name, as many services that are not
    /// Amazon's want it; when not given, it does where an endpoint is named.
    pub path_style: Option<bool>,
    /// How many bytes stay free on the disk of a folder and of an SQLite database: with less,
    /// nothing new is kept, so that something can be erased.
    pub min_free_bytes: u64,
    /// How many bytes a second are read to see whether stored files are what was stored, by all
    /// programs on one database together; 0 for none.
    pub verify_rate: u64,
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
