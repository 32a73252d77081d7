//! By what two documents are known as the same invoice, looked for among an owner's labels.

use fieldmark_domain::document::{DocumentId, search_key};
use fieldmark_domain::field::Field;
use fieldmark_domain::ports::InvoiceIdentity;
use fieldmark_domain::scope::Scope;

use crate::kept::KeptDocument;
use crate::state::State;

/// The first document of an invoice, other than the excepted one, and of the same owner whatever the scope.
pub(crate) fn first_of(
    state: &State,
    scope: &Scope,
    invoice: &InvoiceIdentity,
    except: DocumentId,
) -> Option<DocumentId> {
    let owner = match scope.only() {
        Some(owner) => owner,
        None => state.documents.get(&except)?.document.owner,
    };
    let is_first = |kept: &&KeptDocument| {
        kept.document.id != except
            && kept.document.owner == owner
            && kept.is_there()
            && is_of(kept, invoice)
            && !repeats_another(state, kept)
    };
    let first = state.documents.values().filter(is_first).map(|kept| &kept.document);
    first.min_by_key(|document| (document.created_at, document.id)).map(|document| document.id)
}

/// Whether its labels have the number and one thing of the supplier.
fn is_of(kept: &KeptDocument, invoice: &InvoiceIdentity) -> bool {
    let says = |field: Field, key: &str| {
        kept.label_of(field).is_some_and(|stored| search_key(&stored.label.value.to_string()) == key)
    };
    says(Field::InvoiceNumber, &invoice.number)
        && invoice.supplier.iter().any(|(field, key)| says(*field, key))
}

fn repeats_another(state: &State, kept: &KeptDocument) -> bool {
    let repeated = kept.document.outcome.as_ref().and_then(|outcome| outcome.repeats);
    repeated.and_then(|id| state.documents.get(&id)).is_some_and(KeptDocument::is_there)
}
