//! Where the service has the things that JSON links to: the pattern of each address, and the link.
//!
//! The service registers its routes by these patterns, so that a link leads to a route. Patterns are
//! without the prefix of the version, as the service registers them; links have it.

use std::fmt::Display;

use fieldmark_domain::document::DocumentId;
use fieldmark_domain::job::JobId;
use fieldmark_domain::label::LabelId;

/// The prefix of version 1.
pub const VERSION_ONE: &str = "/api/v1";
/// A document.
pub const DOCUMENT: &str = "/documents/{document}";
/// The picture of a page of a document, counted from 1.
pub const PAGE: &str = "/documents/{document}/pages/{page}.png";
/// A label of a document.
pub const LABEL: &str = "/documents/{document}/labels/{label}";
/// A job.
pub const JOB: &str = "/jobs/{job}";

/// The link to a document.
#[must_use]
pub fn of_document(document: impl Display) -> String {
    link(DOCUMENT, &[("{document}", &document)])
}

/// The link to the picture of a page, counted from 1; without a query.
#[must_use]
pub fn of_page(document: DocumentId, page: u32) -> String {
    link(PAGE, &[("{document}", &document), ("{page}", &page)])
}

/// The link to a label.
#[must_use]
pub fn of_label(document: DocumentId, label: LabelId) -> String {
    link(LABEL, &[("{document}", &document), ("{label}", &label)])
}

/// The link to a job.
#[must_use]
pub fn of_job(job: JobId) -> String {
    link(JOB, &[("{job}", &job)])
}

fn link(pattern: &str, parts: &[(&str, &dyn Display)]) -> String {
    let filled =
        |pattern: String, (name, value): &(&str, &dyn Display)| pattern.replace(name, &value.to_string());
    parts.iter().fold(format!("{VERSION_ONE}{pattern}"), filled)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_part_of_a_pattern_is_filled() {
        let document = DocumentId(Uuid::from_u128(0xd0));
        let label = LabelId(Uuid::from_u128(0xb0));
        let job = JobId(Uuid::from_u128(0xa0));
        let links = [
            (of_document(document), format!("/api/v1/documents/{document}")),
            (of_page(document, 7), format!("/api/v1/documents/{document}/pages/7.png")),
            (of_label(document, label), format!("/api/v1/documents/{document}/labels/{label}")),
            (of_job(job), format!("/api/v1/jobs/{job}")),
        ];
        for (link, expected) in links {
            assert_eq!(link, expected);
        }
    }
}
