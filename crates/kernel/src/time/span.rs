//! How long someone has: an amount in one of the four time bases.
//! Written compactly in configuration and journals: `7wd`, `4wh`, `24h`, `3d`.

use super::instant::{HOUR, NATURAL_DAY};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeBase {
    /// Days on which offices work. "Day" means this unless natural is said.
    WorkingDays,
    /// Hours within the working intervals of working days.
    WorkingHours,
    /// Hours round the clock (water, power, safety).
    NaturalHours,
    /// Every day of the calendar (statutory tracks such as arrears).
    NaturalDays,
}

/// A limit's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// What is counted.
    pub base: TimeBase,
    /// How many of it.
    pub amount: u32,
}

/// A text that is not a span.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a span of at most {max}, such as 7wd, 4wh, 24h or 3d", max = Span::MAX_AMOUNT)]
pub struct SpanError(pub String);

impl TimeBase {
    /// Whether whole days are counted, rather than hours.
    pub const fn counts_days(self) -> bool {
        matches!(self, Self::WorkingDays | Self::NaturalDays)
    }

    /// The identifier and version of the rule by which this base counts; explanations
    /// carry it, and it changes when the rule does.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::WorkingDays => "working-days/1",
            Self::WorkingHours => "working-hours/1",
            Self::NaturalHours => "natural-hours/1",
            Self::NaturalDays => "natural-days/1",
        }
    }

    /// How a span of it is written behind the number: `wd`, `wh`, `h`, `d`.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::WorkingDays => "wd",
            Self::WorkingHours => "wh",
            Self::NaturalHours => "h",
            Self::NaturalDays => "d",
        }
    }
}

impl Span {
    /// The largest amount that [`Span::parse`] reads: some forty years of working days.
    pub const MAX_AMOUNT: u32 = 10_000;

    /// That many working days.
    pub const fn working_days(amount: u32) -> Self {
        Self { base: TimeBase::WorkingDays, amount }
    }

    /// That many working hours.
    pub const fn working_hours(amount: u32) -> Self {
        Self { base: TimeBase::WorkingHours, amount }
    }

    /// That many natural hours.
    pub const fn natural_hours(amount: u32) -> Self {
        Self { base: TimeBase::NaturalHours, amount }
    }

    /// That many natural days.
    pub const fn natural_days(amount: u32) -> Self {
        Self { base: TimeBase::NaturalDays, amount }
    }

    /// Reads the compact form.
    ///
    /// # Errors
    /// The text is not a number of at most [`Span::MAX_AMOUNT`] followed by a known suffix.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError(text.to_owned());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, suffix) = text.split_at(digits);
        let base =
            [TimeBase::WorkingDays, TimeBase::WorkingHours, TimeBase::NaturalHours, TimeBase::NaturalDays]
                .into_iter()
                .find(|base| base.suffix() == suffix)
                .ok_or_else(wrong)?;
        match number.parse() {
            Ok(amount) if amount <= Self::MAX_AMOUNT => Ok(Self { base, amount }),
            _ => Err(wrong()),
        }
    }

    /// The length in microseconds of running time: for hours as they are, for natural
    /// days 24 hours each, for working days `working_day` each.
    pub(super) const fn micros(self, working_day: i64) -> i64 {
        let unit = match self.base {
            TimeBase::WorkingDays => working_day,
            TimeBase::WorkingHours | TimeBase::NaturalHours => HOUR,
            TimeBase::NaturalDays => NATURAL_DAY,
        };
        unit.saturating_mul(self.amount as i64)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.base.suffix())
    }
}

impl std::str::FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}
