//! `GET /statistics`: the figures of what the reader may count, each leading to its rows.

use super::ask::Fields;
use super::shown::{Count, Group, Showing, Sum};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use network::UnitRow;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "statistics/staff.html")]
struct Statistics {
    page: Page,
    form: Form,
    units: Vec<Choice>,
    as_of: String,
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
    let (wanted, grants) = (asked.clone(), staff.person.grants.clone());
    let (figures, units, unit) = staff
        .app
        .read(move |snapshot, app| {
            let question = matters::figures::question(snapshot, app, &wanted)?;
            let figures = matters::figures::figures_for(snapshot, &question, &grants)?;
            let mut units = BTreeMap::new();
            for grant in grants.iter() {
                for unit in network::children(snapshot, Some(&grant.unit))?
                    .into_iter()
                    .chain(network::unit(snapshot, &grant.unit)?)
                {
                    units.insert(unit.path.clone(), unit);
                }
            }
            let unit = match &wanted.unit {
                Some(unit) => network::unit(snapshot, unit)?,
                None => None,
            };
            Ok((figures, units.into_values().collect::<Vec<UnitRow>>(), unit))
        })
        .await?;
    let page = staff.desk_page("statistics-title", "nav-statistics").in_error(form.has_errors());
    let showing = Showing { page: &page, figures: &figures, rows: Some(&asked) };
    let (sums, assignments, period) = (showing.sums(), showing.assignments(), showing.period());
    let (closed_by_type, groups) = (showing.closed_by_type(), showing.groups());
    Ok(Html(
        Statistics {
            as_of: page.date(&figures.as_of),
            from: figures.from.map(|from| page.date(&from)).unwrap_or_default(),
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            units: units.into_iter().map(|unit| Choice::new(&unit.code, unit.short_name)).collect(),
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
