//! `/desk/evaluation/answers`: answers that were sent although their words lack something,
//! with the reason that was given.

use crate::{EVALUATION, Tab, tabs};
use askama::Template;
use axum::response::Response;
use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use kernel::{MatterId, NodeId};
use matters::read::AnswerView;
use matters::words::Words;
use matters::{MatterView, Viewer};
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff, reply};
use store::Query;

/// Where the list stands.
pub(crate) const PATH: &str = "/desk/evaluation/answers";
/// The most answers of the list.
const MOST: i64 = 100;

/// Its route.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, Access::Staff(Permission::EvaluationRead), show)
}

struct Line {
    at: Instant,
    view: MatterView,
    answer: AnswerView,
}

#[derive(Template)]
#[template(path = "evaluation/answers.html")]
struct List {
    page: Page,
    words: Words,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
}

async fn show(staff: Staff) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let lines = staff
        .app
        .read(move |snapshot, app| {
            let mut lines = Vec::new();
            for (matter, node, at) in overridden(snapshot, &person.grants)? {
                let view = match matters::view(snapshot, app, matter, Viewer::Staff(&person)) {
                    Err(Failure::NotFound) => continue,
                    view => view?,
                };
                let of_node = node.and_then(|node| view.node(node)).and_then(|node| node.answer.clone());
                // A later answer that lacks nothing has taken its place.
                let answer =
                    of_node.or_else(|| view.direct_answer.clone()).filter(|now| !now.lacks.is_empty());
                lines.extend(answer.map(|answer| Line { at, view, answer }));
            }
            Ok(lines)
        })
        .await?;
    let page = staff.desk_page("evaluation-answers-title", EVALUATION);
    let list = List { words: Words::of(&staff.app, &page), tabs: tabs(&staff, &page, PATH), page, lines };
    reply::page(&list, None)
}

/// The newest first: of which matter, for which assignment, when.
fn overridden(
    query: &mut dyn Query,
    grants: &[Grant],
) -> Result<Vec<(MatterId, Option<NodeId>, Instant)>, Failure> {
    let (scope, mut values) = identity::scope::matter_filter(grants, Permission::EvaluationRead, 1);
    values.push(MOST.into());
    let sql = format!(
        "select a.matter, a.node, a.at from matter_answer a join matter m on m.id = a.matter \
         where {scope} and a.overridden = 1 order by a.at desc, a.matter limit ${}",
        values.len()
    );
    let damaged = || Failure::Internal("an id in a table is no UUID".into());
    let mut found = Vec::new();
    for row in query.query(&sql, &values)? {
        let matter = row.str(0)?.parse().map_err(|_| damaged())?;
        let node = row.opt_str(1)?.map(|node| node.parse().map_err(|_| damaged())).transpose()?;
        found.push((matter, node, row.instant(2)?));
    }
    Ok(found)
}

impl List {
    fn title(&self, line: &Line) -> String {
        match line.view.title.as_str() {
            "" => self.page.t("matter-title-withheld"),
            title => title.to_owned(),
        }
    }

    fn unit(&self, line: &Line) -> String {
        line.answer.unit.as_ref().map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }
}
