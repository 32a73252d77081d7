//! What people do with labels.

use fieldmark_domain::document::{Document, DocumentId};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelAct, LabelId, StoredLabel};
use fieldmark_domain::listing::{Listing, Window};
use fieldmark_domain::ports::{LabelEdit, RepositoryError};
use fieldmark_domain::scope::UserId;

use super::super::documents::Shelf;
use super::super::fixtures::{findings, label};
use crate::breach::{Breach, is_there, promised_same, succeeds};
use crate::repositories::Repositories;
use crate::repositories::sample::{fresh_id, moment};

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_label_is_added_corrected_and_deleted(&Shelf::new(repositories)).await?;
    a_field_has_one_label(&Shelf::new(repositories)).await?;
    stale_edits_change_nothing(&Shelf::new(repositories)).await?;
    others_change_with_it(&Shelf::new(repositories)).await?;
    another_owners_labels_are_not_there(&Shelf::new(repositories), &Shelf::new(repositories)).await
}

async fn a_label_is_added_corrected_and_deleted(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let document = shelf.add(1).await?;
    let new = label(&document, Field::TotalGross, "1250.00", moment(2))?;
    let addition = shelf.owner.edit(&document, LabelAct::Added, None, new.clone(), moment(2));
    let added = shelf.save(&addition).await?;
    let wanted = StoredLabel { version: 1, ..new };
    promised_same("a label is answered as it is kept", &added, &wanted)?;
    promised_same("it is listed with its candidates", &shelf.labels_of(document.id).await?, &vec![wanted])?;
    let document = shelf.found(document.id).await?;
    let counted = (document.version, document.updated_at);
    promised_same("its document changes with it", &counted, &(2, moment(2)))?;

    let said = label(&document, Field::TotalGross, "-0.0001", moment(3))?.label;
    let reviewed_by = Some(UserId(fresh_id()));
    let correct = StoredLabel { label: said, reviewed_by, updated_at: moment(3), ..added.clone() };
    let edit = shelf.owner.edit(&document, LabelAct::Corrected, Some(&added), correct.clone(), moment(3));
    let corrected = shelf.save(&edit).await?;
    promised_same("a correction counts up", &corrected, &StoredLabel { version: 2, ..correct })?;

    let document = shelf.found(document.id).await?;
    let gone = StoredLabel { deleted_at: Some(moment(4)), ..corrected.clone() };
    let deletion = shelf.owner.edit(&document, LabelAct::Deleted, Some(&corrected), gone, moment(4));
    let deleted = shelf.save(&deletion).await?;
    promised_same("a deleted label is listed", &shelf.labels_of(document.id).await?, &vec![deleted])?;
    let shown = shelf.documents().show(&shelf.scope(), document.id).await;
    let shown = is_there("a document is shown", succeeds("a document is shown", shown)?)?;
    promised_same("but not shown", &shown.labels, &Vec::new())?;
    history_tells(shelf, document.id, &[deletion, edit, addition]).await
}

async fn history_tells(shelf: &Shelf<'_>, id: DocumentId, newest_first: &[LabelEdit]) -> Result<(), Breach> {
    let changes: Vec<_> = newest_first.iter().map(|edit| edit.change.clone()).collect();
    for (limit, offset) in [(20, 0), (1, 1), (5, 3)] {
        let history = shelf.labels().history(&shelf.scope(), id, Window { limit, offset }).await;
        let skip = usize::try_from(offset).unwrap_or_default();
        let take = usize::try_from(limit).unwrap_or_default();
        let items = changes.iter().skip(skip).take(take).cloned().collect();
        let wanted = Listing { items, total: 3 };
        promised_same("the history tells the newest first", &history, &Ok(Some(wanted)))?;
    }
    Ok(())
}

async fn a_field_has_one_label(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let id = shelf.add(1).await?.id;
    let first = shelf.say(id, Field::InvoiceNumber, "1").await?;
    let document = shelf.found(id).await?;
    let second = label(&document, Field::InvoiceNumber, "2", moment(3))?;
    let edit = shelf.owner.edit(&document, LabelAct::Added, None, second.clone(), moment(3));
    let refused = shelf.labels().save(&shelf.scope(), &edit).await;
    promised_same("a second label of a field is refused", &refused, &Err(RepositoryError::LabelExists))?;
    promised_same("and nothing of it happens", &shelf.found(id).await?, &document)?;
    let gone = StoredLabel { deleted_at: Some(moment(4)), ..first.clone() };
    shelf.save(&shelf.owner.edit(&document, LabelAct::Deleted, Some(&first), gone, moment(4))).await?;
    let document = shelf.found(id).await?;
    let added = shelf.save(&shelf.owner.edit(&document, LabelAct::Added, None, second, moment(5))).await?;
    promised_same("beside a deleted one there may be another", &added.version, &1)
}

async fn stale_edits_change_nothing(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let id = shelf.add(1).await?.id;
    let number = shelf.say(id, Field::InvoiceNumber, "1").await?;
    let document = shelf.found(id).await?;
    let edit = |document: &Document, label: StoredLabel| {
        shelf.owner.edit(document, LabelAct::Corrected, Some(&number), label, moment(5))
    };
    let old = Document { version: 1, ..document.clone() };
    let stale = shelf.labels().save(&shelf.scope(), &edit(&old, number.clone())).await;
    promised_same("an edit of another document's version is refused", &stale, &Err(RepositoryError::Stale))?;
    let other = StoredLabel { version: 7, ..number.clone() };
    let stale = shelf.labels().save(&shelf.scope(), &edit(&document, other)).await;
    promised_same("one of another label's version, too", &stale, &Err(RepositoryError::Stale))?;
    let unknown = StoredLabel { id: LabelId(fresh_id()), ..number.clone() };
    let unknown = StoredLabel { deleted_at: Some(moment(5)), ..unknown };
    let absent = shelf.labels().save(&shelf.scope(), &edit(&document, unknown)).await;
    promised_same("a label that is not there does not change", &absent, &Ok(None))?;
    promised_same("nothing of all this happens", &shelf.found(id).await?, &document)?;
    promised_same("nor to the labels", &shelf.labels_of(id).await?, &vec![number.clone()])?;
    let mut deleted = document;
    deleted.delete(moment(6));
    let deleted = shelf.change(deleted).await?;
    let absent = shelf.labels().save(&shelf.scope(), &edit(&deleted, number.clone())).await;
    promised_same("a deleted document has no labels to change", &absent, &Ok(None))?;
    let list = shelf.labels().list(&shelf.scope(), id).await;
    promised_same("nor to list", &list, &Ok(None))?;
    let history = shelf.labels().history(&shelf.scope(), id, Window::default()).await;
    promised_same("nor a history", &history, &Ok(None))
}

async fn others_change_with_it(shelf: &Shelf<'_>) -> Result<(), Breach> {
    let id = shelf.add(1).await?.id;
    let number = shelf.say(id, Field::InvoiceNumber, "1").await?;
    let net = shelf.say(id, Field::TotalNet, "1").await?;
    let document = shelf.found(id).await?;
    let mut checked = net;
    checked.label.checks.clear();
    let mut edit = shelf.owner.edit(&document, LabelAct::Corrected, Some(&number), number.clone(), moment(5));
    edit.others = vec![checked.clone()];
    edit.findings = Some(findings()?);
    let number = shelf.save(&edit).await?;
    let wanted = vec![number, checked];
    promised_same("other labels change without being counted up", &shelf.labels_of(id).await?, &wanted)?;
    let shown = succeeds("a document is shown", shelf.documents().show(&shelf.scope(), id).await)?;
    let shown = is_there("a document is shown", shown)?;
    promised_same("what was read beside them changes, too", &shown.findings, &edit.findings)
}

async fn another_owners_labels_are_not_there(shelf: &Shelf<'_>, stranger: &Shelf<'_>) -> Result<(), Breach> {
    let id = shelf.add(1).await?.id;
    let number = shelf.say(id, Field::InvoiceNumber, "1").await?;
    let document = shelf.found(id).await?;
    let (labels, scope) = (stranger.labels(), stranger.scope());
    promised_same("another's labels are not listed", &labels.list(&scope, id).await, &Ok(None))?;
    let history = labels.history(&scope, id, Window::default()).await;
    promised_same("nor their history", &history, &Ok(None))?;
    let edit = stranger.owner.edit(&document, LabelAct::Corrected, Some(&number), number.clone(), moment(5));
    promised_same("nor are they changed", &labels.save(&scope, &edit).await, &Ok(None))?;
    let new = label(&document, Field::Currency, "SEK", moment(5))?;
    let edit = stranger.owner.edit(&document, LabelAct::Added, None, new, moment(5));
    promised_same("nor is one added", &labels.save(&scope, &edit).await, &Ok(None))?;
    promised_same("they are as they were", &shelf.labels_of(id).await?, &vec![number])
}
