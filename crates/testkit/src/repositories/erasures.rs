//! What every [`ErasureRepository`](fieldmark_domain::ports::ErasureRepository) promises, beside
//! the documents that it removes.

use fieldmark_domain::ports::Repositories;

use super::bench::Bench;
use crate::breach::Breach;

mod erasing;
mod purging;

/// Erases made-up documents of made-up owners.
///
/// # Errors
/// The first promise that is not kept.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    erasing::keeps_its_promises(repositories).await?;
    purging::keeps_its_promises(repositories).await
}
