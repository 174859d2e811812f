//! What a column is called, holds and how wide it is.

/// What kind of values a column holds; it decides the side they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts, wrapped within the column.
    Text,
    /// Whole numbers.
    Number,
    /// Percentages.
    Rate,
    /// Yuan.
    Money,
    /// Dates.
    Date,
    /// Dates with clock times.
    DateTime,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub(super) header: String,
    pub(super) kind: Kind,
    pub(super) width: u16,
    /// What a cell below may be, offered as a list; empty: anything.
    pub(super) choices: Vec<String>,
}

impl Column {
    /// A column that is `width` narrow characters wide (a Chinese one takes two).
    pub fn new(header: impl Into<String>, kind: Kind, width: u16) -> Self {
        Self { header: header.into(), kind, width: width.clamp(4, 100), choices: Vec::new() }
    }

    /// Offers these as a drop-down list to whoever fills the column in. Other entries are
    /// warned about, not refused: the import says what is wrong with them.
    #[must_use]
    pub fn choices(mut self, choices: impl IntoIterator<Item = String>) -> Self {
        self.choices = choices.into_iter().collect();
        self
    }

    /// A column of texts.
    pub fn text(header: impl Into<String>, width: u16) -> Self {
        Self::new(header, Kind::Text, width)
    }

    /// A column of whole numbers.
    pub fn number(header: impl Into<String>) -> Self {
        Self::new(header, Kind::Number, 11)
    }

    /// A column of percentages.
    pub fn rate(header: impl Into<String>) -> Self {
        Self::new(header, Kind::Rate, 11)
    }

    /// A column of money in yuan.
    pub fn money(header: impl Into<String>) -> Self {
        Self::new(header, Kind::Money, 16)
    }

    /// A column of dates.
    pub fn date(header: impl Into<String>) -> Self {
        Self::new(header, Kind::Date, 12)
    }

    /// A column of dates with clock times.
    pub fn datetime(header: impl Into<String>) -> Self {
        Self::new(header, Kind::DateTime, 17)
    }
}
