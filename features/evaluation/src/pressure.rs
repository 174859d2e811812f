//! `/desk/pressure`: reports of pressure and reprisal with their limits, for whoever settles
//! them outside the units they are about. Nobody with a post in a handling unit finds one here.

use crate::PRESSURE;
use askama::Template;
use axum::response::Response;
use kernel::permission::Permission;
use matters::Viewer;
use matters::read::{Pressed, PressureView, pressed};
use matters::words::Words;
use matters_rules::ActionCode;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff, reply};

/// Where the queue stands.
pub(crate) const PATH: &str = "/desk/pressure";
/// The most that are shown.
const MOST: usize = 100;

/// Its route.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, Access::Staff(Permission::PressureSettle), show)
}

struct Line {
    pressed: Pressed,
    reports: Vec<PressureView>,
    may_settle: bool,
}

#[derive(Template)]
#[template(path = "evaluation/pressure.html")]
struct Queue {
    page: Page,
    words: Words,
    lines: Vec<Line>,
}

async fn show(staff: Staff) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let lines = staff
        .app
        .read(move |snapshot, app| {
            let mut lines = Vec::new();
            for pressed in pressed(snapshot, app, &person.grants, MOST)? {
                let view = matters::view(snapshot, app, pressed.row.id, Viewer::Staff(&person))?;
                let may_settle = view.may(ActionCode::SettlePressure, None);
                let reports = view.pressure.into_iter().filter(|report| report.settled.is_none()).collect();
                lines.push(Line { pressed, reports, may_settle });
            }
            Ok(lines)
        })
        .await?;
    let page = staff.desk_page("pressure-title", PRESSURE);
    let words = Words::of(&staff.app, &page);
    reply::page(&Queue { page, words, lines }, None)
}
