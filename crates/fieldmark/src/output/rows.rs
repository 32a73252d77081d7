//! What kept things look like in tables and as records of CSV.

use fieldmark_domain::field::{Field, FieldKind};
use fieldmark_domain::spreadsheet::Cells;
use fieldmark_report::{DocumentReport, ErrorReport, HistoryReport, JobReport, LabelReport, StateReport};

use super::list::Row;
use super::table::{check_marks, value_shown};

impl Row for DocumentReport {
    const HEADINGS: &'static [&'static str] =
        &["id", "status", "decision", "pages", "received", "file", "tags"];

    const COLUMNS: &'static [&'static str] = &[
        "id",
        "filename",
        "media_type",
        "size",
        "sha256",
        "pages",
        "status",
        "kind",
        "decision",
        "repeats",
        "error",
        "error_message",
        "tags",
        "metadata",
        "version",
        "created_at",
        "updated_at",
        "processed_at",
    ];

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

    fn record(&self, cells: Cells) -> Vec<String> {
        let [error, error_message] = error_cells(self.error.as_ref(), cells);
        // A map of texts is always an object.
        let metadata = serde_json::to_string(&self.metadata).unwrap_or_default();
        vec![
            self.id.clone(),
            cells.text(&self.filename).into_owned(),
            self.media_type.to_owned(),
            self.size.to_string(),
            self.sha256.clone(),
            self.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            self.status.to_owned(),
            self.kind.unwrap_or_default().to_owned(),
            self.decision.unwrap_or_default().to_owned(),
            self.repeats.clone().unwrap_or_default(),
            error,
            error_message,
            cells.text(&self.tags.join(", ")).into_owned(),
            cells.text(&metadata).into_owned(),
            self.version.to_string(),
            self.created_at.clone(),
            self.updated_at.clone(),
            self.processed_at.clone().unwrap_or_default(),
        ]
    }
}

/// The code and the sentence of what went wrong.
pub fn error_cells(error: Option<&ErrorReport>, cells: Cells) -> [String; 2] {
    let cell = |text: &str| cells.text(text).into_owned();
    error.map(|error| [cell(&error.code), cell(&error.message)]).unwrap_or_default()
}

fn kind_of(field: &str) -> FieldKind {
    field.parse::<Field>().map_or(FieldKind::Text, Field::kind)
}

impl Row for JobReport {
    const HEADINGS: &'static [&'static str] =
        &["id", "status", "done", "attempts", "priority", "document", "since", "worker", "error"];

    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "document_id",
        "status",
        "progress",
        "attempts",
        "max_attempts",
        "priority",
        "cancel_requested",
        "error",
        "error_message",
        "worker",
        "run_at",
        "created_at",
        "started_at",
        "finished_at",
    ];

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

    fn record(&self, cells: Cells) -> Vec<String> {
        let [error, error_message] = error_cells(self.error.as_ref(), cells);
        vec![
            self.id.clone(),
            self.kind.to_owned(),
            self.document_id.clone(),
            self.status.to_owned(),
            self.progress.to_string(),
            self.attempts.to_string(),
            self.max_attempts.to_string(),
            self.priority.to_string(),
            self.cancel_requested.to_string(),
            error,
            error_message,
            cells.text(self.worker.as_deref().unwrap_or_default()).into_owned(),
            self.run_at.clone(),
            self.created_at.clone(),
            self.started_at.clone().unwrap_or_default(),
            self.finished_at.clone().unwrap_or_default(),
        ]
    }
}

impl Row for LabelReport {
    const HEADINGS: &'static [&'static str] = &["field", "value", "sure", "source", "checks", "version"];

    const COLUMNS: &'static [&'static str] = &[
        "id",
        "document_id",
        "field",
        "value",
        "currency",
        "raw",
        "confidence",
        "source",
        "page",
        "failed_checks",
        "reviewed_by",
        "version",
        "created_at",
        "updated_at",
    ];

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

    fn record(&self, cells: Cells) -> Vec<String> {
        let value = |text: &str| cells.value(kind_of(self.field), text).into_owned();
        let failed = self.said.checks.iter().filter(|check| !check.passed);
        let failed: Vec<&str> = failed.map(|check| check.name.as_str()).collect();
        vec![
            self.id.clone(),
            self.document_id.clone(),
            self.field.to_owned(),
            value(&self.said.value),
            self.said.currency.clone().unwrap_or_default(),
            value(&self.said.raw),
            self.said.confidence.to_string(),
            self.said.source.to_owned(),
            self.said.place.map(|place| place.page.to_string()).unwrap_or_default(),
            failed.join(" "),
            self.reviewed_by.clone().unwrap_or_default(),
            self.version.to_string(),
            self.created_at.clone(),
            self.updated_at.clone(),
        ]
    }
}

impl Row for HistoryReport {
    const HEADINGS: &'static [&'static str] = &["when", "act", "field", "before", "after", "by"];

    const COLUMNS: &'static [&'static str] =
        &["at", "act", "field", "label_id", "before", "before_source", "after", "after_source", "by"];

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

    fn record(&self, cells: Cells) -> Vec<String> {
        let said = |state: &Option<StateReport>| {
            let said = state.as_ref().map(|state| {
                let value = cells.value(kind_of(self.field), &state.value).into_owned();
                [value, state.source.to_owned()]
            });
            said.unwrap_or_default()
        };
        let ([before, before_source], [after, after_source]) = (said(&self.before), said(&self.after));
        vec![
            self.at.clone(),
            self.act.to_owned(),
            self.field.to_owned(),
            self.label_id.clone(),
            before,
            before_source,
            after,
            after_source,
            self.by.clone().unwrap_or_default(),
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
