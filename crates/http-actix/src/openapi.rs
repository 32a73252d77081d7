//! The OpenAPI document, made of the handlers and their shapes, and the page that shows it.

pub mod described;
mod errors;
mod examples;
mod links;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use fieldmark_report::names::{DocumentStatusName, JobStatusName};
use utoipa::OpenApi;
use utoipa::openapi::PathItem;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_swagger_ui::Config;

use crate::addresses;
use crate::envelope::ErrorEnvelope;
use crate::outgoing::Compiled;
use crate::problem::{Code, Problem};
use crate::routes::{documents, exports, files, health, infer, jobs, labels, models, pages};

/// The routes of version 1, without their prefix.
#[derive(OpenApi)]
#[openapi(
    paths(
        infer::infer,
        documents::list,
        documents::create,
        documents::show,
        documents::replace,
        documents::change,
        documents::delete,
        documents::restore,
        documents::process,
        documents::approve,
        documents::reject,
        files::file,
        pages::picture,
        labels::list,
        labels::add,
        labels::show,
        labels::correct,
        labels::delete,
        labels::history,
        jobs::list,
        jobs::show,
        jobs::cancel,
        jobs::retry,
        exports::labels,
        models::list,
    ),
    components(schemas(
        ErrorEnvelope,
        documents::Sort,
        documents::Include,
        exports::Format,
        DocumentStatusName,
        JobStatusName
    ))
)]
struct VersionOne;

/// The routes at the root.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fieldmark",
        license(name = "MIT OR Apache-2.0"),
    ),
    paths(health::live, health::ready, health::version, health::metrics),
    tags(
        (name = "inference", description = "Files read while their sender waits"),
        (name = "documents", description = "Files that are kept, and what was read of them"),
        (name = "labels", description = "What documents say, as people see and correct it"),
        (name = "jobs", description = "Work that goes on by itself"),
        (name = "exports", description = "Labels of many documents, for other programs"),
        (name = "models", description = "What reads the documents"),
        (name = "operation", description = "For those who run the service"),
    ),
)]
struct AtTheRoot;

/// The scheme by which callers are known.
const BEARER: &str = "token";

/// What may be asked and what is answered, OpenAPI 3.1.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = AtTheRoot::openapi().nest(addresses::VERSION_ONE, VersionOne::openapi());
    document.info.description = Some(errors::description());
    let bearer = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The service's `http.token`. Without one the service is open on its own machine."))
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
    errors::add(&mut document);
    links::add(&mut document);
    examples::add(&mut document);
    document
}

/// Every operation.
fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(of_item)
}

/// The operations of an address.
fn of_item(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().filter_map(Option::as_mut)
}

/// The document and its page are the same for every caller until the next release.
const PUBLIC: (HeaderName, &str) = (CACHE_CONTROL, "public, max-age=3600");

/// The document as it is sent; it is the same for the whole life of the process.
static PRINTED: LazyLock<Result<String, String>> =
    LazyLock::new(|| document().to_json().map_err(|error| error.to_string()));

/// Gives the document.
pub async fn serve() -> Result<HttpResponse, Problem> {
    match &*PRINTED {
        Ok(document) => Ok(compiled(
            HttpResponse::Ok().content_type("application/json").insert_header(PUBLIC).body(document.as_str()),
        )),
        Err(error) => {
            tracing::error!("the OpenAPI document cannot be printed: {error}");
            Err(Problem::new(Code::InternalError, "the document cannot be printed"))
        }
    }
}

/// An answer whose bytes are there once, however often they are sent.
fn compiled(mut answer: HttpResponse) -> HttpResponse {
    answer.extensions_mut().insert(Compiled);
    answer
}

/// Swagger UI's files, which are compiled in.
static PAGE: LazyLock<Arc<Config<'static>>> =
    LazyLock::new(|| Arc::new(Config::from(addresses::OPENAPI).validator_url("none")));

/// The page runs its own scripts, and asks its own service.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; frame-ancestors 'none'";

/// Leads to the page.
pub async fn to_the_page() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((LOCATION, format!("{}/", addresses::DOCS))).finish()
}

/// Gives a file of the page.
pub async fn page(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let file = request.match_info().get("file").filter(|file| !file.is_empty()).unwrap_or("index.html");
    match utoipa_swagger_ui::serve(file, Arc::clone(&PAGE)) {
        Ok(Some(file)) => Ok(compiled(
            HttpResponse::Ok()
                .content_type(file.content_type)
                .insert_header(PUBLIC)
                .insert_header((CONTENT_SECURITY_POLICY, POLICY))
                .body(match file.bytes {
                    // Many clients at once share what is compiled in.
                    Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    Cow::Owned(bytes) => bytes.into(),
                }),
        )),
        Ok(None) => Err(Problem::new(Code::NotFound, "there is nothing under this address")),
        Err(error) => {
            tracing::error!("a file of the page cannot be made: {error}");
            Err(Problem::new(Code::InternalError, "the page cannot be made"))
        }
    }
}
