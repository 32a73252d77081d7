//! What work does to a database, which decides how its transaction begins.

/// What work does to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// One statement, which is a transaction of its own.
    OneStatement,
    /// Several statements that read one state of the database.
    Snapshot,
    /// Statements that write, all of them or none.
    Write,
}
