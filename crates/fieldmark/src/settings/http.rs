//! Settings of the service over HTTP: where it listens, who may ask, how much at once.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::time::Duration;

use fieldmark_http_actix::Network;
use url::Url;

use super::bound::Bound;
use super::described::settings;
use super::{Secret, Unacceptable, duration};

/// The shortest token: 16 characters that nobody guesses.
const SHORTEST_TOKEN: usize = 16;
/// How many of a kind may be at work at once.
const PLACES: Bound = Bound::Between(1.0, 100_000.0);

settings! {
    /// The service over HTTP.
    pub struct HttpSettings in "http" {
        /// Address and port on which the service listens; port 0 takes a free one.
        pub bind: String,
        /// The bearer token that every caller must send, 16 characters or more. Needed when other
        /// machines can reach the service.
        #[otherwise = "only this machine may ask"]
        pub token: Option<Secret>,
        /// Origins whose web pages may ask, for instance `["https://review.example.com"]`.
        pub cors_origins: Vec<String>,
        /// Addresses and networks of proxies whose `X-Forwarded-For` is believed, for instance
        /// `["10.0.0.0/8"]`.
        pub trusted_proxies: Vec<String>,
        /// The longest body of a request; a single file may have `reader.max_file_bytes`.
        #[within(Bound::AboveZero)]
        #[unit = "bytes"]
        pub max_body_bytes: u64,
        /// The time in which the body of a request must arrive.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub body_timeout: Duration,
        /// Connections that are open at once; fewer if the limit of open files is low.
        #[within(PLACES)]
        pub max_connections: usize,
        /// `/infer` requests at work at once; more get 503.
        #[within(PLACES)]
        pub max_inferences: usize,
        /// Uploads at work at once; more get 503.
        #[within(PLACES)]
        pub max_uploads: usize,
        /// Files that are sent at once; more get 503.
        #[within(PLACES)]
        pub max_downloads: usize,
        /// Pictures of pages that are drawn and sent at once; more get 503.
        #[within(PLACES)]
        pub max_pictures: usize,
        /// Memory for answers over 64 KiB that wait for their clients; more get 503.
        #[within(Bound::AboveZero)]
        #[unit = "bytes"]
        pub max_answer_bytes: usize,
        /// The time after which a client that takes nothing of its answer loses its connection.
        #[within(Bound::AboveZero)]
        #[serde(with = "duration")]
        pub answer_timeout: Duration,
        /// The average rate at which a client must take its answer; slower ones lose their
        /// connection.
        #[within(Bound::AboveZero)]
        #[unit = "bytes a second"]
        pub min_answer_rate: u32,
        /// The time after which `/infer` answers with the job, which goes on.
        #[within(Bound::AtLeastSeconds(1))]
        #[serde(with = "duration")]
        pub infer_deadline: Duration,
        /// The time that requests have to end when the service is stopped.
        #[serde(with = "duration")]
        pub shutdown: Duration,
    }
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
        self.check_bounds()
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
