//! Files on their way in: as a form of one or several, or as the body itself.
//!
//! A file lies in an unnamed temporary file while it comes in, so that it is gone whatever happens: the client left,
//! the process died. It is in memory only once it is whole and within its limit, and of several one after the other.

mod form;
mod spool;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ContentDisposition, HeaderValue,
};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use tokio::time::timeout;

use crate::body::broken_off;
use crate::problem::Problem;
use crate::services::Limits;
use spool::Spool;

/// What came in with one request.
#[derive(Debug, Default)]
pub struct Upload {
    /// The files, in the order in which they came.
    pub files: Vec<UploadedFile>,
    /// Words by which their owner finds them again.
    pub tags: Vec<String>,
    /// What their owner notes about them.
    pub metadata: BTreeMap<String, String>,
    /// The password of encrypted files.
    pub password: Option<String>,
    /// Whether it was a form, in which several files may come.
    pub is_form: bool,
}

/// A file that came in.
pub struct UploadedFile {
    /// Its name, as the client gives it.
    pub filename: String,
    spool: Spool,
}

impl UploadedFile {
    /// Its bytes, in memory from now on.
    ///
    /// # Errors
    /// `storage_failed`.
    pub async fn into_bytes(self) -> Result<Arc<[u8]>, Problem> {
        self.spool.into_bytes().await
    }
}

impl std::fmt::Debug for UploadedFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("UploadedFile").field("filename", &self.filename).finish_non_exhaustive()
    }
}

/// Takes what comes in.
///
/// # Errors
/// `body_too_large`, `document_too_large`, `invalid_multipart`, `validation_failed` for a form without a file, and
/// what happens to bodies that break off.
pub async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    limits: &Limits,
) -> Result<Upload, Problem> {
    refuse_by_its_length(request, limits)?;
    in_time(limits, async {
        if is_form(request) {
            return form::receive(request, payload, limits).await;
        }
        let file = UploadedFile { filename: filename(request), spool: whole(payload, limits).await? };
        Ok(Upload { files: vec![file], ..Upload::default() })
    })
    .await
}

/// A body as it comes in, for as long as one may take.
///
/// # Errors
/// `request_timeout`, and its own.
pub async fn in_time<T>(
    limits: &Limits,
    body: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    let late = || Problem::new("request_timeout", "the body did not come in time");
    timeout(limits.body_time, body).await.map_err(|_| late())?
}

/// A body that says itself that it is too large is refused before it is sent.
fn refuse_by_its_length(request: &HttpRequest, limits: &Limits) -> Result<(), Problem> {
    let length =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let longest = if is_form(request) { limits.body_bytes } else { limits.body_bytes.min(limits.file_bytes) };
    if length.is_some_and(|length| length > longest) { Err(body_too_large(longest)) } else { Ok(()) }
}

fn body_too_large(longest: u64) -> Problem {
    Problem::new("body_too_large", format!("the body may have {longest} bytes"))
}

fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/")
}

async fn whole(mut payload: web::Payload, limits: &Limits) -> Result<Spool, Problem> {
    let mut spool = Spool::open(limits)?;
    while let Some(piece) = payload.next().await {
        spool.write(&piece.map_err(broken_off)?).await?;
    }
    Ok(spool)
}

/// The name that a body without a form may have by its `Content-Disposition` (RFC 6266).
fn filename(request: &HttpRequest) -> String {
    request.headers().get(CONTENT_DISPOSITION).and_then(name_in).unwrap_or_default()
}

/// A file's name, the extended parameter first.
fn name_in(header: &HeaderValue) -> Option<String> {
    let disposition = ContentDisposition::from_raw(&with_its_backslashes(header)?).ok()?;
    let extended = disposition.get_filename_ext().and_then(|name| String::from_utf8(name.value.clone()).ok());
    extended.or_else(|| disposition.get_filename().map(str::to_owned))
}

/// The header with every backslash escaped that escapes no quote: clients send `C:\folder\a.pdf` as it is (WHATWG HTML,
/// "Multipart form data"), of which the parser would leave `C:foldera.pdf`.
fn with_its_backslashes(header: &HeaderValue) -> Option<HeaderValue> {
    let bytes = header.as_bytes();
    let mut escaped = Vec::with_capacity(bytes.len());
    for (place, byte) in bytes.iter().enumerate() {
        escaped.push(*byte);
        if *byte == b'\\' && bytes.get(place + 1) != Some(&b'"') {
            escaped.push(b'\\');
        }
    }
    HeaderValue::from_bytes(&escaped).ok()
}
