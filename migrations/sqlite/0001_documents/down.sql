DROP TABLE blob_erasures;
DROP TABLE idempotency_keys;
DROP TABLE events;
DROP TABLE jobs;
DROP TABLE label_changes;
DROP TABLE labels;
DROP TABLE pages;
DROP TABLE documents;
