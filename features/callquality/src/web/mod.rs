//! The pages: one file per thing that is looked at.

mod call;
mod draw;
mod drawn;
mod figures;
mod lists;

use kernel::ReceptionId;
use kernel::permission::Permission;
use matters_rules::Channel;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff};

/// Where the draws stand.
pub(crate) const PATH: &str = "/desk/call-checks";
/// Where an officer's own stand.
pub(crate) const OWN: &str = "/desk/call-checks/own";
const QUEUE: &str = "/desk/call-checks/queue";
const FIGURES: &str = "/desk/call-checks/figures";

/// The routes.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::CallCheckRead);
    let draw = Access::Staff(Permission::CallCheckDraw);
    let score = Access::Staff(Permission::CallCheckScore);
    let own = Access::Staff(Permission::CallCheckOwn);
    Routes::new()
        .get(PATH, read, lists::draws)
        .get(QUEUE, score, lists::queue)
        .get(OWN, own, lists::own)
        .get(FIGURES, read, figures::show)
        .get("/desk/call-checks/draws/new", draw, draw::form)
        .post("/desk/call-checks/draws", draw, draw::save)
        .get("/desk/call-checks/draws/{draw}", read, drawn::show)
        .get("/desk/call-checks/draws/{draw}/population", read, drawn::export)
        // Whoever took the call sees its check; so one page for them and for whoever checks.
        .get("/desk/call-checks/calls/{call}", Access::SignedIn, call::show)
        .post("/desk/call-checks/calls/{call}/score", score, call::score)
        .post("/desk/call-checks/calls/{call}/answer", own, call::answer)
        .post("/desk/call-checks/calls/{call}/second-score", score, call::second)
}

/// Where a call's page is.
pub(crate) fn call_href(call: &ReceptionId) -> String {
    format!("{PATH}/calls/{call}")
}

/// Where a draw's page is.
fn draw_href(draw: &str) -> String {
    format!("{PATH}/draws/{draw}")
}

/// A tab: label, address, whether it is this one.
type Tab = (String, &'static str, bool);

/// The tabs this reader has.
fn tabs(staff: &Staff, page: &Page, here: &str) -> Vec<Tab> {
    let may = |permission| staff.person.may_ever(permission);
    [
        (PATH, "call-tab-draws", may(Permission::CallCheckRead)),
        (QUEUE, "call-tab-queue", may(Permission::CallCheckScore)),
        (FIGURES, "call-tab-figures", may(Permission::CallCheckRead)),
        (OWN, "call-tab-own", may(Permission::CallCheckOwn)),
    ]
    .into_iter()
    .filter(|(_, _, shown)| *shown)
    .map(|(path, key, _)| (page.t(key), path, path == here))
    .collect()
}

/// The name of a channel by its code.
fn channel(page: &Page, code: &str) -> String {
    Channel::parse(code).map_or_else(|| code.to_owned(), |channel| page.t(channel.key()))
}

/// What came of a call, in words.
fn ending(page: &Page, code: &str) -> String {
    match code {
        "" => String::new(),
        code => page.t(&format!("call-ending-{}", code.replace('_', "-"))),
    }
}

/// A mean of points, with one decimal.
pub(crate) fn points(tenths: Option<u64>) -> String {
    tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}
