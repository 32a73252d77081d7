-- What the program notes for itself, a row for each purpose: what readiness writes and reads back, how far the
-- verification of stored files has come, and whether the file still has to be rewritten after an erasure.
CREATE TABLE upkeep (
    name TEXT NOT NULL PRIMARY KEY CHECK (name IN ('readiness', 'verification', 'erasure')),
    position TEXT,
    moment INTEGER NOT NULL
) STRICT;
