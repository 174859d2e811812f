//! The product's face: languages, the page shell, forms and their errors, embedded assets.
//! Templates stand in `templates/`; their recipe is `templates/README.md`.

pub mod assets;
pub mod error;
pub mod format;
pub mod forms;
pub mod i18n;
pub mod page;
pub mod portal;
pub mod prefs;
pub mod security;

pub use error::ErrorPage;
pub use forms::{Choice, FieldError, Form};
pub use i18n::{Arg, Locale, Locales, Source, Translator};
pub use page::{Flash, FlashKind, NavItem, Page, SignedIn, Site, Tab};
pub use prefs::{PagePrefs, Theme};

/// The shell's own messages; every other crate adds its source beside this one.
pub const LOCALES: Source = Source {
    name: "platform",
    zh_cn: include_str!("../../locales/zh-CN.ftl"),
    en: include_str!("../../locales/en.ftl"),
};
