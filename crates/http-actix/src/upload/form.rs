//! A form (RFC 7578): one `file` or several, and what is said of them.
//!
//! A form is refused as soon as one of its parts is too much, not once all of it is there.

use std::collections::BTreeMap;
use std::ops::Range;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use tokio::task::yield_now;

use super::spool::Spool;
use super::{Upload, UploadedFile, name_in};
use crate::body;
use crate::incoming::{self, Incoming};
use crate::parameters::shortened;
use crate::problem::{Code, Problem};
use crate::services::Limits;

/// How many bytes the parts that are no files have together, at most.
const LONGEST_TEXTS: usize = 64 << 10;
/// The most files of one form.
const MOST_FILES: usize = 100;
/// The longest name of a file, in bytes: a path of Linux's.
const LONGEST_NAME: usize = 4096;
/// The most tags of one form: a document has no more.
const MOST_TAGS: usize = 50;
/// The most parts with tags: each may hold one tag, or none.
const MOST_TAG_PARTS: usize = 2 * MOST_TAGS;

/// Takes a form.
pub(super) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    limits: &Limits,
) -> Result<Upload, Problem> {
    let body = Incoming::new(payload, limits.body_bytes, limits);
    let mut parts = Multipart::new(request.headers(), body);
    let mut form = Form::new(limits);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| form.refused(&error))?;
        form.take(part).await?;
        // Very many small parts come at once: other requests of this thread go on between them.
        yield_now().await;
    }
    form.finish()
}

/// What has come in so far.
struct Form<'a> {
    limits: &'a Limits,
    files: Vec<(String, Range<u64>)>,
    spool: Spool,
    /// Bytes of the parts that are no files.
    text_bytes: usize,
    tag_parts: usize,
    tags: Vec<String>,
    metadata: Option<BTreeMap<String, String>>,
    password: Option<String>,
}

impl<'a> Form<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            files: Vec::new(),
            spool: Spool::new(limits),
            text_bytes: 0,
            tag_parts: 0,
            tags: Vec::new(),
            metadata: None,
            password: None,
        }
    }

    async fn take(&mut self, mut part: Field) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => self.file(&mut part).await,
            "tags" => self.tags(&mut part).await,
            "metadata" => {
                once(&name, self.metadata.is_some())?;
                self.metadata = Some(metadata(&self.text(&mut part, &name).await?)?);
                Ok(())
            }
            "password" => {
                once(&name, self.password.is_some())?;
                self.password = Some(self.text(&mut part, &name).await?);
                Ok(())
            }
            other => {
                let message =
                    format!("there is no part `{}` here: file, metadata, tags, password", shortened(other));
                Err(Problem::new(Code::InvalidMultipart, message))
            }
        }
    }

    async fn file(&mut self, part: &mut Field) -> Result<(), Problem> {
        if self.files.len() == MOST_FILES {
            return Err(Problem::invalid_part("file", format!("a form may have {MOST_FILES} files")));
        }
        let filename = part.headers().get(CONTENT_DISPOSITION).and_then(name_in).unwrap_or_default();
        if filename.len() > LONGEST_NAME {
            return Err(Problem::invalid_part("file", format!("its name may have {LONGEST_NAME} bytes")));
        }
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|error| self.refused(&error))?;
            self.spool.write(&piece).await?;
        }
        self.files.push((filename, self.spool.end_file()));
        Ok(())
    }

    async fn tags(&mut self, part: &mut Field) -> Result<(), Problem> {
        let too_many =
            || Err(Problem::invalid_part("tags", format!("a document has up to {MOST_TAGS} tags")));
        self.tag_parts += 1;
        if self.tag_parts > MOST_TAG_PARTS {
            return Err(Problem::invalid_part(
                "tags",
                format!("a form may have {MOST_TAG_PARTS} such parts"),
            ));
        }
        if self.tags.len() == MOST_TAGS {
            return too_many();
        }
        let text = self.text(part, "tags").await?;
        self.tags.extend(tags(&text)?);
        if self.tags.len() > MOST_TAGS { too_many() } else { Ok(()) }
    }

    async fn text(&mut self, part: &mut Field, name: &str) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|error| self.refused(&error))?;
            self.text_bytes += piece.len();
            if self.text_bytes > LONGEST_TEXTS {
                let message = format!("the parts that are no files may have {LONGEST_TEXTS} bytes together");
                return Err(Problem::invalid_part(name, message));
            }
            bytes.extend_from_slice(&piece);
        }
        String::from_utf8(bytes).map_err(|_| Problem::invalid_part(name, "must be UTF-8"))
    }

    fn finish(self) -> Result<Upload, Problem> {
        if self.files.is_empty() {
            return Err(Problem::invalid_part("file", "the form has no part of this name with a file in it"));
        }
        let spooled = self.spool.finish();
        let file = |(filename, place)| UploadedFile { filename, spooled: spooled.clone(), place };
        Ok(Upload {
            files: self.files.into_iter().map(file).collect(),
            tags: self.tags,
            metadata: self.metadata.unwrap_or_default(),
            password: self.password,
            is_form: true,
        })
    }

    fn refused(&self, error: &MultipartError) -> Problem {
        match error {
            MultipartError::Payload(PayloadError::Overflow) => Problem::new(
                Code::InvalidMultipart,
                "the form cannot be read: the head of a part is too long",
            ),
            MultipartError::Payload(error @ PayloadError::Io(_)) => {
                incoming::refused(error, self.limits.body_bytes)
            }
            _ => Problem::new(Code::InvalidMultipart, format!("the form cannot be read: {error}")),
        }
    }
}

/// Refuses a part that came before.
fn once(name: &str, is_there: bool) -> Result<(), Problem> {
    if is_there { Err(Problem::invalid_part(name, "may be given once")) } else { Ok(()) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_as_json_or_with_commas() {
        assert_eq!(tags("paid, march,"), Ok(vec!["paid".to_owned(), "march".to_owned()]));
        assert_eq!(tags("[\"a, b\"]"), Ok(vec!["a, b".to_owned()]));
        assert_eq!(tags("[\"a\"").unwrap_err().code(), Code::InvalidJson);
    }

    #[test]
    fn metadata_is_an_object_of_texts() {
        assert_eq!(metadata("{\"cost centre\": \"7\"}").unwrap().len(), 1);
        assert_eq!(metadata("{\"cost centre\": 7}").unwrap_err().code(), Code::ValidationFailed);
        assert_eq!(metadata("{").unwrap_err().code(), Code::InvalidJson);
    }
}
