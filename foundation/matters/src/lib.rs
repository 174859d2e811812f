//! The matter engine around the pure rules: streams, read models, timers, personal data.
//! Start with [`shell`] for a command's way in, [`projection`] for what pages read, [`search`] for full text
//! and suggestions.

pub mod advice;
pub mod attachments;
pub mod configuration;
pub mod enterprises;
pub mod erasure;
pub mod figures;
pub mod filing;
pub mod history;
pub mod jobs;
pub mod projection;
pub mod quality;
pub mod raising;
pub mod read;
pub mod receptions;
pub mod sealing;
pub mod search;
pub mod shell;
pub mod succession;
pub mod words;

pub use attachments::{Attachment, SealedFile, Upload};
pub use configuration::{categories, routing};
pub use filing::{FileRequest, Receipt, file, file_once};
pub use read::{
    ActorView, Filter, LimitView, ListPage, MatterView, NodeView, Row, Tab, TimelineItem, Viewer, list,
    tab_counts, track, view,
};
pub use sealing::TextSealer;
pub use search::{Answered, Asked, Compared, Similar, Why, answered_like, similar};
pub use shell::{Matters, act};

use platform::feature::Feature;
use platform::ui::Source;

/// The texts of the loop: codes, refusals and what this crate's read models name.
pub const LOCALES: [Source; 3] = [
    Source {
        name: "matters",
        zh_cn: include_str!("../locales/zh-CN/matters.ftl"),
        en: include_str!("../locales/en/matters.ftl"),
    },
    Source {
        name: "matters codes",
        zh_cn: include_str!("../locales/zh-CN/codes.ftl"),
        en: include_str!("../locales/en/codes.ftl"),
    },
    Source {
        name: "matters refusals",
        zh_cn: include_str!("../locales/zh-CN/refusals.ftl"),
        en: include_str!("../locales/en/refusals.ftl"),
    },
];

/// What the engine brings along: no pages, but every read model and timer.
pub fn feature() -> Feature {
    Feature {
        locales: LOCALES.to_vec(),
        projections: projection::all(),
        texts: vec![std::sync::Arc::new(search::MatterTexts)],
        followers: vec![std::sync::Arc::new(figures::FigureDays)],
        jobs: jobs::handlers(),
        ..Feature::default()
    }
}
