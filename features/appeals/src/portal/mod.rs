//! The portal: what a citizen or an enterprise sees. Complete without JavaScript, nothing
//! personal in an address or a log.
//!
//! - [`home`]: what this is, what it promises.
//! - [`filing`]: one question a page, kept as a sealed draft, checked, sent, receipt.
//! - [`track`]: by number and code: who has it, by when and why; write, rate, contest.

mod fields;
mod filing;
mod home;
mod places;
mod shell;
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
    Routes::new().get("/", Access::Public, home::show).merge(filing::routes()).merge(track::routes())
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
