//! Documents, labels, jobs and events in SQLite or PostgreSQL.
