//! A name in the product's two languages.

use platform::ui::Locale;

/// What a thing is called. English may be empty: then the Chinese name stands for both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English; may be empty.
    pub en: String,
}

impl Name {
    /// As a reader of that language sees it.
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}
