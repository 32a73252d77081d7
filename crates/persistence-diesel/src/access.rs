//! The kinds of access to a database; the kind decides how a transaction begins.

/// The kind of access that work needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// One reading statement, which is its own transaction.
    OneStatement,
    /// One writing statement, which is its own transaction.
    OneChange,
    /// Several statements that read one state of the database.
    Snapshot,
    /// Statements that write, all of them or none.
    Write,
    /// The same, where something new is kept: the room that erasing needs stays free on the disk of
    /// a file.
    Keep,
}

impl Access {
    /// Whether it is one statement, which needs no explicit transaction.
    pub(crate) const fn is_one_statement(self) -> bool {
        matches!(self, Self::OneStatement | Self::OneChange)
    }

    /// Whether it writes.
    pub(crate) const fn writes(self) -> bool {
        matches!(self, Self::OneChange | Self::Write | Self::Keep)
    }
}
