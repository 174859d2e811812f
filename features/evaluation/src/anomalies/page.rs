//! The list's page, and marking one.

use super::PATH;
use super::find::{Anomaly, AnomalyKind, find};
use super::marks::{Marked, look, marked};
use crate::{EVALUATION, Tab, tabs};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::MatterId;
use kernel::permission::Permission;
use matters::Row;
use matters::configuration::evaluation::{self, Evaluation, Threshold};
use matters::words::Words;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::reply::{self, Fields};
use platform::web::{Access, Routes, Staff};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Matters named of one anomaly.
const NAMED: usize = 20;
/// The longest words of a mark, in characters.
const LONGEST: usize = 500;

/// The list's routes.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, Access::Staff(Permission::EvaluationRead), show).post(
        "/desk/evaluation/anomalies/{anomaly}",
        Access::Staff(Permission::AnomalyMark),
        mark,
    )
}

struct Line {
    anomaly: Anomaly,
    unit: String,
    rows: Vec<Row>,
    marked: Option<Marked>,
}

#[derive(Template)]
#[template(path = "evaluation/anomalies.html")]
struct List {
    page: Page,
    words: Words,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    rules: Arc<Evaluation>,
    form: Form,
    may_mark: bool,
}

async fn show(staff: Staff) -> Result<Response, Failure> {
    screen(staff, Form::new()).await
}

/// Only what is found now, within the sender's scope, can be marked.
async fn mark(staff: Staff, Path(anomaly): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let field = format!("words-{anomaly}");
    let words = form.value(&field).trim().to_owned();
    if words.is_empty() {
        form.refuse(FieldError::new(&field, "entry-missing"));
    } else if words.chars().count() > LONGEST {
        form.refuse(FieldError::new(&field, "entry-too-long").with("max", LONGEST as u64));
    }
    if form.has_errors() {
        return screen(staff, form).await;
    }
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    let done = staff
        .app
        .write(move |work| {
            let app = work.app();
            let found = find(work.tx, app, &grants)?;
            let known = found.iter().find(|known| known.key == anomaly).ok_or(Failure::NotFound)?;
            look(work, &by, &anomaly, known.matters.len() as u64, &words)
        })
        .await;
    match done {
        Ok(()) => Ok(reply::done(&staff, PATH, "flash-evaluation-marked")),
        Err(Failure::Refused(refusal)) => {
            form.refuse(FieldError::from(&refusal));
            screen(staff, form).await
        }
        Err(failure) => Err(failure),
    }
}

async fn screen(staff: Staff, form: Form) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let (lines, rules) = staff
        .app
        .read(move |snapshot, app| {
            let mut marks = marked(snapshot, app)?;
            let mut names: BTreeMap<String, String> = BTreeMap::new();
            let mut lines = Vec::new();
            for anomaly in find(snapshot, app, &person.grants)? {
                let named: Vec<MatterId> = anomaly.matters.iter().take(NAMED).copied().collect();
                let unit = match &anomaly.unit {
                    Some(unit) => {
                        if !names.contains_key(unit.as_str()) {
                            let name = network::unit(snapshot, unit)?.map(|unit| unit.name);
                            names.insert(unit.to_string(), name.unwrap_or_else(|| unit.to_string()));
                        }
                        names[unit.as_str()].clone()
                    }
                    None => String::new(),
                };
                let rows = matters::read::rows(snapshot, app, &person.grants, &named)?;
                let marked = marks.remove(&anomaly.key);
                lines.push(Line { anomaly, unit, rows, marked });
            }
            lines.sort_by_key(Line::is_settled);
            Ok((lines, evaluation::in_force(snapshot, app)?))
        })
        .await?;
    let page = staff.desk_page("anomaly-title", EVALUATION).in_error(form.has_errors());
    let list = List {
        words: Words::of(&staff.app, &page),
        tabs: tabs(&staff, &page, PATH),
        may_mark: staff.person.may_ever(Permission::AnomalyMark),
        page,
        lines,
        rules,
        form,
    };
    reply::page(&list, Some(&list.form))
}

impl Line {
    /// Looked at since the last matter came.
    fn is_settled(&self) -> bool {
        self.marked.as_ref().is_some_and(|marked| marked.count >= self.anomaly.matters.len() as u64)
    }
}

impl List {
    fn heading(&self, line: &Line) -> String {
        self.page.t(line.anomaly.kind.key())
    }

    /// What was found, with the threshold it was found by.
    fn said(&self, line: &Line) -> String {
        let anomaly = &line.anomaly;
        let threshold = match anomaly.kind {
            AnomalyKind::FewAllSatisfied => Threshold::FewTo,
            AnomalyKind::Prompt => Threshold::PromptMinutes,
            AnomalyKind::OnePhone => Threshold::PhoneAppellants,
            AnomalyKind::SameAnswers => Threshold::SameAnswers,
            AnomalyKind::CallsAllPositive => Threshold::CallsPositive,
        };
        let args = [
            ("n", anomaly.matters.len().into()),
            ("of", anomaly.of.unwrap_or_default().into()),
            ("appellants", anomaly.appellants.unwrap_or_default().into()),
            ("threshold", self.rules.threshold(threshold).into()),
        ];
        self.page.ta(&format!("{}-said", anomaly.kind.key()), args)
    }

    fn field(&self, line: &Line) -> String {
        format!("words-{}", line.anomaly.key)
    }

    fn action(&self, line: &Line) -> String {
        format!("{PATH}/{}", line.anomaly.key)
    }

    fn days(&self) -> u32 {
        self.rules.threshold(Threshold::Days)
    }

    fn more(&self, line: &Line) -> usize {
        line.anomaly.matters.len().saturating_sub(line.rows.len())
    }
}
