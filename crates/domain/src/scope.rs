//! Whose things a query may see.
//!
//! A scope is a parameter of every repository method, so that forgetting it does not compile.

use uuid::Uuid;

/// The owner of documents and of all that hangs on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerId(pub Uuid);

impl OwnerId {
    /// The one owner of everything where there are no accounts.
    pub const LOCAL: Self = Self(Uuid::nil());
}

/// A person who changes things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub Uuid);

impl UserId {
    /// The one person where there are no accounts.
    pub const LOCAL: Self = Self(Uuid::nil());
}

/// What of the stored things is visible.
///
/// ```
/// use fieldmark_domain::scope::{OwnerId, Scope};
/// use fieldmark_domain::uuid::Uuid;
///
/// let (one, other) = (OwnerId(Uuid::from_u128(1)), OwnerId(Uuid::from_u128(2)));
/// let scope = Scope::owner(one);
/// assert!(scope.permits(one) && !scope.permits(other));
/// assert_eq!(scope.only(), Some(one));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    sees: Sees,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sees {
    One(OwnerId),
    All,
}

impl Scope {
    /// The things of one owner.
    #[must_use]
    pub const fn owner(id: OwnerId) -> Self {
        Self { sees: Sees::One(id) }
    }

    /// The things of all owners. Made only by what works for all of them: the runner of jobs, the relay of
    /// events, the purge, the counts for the operator's metrics.
    #[must_use]
    pub(crate) const fn system() -> Self {
        Self { sees: Sees::All }
    }

    /// The things of all owners, for the tests of adapters.
    #[cfg(feature = "mock")]
    #[must_use]
    pub const fn of_everything() -> Self {
        Self::system()
    }

    /// The owner whose things alone are visible; `None` when those of all owners are.
    #[must_use]
    pub const fn only(&self) -> Option<OwnerId> {
        match self.sees {
            Sees::One(owner) => Some(owner),
            Sees::All => None,
        }
    }

    /// Whether the things of an owner are visible; to everybody else they do not exist.
    #[must_use]
    pub fn permits(&self, owner: OwnerId) -> bool {
        self.only().is_none_or(|only| only == owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_owners_things_are_out_of_scope() {
        let (one, other) = (OwnerId(Uuid::from_u128(1)), OwnerId(Uuid::from_u128(2)));
        assert!(Scope::owner(one).permits(one));
        assert!(!Scope::owner(one).permits(other));
        assert!(Scope::system().permits(one) && Scope::system().permits(other));
    }
}
