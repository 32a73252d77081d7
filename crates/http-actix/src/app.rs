//! Which handler answers under which address.

use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::web::{self, ServiceConfig, to};
use actix_web::{HttpRequest, HttpResponse, guard};

use crate::addresses;
use crate::endpoint::Endpoint;
use crate::openapi;
use crate::problem::{Code, Problem};
use crate::routes::{documents, exports, files, health, infer, jobs, labels, models, pages};

const API_VERSION: HeaderName = HeaderName::from_static("x-api-version");

/// Configures an application with every route; the application's data holds [`crate::Services`].
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::scope(addresses::VERSION_ONE)
                .configure(|config| register(version_one(), config))
                .default_service(to(nothing)),
        )
        // An address without a version is that of the first one, unless a header asks for another.
        .service(
            web::scope(addresses::API)
                .guard(guard::fn_guard(|context| {
                    context
                        .head()
                        .headers()
                        .get(API_VERSION)
                        .is_none_or(|version| version.as_bytes() == b"v1")
                }))
                .configure(|config| register(version_one(), config))
                .default_service(to(nothing)),
        )
        .service(web::scope(addresses::API).default_service(to(no_such_version)))
        .configure(|config| register(at_the_root(), config))
        .default_service(to(nothing));
}

fn register(endpoints: Vec<Endpoint>, config: &mut ServiceConfig) {
    for endpoint in endpoints {
        endpoint.register(config);
    }
}

/// The routes of version 1, below its prefix.
fn version_one() -> Vec<Endpoint> {
    vec![
        Endpoint::at(addresses::INFER, [(Method::POST, to(infer::infer))]),
        Endpoint::at(
            addresses::DOCUMENTS,
            [(Method::GET, to(documents::list)), (Method::POST, to(documents::create))],
        ),
        Endpoint::at(
            addresses::DOCUMENT,
            [
                (Method::GET, to(documents::show)),
                (Method::PUT, to(documents::replace)),
                (Method::PATCH, to(documents::change)),
                (Method::DELETE, to(documents::delete)),
            ],
        ),
        Endpoint::at(addresses::RESTORE, [(Method::POST, to(documents::restore))]),
        Endpoint::at(addresses::PROCESS, [(Method::POST, to(documents::process))]),
        Endpoint::at(addresses::APPROVE, [(Method::POST, to(documents::approve))]),
        Endpoint::at(addresses::REJECT, [(Method::POST, to(documents::reject))]),
        Endpoint::at(addresses::HISTORY, [(Method::GET, to(labels::history))]),
        Endpoint::at(addresses::FILE, [(Method::GET, to(files::file))]),
        Endpoint::at(addresses::PAGE, [(Method::GET, to(pages::picture))]),
        Endpoint::at(addresses::LABELS, [(Method::GET, to(labels::list)), (Method::POST, to(labels::add))]),
        Endpoint::at(
            addresses::LABEL,
            [
                (Method::GET, to(labels::show)),
                (Method::PATCH, to(labels::correct)),
                (Method::DELETE, to(labels::delete)),
            ],
        ),
        Endpoint::at(addresses::JOBS, [(Method::GET, to(jobs::list))]),
        Endpoint::at(addresses::JOB, [(Method::GET, to(jobs::show)), (Method::DELETE, to(jobs::cancel))]),
        Endpoint::at(addresses::RETRY, [(Method::POST, to(jobs::retry))]),
        Endpoint::at(addresses::EXPORTED_LABELS, [(Method::GET, to(exports::labels))]),
        Endpoint::at(addresses::MODELS, [(Method::GET, to(models::list))]),
    ]
}

/// The routes without a version.
fn at_the_root() -> Vec<Endpoint> {
    vec![
        Endpoint::at(addresses::LIVE, [(Method::GET, to(health::live))]),
        Endpoint::at(addresses::READY, [(Method::GET, to(health::ready))]),
        Endpoint::at(addresses::VERSION, [(Method::GET, to(health::version))]),
        Endpoint::at(addresses::METRICS, [(Method::GET, to(health::metrics))]),
        Endpoint::at(addresses::OPENAPI, [(Method::GET, to(openapi::serve))]),
        Endpoint::at(addresses::DOCS, [(Method::GET, to(openapi::to_the_page))]),
        Endpoint::at(addresses::DOCS_FILE, [(Method::GET, to(openapi::page))]),
    ]
}

async fn nothing() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::NotFound, "there is nothing under this address"))
}

async fn no_such_version(_: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::UnsupportedVersion, "X-API-Version must be v1"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use utoipa::openapi::PathItem;

    use super::*;

    /// The page and its document do not describe themselves.
    const NOT_DESCRIBED: [&str; 3] = [addresses::OPENAPI, addresses::DOCS, addresses::DOCS_FILE];

    fn registered(prefix: &str, endpoints: &[Endpoint]) -> BTreeSet<String> {
        let described = endpoints.iter().filter(|endpoint| !NOT_DESCRIBED.contains(&endpoint.path));
        described
            .flat_map(|endpoint| endpoint.methods().map(move |method| (method, endpoint.path)))
            .map(|(method, path)| format!("{method} {prefix}{path}"))
            .collect()
    }

    fn methods(item: &PathItem) -> impl Iterator<Item = &'static str> {
        let operations = [
            ("GET", item.get.is_some()),
            ("PUT", item.put.is_some()),
            ("POST", item.post.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ];
        operations.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name)
    }

    #[test]
    fn every_registered_route_is_in_the_document_and_every_described_one_is_registered() {
        let mut routes = registered(addresses::VERSION_ONE, &version_one());
        routes.extend(registered("", &at_the_root()));
        let described: BTreeSet<String> = openapi::document()
            .paths
            .paths
            .iter()
            .flat_map(|(path, item)| methods(item).map(move |method| format!("{method} {path}")))
            .collect();
        assert_eq!(routes, described);
        assert!(routes.len() > 25, "{routes:?}");
    }
}
