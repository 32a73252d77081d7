//! What a scope permits: the one place where owners are told apart. Every statement on what belongs to an owner has a
//! condition from here, or says why it has none.

use diesel::dsl::Between;
use diesel::prelude::*;
use diesel::sql_types::SingleValue;
use diesel_async::AsyncConnectionCore;
use fieldmark_domain::scope::Scope;
use uuid::Uuid;

use super::super::Connection;
use crate::schema::{documents, jobs, labels};
use crate::types::{Id, Identifier};

pub(crate) type Backend = <Connection as AsyncConnectionCore>::Backend;

/// The condition that a row's owner is permitted, for statements that find rows by something narrower: ids, mostly.
/// All owners are a range of ids, so that a statement has one shape whatever the scope.
pub(crate) fn permits<C>(scope: &Scope, owner: C) -> Between<C, Id, Id>
where
    C: ExpressionMethods + Expression<SqlType = Identifier>,
    Identifier: SingleValue,
{
    let (first, last) = scope.only().map_or((Uuid::nil(), Uuid::max()), |only| (only.0, only.0));
    owner.between(Id(first), Id(last))
}

/// The documents of a scope that are not deleted, for lists: one owner's are a part of every index.
pub(crate) fn documents(scope: &Scope) -> documents::BoxedQuery<'static, Backend> {
    let there = documents::table.filter(documents::deleted_at.is_null()).into_boxed();
    match scope.only() {
        Some(owner) => there.filter(documents::owner_id.eq(Id(owner.0))),
        None => there,
    }
}

/// The labels of a scope that nobody deleted, for lists.
pub(crate) fn labels(scope: &Scope) -> labels::BoxedQuery<'static, Backend> {
    let there = labels::table.filter(labels::deleted_at.is_null()).into_boxed();
    match scope.only() {
        Some(owner) => there.filter(labels::owner_id.eq(Id(owner.0))),
        None => there,
    }
}

/// The jobs of a scope, for lists.
pub(crate) fn jobs(scope: &Scope) -> jobs::BoxedQuery<'static, Backend> {
    match scope.only() {
        Some(owner) => jobs::table.filter(jobs::owner_id.eq(Id(owner.0))).into_boxed(),
        None => jobs::table.into_boxed(),
    }
}
