//! Who asks: from the credential to a scope.
//!
//! There is one credential for all, or none where the service is open on its own machine. Whose things a handler sees
//! comes from here alone, so that accounts change nothing but this place.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HOST, HeaderName, ORIGIN};
use actix_web::{FromRequest, HttpRequest, web};
use fieldmark_domain::scope::{OwnerId, Scope, UserId};
use sha2::{Digest as _, Sha256};
use tracing::Span;
use url::{Host, Url};

use crate::problem::{Code, Problem};
use crate::services::{Access, Services};

/// Where the page is that a browser asks for, as the browser says.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    /// Whose things may be seen.
    pub scope: Scope,
    /// Who changes things.
    pub user: UserId,
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request))
    }
}

fn caller(request: &HttpRequest) -> Result<Caller, Problem> {
    let services = request.app_data::<web::Data<Services>>();
    let access =
        services.map(|services| &services.access).ok_or_else(|| Problem::new(Code::InternalError, ""))?;
    match &access.token {
        Some(token) => authenticate(request, token)?,
        None => is_of_this_machine(request, access)?,
    }
    Span::current().record("owner", tracing::field::display(OwnerId::LOCAL.0));
    Ok(Caller { scope: Scope::owner(OwnerId::LOCAL), user: UserId::LOCAL })
}

fn authenticate(request: &HttpRequest, token: &str) -> Result<(), Problem> {
    let given = header(request, &AUTHORIZATION);
    let given = given
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, given)) = given else {
        return Err(Problem::new(Code::Unauthorized, "a bearer token is missing: Authorization: Bearer …"));
    };
    // Digests compare in a time that tells nothing of the token.
    if Sha256::digest(given.trim()) == Sha256::digest(token) {
        return Ok(());
    }
    Err(Problem::new(Code::Unauthorized, "the bearer token is wrong"))
}

/// A service without a credential is for programs of this machine, and not for every web page that a browser on it
/// shows: neither for pages of other origins, nor for names that were made to lead here (DNS rebinding).
fn is_of_this_machine(request: &HttpRequest, access: &Access) -> Result<(), Problem> {
    let host = header(request, &HOST).unwrap_or_default();
    if !is_loopback(host) {
        let message = "without http.token the service is asked as localhost, 127.0.0.1 or [::1]";
        return Err(Problem::new(Code::HostNotAllowed, message));
    }
    if is_of_no_other_page(request, host, access) {
        return Ok(());
    }
    Err(Problem::new(
        Code::OriginNotAllowed,
        "pages of this origin may not ask; http.cors_origins names those that may",
    ))
}

/// Whether no browser asks for a page of another origin, or for one of an origin that may ask.
///
/// Browsers send `Origin` with what scripts ask and with forms. A link, a picture or a script of another page comes
/// without it, and with `Sec-Fetch-Site` (W3C, Fetch Metadata Request Headers), which no page can set or leave out.
fn is_of_no_other_page(request: &HttpRequest, host: &str, access: &Access) -> bool {
    if !request.headers().contains_key(ORIGIN) {
        let site = request.headers().get(SEC_FETCH_SITE);
        return site.is_none_or(|site| ["same-origin", "none"].iter().any(|own| site == own));
    }
    let origin = header(request, &ORIGIN).unwrap_or_default();
    let is_own = Url::parse(origin).is_ok_and(|origin| origin.authority().eq_ignore_ascii_case(host));
    is_own || access.cors_origins.iter().any(|allowed| allowed == origin)
}

fn is_loopback(host: &str) -> bool {
    let Ok(url) = Url::parse(&format!("http://{host}")) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn header<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn code(request: TestRequest, token: Option<&str>) -> Result<(), &'static str> {
        let request = request.to_http_request();
        let outcome = match token {
            Some(token) => authenticate(&request, token),
            None => is_of_this_machine(
                &request,
                &Access { cors_origins: vec!["https://review.example".to_owned()], ..Access::default() },
            ),
        };
        outcome.map_err(|problem| problem.code().name())
    }

    #[test]
    fn a_token_must_be_the_one() {
        let with = |value: &str| TestRequest::default().insert_header((AUTHORIZATION, value));
        assert_eq!(code(with("Bearer abc"), Some("abc")), Ok(()));
        assert_eq!(code(with("bearer  abc"), Some("abc")), Ok(()));
        for value in ["Bearer abd", "Bearer", "Basic abc", "abc", "Bearer "] {
            assert_eq!(code(with(value), Some("abc")), Err("unauthorized"), "{value}");
        }
        assert_eq!(code(TestRequest::default(), Some("abc")), Err("unauthorized"));
    }

    #[test]
    fn without_a_token_only_this_machine_asks() {
        let from = |host: &str| TestRequest::default().insert_header((HOST, host));
        for host in ["localhost:8080", "127.0.0.1", "127.0.0.2:80", "[::1]:8080", "fieldmark.localhost"] {
            assert_eq!(code(from(host), None), Ok(()), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "10.0.0.1", ""]
        {
            assert_eq!(code(from(host), None), Err("host_not_allowed"), "{host}");
        }
    }

    #[test]
    fn pages_of_other_origins_do_not_ask_unless_they_are_named() {
        let from = |origin: &str| {
            TestRequest::default().insert_header((HOST, "localhost:8080")).insert_header((ORIGIN, origin))
        };
        assert_eq!(code(from("http://localhost:8080"), None), Ok(()));
        assert_eq!(code(from("https://review.example"), None), Ok(()));
        for origin in ["https://evil.example", "http://localhost:3000", "null"] {
            assert_eq!(code(from(origin), None), Err("origin_not_allowed"), "{origin}");
        }
    }

    #[test]
    fn pictures_links_and_scripts_of_other_pages_get_nothing() {
        let from = |site: &str| {
            TestRequest::default()
                .insert_header((HOST, "localhost:8080"))
                .insert_header((SEC_FETCH_SITE, site))
        };
        for site in ["same-origin", "none"] {
            assert_eq!(code(from(site), None), Ok(()), "{site}");
        }
        for site in ["cross-site", "same-site", "elsewhere", ""] {
            assert_eq!(code(from(site), None), Err("origin_not_allowed"), "{site}");
        }
        let named = from("cross-site").insert_header((ORIGIN, "https://review.example"));
        assert_eq!(code(named, None), Ok(()));
        assert_eq!(
            code(from("cross-site").insert_header((AUTHORIZATION, "Bearer abc")), Some("abc")),
            Ok(())
        );
    }
}
