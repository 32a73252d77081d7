//! The codes of errors, each with its status and its meaning: the one table of both.

/// Declares the enum [`Code`] with a row for each code: variant, name, status, meaning.
macro_rules! codes {
    ($($variant:ident = $name:literal, $status:literal, $meaning:literal;)+) => {
        /// A code that clients may rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = concat!($status, ": ", $meaning, ".")] $variant,)+
        }

        impl Code {
            /// Every code, sorted by topic.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as clients get it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The HTTP status that it comes with, 400..=503.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// When it is answered, for people.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }
        }
    };
}

codes! {
    InvalidJson = "invalid_json", 400, "the body is not JSON";
    InvalidMultipart = "invalid_multipart", 400,
        "the body is not a form that can be read, or has a part that nobody knows";
    InvalidHeader = "invalid_header", 400, "a header has a value that cannot be read";
    UnknownParameter = "unknown_parameter", 400, "the query has a parameter that nobody knows";
    UnsupportedVersion = "unsupported_version", 400,
        "X-API-Version names a version that is not there";
    BadRequest = "bad_request", 400, "the request is not one of HTTP's";
    Unauthorized = "unauthorized", 401, "there is no credential, or a wrong one";
    OriginNotAllowed = "origin_not_allowed", 403,
        "a web page of another origin asked, which the settings do not allow";
    HostNotAllowed = "host_not_allowed", 403,
        "the service is open on this machine alone and was asked by another name";
    NotFound = "not_found", 404,
        "there is nothing of the kind under this address, or it is another's";
    MethodNotAllowed = "method_not_allowed", 405, "the address does not take this method";
    RequestTimeout = "request_timeout", 408,
        "the request did not come in time, or comes in too slowly";
    WrongStatus = "wrong_status", 409, "the document's or job's status does not allow it";
    AlreadyExists = "already_exists", 409, "another document with the same bytes is there";
    LabelExists = "label_exists", 409, "the document has a label for this field already";
    LeaseLost = "lease_lost", 409, "the job went to another worker";
    ChangedMeanwhile = "changed_meanwhile", 412, "it has another version than If-Match names";
    BodyTooLarge = "body_too_large", 413, "the request's body is over the limit";
    DocumentTooLarge = "document_too_large", 413,
        "the file's bytes, pages or pixels are over a limit";
    UnsupportedMediaType = "unsupported_media_type", 415,
        "the file, by its bytes, or the body, by its header, is of no kind that is taken";
    RangeNotSatisfiable = "range_not_satisfiable", 416,
        "the range begins after the end of the file";
    ValidationFailed = "validation_failed", 422,
        "well-formed and not acceptable; the details say what";
    IdempotencyKeyReused = "idempotency_key_reused", 422,
        "the idempotency key was used for another request";
    DocumentEmpty = "document_empty", 422, "the file has no bytes";
    DocumentEncrypted = "document_encrypted", 422,
        "the file is encrypted, and the password is missing or wrong";
    DocumentUnreadable = "document_unreadable", 422,
        "the file is broken, or brought its reader down";
    DocumentWithoutPages = "document_without_pages", 422, "the file has no pages";
    TimeLimit = "time_limit", 422,
        "reading the file took longer than it may, each time that it was tried";
    RequestHeadTooLarge = "request_head_too_large", 431,
        "the request's address and headers are too long";
    Overloaded = "overloaded", 503, "too much waits; try again after Retry-After";
    Contended = "contended", 503, "others change it all the time; try again after Retry-After";
    DeadlineExceeded = "deadline_exceeded", 503,
        "the answer was not there in time, and nothing is kept that could go on";
    DatabaseUnavailable = "database_unavailable", 503, "the database cannot be reached";
    StorageUnavailable = "storage_unavailable", 503, "the store of documents cannot be reached";
    StorageFull = "storage_full", 503, "there is no room left";
    ReaderUnavailable = "reader_unavailable", 503, "the reader does not work";
    WorkerLost = "worker_lost", 503,
        "the process that read the file was lost, each time that it was tried";
    StorageFailed = "storage_failed", 500, "the store of documents failed";
    StoredFileMissing = "stored_file_missing", 500,
        "the bytes of the document are not where they were stored";
    StoredFileDamaged = "stored_file_damaged", 500, "the stored bytes are not what was stored";
    PainterFailed = "painter_failed", 500, "the picture of the page cannot be made";
    DetectorFailed = "detector_failed", 500, "the model failed";
    InternalError = "internal_error", 500, "the program failed";
}

impl Code {
    /// The code of this name; `None` if there is none. For codes that were stored as text.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_used_once_and_every_status_is_that_of_an_error() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert!((400..=503).contains(&code.status()), "{code:?}");
            assert!(Code::ALL.iter().skip(index + 1).all(|other| other.name() != code.name()), "{code:?}");
        }
    }

    #[test]
    fn a_stored_name_leads_back_to_its_code() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.name()), Some(*code));
        }
        assert_eq!(Code::named("no_such_code"), None);
    }
}
