//! Approved intervals during which an assignment's clock stands still.
//! Only assignments pause; the appellant's own clock never does.

use super::Instant;
use serde::{Deserialize, Serialize};

/// An approved interval from `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// When the clock stops.
    pub from: Instant,
    /// When it runs again; `None` while that is not known.
    pub to: Option<Instant>,
}

impl Pause {
    /// An interval whose end is known.
    pub const fn closed(from: Instant, to: Instant) -> Self {
        Self { from, to: Some(to) }
    }

    /// An interval that still runs.
    pub const fn open(from: Instant) -> Self {
        Self { from, to: None }
    }
}

/// Pauses as disjoint intervals in order of time: overlapping and touching ones are one,
/// empty ones are gone.
#[derive(Clone, Debug)]
pub(super) struct Pauses(Vec<Stop>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stop {
    from: Instant,
    to: Instant,
    open: bool,
}

impl Pauses {
    /// One still running is taken to last until `now`; without a `now` it has no effect.
    pub(super) fn merged(pauses: &[Pause], now: Option<Instant>) -> Self {
        let mut stops: Vec<Stop> = pauses
            .iter()
            .map(|pause| Stop {
                from: pause.from,
                to: pause.to.or(now).unwrap_or(pause.from),
                open: pause.to.is_none(),
            })
            .filter(|stop| stop.from < stop.to)
            .collect();
        stops.sort_unstable();
        let mut merged: Vec<Stop> = Vec::with_capacity(stops.len());
        for stop in stops {
            match merged.last_mut() {
                Some(last) if stop.from <= last.to => {
                    last.to = last.to.max(stop.to);
                    last.open |= stop.open;
                }
                _ => merged.push(stop),
            }
        }
        Self(merged)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pauses that share time with `from..to`, as explanations show them.
    pub(super) fn shown_within(&self, from: Instant, to: Instant) -> Vec<Pause> {
        self.within(from, to)
            .map(|stop| Pause { from: stop.from, to: (!stop.open).then_some(stop.to) })
            .collect()
    }

    /// Whether the clock stood still at any time in `from..to`.
    pub(super) fn touch(&self, from: Instant, to: Instant) -> bool {
        from < to && self.within(from, to).next().is_some()
    }

    /// The parts of `from..to` during which the clock runs, in order.
    pub(super) fn running(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let mut parts = Vec::new();
        let mut cursor = from;
        for stop in self.within(from, to) {
            if cursor < stop.from {
                parts.push((cursor, stop.from));
            }
            cursor = stop.to;
        }
        if cursor < to {
            parts.push((cursor, to));
        }
        parts
    }

    fn within(&self, from: Instant, to: Instant) -> impl Iterator<Item = &Stop> {
        let first = self.0.partition_point(|stop| stop.to <= from);
        self.0[first..].iter().take_while(move |stop| stop.from < to)
    }
}
