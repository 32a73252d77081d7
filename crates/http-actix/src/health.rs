//! What must be there before requests can be answered.

use async_trait::async_trait;

/// Something without which requests cannot be answered.
#[async_trait]
pub trait Dependency: Send + Sync {
    /// Its stable name, for instance `database`.
    fn name(&self) -> &'static str;

    /// Whether it can be used now.
    ///
    /// # Errors
    /// Why not, for the operator.
    async fn check(&self) -> Result<(), String>;
}
