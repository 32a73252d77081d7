//! Which address leads where.

use actix_web::guard;
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, HeaderName};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route};

use crate::openapi;
use crate::problem::{Code, Problem};
use crate::routes::{documents, exports, files, health, infer, jobs, labels, models, pages};

const API_VERSION: HeaderName = HeaderName::from_static("x-api-version");

/// Configures an application with every route; the application's data holds [`crate::Services`].
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(web::scope("/api/v1").configure(version_one).default_service(web::to(nothing)))
        // An address without a version is that of the first one, unless a header asks for another.
        .service(
            web::scope("/api")
                .guard(guard::fn_guard(|context| {
                    context
                        .head()
                        .headers()
                        .get(API_VERSION)
                        .is_none_or(|version| version.as_bytes() == b"v1")
                }))
                .configure(version_one)
                .default_service(web::to(nothing)),
        )
        .service(web::scope("/api").default_service(web::to(no_such_version)))
        .configure(at_the_root)
        .default_service(web::to(nothing));
}

fn version_one(config: &mut ServiceConfig) {
    config
        .service(resource("/infer", [(Method::POST, web::post().to(infer::infer))]))
        .service(resource(
            "/documents",
            [
                (Method::GET, web::route().to(documents::list)),
                (Method::POST, web::route().to(documents::create)),
            ],
        ))
        .service(resource(
            "/documents/{document}",
            [
                (Method::GET, web::route().to(documents::show)),
                (Method::PUT, web::route().to(documents::replace)),
                (Method::PATCH, web::route().to(documents::change)),
                (Method::DELETE, web::route().to(documents::delete)),
            ],
        ))
        .service(resource(
            "/documents/{document}/restore",
            [(Method::POST, web::route().to(documents::restore))],
        ))
        .service(resource(
            "/documents/{document}/process",
            [(Method::POST, web::route().to(documents::process))],
        ))
        .service(resource(
            "/documents/{document}/approve",
            [(Method::POST, web::route().to(documents::approve))],
        ))
        .service(resource(
            "/documents/{document}/reject",
            [(Method::POST, web::route().to(documents::reject))],
        ))
        .service(resource("/documents/{document}/history", [(Method::GET, web::route().to(labels::history))]))
        .service(resource("/documents/{document}/file", [(Method::GET, web::route().to(files::file))]))
        .service(resource(
            "/documents/{document}/pages/{page}.png",
            [(Method::GET, web::route().to(pages::picture))],
        ))
        .service(resource(
            "/documents/{document}/labels",
            [(Method::GET, web::route().to(labels::list)), (Method::POST, web::route().to(labels::add))],
        ))
        .service(resource(
            "/documents/{document}/labels/{label}",
            [
                (Method::GET, web::route().to(labels::show)),
                (Method::PATCH, web::route().to(labels::correct)),
                (Method::DELETE, web::route().to(labels::delete)),
            ],
        ))
        .service(resource("/jobs", [(Method::GET, web::route().to(jobs::list))]))
        .service(resource(
            "/jobs/{job}",
            [(Method::GET, web::route().to(jobs::show)), (Method::DELETE, web::route().to(jobs::cancel))],
        ))
        .service(resource("/jobs/{job}/retry", [(Method::POST, web::route().to(jobs::retry))]))
        .service(resource("/exports/labels", [(Method::GET, web::route().to(exports::labels))]))
        .service(resource("/models", [(Method::GET, web::route().to(models::list))]));
}

fn at_the_root(config: &mut ServiceConfig) {
    config
        .service(resource("/health/live", [(Method::GET, web::route().to(health::live))]))
        .service(resource("/health/ready", [(Method::GET, web::route().to(health::ready))]))
        .service(resource("/version", [(Method::GET, web::route().to(health::version))]))
        .service(resource("/metrics", [(Method::GET, web::route().to(health::metrics))]))
        .service(resource("/openapi.json", [(Method::GET, web::route().to(openapi::serve))]))
        .service(resource("/docs", [(Method::GET, web::route().to(openapi::to_the_page))]))
        .service(resource("/docs/{file:.*}", [(Method::GET, web::route().to(openapi::page))]));
}

/// An address with the methods that it takes; whoever may get it may ask for its head.
fn resource<const N: usize>(path: &str, routes: [(Method, Route); N]) -> Resource {
    let mut allowed: Vec<String> = Vec::new();
    let mut resource = web::resource(path);
    for (method, route) in routes {
        allowed.push(method.to_string());
        let route = if method == Method::GET {
            allowed.push(Method::HEAD.to_string());
            route.guard(guard::Any(guard::Get()).or(guard::Head()))
        } else {
            route.method(method)
        };
        resource = resource.route(route);
    }
    let allowed = allowed.join(", ");
    resource.default_service(web::to(move || {
        let answer = HttpResponse::MethodNotAllowed().insert_header((ALLOW, allowed.clone())).finish();
        async move { answer }
    }))
}

async fn nothing() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::NotFound, "there is nothing under this address"))
}

async fn no_such_version(_: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::UnsupportedVersion, "X-API-Version must be v1"))
}

/// What is the same for everybody until the next release.
pub(crate) const PUBLIC: (HeaderName, &str) = (CACHE_CONTROL, "public, max-age=3600");
