//! Labels outside the scope are invisible, and a scope of all owners sees every label.

use fieldmark_domain::field::Field;
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::RepositoryError;
use fieldmark_domain::scope::Scope;

use super::{Bench, is_refused};
use crate::breach::{Breach, is_there, promised, promised_same, succeeds};
use crate::repositories::labelled::{edit, plain_label};
use crate::repositories::sample::SampleOwner;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    anothers_labels_are_not_there(repositories).await?;
    the_scope_of_all_owners_has_all(repositories).await
}

async fn anothers_labels_are_not_there(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let (stranger, labels) = (SampleOwner::fresh().scope(), bench.labels());
    let held = bench.running_at(0).await?;
    let mut document = bench.document(held.job.document).await?;
    let label = bench.label(&mut document, plain_label(Field::OrderNumber, "A-1")?, None).await?;
    let before = bench.whole(document.id).await?;
    promised_same("another owner's are not listed", &labels.list(&stranger, document.id).await, &Ok(None))?;
    let history = labels.history(&stranger, document.id, Window::default()).await;
    promised_same("neither is their history", &history, &Ok(None))?;
    let edit = edit(&bench, document.clone(), label);
    promised_same("neither are they changed", &labels.save(&stranger, &edit).await, &Ok(None))?;
    let reading = bench.full_reading(&held).await?;
    let answer = bench.replace_in(stranger, &reading).await;
    is_refused("another owner's lease holds nothing", answer, &RepositoryError::LeaseLost)?;
    promised_same("everything is as it was", &bench.whole(document.id).await?, &before)
}

async fn the_scope_of_all_owners_has_all(repositories: &Repositories) -> Result<(), Breach> {
    let everything = Scope::of_everything();
    for bench in [Bench::new(repositories), Bench::new(repositories)] {
        let held = bench.running_at(0).await?;
        let reading = bench.full_reading(&held).await?;
        succeeds("the scope of all owners stores readings", bench.replace_in(everything, &reading).await)?;
        let document = bench.document(held.job.document).await?;
        let listed = succeeds("labels are listed", bench.labels().list(&everything, document.id).await)?;
        promised_same("and sees labels", &listed, &Some(bench.labels_of(document.id).await?))?;
        let label = is_there("labels are listed", listed.and_then(|labels| labels.into_iter().next()))?;
        let saved = bench.labels().save(&everything, &edit(&bench, document.clone(), label)).await;
        is_there("and changes them", succeeds("a label is saved", saved)?)?;
        let history = bench.labels().history(&everything, document.id, Window::default()).await;
        let history = is_there("a document has a history", succeeds("a history is returned", history)?)?;
        let wanted = u64::try_from(Field::ALL.len() + 1).unwrap_or_default();
        promised("and sees their history", history.total == wanted, || format!("{}", history.total))?;
    }
    Ok(())
}
