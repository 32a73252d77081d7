//! What of each table a scope permits: the one place where owners are told apart. Every statement on what belongs to an
//! owner begins here, or says why it does not.

use diesel::prelude::*;
use diesel_async::AsyncConnectionCore;
use fieldmark_domain::scope::Scope;

use super::super::Connection;
use crate::schema::documents;
use crate::types::Id;

type Backend = <Connection as AsyncConnectionCore>::Backend;

/// The documents of a scope, deleted or not.
pub(crate) fn documents(scope: &Scope) -> documents::BoxedQuery<'static, Backend> {
    let all = documents::table.into_boxed();
    match scope.only() {
        Some(owner) => all.filter(documents::owner_id.eq(Id(owner.0))),
        None => all,
    }
}
