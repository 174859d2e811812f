//! When a message may leave the house: quiet hours, and the daily digest.

use super::Channel;
use kernel::time::{Date, Instant, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Hours in which nobody is disturbed, by the city's clock; they may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// First minute of the day, from 0.
    pub from: u16,
    /// The minute at which they are over.
    pub to: u16,
}

/// What a person chose. The list on the pages is always kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// The channels by which they want to be reached besides.
    pub channels: BTreeSet<Channel>,
    /// All of a day in one message, at this minute of the day; none: each at once.
    pub digest: Option<u16>,
    /// When not to be disturbed; what is urgent goes through.
    pub quiet: Option<Hours>,
}

impl Default for Choice {
    /// By e-mail at once, but not at night.
    fn default() -> Self {
        let night = Hours { from: 22 * 60, to: 7 * 60 };
        Self { channels: [Channel::Email].into(), digest: None, quiet: Some(night) }
    }
}

/// The moment from which a message may go: now, when the quiet hours end, or with the
/// day's digest. `urgent` ones wait for neither.
pub fn may_go_at(choice: &Choice, zone: &Zone, now: Instant, urgent: bool) -> Instant {
    if urgent {
        return now;
    }
    if let Some(minute) = choice.digest {
        return next(zone, now, minute);
    }
    match choice.quiet {
        Some(hours) if hours.holds(minute_of(zone, now)) => next(zone, now, hours.to),
        _ => now,
    }
}

impl Hours {
    fn holds(self, minute: u16) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

fn minute_of(zone: &Zone, now: Instant) -> u16 {
    let local = zone.local(now);
    u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0)
}

/// The next time the city's clocks show that minute of the day.
fn next(zone: &Zone, now: Instant, minute: u16) -> Instant {
    let part = |amount: u16| i8::try_from(amount).unwrap_or(0);
    let at = |date: Date| zone.instant(date.at(part(minute / 60 % 24), part(minute % 60), 0, 0));
    let today = zone.date_of(now);
    match at(today) {
        later if later > now => later,
        _ => today.tomorrow().map_or(now, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(choice: &Choice, at: &str, urgent: bool) -> String {
        let (zone, now) = (Zone::default(), Instant::parse(at).expect("a moment"));
        zone.local(may_go_at(choice, &zone, now, urgent)).to_string()
    }

    #[test]
    fn the_night_is_waited_out_unless_it_is_urgent() {
        let choice = Choice::default();
        assert_eq!(goes(&choice, "2026-11-18T21:59:00+08:00", false), "2026-11-18T21:59:00");
        assert_eq!(goes(&choice, "2026-11-18T22:00:00+08:00", false), "2026-11-19T07:00:00");
        assert_eq!(goes(&choice, "2026-11-19T06:59:59+08:00", false), "2026-11-19T07:00:00");
        assert_eq!(goes(&choice, "2026-11-19T07:00:00+08:00", false), "2026-11-19T07:00:00");
        assert_eq!(goes(&choice, "2026-11-18T23:30:00+08:00", true), "2026-11-18T23:30:00");
    }

    #[test]
    fn a_digest_goes_once_a_day() {
        let choice = Choice { digest: Some(8 * 60 + 30), ..Choice::default() };
        assert_eq!(goes(&choice, "2026-11-18T08:29:00+08:00", false), "2026-11-18T08:30:00");
        assert_eq!(goes(&choice, "2026-11-18T08:30:00+08:00", false), "2026-11-19T08:30:00");
        assert_eq!(goes(&choice, "2026-11-18T12:00:00+08:00", true), "2026-11-18T12:00:00");
    }

    #[test]
    fn hours_within_a_day_do_not_go_over_midnight() {
        let noon = Choice { quiet: Some(Hours { from: 720, to: 840 }), ..Choice::default() };
        assert_eq!(goes(&noon, "2026-11-18T13:00:00+08:00", false), "2026-11-18T14:00:00");
        assert_eq!(goes(&noon, "2026-11-18T23:00:00+08:00", false), "2026-11-18T23:00:00");
    }
}
