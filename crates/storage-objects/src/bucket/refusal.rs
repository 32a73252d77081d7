//! The error answer of a server: its status and its code, which decide how the fault is handled.
//!
//! object_store exposes both only as text. Its HTTP layer can be replaced: here every answer with
//! status 400 or more becomes an error with the content of the answer.

use std::fmt;

use async_trait::async_trait;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService,
    ReqwestConnector,
};
use rustls::crypto::ring::default_provider;

/// The error answer of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error code of S3, if the answer contains one.
    pub code: Option<String>,
    /// The server's message for people.
    pub message: Option<String>,
    /// Whether the answer could have no body, and therefore no code.
    pub is_bare: bool,
}

impl Refusal {
    /// Parses the body as an S3 error, `<Error><Code>…</Code><Message>…</Message>…</Error>`.
    fn of(status: u16, body: &str, is_bare: bool) -> Self {
        Self { status, code: element(body, "Code"), message: element(body, "Message"), is_bare }
    }
}

/// The text of the first element with this name. Sufficient for answers with two levels.
fn element(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the server answered {}", self.status)?;
        for part in self.code.iter().chain(&self.message) {
            write!(formatter, ": {part}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// Connects as object_store does, and converts error answers.
#[derive(Debug)]
pub struct RefusalConnector;

impl HttpConnector for RefusalConnector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        // reqwest takes the cryptography of the process: ring, unless the program has chosen another.
        let _ = default_provider().install_default();
        Ok(HttpClient::new(Telling(ReqwestConnector::default().connect(options)?)))
    }
}

#[derive(Debug)]
struct Telling(HttpClient);

#[async_trait]
impl HttpService for Telling {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let is_bare = request.method().as_str() == "HEAD";
        let response = self.0.execute(request).await?;
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) {
            return Ok(response);
        }
        let body = response.into_body().bytes().await?;
        let refusal = Refusal::of(status.as_u16(), &String::from_utf8_lossy(&body), is_bare);
        Err(HttpError::new(HttpErrorKind::Unknown, refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_kept_in_the_error() {
        let body =
            "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Less, please.</Message></Error>";
        let refusal = Refusal::of(503, body, false);
        assert_eq!(refusal.code.as_deref(), Some("SlowDown"));
        assert_eq!(refusal.to_string(), "the server answered 503: SlowDown: Less, please.");
    }

    #[test]
    fn another_body_has_no_code() {
        for body in ["", "<html>Bad gateway</html>", "<Error><Code>", "<Code></Code>"] {
            assert_eq!(Refusal::of(502, body, false).code, None, "{body}");
        }
    }
}
