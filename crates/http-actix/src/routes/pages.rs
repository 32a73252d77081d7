//! Pictures of the pages of a document.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use fieldmark_domain::queries::ShowPageRequest;
use tokio::sync::OwnedSemaphorePermit;

use super::State;
use crate::addresses;
use crate::caller::Caller;
use crate::exports::ROWS;
use crate::identifiers::InDocument;
use crate::openapi::described::File;
use crate::parameters::Parameters;
use crate::problem::{Code, Problem};

/// The picture of a page, with the boxes of its labels drawn and named.
#[utoipa::path(
    get, path = addresses::PAGE, tag = "documents", operation_id = "show_page",
    params(
        ("document" = Uuid, Path, description = "The document's id"),
        ("page" = u32, Path, description = "The page, counted from 1", minimum = 1),
        ("height" = Option<u32>, Query, description = "The picture's height in pixels; 1200 when not given", minimum = 200, maximum = 4000),
        ("overlay" = Option<bool>, Query, description = "Whether the boxes are drawn; true when not given"),
    ),
    responses((status = 200, description = "The picture", body = File, content_type = "image/png"))
)]
pub async fn picture(
    request: HttpRequest,
    caller: Caller,
    InDocument(document): InDocument,
    services: State,
) -> Result<HttpResponse, Problem> {
    let page = request.match_info().get("page").and_then(|page| page.parse().ok());
    let page = page.ok_or_else(|| Problem::new(Code::NotFound, "there is no such page"))?;
    let mut parameters = Parameters::of(&request);
    let height = parameters.parsed("height", "a number of pixels").unwrap_or(ROWS);
    let overlay = parameters.flag("overlay", true);
    parameters.finish()?;
    let place = services.admission.picture()?;
    let show = services.use_cases.show_page(services.reader(), Arc::clone(&services.painter));
    let drawing = services.admission.drawing().await;
    let wanted = ShowPageRequest { document, page, height, overlay };
    let page = show.execute(&caller.scope, &wanted).await?;
    // Painting keeps a thread for itself; the place is free once it is done, whether its client is there or not.
    let paint = move || {
        let painted = page.paint();
        drop(drawing);
        (painted, place)
    };
    let painted = web::block(paint).await.map_err(|error| {
        tracing::error!("painting broke: {error}");
        Problem::new(Code::PainterFailed, "the picture cannot be made; the log says why")
    })?;
    let (picture, place) = painted;
    let body = Bytes::from_owner(Held { bytes: picture?.png, _place: place });
    Ok(HttpResponse::Ok().content_type("image/png").body(body))
}

/// Bytes on their way to a client, who keeps their place until they are sent.
struct Held<T> {
    bytes: T,
    _place: OwnedSemaphorePermit,
}

impl<T: AsRef<[u8]>> AsRef<[u8]> for Held<T> {
    fn as_ref(&self) -> &[u8] {
        self.bytes.as_ref()
    }
}
