//! Whose things a query may see.
//!
//! A scope is a parameter of every repository method, so that forgetting it does not compile.

use uuid::Uuid;

/// The owner of documents and of all that hangs on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnerId(pub Uuid);

/// What of the stored things is visible. Scopes that see more than one owner's things are made by the use
/// cases that check a role, and come with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    owner: OwnerId,
}

impl Scope {
    /// The things of one owner.
    #[must_use]
    pub const fn owner(id: OwnerId) -> Self {
        Self { owner: id }
    }

    /// Whether the things of an owner are visible; to everybody else they do not exist.
    #[must_use]
    pub fn permits(&self, owner: OwnerId) -> bool {
        self.owner == owner
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
    }
}
