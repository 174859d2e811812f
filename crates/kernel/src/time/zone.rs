//! The time zone people live in: local dates and clock times, and when they are.
//! Zone data is bundled, so every machine answers alike.

use super::{Date, DateTime, Instant};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A time zone by its IANA name. The default is Asia/Shanghai.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A name that is no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an IANA time zone, such as Asia/Shanghai")]
pub struct ZoneError(pub String);

impl Zone {
    /// The zone of that IANA name, whatever its case.
    ///
    /// # Errors
    /// No zone has that name.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        match TimeZone::get(name) {
            Ok(zone) if zone.iana_name().is_some() => Ok(Self(zone)),
            _ => Err(ZoneError(name.to_owned())),
        }
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().expect("only named zones are constructed")
    }

    /// The wall clock at that moment.
    pub fn local(&self, at: Instant) -> DateTime {
        self.0.to_datetime(at.timestamp())
    }

    /// The calendar date at that moment.
    pub fn date_of(&self, at: Instant) -> Date {
        self.local(at).date()
    }

    /// When the wall clock shows `local`: the first time if it shows it twice, and the
    /// same distance after the change if the change skips it.
    pub fn instant(&self, local: DateTime) -> Instant {
        match self.0.to_ambiguous_timestamp(local).compatible() {
            Ok(timestamp) => Instant::from_micros(timestamp.as_microsecond()),
            Err(_) if local.year() < 1970 => Instant::MIN,
            Err(_) => Instant::MAX,
        }
    }

    /// The first moment of the date.
    pub fn start_of_day(&self, date: Date) -> Instant {
        self.instant(date.to_datetime(jiff::civil::Time::midnight()))
    }

    /// 24:00 of the date, which is the first moment of the next.
    pub fn end_of_day(&self, date: Date) -> Instant {
        match date.tomorrow() {
            Ok(next) => self.start_of_day(next),
            Err(_) => Instant::MAX,
        }
    }

    /// RFC 3339 with this zone's offset and whole seconds, e.g. `2022-04-02T11:40:00+08:00`.
    pub fn rfc3339(&self, at: Instant) -> String {
        let offset = self.0.to_offset(at.timestamp());
        at.timestamp().display_with_offset(offset).to_string()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::named("Asia/Shanghai").expect("the bundled zone data has Asia/Shanghai")
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).map_err(de::Error::custom)
    }
}
