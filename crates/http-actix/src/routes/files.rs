//! The file of a document, as it came in: whole or a part of it.

use std::ops::Range;

use actix_web::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, Charset, ContentDisposition, DispositionParam,
    DispositionType, ETAG, ExtendedValue, HeaderValue,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use fieldmark_domain::document::Document;
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::BlobPart;
use fieldmark_domain::queries::StoredFile;
use tokio::sync::OwnedSemaphorePermit;

use super::State;
use crate::addresses;
use crate::caller::Caller;
use crate::entity_tag;
use crate::identifiers::InDocument;
use crate::openapi::described::File;
use crate::outgoing::{self, ENCODED_ALREADY, PartOfFile, Wanted};
use crate::parameters::Parameters;
use crate::problem::{Code, Problem};

/// The original file.
///
/// The ETag is the SHA-256 of the file. A whole file is compared with it while it is sent, and breaks off before its end
/// if it is damaged; whoever puts a file together from parts compares it.
#[utoipa::path(
    get, path = addresses::FILE, tag = "documents", operation_id = "show_file",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        PartOfFile,
    ),
    responses(
        (status = 200, description = "The bytes that came in", content(
            (File = "application/pdf"), (File = "application/xml"),
        ), headers(
            ("ETag" = String, description = "The digest of the bytes"),
            ("Accept-Ranges" = Option<String>, description = "`bytes`, unless the answer is compressed"),
        )),
        (status = 206, description = "The range that was asked for", content(
            (File = "application/pdf"), (File = "application/xml"),
        ), headers(
            ("ETag" = String, description = "The digest of all bytes"),
            ("Content-Range" = String, description = "Which bytes of how many"),
        )),
        (status = 304, description = "The client has them, by its If-None-Match"),
    )
)]
pub async fn file(
    request: HttpRequest,
    caller: Caller,
    InDocument(id): InDocument,
    services: State,
) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    let place = services.admission.download()?;
    let file = services.use_cases.show_file().execute(&caller.scope, id).await?;
    let (tag, size) = (format!("\"{}\"", file.document.sha256), file.document.size);
    if entity_tag::is_known(&request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, tag)).finish());
    }
    if request.method() == Method::HEAD {
        file.look().await?;
        return Ok(answer(StatusCode::OK, &file.document, &tag).body(outgoing::nothing_of(size)));
    }
    match Wanted::of(&request, &tag, size) {
        Wanted::Whole => {
            let answer = answer(StatusCode::OK, &file.document, &tag);
            send(answer, &file, 0..size, BlobPart::Whole, place).await
        }
        Wanted::Part(range) => {
            let mut answer = answer(StatusCode::PARTIAL_CONTENT, &file.document, &tag);
            let last = range.end.saturating_sub(1);
            answer.insert_header((CONTENT_RANGE, format!("bytes {}-{last}/{size}", range.start)));
            let (offset, length) = (range.start, range.end - range.start);
            send(answer, &file, range, BlobPart::Range { offset, length }, place).await
        }
        Wanted::Nothing => Ok(beyond_the_end(size)),
    }
}

/// What is answered beside the bytes.
fn answer(status: StatusCode, document: &Document, tag: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .content_type(document.media_type.name())
        .insert_header((CONTENT_DISPOSITION, attachment(document.description.filename())))
        .insert_header((ETAG, tag))
        .insert_header((ACCEPT_RANGES, "bytes"));
    if document.media_type == MediaType::Pdf {
        answer.insert_header(ENCODED_ALREADY);
    }
    answer
}

async fn send(
    mut answer: HttpResponseBuilder,
    file: &StoredFile,
    range: Range<u64>,
    part: BlobPart,
    place: OwnedSemaphorePermit,
) -> Result<HttpResponse, Problem> {
    let pieces = file.open(part).await?;
    Ok(answer.body(outgoing::pieces(pieces, range.end - range.start, place).await?))
}

fn beyond_the_end(size: u64) -> HttpResponse {
    let message = format!("the file has {size} bytes, and the range begins after them");
    let mut answer = HttpResponse::from_error(Problem::new(Code::RangeNotSatisfiable, message));
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
        answer.headers_mut().insert(CONTENT_RANGE, value);
    }
    answer
}

/// A file to be kept and not shown: whatever stands in it is not run by a browser.
fn attachment(filename: &str) -> ContentDisposition {
    let plain: String = filename.chars().map(|letter| if letter.is_ascii() { letter } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: filename.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    }
}
