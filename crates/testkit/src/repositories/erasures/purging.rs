//! Finding documents that were deleted long ago.

use fieldmark_domain::document::DocumentId;

use super::Bench;
use crate::breach::{Breach, promised_same, succeeds};
use crate::repositories::sample::{SampleOwner, moment};
use fieldmark_domain::ports::Repositories;

pub(super) async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let mut gone = Vec::new();
    for seconds in [30, 10, 20, 40] {
        let document = bench.keep_at(seconds - 5).await?;
        gone.push(bench.delete(document, seconds).await?.id);
    }
    bench.keep_at(0).await?;
    let longest_first: Vec<DocumentId> = [1, 2, 0].iter().filter_map(|at| gone.get(*at).copied()).collect();
    let before = |seconds, limit| {
        let scope = bench.scope();
        async move {
            let ids = repositories.erasures.deleted_before(&scope, moment(seconds), limit).await;
            succeeds("deleted documents are returned", ids)
        }
    };
    promised_same("the longest deleted comes first", &before(40, 9).await?, &longest_first)?;
    let part: Vec<DocumentId> = longest_first.iter().take(2).copied().collect();
    promised_same("they are returned up to a limit", &before(40, 2).await?, &part)?;
    promised_same("none was deleted before the first", &before(10, 9).await?, &Vec::new())?;
    let stranger = SampleOwner::fresh().scope();
    let theirs = repositories.erasures.deleted_before(&stranger, moment(99), 9).await;
    promised_same("another owner's are not found", &theirs, &Ok(Vec::new()))
}
