//! What work does to a database, which decides how its transaction begins.

/// What work does to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// One statement, which is a transaction of its own.
    OneStatement,
    /// One statement that writes, a transaction of its own.
    OneChange,
    /// Several statements that read one state of the database.
    Snapshot,
    /// Statements that write, all of them or none.
    Write,
}

impl Access {
    /// Whether it is one statement, for which no transaction needs to be begun.
    pub(crate) const fn is_one_statement(self) -> bool {
        matches!(self, Self::OneStatement | Self::OneChange)
    }

    /// Whether anything is written.
    pub(crate) const fn writes(self) -> bool {
        matches!(self, Self::OneChange | Self::Write)
    }
}
