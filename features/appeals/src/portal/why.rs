//! Why a date is what it is, in plain words: which days counted, which did not and why,
//! by which calendar.

use super::words;
use kernel::time::{CountReason, CountedDay, Date, Explanation, SkipReason, SkippedDay, TimeBase};
use platform::ui::{Locale, Page};

/// The words of an explanation.
pub struct Why {
    /// From when, how long, counted how.
    pub rule: String,
    /// The days that counted; empty for hour limits, where no day counts as a whole.
    pub counted: String,
    /// The days that did not.
    pub skipped: String,
    /// Extensions, pauses, years without a published calendar.
    pub notes: Vec<String>,
    /// The rule's and the calendar's version.
    pub version: String,
}

/// Days named before "and n more".
const NAMED: usize = 12;

/// Puts an explanation into words.
pub fn why(page: &Page, told: &Explanation) -> Why {
    let rule = match told.span.base {
        TimeBase::WorkingDays => "portal-why-working-days",
        TimeBase::WorkingHours => "portal-why-working-hours",
        TimeBase::NaturalHours => "portal-why-hours",
        TimeBase::NaturalDays => "portal-why-days",
    };
    Why {
        rule: page.t2(rule, "start", page.datetime(&told.start), "span", words::span(page, told.span)),
        counted: if told.span.base.counts_days() { counted(page, told) } else { String::new() },
        skipped: skipped(page, told),
        notes: notes(page, told),
        version: page.t2("portal-why-version", "rule", &told.rule, "calendar", &told.calendar),
    }
}

fn counted(page: &Page, told: &Explanation) -> String {
    let total = told.counted.len() + told.unlisted_counted as usize;
    list(page, told.counted.iter().map(|day| counted_day(page, day)), total)
}

fn counted_day(page: &Page, day: &CountedDay) -> String {
    let date = page.short_date(&day.date);
    match day.reason {
        CountReason::MakeUpDay => page.t1("portal-why-make-up", "date", date),
        CountReason::Weekday | CountReason::Natural => date,
    }
}

/// Days off that follow each other for one reason are said in one breath.
fn skipped(page: &Page, told: &Explanation) -> String {
    let mut runs: Vec<(&SkippedDay, Date)> = Vec::new();
    for day in &told.skipped {
        match runs.last_mut() {
            Some((first, last))
                if first.reason == day.reason
                    && first.name == day.name
                    && last.tomorrow().is_ok_and(|next| next == day.date) =>
            {
                *last = day.date;
            }
            _ => runs.push((day, day.date)),
        }
    }
    let more = told.unlisted_skipped as usize;
    list(page, runs.iter().map(|(first, last)| skipped_run(page, first, *last)), runs.len() + more)
}

fn skipped_run(page: &Page, first: &SkippedDay, last: Date) -> String {
    let reason = match (&first.name, first.reason) {
        // Holidays are named by the State Council's notice, in Chinese.
        (Some(name), SkipReason::Holiday) if page.locale() == Locale::ZhCn => name.clone(),
        (_, reason) => page.t(&format!("portal-skip-{}", reason.code().replace('_', "-"))),
    };
    let from = page.short_date(&first.date);
    let date = if first.date == last {
        from
    } else {
        page.t2("portal-date-range", "from", from, "to", page.short_date(&last))
    };
    page.t2("portal-why-skip", "date", date, "reason", reason)
}

fn notes(page: &Page, told: &Explanation) -> Vec<String> {
    let extended = told.extensions.iter().map(|extension| {
        page.t2(
            "portal-why-extended",
            "by",
            words::span(page, extension.by),
            "from",
            page.date(&extension.from_date),
        )
    });
    let paused = told.paused.iter().map(|pause| {
        let from = page.day(&pause.from);
        match &pause.to {
            Some(to) => page.t2("portal-why-paused", "from", from, "to", page.day(to)),
            None => page.t1("portal-why-paused-open", "from", from),
        }
    });
    let fallback =
        told.fallback_years.iter().map(|year| page.t1("portal-why-fallback", "year", year.to_string()));
    extended.chain(paused).chain(fallback).collect()
}

fn list(page: &Page, items: impl Iterator<Item = String>, total: usize) -> String {
    let named: Vec<String> = items.take(NAMED).collect();
    let joined = named.join(&page.t("portal-list-comma"));
    match total.saturating_sub(named.len()) {
        0 => joined,
        more => page.t2("portal-list-more", "list", joined, "more", more),
    }
}
