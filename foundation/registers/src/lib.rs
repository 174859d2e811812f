//! Registers 台账: a definition file each, no code. Start with [`rules::definition`] for
//! what an office writes, [`rules::record`] for what may happen to a record; the tables
//! that pages and reporting tools read are made by [`RegisterProjection`].

pub mod read;
pub mod rules;

mod built_in;
mod importing;
mod projection;
mod sealing;
mod shell;
mod succession;
mod texts;
mod writing;

pub use built_in::{BUILT_IN, seed};
pub use importing::{advance_import, begin_import};
pub use projection::{ImportProjection, RegisterProjection};
pub use sealing::open_values;
pub use succession::kept_by;
pub use writing::{
    Values, act_definition, act_known, act_record, begin_known, create, look_up_keys, read_row, read_values,
    told,
};

use platform::feature::Feature;
use platform::ui::Source;
use std::sync::Arc;

/// The registers' texts: labels of closed lists and refusals.
pub const LOCALES: Source = Source {
    name: "registers",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What registers bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        projections: vec![Box::new(RegisterProjection), Box::new(ImportProjection)],
        texts: vec![Arc::new(texts::RecordTexts)],
        listeners: vec![Arc::new(succession::Closures)],
        jobs: vec![(succession::JOB, platform::jobs::handler(succession::run))],
        ..Feature::default()
    }
}
