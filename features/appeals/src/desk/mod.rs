//! The staff's desk: queues, the matter's page and every verb's form.
//!
//! - [`queues`]: what waits for this person, as tabs with counts.
//! - [`register`]: an officer files for a caller, on one screen.
//! - [`matter`]: everything about one matter, and exactly what may be done now.
//! - [`assignment`]: one assignment on a phone; [`short`] is its address in a message.
//! - [`papers`]: 承办单, 审签单 and notices, to print or as Word documents.
//! - [`act`]: the form of each verb and what happens when it is sent.

mod act;
mod actions;
mod assignment;
mod batch;
mod choices;
mod files;
mod group_text;
mod matter;
mod page;
mod papers;
mod queues;
mod quotes;
mod reckoning;
mod register;
mod sent;
mod short;

mod words;

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::ui::Source;
use platform::web::Routes;

/// The desk's texts.
pub const LOCALES: Source = Source {
    name: "appeals/desk",
    zh_cn: include_str!("../../locales/zh-CN/desk.ftl"),
    en: include_str!("../../locales/en/desk.ftl"),
};

/// Key of the queues' entry in the navigation.
const QUEUES: &str = "desk-nav-queues";
/// Key of the entry for registering.
const REGISTER: &str = "desk-nav-register";

/// The desk's entries in the staff's navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { key: QUEUES, href: "/desk", icon: "inbox", permission: None },
    NavEntry {
        key: REGISTER,
        href: "/matters/new",
        icon: "headset",
        permission: Some(Permission::MatterFile),
    },
];

/// The desk's pages.
pub fn routes() -> Routes {
    Routes::new()
        .merge(queues::routes())
        .merge(batch::routes())
        .merge(register::routes())
        .merge(matter::routes())
        .merge(assignment::routes())
        .merge(short::routes())
        .merge(papers::routes())
        .merge(files::routes())
        .merge(act::routes())
}
