//! Files on their way in: as a form of one or several, or as the body itself.
//!
//! Files lie in memory while they are small, then in an unnamed temporary file, so that they are gone whatever happens:
//! the client left, the process died. A file is read into memory once it is whole and within its limit, and of several
//! one after the other.

mod form;
mod spool;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ContentDisposition, HeaderValue,
};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;

use crate::incoming::{Incoming, in_time, refused, too_large};
use crate::problem::Problem;
use crate::services::Limits;
use spool::{Spool, Spooled};

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
    spooled: Spooled,
    place: Range<u64>,
}

impl UploadedFile {
    /// Its bytes, in memory from now on.
    ///
    /// # Errors
    /// `storage_failed`.
    pub async fn into_bytes(self) -> Result<Arc<[u8]>, Problem> {
        self.spooled.read(self.place).await
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
        let file = whole(filename(request), payload, limits).await?;
        Ok(Upload { files: vec![file], ..Upload::default() })
    })
    .await
}

/// A body that says itself that it is too large is refused before it is sent.
fn refuse_by_its_length(request: &HttpRequest, limits: &Limits) -> Result<(), Problem> {
    let length =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let longest = if is_form(request) { limits.body_bytes } else { limits.body_bytes.min(limits.file_bytes) };
    if length.is_some_and(|length| length > longest) { Err(too_large(longest)) } else { Ok(()) }
}

fn is_form(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/")
}

async fn whole(filename: String, payload: web::Payload, limits: &Limits) -> Result<UploadedFile, Problem> {
    // A file over its own limit is refused by the spool, with the file's code.
    let longest = limits.body_bytes;
    let (mut body, mut spool) = (Incoming::new(payload, longest, limits), Spool::new(limits));
    while let Some(piece) = body.next().await {
        spool.write(&piece.map_err(|error| refused(&error, longest))?).await?;
    }
    let place = spool.end_file();
    Ok(UploadedFile { filename, spooled: spool.finish(), place })
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
