//! Settings of the service over HTTP: where it listens, who may ask, how much at once.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;

use fieldmark_http_actix::Network;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Secret, Unacceptable, duration};

/// The shortest token: 16 characters that nobody guesses.
const SHORTEST_TOKEN: usize = 16;

/// The service over HTTP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Address and port on which it listens; port 0 takes one that is free.
    pub bind: String,
    /// The bearer token that every caller must give; without one the service listens on its own machine alone.
    pub token: Option<Secret>,
    /// Origins whose web pages may ask, for instance `https://review.example.com`.
    pub cors_origins: Vec<String>,
    /// Addresses and networks of proxies whose `X-Forwarded-For` is believed, for instance `10.0.0.0/8`.
    pub trusted_proxies: Vec<String>,
    /// How many bytes a request's body may have; a single file may have `reader.max_file_bytes`.
    pub max_body_bytes: u64,
    /// How long a request's body may take to come in.
    #[serde(with = "duration")]
    pub body_timeout: Duration,
    /// How many connections are open at once.
    pub max_connections: usize,
    /// How many `/infer` requests are at work at once; those above get 503.
    pub max_inferences: usize,
    /// How many uploads are at work at once; those above get 503.
    pub max_uploads: usize,
    /// How many files are sent at once; those above get 503.
    pub max_downloads: usize,
    /// How many pictures are drawn and sent at once; those above get 503.
    pub max_pictures: usize,
    /// How many bytes of large answers wait in memory for their clients at once; those above get 503.
    pub max_answer_bytes: usize,
    /// How long a client may take nothing of its answer before its connection is closed.
    #[serde(with = "duration")]
    pub answer_timeout: Duration,
    /// How many bytes a second a client takes of its answer at least.
    pub min_answer_rate: u32,
    /// After so long `/infer` answers with the job that goes on.
    #[serde(with = "duration")]
    pub infer_deadline: Duration,
    /// How long requests that are being answered may take once the service is told to stop.
    #[serde(with = "duration")]
    pub shutdown: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            bind: "127.0.0.1:8080".to_owned(),
            token: None,
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            max_body_bytes: 100 << 20,
            body_timeout: Duration::from_secs(120),
            max_connections: 1024,
            max_inferences: 32,
            max_uploads: 64,
            max_downloads: 64,
            max_pictures: 16,
            max_answer_bytes: 64 << 20,
            answer_timeout: Duration::from_secs(30),
            min_answer_rate: 4 << 10,
            infer_deadline: Duration::from_secs(20),
            shutdown: Duration::from_secs(30),
        }
    }
}

impl HttpSettings {
    pub(super) fn validate(&self) -> Result<(), Unacceptable> {
        let refused = |key: &str, reason: String| Err(Unacceptable::new(format!("http.{key}"), reason));
        if self.address().is_none() {
            return refused("bind", "must be an address and a port such as 127.0.0.1:8080".to_owned());
        }
        if self.token.as_ref().is_some_and(|token| token.reveal().trim().len() < SHORTEST_TOKEN) {
            return refused("token", format!("must have {SHORTEST_TOKEN} characters or more"));
        }
        if !self.cors_origins.iter().all(|origin| is_origin(origin)) {
            return refused("cors_origins", "must be origins such as https://example.com".to_owned());
        }
        if self.trusted_proxies.iter().any(|proxy| proxy.parse::<Network>().is_err()) {
            return refused("trusted_proxies", "must be addresses or networks such as 10.0.0.0/8".to_owned());
        }
        for (key, number) in [
            ("max_connections", self.max_connections),
            ("max_inferences", self.max_inferences),
            ("max_uploads", self.max_uploads),
            ("max_downloads", self.max_downloads),
            ("max_pictures", self.max_pictures),
        ] {
            if !(1..=100_000).contains(&number) {
                return refused(key, "must be 1 to 100000".to_owned());
            }
        }
        for (key, is_nothing) in [
            ("max_body_bytes", self.max_body_bytes == 0),
            ("max_answer_bytes", self.max_answer_bytes == 0),
            ("min_answer_rate", self.min_answer_rate == 0),
            ("body_timeout", self.body_timeout.is_zero()),
            ("answer_timeout", self.answer_timeout.is_zero()),
        ] {
            if is_nothing {
                return refused(key, "must be above 0".to_owned());
            }
        }
        if self.infer_deadline < Duration::from_secs(1) {
            return refused("infer_deadline", "must be at least 1s".to_owned());
        }
        Ok(())
    }

    /// The proxies that are trusted.
    pub fn networks(&self) -> Vec<Network> {
        self.trusted_proxies.iter().filter_map(|proxy| proxy.parse().ok()).collect()
    }

    /// Where it listens; `None` when that is no address.
    pub fn address(&self) -> Option<SocketAddr> {
        self.bind.to_socket_addrs().ok()?.next()
    }
}

fn is_origin(text: &str) -> bool {
    let is_written_so =
        |url: Url| ["http", "https"].contains(&url.scheme()) && url.origin().ascii_serialization() == text;
    !text.contains('*') && Url::parse(text).is_ok_and(is_written_so)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_worked_with_is_named() {
        let key = |settings: HttpSettings| settings.validate().unwrap_err().key;
        let with = HttpSettings::default;
        assert_eq!(with().validate(), Ok(()));
        assert_eq!(key(HttpSettings { bind: "8080".to_owned(), ..with() }), "http.bind");
        assert_eq!(key(HttpSettings { token: Some("short".into()), ..with() }), "http.token");
        let origins = |origin: &str| HttpSettings { cors_origins: vec![origin.to_owned()], ..with() };
        assert_eq!(origins("https://review.example:8443").validate(), Ok(()));
        for origin in ["review.example", "https://review.example/", "https://*.example", ""] {
            assert_eq!(key(origins(origin)), "http.cors_origins", "{origin}");
        }
        let proxies = |proxy: &str| HttpSettings { trusted_proxies: vec![proxy.to_owned()], ..with() };
        assert_eq!(proxies("10.0.0.0/8").validate(), Ok(()));
        assert_eq!(proxies("10.0.0.0/8").networks().len(), 1);
        assert_eq!(key(proxies("proxy.example")), "http.trusted_proxies");
        assert_eq!(key(HttpSettings { max_inferences: 0, ..with() }), "http.max_inferences");
        assert_eq!(key(HttpSettings { max_downloads: 0, ..with() }), "http.max_downloads");
        assert_eq!(key(HttpSettings { max_pictures: 100_001, ..with() }), "http.max_pictures");
        assert_eq!(key(HttpSettings { max_answer_bytes: 0, ..with() }), "http.max_answer_bytes");
        assert_eq!(key(HttpSettings { min_answer_rate: 0, ..with() }), "http.min_answer_rate");
        assert_eq!(key(HttpSettings { answer_timeout: Duration::ZERO, ..with() }), "http.answer_timeout");
        assert_eq!(key(HttpSettings { infer_deadline: Duration::ZERO, ..with() }), "http.infer_deadline");
    }
}
