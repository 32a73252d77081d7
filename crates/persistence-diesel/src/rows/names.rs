//! The stored names of states and kinds: the domain's own names.

use fieldmark_domain::document::DocumentStatus;
use fieldmark_domain::extraction::{Decision, DocumentKind};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{LabelAct, Source};
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::values::Currency;

use crate::faults::Fault;

/// The value whose name is stored.
pub(super) fn one_of<T: Copy>(
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
    name: &str,
) -> Result<T, Fault> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| Fault::broken(format!("this program does not know the stored name `{name}`")))
}

pub(crate) fn document_status(name: &str) -> Result<DocumentStatus, Fault> {
    one_of(&DocumentStatus::ALL, DocumentStatus::name, name)
}

pub(crate) fn document_kind(name: &str) -> Result<DocumentKind, Fault> {
    one_of(&DocumentKind::ALL, DocumentKind::name, name)
}

pub(crate) fn media_type(name: &str) -> Result<MediaType, Fault> {
    one_of(&MediaType::ALL, MediaType::name, name)
}

pub(crate) fn currency(code: &str) -> Result<Currency, Fault> {
    let unknown = || Fault::broken(format!("the stored currency `{code}` is unknown"));
    Currency::from_code(code).ok_or_else(unknown)
}

pub(crate) fn decision(name: &str, reasons: Vec<String>) -> Result<Decision, Fault> {
    match name {
        "accept" => Ok(Decision::Accept),
        "review" => Ok(Decision::Review { reasons }),
        _ => Err(Fault::broken(format!("the stored decision `{name}` is unknown"))),
    }
}

pub(crate) fn field(name: &str) -> Result<Field, Fault> {
    name.parse().map_err(Fault::broken)
}

pub(crate) fn source(name: &str) -> Result<Source, Fault> {
    one_of(&Source::ALL, Source::name, name)
}

pub(crate) fn label_act(name: &str) -> Result<LabelAct, Fault> {
    one_of(&LabelAct::ALL, LabelAct::name, name)
}
