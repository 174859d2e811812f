//! The product's two languages: Fluent messages gathered from every crate, built once,
//! handed to each page as a cheap [`Translator`].

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// A language the product speaks. Chinese is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Simplified Chinese as written in official documents.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Locale {
    /// Every locale, the default first.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// BCP 47 code, as `<html lang>` and the language cookie carry it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The locale of a code such as `zh`, `zh-Hans-CN`, `en-GB`; `None` for any other language.
    pub fn parse(code: &str) -> Option<Self> {
        let language = code.trim().split(['-', '_']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The reader's first language we speak, from an `Accept-Language` header; Chinese where
    /// there is none.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut wishes: Vec<(f32, Self)> = accept_language
            .split(',')
            .filter_map(|wish| {
                let (code, quality) = wish.split_once(";q=").unwrap_or((wish, "1"));
                let quality = quality.trim().parse::<f32>().unwrap_or(0.0);
                Some((quality, Self::parse(code)?)).filter(|(quality, _)| *quality > 0.0)
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map_or_else(Self::default, |(_, locale)| *locale)
    }

    fn language(self) -> LanguageIdentifier {
        self.code().parse().expect("our own codes are well formed")
    }
}

/// One crate's messages, in every language: `pub const LOCALES: Source = Source { … }` with
/// `include_str!` of its two `.ftl` files.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The crate, for error messages.
    pub name: &'static str,
    /// `locales/zh-CN.ftl`
    pub zh_cn: &'static str,
    /// `locales/en.ftl`
    pub en: &'static str,
}

impl Source {
    /// This source's text in a language.
    pub fn text(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.zh_cn,
            Locale::En => self.en,
        }
    }

    /// The message keys this source defines in a language (terms and attributes excluded).
    pub fn keys(&self, locale: Locale) -> BTreeSet<&'static str> {
        self.text(locale)
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
            .filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
            .collect()
    }
}

/// All messages of the product.
pub struct Locales {
    zh_cn: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Locales {
    /// Parses every source once.
    ///
    /// # Panics
    /// When a file is not valid Fluent or a key is defined twice: both are mistakes in the
    /// program, seen at its first start.
    pub fn new(sources: &[Source]) -> Arc<Self> {
        Arc::new(Self { zh_cn: bundle(sources, Locale::ZhCn), en: bundle(sources, Locale::En) })
    }

    /// A translator into one language.
    pub fn translator(self: &Arc<Self>, locale: Locale) -> Translator {
        Translator { locale, locales: Arc::clone(self) }
    }

    fn bundle(&self, locale: Locale) -> &FluentBundle<FluentResource> {
        match locale {
            Locale::ZhCn => &self.zh_cn,
            Locale::En => &self.en,
        }
    }
}

fn bundle(sources: &[Source], locale: Locale) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![locale.language()]);
    bundle.set_use_isolating(false);
    for source in sources {
        if let Err(errors) = bundle.add_resource(parse(source, locale)) {
            panic!("{} {}: {errors:?}", source.name, locale.code());
        }
    }
    bundle
}

fn parse(source: &Source, locale: Locale) -> FluentResource {
    FluentResource::try_new(source.text(locale).to_owned())
        .unwrap_or_else(|(_, errors)| panic!("{} {}: {errors:?}", source.name, locale.code()))
}

/// A value for a message's placeholder: a text, or a number that may choose a plural form.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// Shown without grouping; chooses plural forms in English.
    Number(f64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! number_args {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
        impl From<&$number> for Arg {
            fn from(number: &$number) -> Self {
                Self::Number(*number as f64)
            }
        }
    )*};
}
number_args!(i32, i64, u8, u16, u32, u64, usize, f64);

/// Turns keys into text of one language. Cheap to clone.
#[derive(Clone)]
pub struct Translator {
    locale: Locale,
    locales: Arc<Locales>,
}

impl Translator {
    /// The language translated into.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The message of a key. A missing key is a defect: it panics in debug builds and shows
    /// the key itself in release builds, with a warning in the log.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message of a key with values for its placeholders.
    pub fn ta(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => values.set(*name, text.as_str()),
                Arg::Number(number) => values.set(*name, *number),
            }
        }
        self.format(key, Some(&values))
    }

    /// Whether the key has a message.
    pub fn has(&self, key: &str) -> bool {
        self.locales.bundle(self.locale).has_message(key)
    }

    /// The sentence of a refusal: key `refusal-<code>` with the refusal's arguments.
    pub fn refusal(&self, refusal: &kernel::Refusal) -> String {
        let args: Vec<(&str, Arg)> =
            refusal.args.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
        self.ta(&format!("refusal-{}", refusal.code), &args)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.locales.bundle(self.locale);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            debug_assert!(false, "no message {key:?} in {}", self.locale.code());
            tracing::warn!(key, locale = self.locale.code(), "missing message");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", self.locale.code());
        if !errors.is_empty() {
            tracing::warn!(key, locale = self.locale.code(), ?errors, "message not complete");
        }
        text.into_owned()
    }
}

#[cfg(test)]
#[path = "i18n_tests.rs"]
mod tests;
