-- Documents, what was read of them, the jobs that read them, and the events that tell of it.
-- Text that is searched by its beginning has the collation "C", so that a beginning is a range of an index.

CREATE TABLE documents (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    filename text NOT NULL,
    filename_key text COLLATE "C" NOT NULL,
    tags text NOT NULL,
    metadata text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    status text NOT NULL CHECK (status IN (
        'received', 'queued', 'processing', 'processed', 'failed', 'approved', 'rejected')),
    kind text,
    currency text,
    page_count bigint CHECK (page_count >= 0),
    decision text CHECK (decision IN ('accept', 'review')),
    reasons text,
    min_confidence real,
    repeats uuid,
    failure_code text,
    failure_message text,
    findings text,
    version bigint NOT NULL CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    processed_at timestamptz,
    deleted_at timestamptz,
    CHECK ((decision IS NULL) = (page_count IS NULL)),
    CHECK ((failure_code IS NULL) = (failure_message IS NULL))
);

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
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number bigint NOT NULL,
    width_pt real NOT NULL,
    height_pt real NOT NULL,
    source text,
    verdict text NOT NULL CHECK (verdict IN ('good', 'garbled', 'none')),
    reasons text NOT NULL,
    PRIMARY KEY (document_id, number)
);

-- `value` is the normal form, `amount` the same in ten-thousandths where it is an amount that fits.
CREATE TABLE labels (
    id uuid PRIMARY KEY,
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    owner_id uuid NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    search_key text COLLATE "C" NOT NULL,
    amount bigint,
    currency text,
    raw text NOT NULL,
    confidence real NOT NULL,
    source text NOT NULL CHECK (source IN ('xml', 'text_layer', 'ocr', 'derived', 'person')),
    place text,
    caption text,
    checks text NOT NULL,
    candidates text NOT NULL,
    reviewed_by uuid,
    version bigint NOT NULL CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz
);

CREATE UNIQUE INDEX labels_document_field ON labels (document_id, field) WHERE deleted_at IS NULL;
CREATE INDEX labels_document ON labels (document_id);
CREATE INDEX labels_owner_field_value ON labels (owner_id, field, search_key, document_id) WHERE deleted_at IS NULL;

-- The history outlives the labels that it tells of, but not their document.
CREATE TABLE label_changes (
    id uuid PRIMARY KEY,
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    label_id uuid NOT NULL,
    field text NOT NULL,
    act text NOT NULL CHECK (act IN ('read', 'added', 'corrected', 'deleted')),
    said_before text,
    says_since text,
    changed_by uuid,
    changed_at timestamptz NOT NULL
);

CREATE INDEX label_changes_document ON label_changes (document_id, id);

CREATE TABLE jobs (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('process_document')),
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'dead')),
    priority smallint NOT NULL,
    attempts bigint NOT NULL CHECK (attempts >= 0),
    max_attempts bigint NOT NULL CHECK (max_attempts >= 1),
    progress real NOT NULL CHECK (progress BETWEEN 0 AND 1),
    cancel_requested boolean NOT NULL,
    error_code text,
    error_message text,
    worker text,
    lease_token uuid,
    lease_until timestamptz,
    run_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK (status <> 'running' OR (lease_token IS NOT NULL AND lease_until IS NOT NULL))
);

-- Whole indexes, because a prepared statement that binds the status could not use partial ones.
CREATE INDEX jobs_waiting ON jobs (status, priority DESC, run_at, id);
CREATE INDEX jobs_lease ON jobs (status, lease_until);
CREATE INDEX jobs_owner_created ON jobs (owner_id, created_at, id);
CREATE INDEX jobs_owner_status ON jobs (owner_id, status, created_at, id);
CREATE INDEX jobs_document ON jobs (document_id, created_at, id);

-- Events stay when their document is erased.
CREATE TABLE events (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    document_id uuid NOT NULL,
    type text NOT NULL,
    data text NOT NULL,
    occurred_at timestamptz NOT NULL,
    published_at timestamptz
);

CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL;
CREATE INDEX events_published ON events (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX events_owner ON events (owner_id, id);

CREATE TABLE idempotency_keys (
    owner_id uuid NOT NULL,
    key text NOT NULL,
    request bytea NOT NULL CHECK (octet_length(request) = 32),
    document_id uuid NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, key)
);

CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_document ON idempotency_keys (document_id);

-- Bytes that no document has any more and that are still to be deleted where they are kept.
CREATE TABLE blob_erasures (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    owner_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    claimed_until timestamptz
);

CREATE INDEX blob_erasures_created ON blob_erasures (created_at);
