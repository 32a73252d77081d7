//! The conformance suite of [`FileAudit`], together with the repository of the documents.

use std::time::Duration;

use fieldmark_domain::document::Document;
use fieldmark_domain::event::Occurrence;
use fieldmark_domain::ports::{AuditTurn, Created, DocumentFile, FileAudit};

use super::sample::{SampleOwner, moment};
use crate::breach::{Breach, promised_same, succeeds};
use fieldmark_domain::ports::Repositories;

/// Stores documents of one owner, and goes through their files. Nothing else may have gone through
/// the files of these repositories before.
///
/// # Errors
/// The first broken promise.
pub async fn keeps_its_promises(repositories: &Repositories) -> Result<(), Breach> {
    let (owner, audit) = (SampleOwner::fresh(), repositories.file_audit.as_ref());
    let mut files = Vec::new();
    for (seconds, size) in [(0, 600), (1, 300), (2, 100), (3, 5000)] {
        files.push(keep(repositories, owner, seconds, size).await?);
    }
    the_latest_come_first(audit, owner, &files).await?;
    each_comes_once_a_round(audit, owner, &files).await?;
    erased_documents_have_no_files(repositories, audit, owner, &files).await
}

async fn keep(
    repositories: &Repositories,
    owner: SampleOwner,
    seconds: i64,
    size: u64,
) -> Result<DocumentFile, Breach> {
    let mut new = owner.incoming(moment(seconds));
    new.document.size = size;
    let Document { id, sha256, .. } = new.document;
    let created = repositories.documents.create(&owner.scope(), &new).await;
    promised_same("a new document is kept", &succeeds("a document is kept", created)?, &Created::New)?;
    Ok(DocumentFile { document: id, sha256, size })
}

async fn the_latest_come_first(
    audit: &dyn FileAudit,
    owner: SampleOwner,
    files: &[DocumentFile],
) -> Result<(), Breach> {
    let latest = succeeds("the latest files are answered", audit.latest(&owner.scope(), 3).await)?;
    let wanted: Vec<DocumentFile> = files.iter().rev().take(3).copied().collect();
    promised_same("the latest files come first", &latest, &wanted)?;
    let others = audit.latest(&SampleOwner::fresh().scope(), 3).await;
    promised_same(
        "another owner's files are not found",
        &succeeds("files are answered", others)?,
        &Vec::new(),
    )
}

/// At 100 bytes a second, 1000 bytes a turn.
async fn each_comes_once_a_round(
    audit: &dyn FileAudit,
    owner: SampleOwner,
    files: &[DocumentFile],
) -> Result<(), Breach> {
    let rest = Duration::from_secs(60);
    for (seconds, range, promise) in [
        (100, 0..3, "a turn has as many files as its bytes have room for"),
        (105, 0..0, "no more files are returned before these could be read"),
        (110, 3..4, "a turn has one file at least, however large"),
        (159, 0..0, "no more files are returned before a large one could be read"),
        (160, 0..0, "after the last file comes a rest"),
        (219, 0..0, "the rest is as long as it was to be"),
        (220, 0..3, "after the rest the first files come again"),
    ] {
        let turn = AuditTurn { now: moment(seconds), bytes_per_second: 100, bytes: 1000, rest };
        let taken = succeeds("a turn is answered", audit.take(&owner.scope(), &turn).await)?;
        let wanted: Vec<DocumentFile> = files.get(range).unwrap_or_default().to_vec();
        promised_same(promise, &taken, &wanted)?;
    }
    Ok(())
}

async fn erased_documents_have_no_files(
    repositories: &Repositories,
    audit: &dyn FileAudit,
    owner: SampleOwner,
    files: &[DocumentFile],
) -> Result<(), Breach> {
    for file in files {
        let kept = audit.is_kept(&owner.scope(), file.document).await;
        promised_same(
            "an existing document is reported as stored",
            &succeeds("it is answered", kept)?,
            &true,
        )?;
        let event = owner.event(file.document, Occurrence::DocumentErased, moment(300));
        let erased = repositories.erasures.erase(&owner.scope(), file.document, 1, &event).await;
        succeeds("a document is erased", erased)?;
        let kept = audit.is_kept(&owner.scope(), file.document).await;
        promised_same(
            "an erased document is reported as not stored",
            &succeeds("it is answered", kept)?,
            &false,
        )?;
    }
    let latest = succeeds("the latest files are answered", audit.latest(&owner.scope(), 3).await)?;
    promised_same("erased documents have no files", &latest, &Vec::new())
}
