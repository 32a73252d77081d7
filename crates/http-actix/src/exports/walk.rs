//! Through all documents that fit, a part of the list at a time, each from the last document of the one before.

use bytes::Bytes;
use fieldmark_domain::document::{DocumentQuery, ListedDocument};
use fieldmark_domain::listing::{MAX_LIMIT, Window};
use fieldmark_domain::scope::Scope;

use super::{Exported, PageSizes, Pieces, Writes};
use crate::outgoing::PIECE;
use crate::problem::{Code, Problem};
use crate::routes::State;

/// A walk through documents.
pub struct Walk {
    services: State,
    scope: Scope,
    query: DocumentQuery,
    part: Vec<ListedDocument>,
}

/// Why a walk ends early.
enum Broken {
    /// The client has gone.
    Left,
    /// Something failed.
    Failed(Problem),
}

impl From<Problem> for Broken {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        tracing::error!("an export cannot be written: {error}");
        Self::Failed(Problem::new(Code::InternalError, "the export cannot be written"))
    }
}

impl Walk {
    /// Looks for the first documents.
    ///
    /// # Errors
    /// Those of a list.
    pub async fn begin(services: State, scope: Scope, query: DocumentQuery) -> Result<Self, Problem> {
        let window = Window { limit: MAX_LIMIT, offset: 0 };
        let query = DocumentQuery { window, with_labels: true, without_total: true, ..query };
        let mut walk = Self { services, scope, query, part: Vec::new() };
        walk.look().await?;
        Ok(walk)
    }

    async fn look(&mut self) -> Result<(), Problem> {
        let list = self.services.use_cases.list_documents();
        self.part = list.execute(&self.scope, &self.query).await?.items;
        if let Some(ListedDocument { document, .. }) = self.part.last() {
            self.query.after = Some((document.created_at, document.id));
        }
        Ok(())
    }

    /// Writes all documents; what fails on the way breaks the stream off.
    pub async fn write(mut self, mut writer: Box<dyn Writes>, pieces: Pieces) {
        if let Err(Broken::Failed(problem)) = self.write_all(writer.as_mut(), &pieces).await {
            tracing::warn!("an export broke off: {problem}");
            // The client may have gone.
            let _ = pieces.send(Err(problem)).await;
        }
    }

    async fn write_all(&mut self, writer: &mut dyn Writes, pieces: &Pieces) -> Result<(), Broken> {
        send(pieces, writer.begin()?).await?;
        loop {
            let part = std::mem::take(&mut self.part);
            let is_last = part.len() < MAX_LIMIT as usize;
            let mut written = Vec::new();
            for ListedDocument { document, labels } in &part {
                let pages =
                    if writer.wants_pages() { self.pages(document.id).await? } else { PageSizes::default() };
                written.extend(writer.document(&Exported { document, labels, pages })?);
            }
            send(pieces, written).await?;
            if is_last {
                break;
            }
            self.look().await?;
        }
        while let Some(piece) = writer.end()? {
            send(pieces, piece).await?;
        }
        Ok(())
    }

    /// The sizes of a document's pages; none when it was deleted meanwhile or was never read.
    async fn pages(&self, id: fieldmark_domain::document::DocumentId) -> Result<PageSizes, Problem> {
        use fieldmark_domain::use_case_error::UseCaseError;
        let show = self.services.use_cases.show_document();
        match show.execute(&self.scope, id).await {
            Ok(record) => Ok(PageSizes::of(record.findings.as_ref())),
            Err(UseCaseError::NotFound { .. }) => Ok(PageSizes::default()),
            Err(error) => Err(error.into()),
        }
    }
}

async fn send(pieces: &Pieces, written: Vec<u8>) -> Result<(), Broken> {
    let mut left = Bytes::from(written);
    while !left.is_empty() {
        let piece = left.split_to(PIECE.min(left.len()));
        // A client that takes nothing loses its connection, and the receiver goes with it.
        pieces.send(Ok(piece)).await.map_err(|_| Broken::Left)?;
    }
    Ok(())
}
