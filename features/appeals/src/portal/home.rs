//! `GET /`: what this service is, what it promises and by which limits, the seven lines.

use super::lines::{self, Line};
use super::shell;
use super::words;
use askama::Template;
use axum::response::Response;
use matters::configuration;
use matters_rules::figures::{Cell, Figures};
use matters_rules::{Procedure, Urgency};
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

/// A step of the way, as promised.
struct Promise {
    title: String,
    text: String,
}

/// A figure of the whole, as it stands.
struct Figure {
    name: String,
    value: String,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    page: Page,
    promises: Vec<Promise>,
    lines: Vec<Line>,
    /// Empty where nothing was filed yet.
    figures: Vec<Figure>,
}

/// The front page.
///
/// # Errors
/// Whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Failure> {
    let page = shell::page(&ctx, "portal-home-title", shell::HOME);
    let now = ctx.app.now();
    let (procedure, counted) = ctx
        .app
        .read(move |snapshot, app| {
            let procedure = configuration::procedure_in_force(snapshot, app, now)?;
            Ok((
                procedure,
                matters::figures::counted(snapshot, app, &matters::figures::Asked::default(), None, None)?
                    .sum(),
            ))
        })
        .await?;
    let promises = promises(&page, &procedure);
    let (lines, figures) = (lines::all(&page), figures(&page, &counted));
    shell::public(&Home { page, promises, lines, figures })
}

/// What was received and what became of it: the same numbers as on the page of figures.
fn figures(page: &Page, counted: &Figures) -> Vec<Figure> {
    let count = |cell| counted.count(cell);
    if count(Cell::Received) == 0 {
        return Vec::new();
    }
    [
        ("portal-figure-received", Cell::Received),
        ("portal-figure-accepted", Cell::Accepted),
        ("portal-figure-closed", Cell::Closed),
        ("portal-figure-open", Cell::Open),
    ]
    .map(|(name, cell)| Figure { name: page.t(name), value: page.number(count(cell)) })
    .into()
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
