//! Clocks and limits, checked against published vectors, worked examples and an oracle
//! that counts naively, day by day and minute by minute.

mod calendar;
mod chain;
mod examples;
mod light;
mod oracle;
mod properties;
mod vectors;

use tongxin_kernel::time::{Calendar, Date, DateTime, Instant, Pause};

/// The moment when clocks in the calendar's zone show `local`.
fn at(calendar: &Calendar, local: &str) -> Instant {
    let local: DateTime = local.parse().expect("a local time");
    calendar.zone().instant(local)
}

fn local(calendar: &Calendar, at: Instant) -> String {
    calendar.zone().local(at).to_string()
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn pause(calendar: &Calendar, from: &str, to: &str) -> Pause {
    Pause::closed(at(calendar, from), at(calendar, to))
}
