//! `/brief/…`: a sheet shown without a log-in to whoever holds its signed address, for as long
//! as it holds. Each look is on record.

use crate::briefs::{load, sheet};
use crate::rules::Command;
use crate::shell;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use platform::ui::Page;
use platform::web::{Ctx, reply};
use platform::{By, Failure};
use print::docx::{Block, Sheet};
use subtle::ConstantTimeEq;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "instructions/link.html")]
struct Shown {
    page: Page,
    /// None: the link holds no more, or never did.
    sheets: Option<Vec<Sheet>>,
}

pub(crate) async fn show(
    ctx: Ctx,
    Path((id, link, given)): Path<(Uuid, u32, String)>,
) -> Result<Response, Failure> {
    let signed: bool = shell::signature(&ctx.app, id, link).as_bytes().ct_eq(given.as_bytes()).into();
    let opened = if signed { looked(&ctx, id, link).await? } else { None };
    let page = ctx.page("briefs-link");
    let status = if opened.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let sheets = opened.map(|opened| vec![sheet(&page, &opened)]);
    let hidden = [(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"))];
    Ok((hidden, reply::show(status, &Shown { page, sheets })?).into_response())
}

/// The sheet, once the look is on record; nothing where the link is over.
async fn looked(ctx: &Ctx, id: Uuid, link: u32) -> Result<Option<crate::briefs::Opened>, Failure> {
    let named = id.to_string();
    let looked =
        ctx.app.write(move |work| shell::act(work, &By::Public, &named, &Command::Look { link })).await;
    match looked {
        Ok(()) => match load(&ctx.app, id).await {
            Ok(opened) => Ok(Some(opened)),
            Err(Failure::NotFound) => Ok(None),
            Err(failure) => Err(failure),
        },
        Err(Failure::Refused(_) | Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}
