//! Large answers that are in memory as a whole: how much of them there may be at once, and how they are sent.
//!
//! An answer waits in memory for its client. However many clients do not read, they hold no more of it than the bound.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;

use super::PIECE;
use crate::services::Services;

/// Marks an answer whose bytes are a part of the program: they take no memory of their own.
#[derive(Debug, Clone, Copy)]
pub struct Compiled;

/// The bytes of an answer, sent a piece at a time, so that nobody copies all of them at once.
struct Large {
    left: Bytes,
    _memory: Option<OwnedSemaphorePermit>,
}

impl MessageBody for Large {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.left.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let length = PIECE.min(self.left.len());
        let piece = self.left.split_to(length);
        Poll::Ready((length > 0).then_some(Ok(piece)))
    }
}

/// Wraps a request: a large answer is sent only if there is memory for it. Answers to requests that change something
/// are sent in any case; places bound how many of them there are.
///
/// # Errors
/// None of its own; an answer for which there is no memory becomes `overloaded`.
pub async fn hold(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let services = request.app_data::<web::Data<Services>>().cloned();
    let changes_nothing = request.method().is_safe();
    let mut large = None;
    let response = next.call(request).await?.map_body(|_, body| match in_memory(body.boxed()) {
        Ok(bytes) => {
            large = Some(bytes);
            BoxBody::new(())
        }
        Err(body) => body,
    });
    let (Some(left), Some(services)) = (large, services) else { return Ok(response) };
    let is_compiled = response.response().extensions().contains::<Compiled>();
    let memory = if is_compiled { Ok(None) } else { services.admission.answer(left.len()).map(Some) };
    Ok(match memory {
        Ok(memory) => response.map_body(|_, _| BoxBody::new(Large { left, _memory: memory })),
        // What was done is not called refused: the client would do it again.
        Err(_) if !changes_nothing => response.map_body(|_, _| BoxBody::new(Large { left, _memory: None })),
        Err(problem) => response.error_response(problem),
    })
}

/// The bytes of a body that is large and in memory as a whole; any other body as it is.
fn in_memory(body: BoxBody) -> Result<Bytes, BoxBody> {
    match body.size() {
        BodySize::Sized(length) if length > PIECE as u64 => body.try_into_bytes(),
        _ => Err(body),
    }
}
