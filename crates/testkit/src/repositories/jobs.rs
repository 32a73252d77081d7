//! The conformance suite of [`JobQueue`](fieldmark_domain::ports::JobQueue) and of the
//! [`JobRepository`](fieldmark_domain::ports::JobRepository) on the same jobs, including
//! the documents that they change and the events that they write.

use super::bench::{Bench, LEASE, claim, is_changed, is_refused};
use crate::breach::Breach;
use fieldmark_domain::ports::Repositories;

mod changes;
mod claims;
mod counts;
mod endings;
mod leases;
mod lists;
mod settlements;
mod waking;

/// Maximum number of attempts of a sample's job.
const MAX_ATTEMPTS: u32 = 3;

/// Lets sample workers share sample jobs, one after the other and at once.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    claims::keep_their_promises(repositories).await?;
    leases::keep_their_promises(repositories).await?;
    settlements::keep_their_promises(repositories).await?;
    changes::keep_their_promises(repositories).await?;
    lists::keep_their_promises(repositories).await?;
    counts::keep_their_promises(repositories).await?;
    waking::keeps_its_promises(repositories).await?;
    endings::keep_their_promises(repositories).await
}
