//! Knowledge base 知识库: a department's answers, policies and finance products, each with its
//! source, its reviewer and the day on which it expires. What has expired is never offered.
//!
//! - [`rules`]: an item's life, and what was wrong with it, as pure functions.
//! - [`shell`]: who may; the streams `knowledge:<id>` and `quote:<matter>`.
//! - [`find`]: what fits the words being typed, by words and by pinyin.
//! - [`read`]: items as rows, reports of wrong answers, what was quoted, the figures.

pub mod find;
pub mod read;
pub mod rules;
pub mod shell;

mod projection;
mod syllables;

pub use projection::{KnowledgeProjection, QuoteProjection};
pub use shell::{act, quote};

use platform::feature::Feature;
use platform::ui::Source;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "knowledge",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What the knowledge base brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        projections: vec![Box::new(KnowledgeProjection), Box::new(QuoteProjection)],
        ..Feature::default()
    }
}
