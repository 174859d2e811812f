//! The columns of the workbook: what a unit is, and who holds a post in it.

use network::{Level, UnitKind};
use platform::ui::{Locale, Translator};
use print::xlsx;
use std::sync::Arc;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Code,
    Name,
    ShortName,
    EnName,
    Parent,
    Level,
    Kind,
    Area,
    Overlays,
    Post,
    Holder,
    From,
    To,
    Document,
    Substitute,
}

impl Column {
    /// In the order of the sheet.
    pub const ALL: [Self; 15] = [
        Self::Code,
        Self::Name,
        Self::ShortName,
        Self::EnName,
        Self::Parent,
        Self::Level,
        Self::Kind,
        Self::Area,
        Self::Overlays,
        Self::Post,
        Self::Holder,
        Self::From,
        Self::To,
        Self::Document,
        Self::Substitute,
    ];
    /// Those that say what the unit is, its code first.
    pub const OF_UNIT: usize = 9;

    /// Its name in the network's list of units, or the field of the register of holders.
    pub fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::ShortName => "short_name",
            Self::EnName => "en_name",
            Self::Parent => "parent",
            Self::Level => "level",
            Self::Kind => "kind",
            Self::Area => "area",
            Self::Overlays => "overlays",
            Self::Post => "post",
            Self::Holder => "holder",
            Self::From => "from",
            Self::To => "to",
            Self::Document => "document",
            Self::Substitute => "substitute",
        }
    }

    /// The column of that name; holders name their unit `place`, records theirs `unit`.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "place" | "unit" => Some(Self::Code),
            _ => Self::ALL.into_iter().find(|column| column.code() == code),
        }
    }

    /// Key of its heading.
    pub fn key(self) -> String {
        format!("roll-column-{}", self.code())
    }

    /// Whether a list that tells of units must have it.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Code | Self::Name | Self::Parent | Self::Level | Self::Kind)
    }

    /// As it stands in the workbook.
    pub fn of_sheet(self, words: &Translator) -> xlsx::Column {
        let heading = words.t(&self.key());
        match self {
            Self::From | Self::To => xlsx::Column::date(heading),
            Self::Name => xlsx::Column::text(heading, 28),
            Self::Level => xlsx::Column::text(heading, 10).choices(levels(words)),
            Self::Kind => xlsx::Column::text(heading, 14).choices(kinds(words)),
            _ => xlsx::Column::text(heading, 16),
        }
    }
}

fn levels(words: &Translator) -> impl Iterator<Item = String> {
    Level::ALL.iter().map(|level| words.t(&format!("level-{}", level.code())))
}

fn kinds(words: &Translator) -> impl Iterator<Item = String> {
    UnitKind::ALL.iter().map(|kind| words.t(&format!("unit-kind-{}", kind.code())))
}

/// Reads headings and words in either language.
pub(super) struct Reader(Vec<Translator>);

impl Reader {
    pub fn new(locales: &Arc<platform::ui::Locales>) -> Self {
        Self([Locale::ZhCn, Locale::En].map(|locale| locales.translator(locale)).into())
    }

    /// Which column a heading is.
    pub fn column(&self, heading: &str) -> Option<Column> {
        let plain = |text: &str| {
            text.trim().trim_matches(|c: char| c == '*' || c == '＊' || c.is_whitespace()).to_lowercase()
        };
        let heading = plain(heading);
        let is = |column: &Column| {
            column.code() == heading || self.0.iter().any(|words| plain(&words.t(&column.key())) == heading)
        };
        Column::ALL.into_iter().find(is)
    }

    /// A level or kind by its word; what is no word stays as it is, to be refused as typed.
    pub fn code(&self, column: Column, cell: &str) -> String {
        let found = self.0.iter().find_map(|words| match column {
            Column::Level => coded(cell, levels(words).zip(Level::ALL.iter().map(|one| one.code()))),
            Column::Kind => coded(cell, kinds(words).zip(UnitKind::ALL.iter().map(|one| one.code()))),
            _ => None,
        });
        found.unwrap_or_else(|| cell.to_owned())
    }
}

fn coded(word: &str, mut codes: impl Iterator<Item = (String, &'static str)>) -> Option<String> {
    codes.find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, code)| code.to_owned())
}
