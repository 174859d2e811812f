//! Rows that are stretches of time: each with what was there when it began, what came and
//! went, and what is left.

use super::Line;
use kernel::time::Date;
use matters::figures::Asked;
use matters_rules::figures::{Breakdown, By, Cell, Figures, Tally, bucket};
use platform::App;
use platform::ui::{Translator, format};

/// Stretches shown where no first day is asked for.
const DAYS: usize = 30;
const WEEKS: usize = 12;
const MONTHS: usize = 12;
/// The most stretches of one table; more days than these say nothing.
const MOST: usize = 400;

/// The question with a first day, where stretches of time need one.
pub(super) fn with_period(app: &App, asked: &Asked, by: By) -> Asked {
    if !by.is_series() {
        return asked.clone();
    }
    let as_of = asked.as_of.unwrap_or_else(|| app.config.zone.date_of(app.now()));
    let (most, usual) = match by {
        By::Week => (MOST, WEEKS),
        By::Month => (MOST, MONTHS),
        _ => (MOST, DAYS),
    };
    let earliest = back(by, as_of, most);
    let from = asked.from.map_or_else(|| back(by, as_of, usual), |from| from.max(earliest));
    Asked { from: Some(from), as_of: Some(as_of), unit: asked.unit.clone() }
}

/// First day of the stretch that is `stretches` long counted back from that of the day.
fn back(by: By, day: Date, stretches: usize) -> Date {
    let firsts = std::iter::successors(Some(bucket(by, day).0), |first| {
        first.yesterday().ok().map(|day| bucket(by, day).0)
    });
    firsts.take(stretches).last().unwrap_or(day)
}

/// A row for every stretch of the period, also where nothing happened.
pub(super) fn lines(words: &Translator, breakdown: &Breakdown, total: &Figures) -> Vec<Line> {
    let (Some(by), Some(from)) = (breakdown.by, breakdown.from) else {
        return Vec::new();
    };
    let mut open = total.count(Cell::CarriedOver);
    let mut lines = Vec::new();
    let mut first = bucket(by, from).0;
    while first <= breakdown.as_of {
        let (_, last) = bucket(by, first);
        let key = first.to_string();
        let (shown_first, shown_last) = (first.max(from), last.min(breakdown.as_of));
        let mut own = Figures::new(shown_last, Some(shown_first));
        if let Some(flows) = breakdown.rows().get(&key) {
            own.merge(flows);
        }
        let before = open;
        open = (open + own.count(Cell::PeriodAccepted) + own.count(Cell::PeriodReopened))
            .saturating_sub(own.count(Cell::PeriodClosed));
        own.add(&Tally::from([(Cell::CarriedOver, before), (Cell::Open, open)]));
        let name = name(words, by, shown_first, shown_last);
        lines.push(Line { key, name, depth: 0, level: None, sum: own.clone(), own, branch: false });
        match last.tomorrow() {
            Ok(next) => first = next,
            Err(_) => break,
        }
    }
    lines
}

fn name(words: &Translator, by: By, first: Date, last: Date) -> String {
    let locale = words.locale();
    match by {
        By::Month if bucket(by, first) == (first, last) => words.ta(
            "statistics-month",
            &[("year", first.year().to_string().into()), ("month", i64::from(first.month()).into())],
        ),
        By::Week | By::Month => {
            format!("{} – {}", format::date(locale, first), format::short_date(locale, last))
        }
        _ => format::date(locale, first),
    }
}
