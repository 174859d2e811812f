//! `GET /`: what this service is, what it promises and by which limits, the seven lines.

use super::shell;
use super::words;
use askama::Template;
use axum::response::Response;
use matters::configuration;
use matters_rules::{ExpressLine, Procedure, Urgency};
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

/// A step of the way, as promised.
struct Promise {
    title: String,
    text: String,
}

/// One of the seven lines.
struct Line {
    name: String,
    text: String,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    page: Page,
    promises: Vec<Promise>,
    lines: Vec<Line>,
}

/// The front page.
///
/// # Errors
/// Whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Failure> {
    let page = shell::page(&ctx, "portal-home-title", shell::HOME);
    let now = ctx.app.now();
    let procedure =
        ctx.app.read(move |snapshot, app| configuration::procedure_in_force(snapshot, app, now)).await?;
    let promises = promises(&page, &procedure);
    let lines = ExpressLine::ALL
        .iter()
        .map(|line| Line {
            name: page.t(line.key()),
            text: page.t(&format!("portal-{}", line.key().replace('_', "-"))),
        })
        .collect();
    shell::public(&Home { page, promises, lines })
}

/// The way of an appeal in the words of its procedure: every number is the procedure's.
fn promises(page: &Page, procedure: &Procedure) -> Vec<Promise> {
    let limits = &procedure.limits;
    let span = |span| words::span(page, span).into();
    let promise = |title: &str, text: String| Promise { title: page.t(title), text };
    vec![
        promise("portal-way-file", page.t("portal-way-file-text")),
        promise(
            "portal-way-accept",
            page.t1("portal-way-accept-text", "review", words::span(page, limits.review)),
        ),
        promise(
            "portal-way-assign",
            page.ta(
                "portal-way-assign-text",
                [("assignment", span(limits.assignment)), ("contact", span(limits.contact))],
            ),
        ),
        promise(
            "portal-way-answer",
            page.ta(
                "portal-way-answer-text",
                [
                    ("general", span(limits.promise(Urgency::General, false))),
                    ("urgent", span(limits.promise(Urgency::Urgent, false))),
                    ("critical", span(limits.promise(Urgency::Critical, false))),
                ],
            ),
        ),
        promise("portal-way-rate", page.t1("portal-way-rate-text", "redos", limits.redos)),
    ]
}
