DROP TRIGGER documents_change ON documents;
DROP FUNCTION fieldmark_notify_of_document();
DROP TRIGGER jobs_wait_again ON jobs;
DROP TRIGGER jobs_wait ON jobs;
DROP FUNCTION fieldmark_notify_of_job();
