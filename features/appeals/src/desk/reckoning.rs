//! A limit explained in words: which days counted, which did not and why, under which
//! version of rule and calendar.

use super::words::Words;
use kernel::time::{CountReason, CountedDay, Explanation, SkipReason, SkippedDay};
use matters::LimitView;
use platform::ui::{Arg, Page};

/// Days listed one by one; more are said as a number.
const LISTED: usize = 40;

/// The explanation of one limit, ready to print.
pub struct Reckoning {
    /// What limit it is.
    pub name: String,
    /// When it is due.
    pub due: String,
    /// What is left or how it ended.
    pub left: String,
    /// Colour of its light.
    pub colour: &'static str,
    /// "From … on, 7 working days."
    pub rule: String,
    /// Days that counted.
    pub counted: Vec<String>,
    /// Days that did not, with their reasons.
    pub skipped: Vec<String>,
    /// Pauses, extensions and caps, one sentence each.
    pub changes: Vec<String>,
    /// Version of rule and calendar.
    pub versions: String,
}

impl Reckoning {
    /// Explains a limit; `key` names it.
    pub fn of(page: &Page, words: &Words, key: &str, limit: &LimitView) -> Self {
        let why = &limit.explanation;
        let span = words.span(&why.span);
        Self {
            name: page.t(key),
            due: words.due(limit),
            left: words.left(limit),
            colour: words.colour(&limit.light),
            rule: page.t2("desk-why-rule", "start", words.moment(&why.start), "span", span),
            counted: listed(
                page,
                why.counted.iter().map(|day| counted(page, words, day)),
                why.unlisted_counted,
            ),
            skipped: listed(
                page,
                why.skipped.iter().map(|day| skipped(page, words, day)),
                why.unlisted_skipped,
            ),
            changes: changes(page, words, why),
            versions: page.t2("desk-why-versions", "rule", &why.rule, "calendar", &why.calendar),
        }
    }
}

fn listed(page: &Page, days: impl Iterator<Item = String>, unlisted: u32) -> Vec<String> {
    let mut days: Vec<String> = days.collect();
    let more = days.len().saturating_sub(LISTED) + unlisted as usize;
    days.truncate(LISTED);
    if more > 0 {
        days.push(page.t1("desk-why-more", "n", more));
    }
    days
}

fn counted(page: &Page, words: &Words, day: &CountedDay) -> String {
    let date = words.weekday(&day.date);
    let mut said = match (day.reason, &day.name) {
        (CountReason::MakeUpDay, Some(name)) => page.t2("desk-why-make-up-of", "date", date, "name", name),
        (CountReason::MakeUpDay, None) => page.t1("desk-why-make-up", "date", date),
        _ => date,
    };
    if let Some(minutes) = day.minutes {
        let amount: [(&'static str, Arg); 2] =
            [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
        said += &page.ta("desk-why-minutes", amount);
    }
    said
}

fn skipped(page: &Page, words: &Words, day: &SkippedDay) -> String {
    let reason = match (day.reason, &day.name) {
        (SkipReason::Holiday, Some(name)) => name.clone(),
        (reason, _) => page.t(&format!("desk-why-{}", reason.code())),
    };
    page.t2("desk-why-skipped-day", "date", words.weekday(&day.date), "reason", reason)
}

fn changes(page: &Page, words: &Words, why: &Explanation) -> Vec<String> {
    let mut said: Vec<String> = why
        .extensions
        .iter()
        .map(|extension| {
            page.t2(
                "desk-why-extended",
                "span",
                words.span(&extension.by),
                "from",
                words.date(&extension.from_date),
            )
        })
        .collect();
    said.extend(why.paused.iter().map(|pause| {
        let until = pause.to.map_or_else(|| page.t("desk-why-still"), |until| words.moment(&until));
        page.t2("desk-why-paused-from", "from", words.moment(&pause.from), "until", until)
    }));
    if let Some(cap) = &why.capped {
        said.push(page.t1(&format!("desk-why-cap-{}", cap.because.code()), "own", words.date(&cap.own_date)));
    }
    if !why.fallback_years.is_empty() {
        said.push(page.t("desk-why-fallback"));
    }
    said
}
