//! What a draft would do to the records there are, counted on them and said in words: what
//! stops its publication stands out, figures tell what they come to before and after.

use crate::{open, show};
use kernel::permission::Grant;
use platform::ui::{Locale, Page};
use platform::{App, Failure};
use registers::read::indicators::{Figure, Span, figure};
use registers::read::list::Asked;
use registers::read::reach::reach;
use registers::rules::definition::{Coverage, Indicator, Measure, Period};
use registers::rules::expression::{Expression, Source};
use registers::rules::{Definition, Effect, How};
use store::{Query, StoreError, params};

/// An effect with what it concerns.
pub(super) struct Counted {
    effect: Effect,
    /// Records or lines that it concerns.
    count: i64,
    /// A figure as it is, and as it would be; none where it is not there or cannot be told yet.
    figures: (Option<Figure>, Option<Figure>),
    /// Areas that should be covered, and are; none where that cannot be told yet.
    covered: Option<(i64, i64)>,
    /// Another register's name.
    register: Option<registers::rules::Name>,
}

/// Counts what each effect concerns, as far as the reader sees records.
///
/// # Errors
/// Whatever the store says.
pub(super) fn counted(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    (before, after): (&Definition, &Definition),
    effects: Vec<Effect>,
) -> Result<Vec<Counted>, Failure> {
    let mut found = Vec::with_capacity(effects.len());
    for effect in effects {
        let mut counted = Counted { count: 0, figures: (None, None), covered: None, register: None, effect };
        match &counted.effect {
            Effect::Figure { figure: code, .. } => {
                let mut of = |figures: Option<&Indicator>| -> Result<Option<Figure>, StoreError> {
                    let Some(indicator) = figures.filter(|one| rests_on(before, after, one)) else {
                        return Ok(None);
                    };
                    figure(q, before, Some(grants), &Asked::default(), indicator, Span::default()).map(Some)
                };
                counted.figures = (of(before.indicator(code))?, of(after.indicator(code))?);
            }
            Effect::Coverage { how: How::New | How::Changed } => {
                let coverage = after.coverage.as_ref().filter(|coverage| covers(before, after, coverage));
                if let Some(coverage) = coverage {
                    let areas = reach(q, before, Some(grants), coverage, Locale::ZhCn)?;
                    let reached = areas.iter().filter(|area| area.records > 0).count();
                    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
                    counted.covered = Some((whole(areas.len()), whole(reached)));
                }
            }
            Effect::Becoming { register, .. } => {
                counted.register = open::register(q, app, register).ok().map(|other| other.name.clone());
            }
            other => counted.count = concerned(q, before, other)?,
        }
        found.push(counted);
    }
    Ok(found)
}

/// How many records or lines an effect concerns: those that hold something in a field that
/// goes, or nothing in one that must be filled in.
fn concerned(q: &mut dyn Query, before: &Definition, effect: &Effect) -> Result<i64, StoreError> {
    let register = &before.code;
    let table = before.table();
    let mut count = |sql: String, params: Vec<store::Value>| q.query_one(&sql, &params)?.int(0);
    let all = format!("select count(*) from {table} t where t.removed = 0");
    match effect {
        Effect::Retired { field } => count(format!("{all} and t.\"{field}\" is not null"), Vec::new()),
        Effect::Required { field } => count(format!("{all} and t.\"{field}\" is null"), Vec::new()),
        Effect::Stage { stage, how: How::Changed } => {
            count(format!("{all} and t.stage = $1"), params![stage])
        }
        Effect::Levels => count(format!("{all} and t.level is not null"), Vec::new()),
        Effect::Flow { flow, how: How::Changed } => {
            let lines = "select count(*) from register_flow where register = $1 and kind = $2 and void = 0";
            count(lines.to_owned(), params![register, flow])
        }
        Effect::Recomputed { .. }
        | Effect::Added { required: true, .. }
        | Effect::Unique { .. }
        | Effect::Contacts { .. } => count(all, Vec::new()),
        _ => Ok(0),
    }
}

/// Whether a figure of the draft can be counted on the table as it was published: everything
/// it rests on is there and means the same.
fn rests_on(before: &Definition, after: &Definition, indicator: &Indicator) -> bool {
    let same = |code: &str| same_field(before, after, code);
    let measured = match &indicator.measure {
        Measure::Count => true,
        Measure::Sum(field) | Measure::Distinct(field) => same(field),
        Measure::Flow(flow) => before.flow(flow) == after.flow(flow),
        Measure::Contacts => before.follow_up.is_some(),
        Measure::Level(_) | Measure::EverLevel(_) => before.levels == after.levels,
    };
    let in_period = match &indicator.period {
        Some(Period::Field(field)) => same(field),
        Some(Period::Stage(_)) | None => true,
    };
    measured && in_period && holds(before, after, indicator.condition.as_ref())
}

fn covers(before: &Definition, after: &Definition, coverage: &Coverage) -> bool {
    same_field(before, after, &coverage.field) && holds(before, after, coverage.condition.as_ref())
}

fn holds(before: &Definition, after: &Definition, condition: Option<&Expression>) -> bool {
    condition.is_none_or(|condition| {
        condition.sources().iter().all(|source| match source {
            Source::Field(code) => {
                ["stage", "level", "unit"].contains(&code.as_str()) || same_field(before, after, code)
            }
            Source::Flow(_) | Source::Degree(_) => false,
        })
    })
}

fn same_field(before: &Definition, after: &Definition, code: &str) -> bool {
    let (was, now) = (before.field(code), after.field(code));
    was.is_some_and(|was| was.is_derived() && now.is_some_and(|now| was.kind == now.kind))
        || was
            .is_some_and(|was| !was.is_derived() && now.is_none_or(|now| was.kind.word() == now.kind.word()))
}

/// An effect in words, and whether it stands in the way.
pub(super) fn said(
    page: &Page,
    (before, after): (&Definition, &Definition),
    counted: &Counted,
) -> (String, bool) {
    let count = counted.count;
    let field = |code: &String| {
        let field = after.field(code).or_else(|| before.field(code));
        field.map_or_else(|| code.clone(), |field| show::name(page, &field.name).to_owned())
    };
    let told = |key: &str, name: &str| page.t2(key, "field", name, "count", count);
    let words = match &counted.effect {
        Effect::Lost { what } => return (page.t1("register-effect-lost", "field", field(what)), true),
        Effect::Added { field: code, required: false } => told("register-effect-added", &field(code)),
        Effect::Added { field: code, required: true } => told("register-effect-added-required", &field(code)),
        Effect::Retired { field: code } => told("register-effect-retired", &field(code)),
        Effect::Unfed { field: code, without } => {
            page.t2("register-effect-unfed", "field", field(code), "without", field(without))
        }
        Effect::Required { field: code } => told("register-effect-required", &field(code)),
        Effect::Recomputed { field: code } => told("register-effect-recomputed", &field(code)),
        Effect::Unique { fields } => {
            let names: Vec<String> = fields.iter().map(field).collect();
            told("register-effect-unique", &names.join(if show::english(page) { ", " } else { "、" }))
        }
        Effect::Stage { stage, how } => {
            let key =
                if *how == How::New { "register-effect-stage-new" } else { "register-effect-stage-changed" };
            page.t2(key, "name", show::stage(page, after, Some(stage)), "count", count)
        }
        Effect::Flow { flow, how } => {
            let key =
                if *how == How::New { "register-effect-flow-new" } else { "register-effect-flow-changed" };
            let name = after.flow(flow).map_or(flow.as_str(), |flow| show::name(page, &flow.name));
            page.t2(key, "name", name, "count", count)
        }
        Effect::Levels => page.t1("register-effect-levels", "count", count),
        Effect::Contacts { how: How::New } => page.t1("register-effect-contacts-new", "count", count),
        Effect::Contacts { .. } => page.t1("register-effect-contacts-changed", "count", count),
        Effect::Figure { figure, how } => of_figure(page, (before, after), figure, *how, counted.figures),
        Effect::Coverage { how: How::Gone } => page.t("register-effect-coverage-gone"),
        Effect::Coverage { .. } => {
            let name = after.coverage.as_ref().map_or("", |coverage| show::name(page, &coverage.name));
            match counted.covered {
                None => page.t1("register-effect-coverage-later", "name", name),
                Some((required, reached)) => page.ta(
                    "register-effect-coverage-set",
                    [("name", name.into()), ("required", required.into()), ("reached", reached.into())],
                ),
            }
        }
        Effect::Becoming { register, how } => {
            let key = match how {
                How::New => "register-effect-becoming-new",
                How::Changed => "register-effect-becoming-changed",
                How::Gone => "register-effect-becoming-gone",
            };
            let name = counted.register.as_ref().map_or(register.as_str(), |name| show::name(page, name));
            page.t1(key, "name", name)
        }
    };
    (words, false)
}

/// What a figure is now, and what it would be.
fn of_figure(
    page: &Page,
    (before, after): (&Definition, &Definition),
    code: &str,
    how: How,
    (was, now): (Option<Figure>, Option<Figure>),
) -> String {
    let indicator = after.indicator(code).or_else(|| before.indicator(code));
    let name = indicator.map_or(code, |indicator| show::name(page, &indicator.name));
    let number =
        |figure: Option<Figure>| figure.map_or_else(|| "…".to_owned(), |figure| show::figure(page, &figure));
    match (how, now) {
        (How::New, Some(_)) => page.t2("register-effect-figure-new", "name", name, "now", number(now)),
        (How::New, None) => page.t1("register-effect-figure-new-later", "name", name),
        (How::Changed, Some(_)) => page.ta(
            "register-effect-figure-changed",
            [("name", name.into()), ("before", number(was).into()), ("now", number(now).into())],
        ),
        (How::Changed, None) => {
            page.t2("register-effect-figure-changed-later", "name", name, "before", number(was))
        }
        (How::Gone, _) => page.t2("register-effect-figure-gone", "name", name, "before", number(was)),
    }
}
