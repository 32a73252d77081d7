//! What kept things look like in tables.

use super::list::Row;
use super::table::{check_marks, value_shown};
use crate::report::{DocumentReport, HistoryReport, JobReport, LabelReport, StateReport};

impl Row for DocumentReport {
    const HEADINGS: &'static [&'static str] =
        &["id", "status", "decision", "pages", "received", "file", "tags"];

    fn cells(&self) -> Vec<String> {
        let decision = self.error.as_ref().map(|error| error.code.as_str()).or(self.decision);
        vec![
            self.id.clone(),
            self.status.to_owned(),
            decision.unwrap_or("–").to_owned(),
            self.pages.map_or_else(|| "–".to_owned(), |pages| pages.to_string()),
            to_seconds(&self.created_at),
            self.filename.clone(),
            self.tags.join(", "),
        ]
    }
}

impl Row for JobReport {
    const HEADINGS: &'static [&'static str] =
        &["id", "status", "done", "attempts", "priority", "document", "since", "worker", "error"];

    fn cells(&self) -> Vec<String> {
        let since = [&self.finished_at, &self.started_at].into_iter().flatten().next();
        let error = self.error.as_ref().map(|error| format!("{}: {}", error.code, error.message));
        vec![
            self.id.clone(),
            if self.cancel_requested && self.finished_at.is_none() { "cancelling" } else { self.status }
                .to_owned(),
            format!("{:.0}%", self.progress * 100.0),
            format!("{}/{}", self.attempts, self.max_attempts),
            self.priority.to_string(),
            self.document_id.clone(),
            to_seconds(since.unwrap_or(&self.created_at)),
            self.worker.clone().unwrap_or_default(),
            error.unwrap_or_default(),
        ]
    }
}

impl Row for LabelReport {
    const HEADINGS: &'static [&'static str] = &["field", "value", "sure", "source", "checks", "version"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.field.to_owned(),
            value_shown(&self.said),
            format!("{:.0}%", self.said.confidence * 100.0),
            self.said.source.to_owned(),
            check_marks(&self.said),
            self.version.to_string(),
        ]
    }
}

impl Row for HistoryReport {
    const HEADINGS: &'static [&'static str] = &["when", "act", "field", "before", "after", "by"];

    fn cells(&self) -> Vec<String> {
        let said = |state: &Option<StateReport>| {
            state
                .as_ref()
                .map_or_else(|| "–".to_owned(), |state| format!("{} ({})", state.value, state.source))
        };
        vec![
            to_seconds(&self.at),
            self.act.to_owned(),
            self.field.to_owned(),
            said(&self.before),
            said(&self.after),
            if self.by.is_some() { "a person" } else { "fieldmark" }.to_owned(),
        ]
    }
}

/// A moment as RFC 3339 writes it, without fractions of a second.
fn to_seconds(moment: &str) -> String {
    match moment.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => moment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_shown_to_the_second() {
        assert_eq!(to_seconds("2024-03-14T09:26:53.589793Z"), "2024-03-14T09:26:53Z");
        assert_eq!(to_seconds("2024-03-14T09:26:53Z"), "2024-03-14T09:26:53Z");
    }
}
