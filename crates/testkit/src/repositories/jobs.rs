//! What every [`JobQueue`](fieldmark_domain::ports::JobQueue) promises, beside the documents that it changes and the events that it writes.

use super::Repositories;
use super::bench::{Bench, LEASE, claim, is_changed, is_refused};
use crate::breach::Breach;

mod changes;
mod claims;
mod counts;
mod endings;
mod leases;
mod lists;
mod settlements;
mod waking;

/// Nothing that a sample does is tried more often.
const MAX_ATTEMPTS: u32 = 3;

/// Lets made-up workers share made-up jobs, one after the other and at once.
///
/// # Errors
/// The first promise that is not kept.
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
