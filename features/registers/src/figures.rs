//! `GET /registers/{register}/figures`: the register's indicators with their formulas, for
//! a period, each opening to its rows.

use crate::ask::Fields;
use crate::condition;
use crate::export::{failed, heading};
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use print::xlsx::{Cell, Column, Table, workbook};
use registers::read::indicators::{self, Figure};
use registers::rules::Definition;
use registers::rules::definition::{Indicator, Measure, Period};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "registers/figures.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    figures: Vec<One>,
    period: String,
    export: String,
}

struct One {
    name: String,
    value: String,
    formula: String,
    href: String,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (definition, found) = counted(&staff, code, fields.clone()).await?;
    let page = staff.desk_page("register-tab-figures", "nav-registers");
    let page = page.clone().titled_text(page.t1(
        "register-figures-of",
        "register",
        show::name(&page, &definition.name),
    ));
    let path = format!("/registers/{}", definition.code);
    let figures = definition
        .indicators
        .iter()
        .zip(&found)
        .map(|(indicator, figure)| One {
            name: show::name(&page, &indicator.name).to_owned(),
            value: show::figure(&page, figure),
            formula: formula(&page, &definition, indicator),
            href: fields.href(&path, &[("counted", &indicator.code)]),
        })
        .collect();
    let shown = Shown {
        figures,
        period: period(&page, &fields),
        export: fields.href(&format!("{path}/figures.xlsx"), &[]),
        form: fields.form(),
        frame: Frame::new(&staff, &page, definition, "figures"),
        page,
    };
    reply::page(&shown, false)
}

/// The same as a workbook.
pub(crate) async fn export(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (definition, found) = counted(&staff, code, fields.clone()).await?;
    let page = staff.desk_page("register-tab-figures", "nav-registers");
    let title = page.t1("register-figures-of", "register", show::name(&page, &definition.name));
    let heading = heading(&staff, &page, &title).note(period(&page, &fields));
    let columns = vec![
        Column::text(page.t("register-figure"), 36),
        Column::text(page.t("register-figure-value"), 20),
        Column::text(page.t("register-formula"), 70),
    ];
    let mut table = Table::new(&heading, columns).map_err(failed)?;
    for (indicator, figure) in definition.indicators.iter().zip(&found) {
        let cells: [Cell; 3] = [
            show::name(&page, &indicator.name).into(),
            show::figure(&page, figure).into(),
            formula(&page, &definition, indicator).into(),
        ];
        table.row(cells).map_err(failed)?;
    }
    let day = today(&staff.app);
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-figures-{day}.xlsx", definition.code), bytes))
}

async fn counted(
    staff: &Staff,
    code: String,
    fields: Fields,
) -> Result<(Arc<Definition>, Vec<Figure>), Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let asked = fields.asked(q, &definition, today(app))?;
            let asked = registers::read::list::Asked { counted: None, after: None, ..asked };
            let mut found = Vec::with_capacity(definition.indicators.len());
            for indicator in &definition.indicators {
                let span = fields.span();
                found.push(indicators::figure(q, &definition, Some(&grants), &asked, indicator, span)?);
            }
            Ok((definition, found))
        })
        .await
}

fn period(page: &Page, fields: &Fields) -> String {
    match (fields.day("from"), fields.day("to")) {
        (None, None) => page.t("register-period-all"),
        (from, to) => {
            let day =
                |day: Option<kernel::time::Date>| day.map_or_else(|| "…".to_owned(), |day| page.date(&day));
            page.t2("register-period", "from", day(from), "to", day(to))
        }
    }
}

/// What is counted, in words.
pub(crate) fn formula(page: &Page, definition: &Definition, indicator: &Indicator) -> String {
    let field = |code: &String| {
        definition.field(code).map_or_else(|| code.clone(), |field| show::name(page, &field.name).to_owned())
    };
    let mut formula = match &indicator.measure {
        Measure::Count => page.t("register-formula-count"),
        Measure::Sum(code) => page.t1("register-formula-sum", "field", field(code)),
        Measure::Distinct(code) => page.t1("register-formula-distinct", "field", field(code)),
        Measure::Flow(code) => {
            let flow = definition.flow(code);
            let name = flow.map_or_else(|| code.clone(), |flow| show::name(page, &flow.name).to_owned());
            let verified = flow.is_some_and(|flow| flow.verified);
            let key = if verified { "register-formula-flow-verified" } else { "register-formula-flow" };
            page.t1(key, "flow", name)
        }
        Measure::Contacts => page.t("register-formula-contacts"),
        Measure::Level(code) => {
            page.t1("register-formula-level", "level", show::level(page, definition, Some(code)))
        }
        Measure::EverLevel(code) => {
            page.t1("register-formula-ever", "level", show::level(page, definition, Some(code)))
        }
    };
    if let Some(condition) = &indicator.condition {
        let words = condition::words(page, definition, condition);
        let words = words.unwrap_or_else(|| indicator.condition_text.clone());
        formula += &page.t1("register-formula-where", "condition", words);
    }
    match &indicator.period {
        Some(Period::Field(code)) => formula += &page.t1("register-formula-by", "field", field(code)),
        Some(Period::Stage(code)) => {
            let stage = show::stage(page, definition, Some(code));
            formula += &page.t1("register-formula-by-stage", "stage", stage);
        }
        None => {}
    }
    formula
}
