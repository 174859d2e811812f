//! Tasks and rectifications 立项: what an office wants done that nobody filed.
//!
//! - `raise`: the form.
//! - `api`: the same over the API.

mod api;
mod raise;

use kernel::permission::Permission;
use matters_rules::MatterKind;
use platform::feature::Feature;
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "tasks",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry of the navigation under which the pages stand: the desk's.
const NAV: &str = "desk-nav-queues";
/// Who raises one.
const RAISE: Access = Access::Staff(Permission::MatterRaise);
/// What is raised here; instructions have a record of their own.
const KINDS: [MatterKind; 2] = [MatterKind::Task, MatterKind::Rectification];

/// What tasks bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: Routes::new()
            .get("/tasks/new", RAISE, raise::fresh)
            .post("/tasks", RAISE, raise::add)
            .merge(api::routes()),
        ..Feature::default()
    }
}
