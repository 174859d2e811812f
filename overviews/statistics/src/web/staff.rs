//! `GET /statistics`: the figures of what the reader may count, each leading to its rows.

use super::ask::{Fields, export_href};
use super::by::tabs;
use super::places;
use super::shown::{Count, Group, Showing, Sum};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use platform::Failure;
use platform::ui::{Choice, Form, Page, Tab};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "statistics/staff.html")]
struct Statistics {
    page: Page,
    form: Form,
    tabs: Vec<Tab>,
    export: String,
    adds_up: bool,
    units: Vec<Choice>,
    as_of: String,
    /// An assumption the figures rest on.
    note: Option<String>,
    from: String,
    unit: String,
    sums: Vec<Sum>,
    assignments: Sum,
    period: Option<[Vec<Count>; 2]>,
    closed_by_type: Vec<Count>,
    groups: Vec<Group>,
}

/// See the module.
pub(super) async fn statistics(staff: Staff, Query(fields): Query<Fields>) -> Result<Html<String>, Failure> {
    let (asked, form) = fields.read();
    let (wanted, grants, locale) = (asked.clone(), staff.person.grants.clone(), staff.prefs.locale);
    let (figures, units, unit) = staff
        .app
        .read(move |snapshot, app| {
            let figures = matters::figures::counted(snapshot, app, &wanted, None, Some(&grants))?.sum();
            let unit = match &wanted.unit {
                Some(unit) => network::unit(snapshot, unit)?,
                None => None,
            };
            Ok((figures, places::units(snapshot, &grants, locale)?, unit))
        })
        .await?;
    let page = staff.desk_page("statistics-title", "nav-statistics").in_error(form.has_errors());
    let showing = Showing { page: &page, figures: &figures, rows: Some(&asked) };
    let (sums, assignments, period) = (showing.sums(), showing.assignments(), showing.period());
    let (closed_by_type, groups) = (showing.closed_by_type(), showing.groups());
    Ok(Html(
        Statistics {
            as_of: page.date(&figures.as_of),
            note: staff.app.config.site.figure_note(figures.as_of, page.locale()).map(str::to_owned),
            from: figures.from.map(|from| page.date(&from)).unwrap_or_default(),
            unit: unit.map(|unit| unit.full(page.locale()).to_owned()).unwrap_or_default(),
            tabs: tabs(&page, &asked, None),
            export: export_href(&asked, None),
            adds_up: figures.adds_up(),
            units,
            page,
            form,
            sums,
            assignments,
            period,
            closed_by_type,
            groups,
        }
        .render()?,
    ))
}
