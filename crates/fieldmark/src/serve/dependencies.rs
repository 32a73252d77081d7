//! What the service needs before it can answer, and measures that are looked up.

use std::sync::Arc;

use fieldmark_http_actix::health::Dependency;

use crate::engine::Reading;
use crate::settings::Settings;
use crate::store::Store;

/// Everything that the service needs.
pub fn of(_settings: &Settings, _store: &Store, _reading: &Reading) -> Vec<Arc<dyn Dependency>> {
    Vec::new()
}

/// Sets the measures that are looked up.
pub fn measures(_store: &Store) -> impl Fn() + Send + Sync + 'static {
    || {}
}
