//! What kinds of errors are left, field by field.

use std::collections::HashMap;

use crate::comparison::overlap;
use crate::readings::Claim;
use crate::scoring::{Judgement, is_right};
use crate::tally::Verdict;
use crate::truth::TruthRow;

/// What went wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// Nothing was found.
    Missing,
    /// The right value was found, too unsure to be given.
    Unsure,
    /// Something was given that the page does not show.
    Spurious,
    /// A part of the value was given, or more than it.
    WrongSpan,
    /// Another value was given; the right one was among the candidates.
    OtherCandidate,
    /// Another value was given; the right one was not considered.
    NotConsidered,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Missing,
        Self::Unsure,
        Self::Spurious,
        Self::WrongSpan,
        Self::OtherCandidate,
        Self::NotConsidered,
    ];

    /// The name at the head of a column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unsure => "found, too unsure",
            Self::Spurious => "spurious",
            Self::WrongSpan => "wrong span",
            Self::OtherCandidate => "other candidate",
            Self::NotConsidered => "not among candidates",
        }
    }
}

/// The kind of an error, by what else was claimed of the document; `None` for a right value.
pub fn kind_of(
    row: &TruthRow,
    judgement: &Judgement<'_, '_>,
    claims: Option<&HashMap<String, Claim>>,
) -> Option<ErrorKind> {
    let claim = claims.and_then(|claims| claims.get(judgement.field));
    let right = |value: &str| is_right(row, judgement.field, &judgement.truth, value);
    match judgement.verdict {
        Verdict::Right => None,
        Verdict::Spurious => Some(ErrorKind::Spurious),
        Verdict::Missing => {
            let was_found = claim.is_some_and(|claim| right(&claim.value));
            Some(if was_found { ErrorKind::Unsure } else { ErrorKind::Missing })
        }
        Verdict::Wrong => {
            let is_considered =
                claim.is_some_and(|claim| claim.candidates.iter().any(|candidate| right(candidate)));
            let overlaps = judgement.value.is_some_and(|value| overlap(&judgement.truth, value));
            Some(match (is_considered, overlaps) {
                (true, _) => ErrorKind::OtherCandidate,
                (false, true) => ErrorKind::WrongSpan,
                (false, false) => ErrorKind::NotConsidered,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predictions::Values;
    use crate::scoring::judge;

    fn kind(given: Option<&str>, claimed: Option<(&str, &[&str])>) -> Option<ErrorKind> {
        let row: TruthRow =
            serde_json::from_str(r#"{"file": "a.pdf", "fields": {"supplier_name": "Tallåker El AB"}}"#)
                .unwrap();
        let values: Values =
            given.map(|value| ("supplier_name".to_owned(), value.to_owned())).into_iter().collect();
        let claim = |(value, candidates): (&str, &[&str])| Claim {
            value: value.to_owned(),
            confidence: 0.3,
            candidates: candidates.iter().map(|candidate| (*candidate).to_owned()).collect(),
        };
        let claims =
            claimed.map(|claimed| ("supplier_name".to_owned(), claim(claimed))).into_iter().collect();
        let judgements = judge(&row, Some(&values), false);
        kind_of(&row, &judgements[0], Some(&claims))
    }

    #[test]
    fn each_error_has_its_kind() {
        assert_eq!(kind(Some("Tallåker El AB"), None), None);
        assert_eq!(kind(None, None), Some(ErrorKind::Missing));
        assert_eq!(kind(None, Some(("Tallåker El AB", &[]))), Some(ErrorKind::Unsure));
        assert_eq!(kind(None, Some(("Kund AB", &[]))), Some(ErrorKind::Missing));
        assert_eq!(kind(Some("Tallåker"), Some(("Tallåker", &["Tallåker"]))), Some(ErrorKind::WrongSpan));
        let both = ["Kund Bygg", "Tallåker El AB"];
        assert_eq!(kind(Some("Kund Bygg"), Some(("Kund Bygg", &both))), Some(ErrorKind::OtherCandidate));
        assert_eq!(kind(Some("Kund Bygg"), Some(("Kund Bygg", &both[..1]))), Some(ErrorKind::NotConsidered));
    }
}
