//! `GET /figures`: what came in, what became of it, how well and how fast; for anyone.

use super::ask::Fields;
use super::published::{PUBLISHED, Published, published};
use super::shown::{Count, Group, Showing, Sum};
use crate::lines::{Lines, lines};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use platform::Failure;
use platform::ui::{Form, Page, portal};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "statistics/public.html")]
struct Public {
    page: Page,
    form: Form,
    as_of: String,
    today: String,
    /// An assumption the figures rest on.
    note: Option<String>,
    sums: Vec<Sum>,
    assignments: Sum,
    closed_by_type: Vec<Count>,
    groups: Vec<Group>,
    breakdowns: Vec<Published>,
    empty: bool,
}

/// See the module.
pub(super) async fn figures(ctx: Ctx, Query(fields): Query<Fields>) -> Result<Html<String>, Failure> {
    let (mut asked, form) = fields.read();
    // A period and a unit are for staff: small groups could be told apart by subtraction.
    asked.from = None;
    asked.unit = None;
    let mut page = ctx.page("figures-title").at("portal-nav-figures").in_error(form.has_errors());
    let words = page.translator().clone();
    let (figures, tables) = ctx
        .app
        .read(move |snapshot, app| {
            let figures = matters::figures::counted(snapshot, app, &asked, None, None)?.sum();
            let tables: Vec<Lines> = PUBLISHED
                .iter()
                .map(|by| lines(snapshot, app, &words, &asked, *by, None))
                .collect::<Result<_, _>>()?;
            Ok((figures, tables))
        })
        .await?;
    page.nav = portal::navigation(&page);
    let showing = Showing { page: &page, figures: &figures, rows: None };
    let (sums, assignments) = (showing.sums(), showing.assignments());
    let (closed_by_type, groups) = (showing.closed_by_type(), showing.groups());
    let breakdowns = tables.iter().map(|table| published(&page, table)).collect();
    Ok(Html(
        Public {
            as_of: page.date(&figures.as_of),
            note: ctx.app.config.site.figure_note(figures.as_of, page.locale()).map(str::to_owned),
            today: ctx.app.config.zone.date_of(ctx.app.now()).to_string(),
            empty: figures.count(matters_rules::figures::Cell::Received) == 0,
            page,
            form,
            sums,
            assignments,
            closed_by_type,
            groups,
            breakdowns,
        }
        .render()?,
    ))
}
