//! The id of a request. The middleware gives it, envelopes and the log have it.

/// The id of a request: the client's own `X-Request-Id`, or a new one.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);
