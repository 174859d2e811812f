//! The staff's desk: queues, the matter's page and every verb's form.
//!
//! - [`queues`]: what waits for this person, as tabs with counts.
//! - [`intake`]: the intake desk: an officer writes down what a caller says, on one screen.
//! - [`enterprises`]: which addresses an officer verified for a firm.
//! - [`search`]: words over everything this person may see.
//! - [`matter`]: everything about one matter, and exactly what may be done now.
//! - [`assignment`]: one assignment on a phone; [`short`] is its address in a message.
//! - [`papers`]: 承办单, 审签单 and notices, to print or as Word documents.
//! - [`act`]: the form of each verb and what happens when it is sent.

mod act;
mod actions;
mod advice;
mod alike;
mod assignment;
mod away;
mod batch;
mod calls;
mod choices;
mod dispatch;
mod drawn;
pub mod enterprises;
mod files;
mod group_text;
pub mod intake;
mod known;
mod likely;
mod matter;
mod onward;
mod page;
mod papers;
mod phrases;
mod queues;
mod quotes;
mod reckoning;
mod search;
mod sent;
mod short;
mod words;
mod work;

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
/// Key of the intake desk's entry.
const INTAKE: &str = "desk-nav-intake";
/// Key of the entry for the appeals of a meeting.
const FORUM: &str = "desk-nav-forum";
/// Key of the entry for the figures of calls.
const CALLS: &str = "desk-nav-calls";
/// Key of the enterprise accounts' entry.
const ENTERPRISES: &str = "desk-nav-enterprises";
/// Key of the call-back desk's entry.
const CALL_BACK: &str = "desk-nav-call-back";

/// The desk's entries in the staff's navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { key: QUEUES, href: "/desk", icon: "inbox", permission: None },
    NavEntry { key: INTAKE, href: "/intake", icon: "headset", permission: Some(Permission::MatterFile) },
    NavEntry { key: FORUM, href: "/intake/forum", icon: "users", permission: Some(Permission::MatterFile) },
    NavEntry { key: CALLS, href: "/intake/figures", icon: "phone", permission: Some(Permission::MatterFile) },
    NavEntry {
        key: search::SEARCH,
        href: "/search",
        icon: "search",
        permission: Some(Permission::MatterRead),
    },
    NavEntry {
        key: ENTERPRISES,
        href: "/enterprises",
        icon: "building",
        permission: Some(Permission::EnterpriseVerify),
    },
    NavEntry {
        key: CALL_BACK,
        href: "/desk/calls",
        icon: "phone",
        permission: Some(Permission::CallBackRecord),
    },
];

/// The desk's pages.
pub fn routes() -> Routes {
    Routes::new()
        .merge(queues::routes())
        .merge(search::routes())
        .merge(work::routes())
        .merge(calls::routes())
        .merge(dispatch::routes())
        .merge(batch::routes())
        .merge(intake::routes())
        .merge(enterprises::routes())
        .merge(matter::routes())
        .merge(assignment::routes())
        .merge(short::routes())
        .merge(papers::routes())
        .merge(files::routes())
        .merge(act::routes())
}
