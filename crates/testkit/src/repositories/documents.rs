//! The conformance suite of [`DocumentRepository`](fieldmark_domain::ports::DocumentRepository),
//! including the labels, jobs and events of its documents.

use super::bench::{Bench, is_refused};
use crate::breach::Breach;
use fieldmark_domain::ports::Repositories;

mod conditions;
mod creation;
mod firsts;
mod lists;
mod looking;
mod requests;
mod scopes;
mod updates;
mod walks;

/// Stores, finds and changes sample documents of sample owners.
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
    scopes::keep_their_promises(repositories).await
}
