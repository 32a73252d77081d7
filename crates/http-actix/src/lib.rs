//! Fieldmark's service over HTTP, on Actix Web: routes, the shapes of the JSON, OpenAPI.
//!
//! [`Services`] names what the routes need of the outside world, ports of the domain all of them; [`routes`] is what
//! an Actix `App` is configured with, in the server and in tests on mocks alike; [`server::serve`] listens until it is
//! told to stop. The shapes in which documents, labels, jobs and extractions are given are the crate
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
