-- Documents, what was read of them, the jobs that read them, and the events that tell of it.
-- Ids are text, moments are microseconds since 1970-01-01T00:00:00Z. Text compares by its bytes, so that a beginning is a
-- range of an index.

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL,
    filename TEXT NOT NULL,
    filename_key TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    status TEXT NOT NULL CHECK (status IN (
        'received', 'queued', 'processing', 'processed', 'failed', 'approved', 'rejected')),
    kind TEXT,
    currency TEXT,
    page_count INTEGER CHECK (page_count >= 0),
    decision TEXT CHECK (decision IN ('accept', 'review')),
    reasons TEXT,
    min_confidence REAL,
    repeats TEXT,
    failure_code TEXT,
    failure_message TEXT,
    findings TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    processed_at INTEGER,
    deleted_at INTEGER,
    CHECK ((decision IS NULL) = (page_count IS NULL)),
    CHECK ((failure_code IS NULL) = (failure_message IS NULL))
) STRICT;

-- The same bytes by the same owner are one document; those that are deleted do not count.
CREATE UNIQUE INDEX documents_owner_sha256 ON documents (owner_id, sha256) WHERE deleted_at IS NULL;
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_owner_created ON documents (owner_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_owner_updated ON documents (owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_owner_status ON documents (owner_id, status, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_owner_filename ON documents (owner_id, filename_key, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_owner_confidence ON documents (owner_id, min_confidence) WHERE deleted_at IS NULL;
CREATE INDEX documents_deleted ON documents (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE pages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    width_pt REAL NOT NULL,
    height_pt REAL NOT NULL,
    source TEXT,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'garbled', 'none')),
    reasons TEXT NOT NULL,
    PRIMARY KEY (document_id, number)
) STRICT;

-- `value` is the normal form, `amount` the same in ten-thousandths where it is an amount that fits.
CREATE TABLE labels (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    owner_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    search_key TEXT NOT NULL,
    amount INTEGER,
    currency TEXT,
    raw TEXT NOT NULL,
    confidence REAL NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('xml', 'text_layer', 'ocr', 'derived', 'person')),
    place TEXT,
    caption TEXT,
    checks TEXT NOT NULL,
    candidates TEXT NOT NULL,
    reviewed_by TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE UNIQUE INDEX labels_document_field ON labels (document_id, field) WHERE deleted_at IS NULL;
CREATE INDEX labels_document ON labels (document_id);
CREATE INDEX labels_owner_field_value ON labels (owner_id, field, search_key, document_id) WHERE deleted_at IS NULL;

-- The history outlives the labels that it tells of, but not their document.
CREATE TABLE label_changes (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    label_id TEXT NOT NULL,
    field TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('read', 'added', 'corrected', 'deleted')),
    said_before TEXT,
    says_since TEXT,
    changed_by TEXT,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX label_changes_document ON label_changes (document_id, id);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('process_document')),
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'dead')),
    priority INTEGER NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    max_attempts INTEGER NOT NULL CHECK (max_attempts >= 1),
    progress REAL NOT NULL CHECK (progress BETWEEN 0 AND 1),
    cancel_requested INTEGER NOT NULL CHECK (cancel_requested IN (0, 1)),
    error_code TEXT,
    error_message TEXT,
    worker TEXT,
    lease_token TEXT,
    lease_until INTEGER,
    run_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK (status <> 'running' OR (lease_token IS NOT NULL AND lease_until IS NOT NULL))
) STRICT;

-- Whole indexes, because a prepared statement that binds the status could not use partial ones.
CREATE INDEX jobs_waiting ON jobs (status, priority DESC, run_at, id);
CREATE INDEX jobs_lease ON jobs (status, lease_until);
CREATE INDEX jobs_owner_created ON jobs (owner_id, created_at, id);
CREATE INDEX jobs_owner_status ON jobs (owner_id, status, created_at, id);
CREATE INDEX jobs_document ON jobs (document_id, created_at, id);

-- Events stay when their document is erased.
CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    published_at INTEGER
) STRICT;

CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;
CREATE INDEX events_published ON events (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX events_owner ON events (owner_id, id);

CREATE TABLE idempotency_keys (
    owner_id TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL CHECK (length(request) = 32),
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (owner_id, key)
) STRICT;

CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_document ON idempotency_keys (document_id);

-- Bytes that no document has any more and that are still to be deleted where they are kept.
CREATE TABLE blob_erasures (
    sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    owner_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    claimed_until INTEGER
) STRICT;

CREATE INDEX blob_erasures_created ON blob_erasures (created_at);
