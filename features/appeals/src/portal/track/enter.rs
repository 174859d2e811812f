//! `GET /track` asks for number and code; `POST /track` lets whoever knows both in. An
//! unknown number and a wrong code are answered alike.

use super::hold;
use super::tries::{Tries, WINDOW_MINUTES};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/enter.html")]
struct Enter {
    page: Page,
    form: Form,
    /// The hold has ended: said once.
    again: bool,
}

/// The form.
///
/// # Errors
/// Only where the template fails.
pub async fn show(ctx: Ctx, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let page = shell::page(&ctx, "portal-track-title", shell::TRACK);
    shell::private(&Enter { page, form: Form::new(), again: query.as_deref() == Some("again") })
}

/// Number and code.
///
/// # Errors
/// Whatever the store says.
pub async fn enter(
    ctx: Ctx,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let mut form: Form = fields.into_iter().collect();
    for field in ["number", "code"] {
        if form.text(field).is_none() {
            form.refuse(FieldError::new(field, &format!("portal-{field}-missing")));
        }
    }
    if form.has_errors() {
        return Ok(ask(&ctx, form, StatusCode::UNPROCESSABLE_ENTITY)?);
    }
    let number = normal_number(form.value("number"));
    let tries = Tries::of(&ctx.app, &ctx.source, &number);
    let (counters, code, now) = (tries.clone(), form.value("code").to_owned(), ctx.app.now());
    let found = ctx
        .app
        .read(move |snapshot, app| {
            if !counters.are_left(snapshot, now)? {
                return Err(Failure::TooMany { retry_after: WINDOW_MINUTES * 60 });
            }
            matters::track(snapshot, app, &number, &code)
        })
        .await;
    match found {
        Ok(Some(matter)) => {
            ctx.app.write(move |work| tries.succeeded(work)).await?;
            let mut response = shell::go("/track/matter");
            hold::grant(&ctx, hold::Held::own(matter), &mut response).await?;
            Ok(response)
        }
        Ok(None) => {
            ctx.app.write(move |work| tries.failed(work)).await?;
            let form = form.refused(FieldError::new("number", "portal-track-unknown"));
            Ok(ask(&ctx, form, StatusCode::UNPROCESSABLE_ENTITY)?)
        }
        Err(Failure::TooMany { retry_after }) => {
            let form = form
                .refused(FieldError::new("number", "portal-track-too-many").with("minutes", WINDOW_MINUTES));
            let mut response = ask(&ctx, form, StatusCode::TOO_MANY_REQUESTS)?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            Ok(response)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn ask(ctx: &Ctx, form: Form, status: StatusCode) -> Result<Response, Failure> {
    let page = shell::page(ctx, "portal-track-title", shell::TRACK).in_error(true);
    shell::private_with(status, &Enter { page, form, again: false })
}

/// A number as it was given out: capitals and digits, whatever was typed around them.
fn normal_number(typed: &str) -> String {
    let half_width = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    typed.chars().map(half_width).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(normal_number(" ld20261123-0001 "), "LD20261123-0001");
        assert_eq!(normal_number("２０２６ 0001"), "20260001");
    }
}
