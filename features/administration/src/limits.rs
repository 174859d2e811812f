//! The procedure's page: limits as a table of urgency by limit, what they give for a sample
//! moment, and the form that changes them.

use crate::document;
use crate::names::Names;
use crate::source::with_problems;
use crate::working::Working;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::time::{Calendar, DateTime, Instant, Span};
use matters::configuration;
use matters::configuration::editing::with_value;
use matters_rules::procedure::Procedure;
use matters_rules::{NodeRole, Urgency};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;
use std::sync::Arc;
use toml::{Table, Value};

const CODE: &str = "procedure";
/// Tables of limits by urgency, in the order of the loop.
const TABLES: [&str; 6] =
    ["signing", "handling", "handling_natural", "co_handling", "promise", "promise_natural"];
/// The suffixes of spans, as the file writes them.
const BASES: [&str; 4] = ["wd", "wh", "h", "d"];

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The sample moment, as `datetime-local` writes it.
    #[serde(default)]
    at: String,
}

/// A limit of one urgency; none where the procedure has none.
type ByUrgency = (Urgency, Option<Span>);

/// Limits as the file holds them.
struct Limits {
    /// Those that do not depend on urgency: name and span.
    single: Vec<(String, Option<Span>)>,
    /// How often something may happen: name and number.
    counts: Vec<(String, i64)>,
    /// By urgency.
    tables: Vec<(&'static str, Vec<ByUrgency>)>,
}

#[derive(Template)]
#[template(path = "administration/procedure.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    limits: Limits,
    form: Form,
    samples: Vec<Sample>,
}

/// What a matter of that urgency would get.
struct Sample {
    urgency: Urgency,
    sign: String,
    handling: String,
    co: String,
    promise: String,
    natural: String,
}

#[derive(Template)]
#[template(path = "administration/limits.html")]
struct Edited {
    page: Page,
    names: Names,
    working: Working,
    limits: Limits,
    form: Form,
}

/// The limits as they stand.
pub(crate) async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let calendar = staff.app.read(|query, _| configuration::calendar_in_force(query)).await?;
    let page = staff.desk_page("config-title", "nav-configuration").titled(working.document.key());
    let names = document::names(&staff, &page, &working).await?;
    let zone = &staff.app.config.zone;
    let typed: Option<DateTime> = asked.at.parse().ok();
    let at = typed.map_or(staff.app.now(), |local| zone.instant(local));
    let local = zone.local(at);
    let shown_at = format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute());
    let samples = match Procedure::parse(&working.text) {
        Ok(procedure) => samples(&page, &calendar, &procedure, at),
        Err(_) => Vec::new(),
    };
    let limits = Limits::of(&working.text);
    let form = Form::new().with("at", shown_at);
    reply::page(&Shown { page, names, working, limits, form, samples }, None)
}

/// The form.
pub(crate) async fn edit(staff: Staff) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let limits = Limits::of(&working.text);
    let mut form = Form::new().with("head", working.head);
    let all = limits.single.iter().map(|(name, span)| (name.clone(), *span));
    let by_urgency = limits.tables.iter().flat_map(|(table, rows)| {
        rows.iter().map(move |(urgency, span)| (format!("{table}.{}", urgency.code()), *span))
    });
    for (name, span) in all.chain(by_urgency) {
        let Some(text) = span.map(|span| span.to_string()) else { continue };
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        form = form.with(&name, &text[..digits]).with(&format!("{name}.base"), &text[digits..]);
    }
    for (name, number) in &limits.counts {
        form = form.with(name, number);
    }
    edited(&staff, working, form)
}

/// Keeps the limits in the draft.
pub(crate) async fn save(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let mut form = reply::form(fields);
    let Some(text) = changed(&working.text, &mut form) else { return edited(&staff, working, form) };
    let problems = working.document.check(&text).err().unwrap_or_default();
    if !problems.is_empty() {
        return edited(&staff, working, with_problems(form, &problems));
    }
    match working.keep(&staff, form, text, &working.href()).await? {
        Ok(response) => Ok(response),
        Err(form) => edited(&staff, working, form),
    }
}

/// The text with the limits of the form; none, with the errors noted, where one is no span.
fn changed(text: &str, form: &mut Form) -> Option<String> {
    let limits = Limits::of(text);
    let mut text = text.to_owned();
    let mut wrong = Vec::new();
    let by_urgency = limits.tables.iter().flat_map(|(table, rows)| {
        rows.iter().map(move |(urgency, _)| vec![(*table).to_owned(), urgency.code().to_owned()])
    });
    let paths = limits.single.iter().map(|(name, _)| vec![name.clone()]).chain(by_urgency);
    for path in paths {
        let field = path.join(".");
        let typed = format!("{}{}", form.value(&field).trim(), form.value(&format!("{field}.base")));
        match Span::parse(&typed) {
            Ok(span) => text = set(&text, &path, Value::String(span.to_string()))?,
            Err(_) => wrong.push(FieldError::new(&field, "config-span-wrong")),
        }
    }
    for (name, _) in &limits.counts {
        match form.value(name).trim().parse::<u32>() {
            Ok(number) => text = set(&text, std::slice::from_ref(name), Value::Integer(number.into()))?,
            Err(_) => wrong.push(FieldError::new(name, "config-number-wrong")),
        }
    }
    for error in wrong {
        form.refuse(error);
    }
    (!form.has_errors()).then_some(text)
}

fn set(text: &str, path: &[String], value: Value) -> Option<String> {
    let path: Vec<&str> = std::iter::once("limits").chain(path.iter().map(String::as_str)).collect();
    with_value(text, &path, value)
}

fn edited(staff: &Staff, working: Working, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("config-limits-title", "nav-configuration").in_error(form.has_errors());
    let limits = Limits::of(&working.text);
    let shown = Edited { names: Names::plain(&page), page, working, limits, form };
    reply::page(&shown, Some(&shown.form))
}

fn samples(page: &Page, calendar: &Arc<Calendar>, procedure: &Procedure, at: Instant) -> Vec<Sample> {
    let due = |span: Span| {
        let due = calendar.due(at, span, &[]).at;
        match span.base.counts_days() {
            true => page.date_weekday(&calendar.zone().date_of(due.plus_micros(-1))),
            false => page.datetime(&due),
        }
    };
    let sample = |urgency: &Urgency| Sample {
        urgency: *urgency,
        sign: due(procedure.limits.signing(*urgency)),
        handling: due(procedure.limits.handling(NodeRole::Lead, *urgency, false)),
        co: due(procedure.limits.handling(NodeRole::Co, *urgency, false)),
        promise: due(procedure.limits.promise(*urgency, false)),
        natural: due(procedure.limits.handling(NodeRole::Lead, *urgency, true)),
    };
    Urgency::ALL.iter().map(sample).collect()
}

impl Limits {
    fn of(text: &str) -> Self {
        let root: Table = text.parse().unwrap_or_default();
        let none = Table::new();
        let limits = root.get("limits").and_then(Value::as_table).unwrap_or(&none);
        let span = |value: Option<&Value>| Span::parse(value?.as_str()?).ok();
        Self {
            single: limits
                .iter()
                .filter(|(_, value)| value.is_str())
                .map(|(name, value)| (name.clone(), span(Some(value))))
                .collect(),
            counts: limits
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), value.as_integer()?)))
                .collect(),
            tables: TABLES
                .iter()
                .map(|table| {
                    let rows = limits.get(*table).and_then(Value::as_table);
                    let row =
                        |urgency: &Urgency| (*urgency, span(rows.and_then(|rows| rows.get(urgency.code()))));
                    (*table, Urgency::ALL.iter().map(row).collect())
                })
                .collect(),
        }
    }
}

impl Shown {
    fn span(&self, span: &Option<Span>) -> String {
        span.as_ref().map_or_else(|| "—".to_owned(), |span| self.names.span(span))
    }
}

impl Edited {
    fn bases(&self) -> [(&'static str, String); 4] {
        BASES.map(|base| (base, self.page.t(&format!("config-base-{base}"))))
    }

    fn cell(&self, table: &str, urgency: &Urgency) -> String {
        format!("{table}.{}", urgency.code())
    }

    fn base(&self, field: &str) -> String {
        format!("{field}.base")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_changes_what_it_shows_and_nothing_else() {
        let text = matters_rules::procedure::APPEAL_TOML;
        let limits = Limits::of(text);
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut put = |name: String, span: Option<Span>| {
            let text = span.expect("delivered").to_string();
            let digits = text.find(|c: char| !c.is_ascii_digit()).expect("a base");
            fields.push((name.clone(), text[..digits].to_owned()));
            fields.push((format!("{name}.base"), text[digits..].to_owned()));
        };
        for (name, span) in &limits.single {
            put(name.clone(), *span);
        }
        for (table, rows) in &limits.tables {
            for (urgency, span) in rows {
                put(format!("{table}.{}", urgency.code()), *span);
            }
        }
        for (name, number) in &limits.counts {
            fields.push((name.clone(), number.to_string()));
        }
        for (name, value) in &mut fields {
            if name == "handling.general" {
                *value = "9".into();
            }
        }
        let mut form: Form = fields.clone().into_iter().collect();
        let after = changed(text, &mut form).expect("all are spans");
        let differs = configuration::diff::differences(text, &after).expect("both read");
        assert_eq!(differs.len(), 1, "{differs:?}");
        assert_eq!(differs[0].after.as_deref(), Some("9wd"));

        for (name, value) in &mut fields {
            if name == "review" {
                *value = "soon".into();
            }
        }
        let mut form: Form = fields.into_iter().collect();
        assert!(changed(text, &mut form).is_none());
        assert!(form.error("review").is_some());
    }
}
