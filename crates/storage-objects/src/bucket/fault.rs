//! Classifies a failed attempt: transient, permanent, or a missing object.

use std::error::Error;

use fieldmark_domain::ports::BlobError;
use object_store::client::HttpError;

use super::refusal::Refusal;

/// Why an attempt failed; each reason is for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The bucket has no such object.
    NoObject,
    /// The server has no space.
    OutOfSpace(String),
    /// The server or the connection to it fails temporarily.
    Unavailable(String),
    /// It will fail again until the cause is fixed.
    Failed(String),
}

/// Codes of S3 for transient faults, with any status.
const TRANSIENT_CODES: [&str; 10] = [
    "BandwidthLimitExceeded",
    "InternalError",
    "OperationAborted",
    "RequestLimitExceeded",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
];

/// Codes for a full server: Ceph's and MinIO's; Amazon's is never full.
const FULL_CODES: [&str; 3] = ["QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "XMinioStorageFull"];

/// For a missing object Amazon also answers 403, unless the key may list the bucket.
const REQUIRED_RIGHTS: &str = "the key needs s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket";

/// An unsupported request fails permanently.
const UNSUPPORTED_STATUSES: [u16; 2] = [501, 505];

/// WebDAV's status for a full server (RFC 4918), which other servers use too.
const INSUFFICIENT_STORAGE: u16 = 507;

impl Fault {
    /// The fault for an error of object_store, by the answer of the server or the network below it.
    pub fn of(error: &object_store::Error) -> Self {
        let reasons = || reasons_of(error);
        if let Some(refusal) = reasons().find_map(|reason| reason.downcast_ref::<Refusal>()) {
            return Self::of_refusal(refusal);
        }
        let deepest = reasons().last().map(ToString::to_string).unwrap_or_default();
        match reasons().find_map(|reason| reason.downcast_ref::<HttpError>()) {
            // Bodies are raw bytes: an unreadable one was cut off.
            Some(_) => Self::Unavailable(deepest),
            None => Self::Failed(deepest),
        }
    }

    fn of_refusal(refusal: &Refusal) -> Self {
        let reason = refusal.to_string();
        let code = refusal.code.as_deref().unwrap_or_default();
        if refusal.status == INSUFFICIENT_STORAGE || FULL_CODES.contains(&code) {
            return Self::OutOfSpace(reason);
        }
        if TRANSIENT_CODES.contains(&code) {
            return Self::Unavailable(reason);
        }
        match refusal.status {
            404 if code == "NoSuchKey" || refusal.is_bare => Self::NoObject,
            403 if code == "AccessDenied" || refusal.is_bare => {
                Self::Failed(format!("{reason} ({REQUIRED_RIGHTS})"))
            }
            status if UNSUPPORTED_STATUSES.contains(&status) => Self::Failed(reason),
            408 | 429 | 500.. => Self::Unavailable(reason),
            _ => Self::Failed(reason),
        }
    }

    /// Whether the same attempt may succeed later.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// The same fault with a place before its reason.
    pub fn at(self, place: &str) -> Self {
        let placed = |reason: String| format!("{place}: {reason}");
        match self {
            Self::NoObject => Self::NoObject,
            Self::OutOfSpace(reason) => Self::OutOfSpace(placed(reason)),
            Self::Unavailable(reason) => Self::Unavailable(placed(reason)),
            Self::Failed(reason) => Self::Failed(placed(reason)),
        }
    }
}

/// An error and all its sources.
fn reasons_of(error: &object_store::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let outermost: &(dyn Error + 'static) = error;
    std::iter::successors(Some(outermost), |reason: &&(dyn Error + 'static)| (*reason).source())
}

impl From<Fault> for BlobError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoObject => Self::Failed { reason: "the bucket has no such object".to_owned() },
            Fault::OutOfSpace(reason) => Self::OutOfSpace { reason },
            Fault::Unavailable(reason) => Self::Unavailable { reason },
            Fault::Failed(reason) => Self::Failed { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(status: u16, code: &str) -> &'static str {
        let code = Some(code.to_owned()).filter(|code| !code.is_empty());
        let fault = Fault::of_refusal(&Refusal { status, code, message: None, is_bare: false });
        BlobError::from(fault).code()
    }

    #[test]
    fn each_refusal_has_its_error() {
        for (status, refusal) in [(503, "SlowDown"), (503, ""), (500, "InternalError"), (429, ""), (502, "")]
        {
            assert_eq!(code(status, refusal), "storage_unavailable", "{status} {refusal}");
        }
        assert_eq!(code(400, "RequestTimeout"), "storage_unavailable");
        for (status, refusal) in
            [(403, "AccessDenied"), (404, "NoSuchBucket"), (403, "SignatureDoesNotMatch"), (404, "")]
        {
            assert_eq!(code(status, refusal), "storage_failed", "{status} {refusal}");
        }
        for (status, refusal) in [(507, "XMinioStorageFull"), (507, ""), (403, "QuotaExceeded")] {
            assert_eq!(code(status, refusal), "storage_full", "{status} {refusal}");
        }
    }

    #[test]
    fn a_missing_object_is_no_error() {
        let missing = |code: Option<&str>, is_bare| {
            Fault::of_refusal(&Refusal { status: 404, code: code.map(str::to_owned), message: None, is_bare })
        };
        assert_eq!(missing(Some("NoSuchKey"), false), Fault::NoObject);
        assert_eq!(missing(None, true), Fault::NoObject);
        assert_ne!(missing(None, false), Fault::NoObject);
    }
}
