//! A form (RFC 7578): one `file` or several, and what is said of them.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, web};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

use super::spool::Spool;
use super::{Upload, UploadedFile, body_too_large, name_in};
use crate::body;
use crate::parameters::shortened;
use crate::problem::Problem;
use crate::services::Limits;

/// The longest part that is no file, in bytes.
const LONGEST_TEXT: usize = 64 << 10;
/// The most files of one form.
const MOST_FILES: usize = 100;

/// Takes a form.
pub(super) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    limits: &Limits,
) -> Result<Upload, Problem> {
    let mut form = Multipart::new(request.headers(), bounded(payload, limits.body_bytes));
    let mut upload = Upload { is_form: true, ..Upload::default() };
    while let Some(part) = form.next().await {
        let part = part.map_err(|error| refused(&error, limits))?;
        take(part, &mut upload, limits).await?;
    }
    if upload.files.is_empty() {
        return Err(Problem::invalid_part("file", "the form has no part of this name with a file in it"));
    }
    Ok(upload)
}

/// The body as far as it may go: whatever it holds, parts that are no files and what stands between parts included.
fn bounded(payload: web::Payload, longest: u64) -> impl Stream<Item = Result<Bytes, PayloadError>> + 'static {
    let mut left = longest;
    payload.map(move |piece| {
        let piece = piece?;
        left = left.checked_sub(piece.len() as u64).ok_or(PayloadError::Overflow)?;
        Ok(piece)
    })
}

async fn take(mut part: Field, upload: &mut Upload, limits: &Limits) -> Result<(), Problem> {
    let name = part.name().unwrap_or_default().to_owned();
    match name.as_str() {
        "file" => {
            if upload.files.len() == MOST_FILES {
                return Err(Problem::invalid_part("file", format!("a form may have {MOST_FILES} files")));
            }
            upload.files.push(file(&mut part, limits).await?);
        }
        "metadata" => upload.metadata = metadata(&text(&mut part, &name, limits).await?)?,
        "tags" => upload.tags.extend(tags(&text(&mut part, &name, limits).await?)?),
        "password" => upload.password = Some(text(&mut part, &name, limits).await?),
        other => {
            let message =
                format!("there is no part `{}` here: file, metadata, tags, password", shortened(other));
            return Err(Problem::new("invalid_multipart", message));
        }
    }
    Ok(())
}

async fn file(part: &mut Field, limits: &Limits) -> Result<UploadedFile, Problem> {
    let filename = part.headers().get(CONTENT_DISPOSITION).and_then(name_in).unwrap_or_default();
    let mut spool = Spool::open(limits)?;
    while let Some(piece) = part.next().await {
        spool.write(&piece.map_err(|error| refused(&error, limits))?).await?;
    }
    Ok(UploadedFile { filename, spool })
}

async fn text(part: &mut Field, name: &str, limits: &Limits) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.next().await {
        bytes.extend_from_slice(&piece.map_err(|error| refused(&error, limits))?);
        if bytes.len() > LONGEST_TEXT {
            return Err(Problem::invalid_part(name, format!("may have {LONGEST_TEXT} bytes")));
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::invalid_part(name, "must be UTF-8"))
}

/// A JSON object of texts.
fn metadata(text: &str) -> Result<BTreeMap<String, String>, Problem> {
    body::parsed(text.as_bytes(), "metadata")
}

/// A JSON array of texts, or words with commas between.
fn tags(text: &str) -> Result<Vec<String>, Problem> {
    if text.trim_start().starts_with('[') {
        return body::parsed(text.as_bytes(), "tags");
    }
    Ok(text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect())
}

fn refused(error: &MultipartError, limits: &Limits) -> Problem {
    if matches!(error, MultipartError::Payload(PayloadError::Overflow)) {
        return body_too_large(limits.body_bytes);
    }
    Problem::new("invalid_multipart", format!("the form cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_as_json_or_with_commas() {
        assert_eq!(tags("paid, march,"), Ok(vec!["paid".to_owned(), "march".to_owned()]));
        assert_eq!(tags("[\"a, b\"]"), Ok(vec!["a, b".to_owned()]));
        assert_eq!(tags("[\"a\"").unwrap_err().code(), "invalid_json");
    }

    #[test]
    fn metadata_is_an_object_of_texts() {
        assert_eq!(metadata("{\"cost centre\": \"7\"}").unwrap().len(), 1);
        assert_eq!(metadata("{\"cost centre\": 7}").unwrap_err().code(), "validation_failed");
        assert_eq!(metadata("{").unwrap_err().code(), "invalid_json");
    }
}
