//! `GET /registers/{register}/board`: records by stage.

use crate::ask::Fields;
use crate::kept::{self, Column};
use crate::list::{Line, line};
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use registers::read::list::{self, Asked};
use registers::read::names::Names;

/// Cards of a column; the rest stands in the list.
const CARDS: i64 = 20;

#[derive(Template)]
#[template(path = "registers/board.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    lanes: Vec<Lane>,
}

struct Lane {
    name: String,
    count: i64,
    cards: Vec<Line>,
    more: String,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (wanted, grants, locale) = (fields.clone(), staff.person.grants.clone(), staff.prefs.locale);
    let (definition, found, names, day) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let asked = wanted.asked(q, &definition, today(app))?;
            let asked = Asked { stage: None, after: None, ..asked };
            let counts = list::by_stage(q, &definition, Some(&grants), &asked)?;
            let mut found = Vec::new();
            for stage in &definition.stages {
                let asked = Asked { stage: Some(stage.code.clone()), ..asked.clone() };
                let rows = list::list(q, &definition, Some(&grants), &asked, CARDS)?;
                found.push((counts.get(&stage.code).copied().unwrap_or(0), rows));
            }
            let rows = || found.iter().flat_map(|(_, rows)| rows);
            let names =
                Names::of(q, rows().map(|row| &row.values), rows().map(|row| row.unit.as_str()), locale)?;
            Ok((definition, found, names, today(app)))
        })
        .await?;
    let page = staff.desk_page("register-tab-board", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &definition.name));
    let path = format!("/registers/{}", definition.code);
    // The stage is the lane's.
    let columns: Vec<Column<'_>> = kept::chosen(&definition, &[])
        .into_iter()
        .filter(|column| !matches!(column, Column::Stage))
        .collect();
    let lanes = definition
        .stages
        .iter()
        .zip(&found)
        .map(|(stage, (count, rows))| Lane {
            name: show::name(&page, &stage.name).to_owned(),
            count: *count,
            cards: rows.iter().map(|row| line(&page, &definition, &columns, row, &names, day)).collect(),
            more: if *count > CARDS { fields.href(&path, &[("stage", &stage.code)]) } else { String::new() },
        })
        .collect();
    let frame = Frame::new(&staff, &page, definition.clone(), "board");
    reply::page(&Shown { form: fields.form(), frame, lanes, page: page.clone() }, false)
}
