//! The conformance suite of [`DocumentRepository`](fieldmark_domain::ports::DocumentRepository),
//! including the labels, jobs and events of its documents.

use super::Repositories;
use super::bench::{Bench, is_refused};
use crate::breach::Breach;

mod conditions;
mod creation;
mod erasing;
mod firsts;
mod lists;
mod looking;
mod purging;
mod requests;
mod scopes;
mod updates;
mod walks;

/// Stores, finds, changes and erases sample documents of sample owners.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    creation::keeps_its_promises(repositories).await?;
    requests::keep_their_promises(repositories).await?;
    looking::keeps_its_promises(repositories).await?;
    updates::keep_their_promises(repositories).await?;
    conditions::keep_their_promises(repositories).await?;
    lists::keep_their_promises(repositories).await?;
    walks::keep_their_promises(repositories).await?;
    firsts::keep_their_promises(repositories).await?;
    erasing::keeps_its_promises(repositories).await?;
    purging::keeps_its_promises(repositories).await?;
    scopes::keep_their_promises(repositories).await
}
