//! Leaders' instructions 批示: a clerk records what a leader wrote or said, it runs as a matter
//! with a limit, and comes back as one page. Before it stands a sheet put before the leader:
//! 呈批单 with the opinion proposed, or 要情 in brief, which a signed link shows without a log-in
//! for some hours.
//!
//! - [`rules`]: a sheet and its links, as pure functions.
//! - `record`: what was instructed, from the form to the matter.
//! - `feedback`: the one page that comes back.
//! - `briefs`: sheets put before leaders; `link` shows one to whoever holds its address.

pub mod projection;
pub mod rules;
pub mod shell;
pub mod writing;

mod api;
mod briefs;
mod briefs_api;
mod feedback;
mod link;
mod list;
mod record;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "instructions",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-instructions";

/// What instructions bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(projection::BriefProjection)],
        nav: vec![NavEntry {
            key: NAV,
            href: list::PATH,
            icon: "pencil",
            permission: Some(Permission::InstructionRead),
        }],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    let read = Access::Staff(Permission::InstructionRead);
    let write = Access::Staff(Permission::InstructionRecord);
    Routes::new()
        .get(list::PATH, read, list::show)
        .get("/instructions/new", write, record::fresh)
        .post(list::PATH, write, record::add)
        .get("/instructions/{id}/feedback", read, feedback::page)
        .get("/instructions/{id}/feedback.docx", read, feedback::word)
        .get(briefs::PATH, write, briefs::list)
        .get("/briefs/new", write, briefs::fresh)
        .post("/briefs/draft", write, briefs::begun)
        .post(briefs::PATH, write, briefs::add)
        .get("/briefs/{id}", write, briefs::show)
        .get("/briefs/{id}/paper.docx", write, briefs::word)
        .post("/briefs/{id}/links", write, briefs::give_link)
        .post("/briefs/{id}/links/{link}/removal", write, briefs::take_back_link)
        .get("/brief/{id}/{link}/{signature}", Access::Public, link::show)
        .merge(api::routes())
        .merge(briefs_api::routes())
}
