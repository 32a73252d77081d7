//! Whether the service lives and is ready, what it is, and its measures: at the root, without the envelope.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse};
use fieldmark_domain::job::JobStatus;
use futures_util::future::join_all;
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use super::State;
use crate::addresses;
use crate::caller::Caller;
use crate::health::Dependency;
use crate::parameters::Parameters;
use crate::problem::Problem;

/// How long something that the service needs may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// That the process lives.
#[derive(Debug, Serialize, ToSchema)]
pub struct Liveness {
    /// `live`.
    #[schema(example = "live")]
    pub status: &'static str,
}

/// Whether requests can be answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// `ready` or `not_ready`.
    #[schema(example = "ready")]
    pub status: &'static str,
    /// What the service needs, and whether each is there.
    pub checks: Vec<DependencyReport>,
}

/// Something that the service needs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dependency)]
pub struct DependencyReport {
    /// Its name.
    #[schema(example = "database")]
    pub name: &'static str,
    /// Whether it can be used; the log says why not.
    pub ready: bool,
}

/// What this program was built from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Version)]
pub struct VersionReport {
    /// Its version.
    #[schema(example = "0.1.0")]
    pub version: String,
    /// Commit, target, profile and devices.
    #[serde(flatten)]
    #[schema(additional_properties = true)]
    pub details: BTreeMap<String, String>,
}

/// Whether the process lives.
#[utoipa::path(
    get, path = addresses::LIVE, tag = "operation", operation_id = "show_liveness", security(()),
    responses((status = 200, description = "It lives", body = Liveness))
)]
pub async fn live(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    Ok(HttpResponse::Ok().json(Liveness { status: "live" }))
}

/// Whether requests can be answered, and what is missing if not.
#[utoipa::path(
    get, path = addresses::READY, tag = "operation", operation_id = "show_readiness", security(()),
    responses(
        (status = 200, description = "All that is needed is there", body = Readiness),
        (status = 503, description = "Something is missing", body = Readiness),
    )
)]
pub async fn ready(request: HttpRequest, services: State) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    let checks = join_all(services.dependencies.iter().map(|dependency| check(dependency.as_ref()))).await;
    let is_ready = checks.iter().all(|check| check.ready);
    let (status, mut answer) = if is_ready {
        ("ready", HttpResponse::Ok())
    } else {
        ("not_ready", HttpResponse::ServiceUnavailable())
    };
    Ok(answer.json(Readiness { status, checks }))
}

async fn check(dependency: &dyn Dependency) -> DependencyReport {
    let name = dependency.name();
    let answer = timeout(PATIENCE, dependency.check()).await;
    let answer = answer.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())));
    if let Err(reason) = &answer {
        tracing::warn!(dependency = name, "not ready: {reason}");
    }
    DependencyReport { name, ready: answer.is_ok() }
}

/// What this program was built from.
#[utoipa::path(
    get, path = addresses::VERSION, tag = "operation", operation_id = "show_version", security(()),
    responses((status = 200, description = "The build", body = VersionReport))
)]
pub async fn version(request: HttpRequest, services: State) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    let built = services.built_from.clone();
    Ok(HttpResponse::Ok().json(VersionReport { version: built.version, details: built.details }))
}

/// Measures in Prometheus' text format.
#[utoipa::path(
    get, path = addresses::METRICS, tag = "operation", operation_id = "show_metrics",
    responses((status = 200, description = "The measures", body = String, content_type = "text/plain"))
)]
pub async fn metrics(request: HttpRequest, _: Caller, services: State) -> Result<HttpResponse, Problem> {
    Parameters::of(&request).finish()?;
    match timeout(PATIENCE, services.use_cases.count_jobs().execute()).await {
        Ok(Ok(counts)) => {
            for status in JobStatus::ALL {
                ::metrics::gauge!("fieldmark_jobs", "status" => status.name()).set(counts.of(status) as f64);
            }
        }
        // The other measures are wanted all the more when the database is away.
        Ok(Err(error)) => tracing::warn!("jobs cannot be counted: {error}"),
        Err(_) => tracing::warn!("jobs cannot be counted: no answer within {} s", PATIENCE.as_secs()),
    }
    let measures = services.telemetry.print();
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(measures))
}
