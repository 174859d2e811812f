//! Notices: who is told what when something happens to a matter, and by what way.
//!
//! The journal is the outbox. [`follow`] reads what was written to matters and decides, by the
//! pure [`rules`], to whom it is news; each notice becomes an event of the stream
//! `notice:<matter>`, and [`deliver`] carries it out of the house by jobs that try again.
//! People read theirs at `/me/notices` ([`web`]) and choose there how else to be reached
//! ([`settings`]).

pub mod read;
pub mod rules;
pub mod settings;

mod deadlines;
mod deliver;
mod follow;
mod pages;
mod projection;
mod shell;
mod web;
mod words;

pub use pages::{Telling, holders, tell_of_page};
pub use shell::Notices;

use platform::feature::Feature;
use platform::ui::Source;
use std::sync::Arc;

/// The texts of notices.
pub const LOCALES: Source = Source {
    name: "notices",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What notices bring along.
pub fn feature() -> Feature {
    let jobs = [deadlines::jobs(), deliver::jobs()];
    Feature {
        locales: vec![LOCALES],
        routes: web::routes(),
        projections: vec![Box::new(projection::NoticeProjection)],
        listeners: vec![Arc::new(follow::MatterFollower)],
        jobs: jobs.into_iter().flatten().collect(),
        ..Feature::default()
    }
}
