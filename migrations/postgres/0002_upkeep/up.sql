-- What the program notes for itself, a row for each purpose: what readiness writes and reads back, and how far the
-- verification of stored files has come.
CREATE TABLE upkeep (
    name text PRIMARY KEY CHECK (name IN ('readiness', 'verification')),
    position uuid,
    moment timestamptz NOT NULL
);
