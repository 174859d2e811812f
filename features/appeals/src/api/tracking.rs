//! `GET /api/v1/appeals/{number}`: its appellant follows an appeal by number and code. An
//! unknown number is answered like a wrong code.

use super::view::Matter;
use super::{Private, private};
use crate::portal::track::tries::{Tries, WINDOW_MINUTES};
use axum::extract::Path;
use kernel::MatterId;
use matters::Viewer;
use platform::Failure;
use platform::web::{Access, Ctx, Endpoint, Routes, TRACKING_CODE};

pub(super) fn routes() -> Routes {
    let track = Endpoint::get("/api/v1/appeals/{number}", "trackAppeal", "Follow an appeal")
        .tag("appeals")
        .about("An unknown number is answered like a wrong code. Failed tries are limited by source and by number.")
        .answer::<Matter>(200, "The matter as its appellant sees it")
        .fails(&[429]);
    Routes::new().endpoint(Access::Appellant, track, show)
}

async fn show(ctx: Ctx, Path(number): Path<String>) -> Result<Private<Matter>, Failure> {
    let id = prove(&ctx, &number).await?;
    let view = ctx.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Appellant)).await?;
    Ok(private(view.into()))
}

/// The matter of that number, if the request carries its code.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown number and a wrong or missing code alike;
/// [`Failure::TooMany`]; whatever the store says.
pub(super) async fn prove(ctx: &Ctx, number: &str) -> Result<MatterId, Failure> {
    let number = number.trim().to_owned();
    let code = ctx.header(TRACKING_CODE).unwrap_or_default().to_owned();
    let tries = Tries::of(&ctx.app, &ctx.source, &number);
    let (counters, now) = (tries.clone(), ctx.app.now());
    let found = ctx
        .app
        .read(move |snapshot, app| {
            if !counters.are_left(snapshot, now)? {
                return Err(Failure::TooMany { retry_after: WINDOW_MINUTES * 60 });
            }
            matters::track(snapshot, app, &number, &code)
        })
        .await?;
    match found {
        Some(id) => Ok(id),
        None => {
            ctx.app.write(move |work| tries.failed(work)).await?;
            Err(Failure::NotFound)
        }
    }
}
