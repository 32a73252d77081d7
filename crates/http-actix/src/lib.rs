//! Fieldmark's service over HTTP, on Actix Web: routes, the shapes of the JSON, OpenAPI.
//!
//! [`Services`] holds the use cases behind the routes and their bounds; [`routes`] configures an
//! Actix `App`, in the server and in tests on mocks alike; [`server::serve`] listens until it is
//! stopped. The shapes of documents, labels, jobs and extractions in answers are the crate
//! `fieldmark-report`.
//!
//! Knows HTTP and JSON, and nothing of databases, files' formats or models. What may be asked and what is answered
//! stands in the OpenAPI document, which the handlers themselves make ([`openapi::document`]).

mod addresses;
mod app;
mod body;
mod caller;
mod client;
mod connections;
mod endpoint;
mod entity_tag;
mod envelope;
mod exports;
pub mod health;
mod identifiers;
mod incoming;
mod middleware;
pub mod openapi;
mod outgoing;
mod pace;
mod parameters;
mod problem;
mod request_id;
mod routes;
pub mod server;
mod services;
mod telemetry;
mod upload;

pub use app::routes;
pub use client::{Network, NotANetwork};
pub use outgoing::Patience;
pub use pace::Pace;
pub use problem::Code;
pub use services::{Access, Admission, BuiltFrom, Limits, Services};
pub use telemetry::{Telemetry, TelemetryError};
