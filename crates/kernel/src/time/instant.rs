//! A moment, the same for everyone: microseconds since 1970-01-01T00:00:00Z.
//! Journals show it as RFC 3339 in UTC, so that people can read them.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

pub(super) const SECOND: i64 = 1_000_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const NATURAL_DAY: i64 = 24 * HOUR;

/// A moment in microseconds since the Unix epoch, UTC, between the years 1 and 9999.
/// Arithmetic stops at these bounds instead of wrapping round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A text that is not a moment with its offset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an RFC 3339 time with offset, such as 2022-04-01T08:40:00Z")]
pub struct InstantError(pub String);

impl Instant {
    /// 0001-01-02T00:00:00Z, early enough for any record.
    pub const MIN: Self = Self(-62_135_510_400 * SECOND);
    /// 9999-12-30T00:00:00Z, late enough for any limit.
    pub const MAX: Self = Self(253_402_128_000 * SECOND);

    /// The moment that many microseconds after the epoch, held within the bounds.
    pub const fn from_micros(micros: i64) -> Self {
        if micros < Self::MIN.0 {
            Self::MIN
        } else if micros > Self::MAX.0 {
            Self::MAX
        } else {
            Self(micros)
        }
    }

    /// Microseconds since the epoch: the number stored in the database.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with any offset; digits beyond the microsecond are dropped.
    ///
    /// # Errors
    /// The text is not a time, lacks its offset or lies outside the bounds.
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        let timestamp: Timestamp = text.parse().map_err(|_| InstantError(text.to_owned()))?;
        let micros = timestamp.as_microsecond();
        if (Self::MIN.0..=Self::MAX.0).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(InstantError(text.to_owned()))
        }
    }

    /// The moment that many microseconds later (earlier when negative).
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// The moment that many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(SECOND))
    }

    /// The moment that many minutes later.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_micros(minutes.saturating_mul(60_000_000))
    }

    /// The moment that many hours of 60 minutes later.
    #[must_use]
    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus_micros(hours.saturating_mul(HOUR))
    }

    /// The moment that many times 24 hours later, whatever the local clocks do.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_micros(days.saturating_mul(NATURAL_DAY))
    }

    /// Microseconds from `earlier` to here; negative if it is in truth later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    pub(super) fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).expect("the bounds lie within those of Timestamp")
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.timestamp())
    }
}

impl std::str::FromStr for Instant {
    type Err = InstantError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}
