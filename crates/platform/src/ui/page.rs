//! What every template holds as its field `page`: words in the reader's language, who reads,
//! where they are and how they want it shown.

use super::assets;
use super::format;
use super::forms::{Choice, FieldError};
use super::i18n::{Arg, Locale, Translator};
use super::prefs::{PagePrefs, Theme};
use crate::feature::NavEntry;
use kernel::time::{Date, Instant, Zone};
use std::sync::Arc;

/// The site as configured: nothing here is known to the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The platform's public name in Chinese and English, for example a city's own brand.
    pub name: [String; 2],
    /// The office that runs it, in Chinese and English; empty hides the line.
    pub office: [String; 2],
    /// The hotline's number; empty hides it.
    pub hotline: String,
    /// The office's mark in document numbers 机关代字, e.g. `娄政办`; empty for none.
    pub document_mark: String,
    /// Whether the data are made up: every page then says 演示数据.
    pub demo: bool,
    /// What has to be said beside the figures of a day, in Chinese and English: an assumption
    /// they rest on.
    pub figure_notes: Vec<(Date, [String; 2])>,
    /// The city's clock; pages show every time by it.
    pub zone: Zone,
}

impl Site {
    /// The public name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        pick(&self.name, locale)
    }

    /// What has to be said beside the figures of a day.
    pub fn figure_note(&self, day: Date, locale: Locale) -> Option<&str> {
        let note = self.figure_notes.iter().find(|(of, _)| *of == day);
        note.map(|(_, texts)| pick(texts, locale))
    }

    /// The office in a language.
    pub fn office(&self, locale: Locale) -> &str {
        pick(&self.office, locale)
    }
}

fn pick(texts: &[String; 2], locale: Locale) -> &str {
    match locale {
        Locale::ZhCn => &texts[0],
        Locale::En => &texts[1],
    }
}

/// The signed-in person as the shell shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Display name.
    pub name: String,
    /// Post or role, translated; may be empty.
    pub post: String,
    /// Unit; may be empty.
    pub unit: String,
}

/// One entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Key of the label; also the name by which [`Page::active`] marks it.
    pub key: &'static str,
    /// Where it leads.
    pub href: String,
    /// An icon of `icons.html`; empty for none.
    pub icon: &'static str,
    /// What waits there.
    pub count: Option<u64>,
}

impl From<&NavEntry> for NavItem {
    fn from(entry: &NavEntry) -> Self {
        Self { key: entry.key, href: entry.href.to_owned(), icon: entry.icon, count: None }
    }
}

/// One of a row of links above a list, with how many rows it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its name, translated.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Rows behind it.
    pub count: Option<u64>,
    /// Whether it is the open one.
    pub current: bool,
}

/// What kind of message a flash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// It worked.
    Success,
    /// Worth knowing.
    Info,
    /// Take care.
    Warning,
}

impl FlashKind {
    /// The word in class names and in the icon macro.
    pub fn code(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Success => "circle-check",
            Self::Info => "info-circle",
            Self::Warning => "alert-triangle",
        }
    }
}

/// A message shown once, after a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Its kind.
    pub kind: FlashKind,
    /// Its words, translated.
    pub text: String,
}

/// The shell's data and the helpers templates call.
#[derive(Clone)]
pub struct Page {
    /// The heading of the browser tab, translated, without the site's name.
    pub title: String,
    /// Key of the navigation entry that is open; empty for none.
    pub active: &'static str,
    /// Navigation in order.
    pub nav: Vec<NavItem>,
    /// The signed-in person.
    pub person: Option<SignedIn>,
    /// Messages shown once.
    pub flashes: Vec<Flash>,
    /// This page's own path and query, for the switches that lead back here.
    pub path: String,
    /// How the reader wants it shown.
    pub prefs: PagePrefs,
    /// The site's names.
    pub site: Arc<Site>,
    /// Whether the title begins with "Error:", because a form on it was refused.
    pub in_error: bool,
    translator: Translator,
}

impl Page {
    /// A bare page; fill the other fields as needed.
    pub fn new(translator: Translator, site: Arc<Site>, prefs: PagePrefs, path: impl Into<String>) -> Self {
        Self {
            title: String::new(),
            active: "",
            nav: Vec::new(),
            person: None,
            flashes: Vec::new(),
            path: path.into(),
            prefs,
            site,
            in_error: false,
            translator,
        }
    }

    /// Titles the page with a key's message.
    #[must_use]
    pub fn titled(mut self, key: &str) -> Self {
        self.title = self.t(key);
        self
    }

    /// Titles the page with a text, for example a matter's number.
    #[must_use]
    pub fn titled_text(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Marks the open navigation entry.
    #[must_use]
    pub fn at(mut self, active: &'static str) -> Self {
        self.active = active;
        self
    }

    /// Says in the title that the form was refused: what a screen reader reads first.
    #[must_use]
    pub fn in_error(mut self, in_error: bool) -> Self {
        self.in_error = in_error;
        self
    }

    /// Adds a message.
    #[must_use]
    pub fn flash(mut self, kind: FlashKind, text: impl Into<String>) -> Self {
        self.flashes.push(Flash { kind, text: text.into() });
        self
    }

    /// The translator, for code that prepares texts.
    pub fn translator(&self) -> &Translator {
        &self.translator
    }

    /// The page's language.
    pub fn locale(&self) -> Locale {
        self.translator.locale()
    }

    /// `<html lang>`.
    pub fn lang(&self) -> &'static str {
        self.locale().code()
    }

    /// The message of a key.
    pub fn t(&self, key: &str) -> String {
        self.translator.t(key)
    }

    /// The message of a key with values: `page.ta("key", [("count", count.into())])`.
    pub fn ta(&self, key: &str, args: impl AsRef<[(&'static str, Arg)]>) -> String {
        self.translator.ta(key, args.as_ref())
    }

    /// The message of a key with one value.
    pub fn t1(&self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        self.translator.ta(key, &[(name, value.into())])
    }

    /// The message of a key with two values.
    pub fn t2(
        &self,
        key: &str,
        first: &str,
        first_value: impl Into<Arg>,
        second: &str,
        second_value: impl Into<Arg>,
    ) -> String {
        self.translator.ta(key, &[(first, first_value.into()), (second, second_value.into())])
    }

    /// The words of a form's error.
    pub fn error(&self, error: &FieldError) -> String {
        let args: Vec<(&str, Arg)> =
            error.args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        self.translator.ta(&format!("refusal-{}", error.code), &args)
    }

    /// The site's name in the reader's language.
    pub fn site_name(&self) -> &str {
        self.site.name(self.locale())
    }

    /// The office in the reader's language; may be empty.
    pub fn office(&self) -> &str {
        self.site.office(self.locale())
    }

    /// `2026年11月23日` · `23 Nov 2026`
    pub fn date(&self, date: &Date) -> String {
        format::date(self.locale(), *date)
    }

    /// `11月23日` · `23 Nov`
    pub fn short_date(&self, date: &Date) -> String {
        format::short_date(self.locale(), *date)
    }

    /// `2026年11月23日（星期一）` · `Monday, 23 Nov 2026`
    pub fn date_weekday(&self, date: &Date) -> String {
        let (day, weekday) = (self.date(date), format::weekday(self.locale(), *date));
        match self.locale() {
            Locale::ZhCn => format!("{day}（{weekday}）"),
            Locale::En => format!("{weekday}, {day}"),
        }
    }

    /// The local day of a moment.
    pub fn day(&self, at: &Instant) -> String {
        self.date(&self.site.zone.date_of(*at))
    }

    /// `2026年11月23日 09:12` · `23 Nov 2026, 09:12`, by the city's clock.
    pub fn datetime(&self, at: &Instant) -> String {
        format::datetime(self.locale(), self.site.zone.local(*at))
    }

    /// A whole number in groups of three.
    pub fn number(&self, number: impl Into<Count>) -> String {
        format::number(number.into().0)
    }

    /// A file's size in bytes: `1.4 MB`.
    pub fn file_size(&self, bytes: impl Into<Count>) -> String {
        format::file_size(usize::try_from(bytes.into().0).unwrap_or(0))
    }

    /// `n` of `of` in percent with one decimal.
    pub fn percent(&self, n: impl Into<Count>, of: impl Into<Count>) -> String {
        format::percent(n.into().0.unsigned_abs(), of.into().0.unsigned_abs())
    }

    /// Money from whole fen, in the unit people use.
    pub fn money(&self, fen: impl Into<Count>) -> String {
        format::money(self.locale(), fen.into().0)
    }

    /// The address of an embedded file, with its content's hash.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// `data-bs-theme` of the page.
    pub fn theme(&self) -> &'static str {
        self.prefs.theme.code()
    }

    /// The themes for the switch.
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// The choices of a select under their headings, in order.
    pub fn grouped<'a>(&self, choices: &'a [Choice]) -> Vec<Group<'a>> {
        choices
            .chunk_by(|one, next| one.group == next.group)
            .map(|choices| Group { label: &choices[0].group, choices })
            .collect()
    }

    /// The other language, for the switch.
    pub fn other_locale(&self) -> Locale {
        match self.locale() {
            Locale::ZhCn => Locale::En,
            Locale::En => Locale::ZhCn,
        }
    }
}

/// Choices of a select that share a heading.
pub struct Group<'a> {
    /// The heading; empty for choices that stand alone.
    pub label: &'a str,
    /// The choices.
    pub choices: &'a [Choice],
}

/// A whole number of any width, owned or borrowed: templates hand over both.
pub struct Count(i64);

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl From<$number> for Count {
            fn from(number: $number) -> Self {
                Self(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
        impl From<&$number> for Count {
            fn from(number: &$number) -> Self {
                Self::from(*number)
            }
        }
    )*};
}
counts!(i32, i64, u8, u16, u32, u64, usize);
