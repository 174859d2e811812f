//! `/admin/network/changes`: units opened, renamed, moved, split, merged and closed by order of
//! a document. What an order comes to is shown before it is carried out; it is carried out
//! whole or not at all. What units did under another name or parent stays as it was.

mod order;
mod parts;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::{Level, UnitId};
use network::rules::unit::{Unit, UnitCommand};
use network::{UnitFilter, UnitKind, UnitRow};
use order::{Kind, Order, Step};
use parts::Offered;
use platform::ui::{Choice, Form, Locale, Page};
use platform::web::{Staff, reply};
use platform::{Failure, Work};
use serde::Deserialize;

/// What the address of a fresh form says.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    unit: String,
}

#[derive(Template)]
#[template(path = "administration/change.html")]
struct Shown {
    page: Page,
    form: Form,
    kind: Kind,
    unit: Option<UnitRow>,
    levels: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Units that may go along, or be merged.
    others: Vec<Choice>,
    /// Its open work, where a part of it may go along.
    offered: Offered,
    /// What the order comes to, once it was looked at; empty before.
    lines: Vec<String>,
    back: String,
}

/// The form of a kind of change, about a unit.
pub(crate) async fn new(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let kind = Kind::parse(&asked.kind).ok_or(Failure::NotFound)?;
    let today = staff.app.config.zone.date_of(staff.app.now());
    let mut form = Form::new().with("kind", kind.code()).with("unit", &asked.unit).with("on", today);
    if kind == Kind::Rename {
        // What stays is not typed again.
        let code = UnitId::from(asked.unit.as_str());
        let unit = staff.app.read(move |q, _| Ok(network::unit(q, &code)?)).await?;
        let unit = unit.ok_or(Failure::NotFound)?;
        form = form.with("name", unit.name).with("short_name", unit.short_name).with("en_name", unit.en_name);
    }
    screen(&staff, kind, form, Vec::new()).await
}

/// Looks at what was ordered, or carries it out.
pub(crate) async fn save(staff: Staff, fields: reply::Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let kind = Kind::parse(form.value("kind")).ok_or(Failure::NotFound)?;
    if form.value("step") == "pick" {
        let unit = UnitId::from(form.value("unit"));
        let form = staff.app.read(move |q, _| parts::picked(q, &unit, form.clone())).await?;
        return screen(&staff, kind, form, Vec::new()).await;
    }
    let confirmed = form.value("step") == "confirm";
    let (typed, by) = (form.clone(), staff.by());
    let done = staff.app.write(move |work| {
        let order = Order::read(work.tx, kind, &typed)?;
        let steps = order.steps(work.tx)?;
        let mut lines = steps.iter().map(|step| seen(work, step)).collect::<Result<Vec<_>, Failure>>()?;
        let along = match order.splits() {
            Some((unit, new)) => {
                let open = matters::succession::open_parts(work.tx, unit)?.len();
                let along = parts::chosen(work.tx, unit, &typed)?;
                lines.extend(along_line(open, along.len()));
                Some((unit.clone(), new.clone(), along)).filter(|(_, _, along)| !along.is_empty())
            }
            None => None,
        };
        for step in &steps {
            work.act::<Unit>(step.unit.as_str(), &by, None, &step.command)?;
        }
        if let Some((unit, new, along)) = along {
            matters::succession::hand_over_later(work, unit, new, along)?;
        }
        // Looking goes through the very rules of doing, in a transaction that is given up.
        if confirmed { Ok(order.shows().clone()) } else { Err(Failure::Invalid(lines)) }
    });
    match done.await {
        Ok(unit) => Ok(reply::done(&staff, &format!("/network/units/{unit}"), "flash-network-changed")),
        Err(Failure::Invalid(lines)) if lines.iter().all(|line| line.code.starts_with(SEEN)) => {
            let page = staff.desk_page("network-change-title", "nav-network");
            let lines = lines.iter().map(|line| page.error(line)).collect();
            screen(&staff, kind, form, lines).await
        }
        Err(Failure::Invalid(errors)) => {
            let form = errors.into_iter().fold(form, Form::refused);
            screen(&staff, kind, form, Vec::new()).await
        }
        Err(Failure::Refused(refusal)) => screen(&staff, kind, form.refused(&refusal), Vec::new()).await,
        Err(failure) => Err(failure),
    }
}

/// What of the open work goes to the new unit of a split, and what stays.
fn along_line(open: usize, along: usize) -> Option<platform::ui::FieldError> {
    let line =
        || platform::ui::FieldError { field: None, ..platform::ui::FieldError::new("", "order-parts") };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    (open > 0).then(|| line().with("along", number(along)).with("stay", number(open - along)))
}

/// How the lines of a look are told from what is wrong.
const SEEN: &str = "order-";

/// What a step comes to, in words: looked up before it is done.
fn seen(work: &mut Work<'_>, step: &Step) -> Result<platform::ui::FieldError, Failure> {
    let line =
        |code: &str| platform::ui::FieldError { field: None, ..platform::ui::FieldError::new("", code) };
    let name = |work: &mut Work<'_>, code: &UnitId| -> Result<String, Failure> {
        Ok(network::unit(work.tx, code)?.map_or_else(|| code.to_string(), |unit| unit.short_name))
    };
    let before = network::unit(work.tx, &step.unit)?;
    let own = before.as_ref().map_or_else(|| step.unit.to_string(), |unit| unit.short_name.clone());
    Ok(match &step.command {
        UnitCommand::Open { details, .. } => {
            let parent = details.parent.as_ref().map(|parent| name(work, parent)).transpose()?;
            line("order-opens").with("name", details.name.as_str()).with("parent", parent.unwrap_or_default())
        }
        UnitCommand::Change { details, .. }
            if before.as_ref().is_some_and(|unit| unit.parent != details.parent) =>
        {
            let below = match &before {
                Some(unit) => network::units_below(work.tx, &unit.path, &UnitFilter::default())?.len(),
                None => 1,
            };
            let parent = details.parent.as_ref().map(|parent| name(work, parent)).transpose()?;
            let below = i64::try_from(below).unwrap_or(i64::MAX) - 1;
            line("order-moves")
                .with("name", own)
                .with("parent", parent.unwrap_or_default())
                .with("below", below)
        }
        UnitCommand::Change { details, .. } => {
            line("order-renames").with("name", own).with("to", details.name.as_str())
        }
        UnitCommand::Dissolve { successor, .. } => {
            let open = matters::succession::open_parts(work.tx, &step.unit)?.len();
            let open = i64::try_from(open).unwrap_or(i64::MAX);
            let records = registers::kept_by(work.tx, &step.unit)?;
            let records = i64::try_from(records).unwrap_or(i64::MAX);
            line("order-closes")
                .with("name", own)
                .with("to", name(work, successor)?)
                .with("open", open)
                .with("records", records)
        }
        _ => line("order-other").with("name", own),
    })
}

async fn screen(staff: &Staff, kind: Kind, form: Form, lines: Vec<String>) -> Result<Response, Failure> {
    let code = form.value("unit").trim().to_owned();
    let words = staff.desk_page("network-change-title", "nav-network");
    let (unit, others, offered) = staff
        .app
        .read(move |q, app| {
            let unit = network::unit(q, &UnitId::from(code.as_str()))?;
            let others = match (&unit, kind) {
                (Some(unit), Kind::Split) => network::children(q, Some(&unit.code))?,
                (Some(unit), Kind::Merge) => network::children(q, unit.parent.as_ref())?,
                _ => Vec::new(),
            };
            let offered = match (&unit, kind) {
                (Some(unit), Kind::Split) => parts::offered(q, app, &words, &unit.code)?,
                _ => Offered::default(),
            };
            let own = unit.as_ref().map(|unit| unit.code.clone());
            Ok((
                unit,
                others
                    .into_iter()
                    .filter(|other| other.open && Some(&other.code) != own.as_ref())
                    .collect::<Vec<_>>(),
                offered,
            ))
        })
        .await?;
    if unit.is_none() && kind != Kind::Open {
        return Err(Failure::NotFound);
    }
    let page = staff.desk_page("network-change-title", "nav-network").in_error(form.has_errors());
    let locale = page.locale();
    let title = match &unit {
        Some(unit) => format!("{} · {}", page.t(kind.key()), named(unit, locale)),
        None => page.t(kind.key()),
    };
    let shown = Shown {
        levels: Level::ALL
            .iter()
            .map(|one| Choice::new(one.code(), page.t(&format!("level-{}", one.code()))))
            .collect(),
        kinds: UnitKind::ALL
            .iter()
            .map(|one| Choice::new(one.code(), page.t(&format!("unit-kind-{}", one.code()))))
            .collect(),
        others: others.iter().map(|unit| Choice::new(&unit.code, named(unit, locale))).collect(),
        back: unit
            .as_ref()
            .map_or_else(|| "/network".to_owned(), |unit| format!("/network/units/{}", unit.code)),
        page: page.titled_text(title),
        offered,
        kind,
        unit,
        lines,
        form,
    };
    reply::page(&shown, Some(&shown.form))
}

fn named(unit: &UnitRow, locale: Locale) -> String {
    unit.brief(locale).to_owned()
}
