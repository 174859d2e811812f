//! `/desk/evaluation/checks`: drawn matters that this reader may check now: nothing they or
//! their unit handled, called back or rated.

use super::href;
use super::read::{DrawnRow, unchecked};
use crate::{EVALUATION, Tab, tabs};
use askama::Template;
use axum::response::Response;
use matters::words::Words;
use matters::{MatterView, Viewer};
use matters_rules::ActionCode;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, reply};

/// Where the queue stands.
pub const PATH: &str = "/desk/evaluation/checks";
/// The most that are looked through.
const MOST: i64 = 100;

struct Line {
    drawn: DrawnRow,
    view: MatterView,
}

#[derive(Template)]
#[template(path = "evaluation/queue.html")]
struct Queue {
    page: Page,
    words: Words,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
}

pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let lines = staff
        .app
        .read(move |snapshot, app| {
            let mut lines = Vec::new();
            for drawn in unchecked(snapshot, &person.grants, MOST)? {
                match matters::view(snapshot, app, drawn.matter, Viewer::Staff(&person)) {
                    Ok(view) if view.may(ActionCode::Recheck, None) => lines.push(Line { drawn, view }),
                    Ok(_) | Err(Failure::NotFound) => {}
                    Err(failure) => return Err(failure),
                }
            }
            Ok(lines)
        })
        .await?;
    let page = staff.desk_page("evaluation-queue-title", EVALUATION);
    let queue = Queue { words: Words::of(&staff.app, &page), tabs: tabs(&staff, &page, PATH), page, lines };
    reply::page(&queue, None)
}

impl Queue {
    fn href(&self, line: &Line) -> String {
        format!("{}/matters/{}", href(&line.drawn.draw), line.drawn.matter)
    }

    fn title(&self, line: &Line) -> String {
        match line.view.title.as_str() {
            "" => self.page.t("matter-title-withheld"),
            title => title.to_owned(),
        }
    }

    fn closing(&self, line: &Line) -> String {
        line.view.closing.map_or_else(String::new, |closing| self.page.t(closing.key()))
    }

    fn closed_at(&self, line: &Line) -> String {
        line.view.closed_at.map_or_else(String::new, |at| self.words.moment(&at))
    }

    fn unit(&self, line: &Line) -> String {
        let answered = line.view.nodes.iter().find(|node| node.answer.is_some());
        let unit = answered.map(|node| &node.unit).or(line.view.office.as_ref());
        unit.map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }
}
