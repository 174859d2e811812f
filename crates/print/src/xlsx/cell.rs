//! What a cell holds.

use kernel::time::{Date, DateTime};

/// A value in a cell. There is no formula among them.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, shown as it is whatever it begins with.
    Text(String),
    /// A whole number, in groups of three.
    Number(i64),
    /// `n` of `of` in percent with one decimal; a dash where there is nothing to divide by.
    Rate {
        /// How many.
        n: u64,
        /// Of how many.
        of: u64,
    },
    /// Money in whole fen, shown in yuan with two decimals.
    Money(i64),
    /// A date.
    Date(Date),
    /// A date and clock time in the zone people live in, to the minute
    /// (`zone.local(instant)`).
    DateTime(DateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<DateTime> for Cell {
    fn from(at: DateTime) -> Self {
        Self::DateTime(at)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
