//! The portal: what a citizen or an enterprise sees. Complete without JavaScript, nothing
//! personal in an address or a log.
//!
//! - [`home`]: what this is, what it promises.
//! - [`filing`]: one question a page, kept as a sealed draft, checked, sent, receipt.
//! - [`own`]: all of one's own appeals, by a code sent to the e-mail given in them.
//! - [`track`]: by number and code: who has it, by when and why; write, rate, contest.

mod categories;
mod fields;
mod filing;
mod home;
mod lines;
mod outbox;
mod own;
mod pieces;
mod places;
mod qr;
mod resumable;
mod shell;
mod stage;
pub(crate) mod track;
pub(crate) mod upload;
mod why;
pub(crate) mod words;

use platform::ui::Source;
use platform::web::{Access, Routes};

/// The portal's texts.
pub const LOCALES: Source = Source {
    name: "appeals/portal",
    zh_cn: include_str!("../../locales/zh-CN/portal.ftl"),
    en: include_str!("../../locales/en/portal.ftl"),
};

/// The portal's pages.
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Public, home::show)
        .get("/lines", Access::Public, lines::show)
        .get("/categories", Access::Public, categories::show)
        .post("/categories", Access::Public, categories::search)
        .get("/outbox", Access::Public, outbox::show)
        .merge(filing::routes())
        .merge(track::routes())
        .merge(own::routes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::ui::Locale;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(LOCALES.keys(Locale::ZhCn), LOCALES.keys(Locale::En));
    }
}
