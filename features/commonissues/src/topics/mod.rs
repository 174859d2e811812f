//! Hot topics around their rules: the timer that finds them, who is told, the pages.

mod find;
mod page;
mod projection;
mod shell;

pub use find::{begin, cell_now, look, run};
pub use projection::{TopicProjection, TopicRow, topics};
pub use shell::{dismiss, note};
pub(crate) use shell::{found, group};

use kernel::permission::Permission;
use platform::jobs::{JobHandler, handler};
use platform::web::{Access, Routes};

/// Where the list stands.
pub const PATH: &str = "/hot-topics";

/// The topics' pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::IssueRead);
    let settle = Access::Staff(Permission::TopicSettle);
    Routes::new().get(PATH, read, page::list).get("/hot-topics/{topic}", read, page::show).post(
        "/hot-topics/{topic}/settlement",
        settle,
        page::settle,
    )
}

/// The timer.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(find::KIND, handler(find::run_job))]
}

/// Where a topic's page is.
pub(crate) fn href(topic: &str) -> String {
    format!("{PATH}/{topic}")
}
