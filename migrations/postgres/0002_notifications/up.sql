-- Tells every process that listens of changes by any other one, when they are committed.
-- `fieldmark_jobs`: a job waits. `fieldmark_documents`: the document whose id is the payload changed.

CREATE FUNCTION fieldmark_notify_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('fieldmark_jobs', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER jobs_wait AFTER INSERT ON jobs
    FOR EACH ROW WHEN (NEW.status = 'queued') EXECUTE FUNCTION fieldmark_notify_of_job();
CREATE TRIGGER jobs_wait_again AFTER UPDATE ON jobs
    FOR EACH ROW WHEN (NEW.status = 'queued' AND OLD.status <> 'queued') EXECUTE FUNCTION fieldmark_notify_of_job();

-- Labels never change without their document's version.
CREATE FUNCTION fieldmark_notify_of_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('fieldmark_documents', OLD.id::text);
    RETURN NULL;
END
$$;

CREATE TRIGGER documents_change AFTER UPDATE OR DELETE ON documents
    FOR EACH ROW EXECUTE FUNCTION fieldmark_notify_of_document();
