//! Spans of time in plain words, the same on every page.

use kernel::time::{Remaining, Span, TimeBase};
use platform::ui::Page;

/// `7 个工作日`.
pub fn span(page: &Page, span: &Span) -> String {
    page.t1(span_key(span.base), "n", span.amount)
}

/// How much is left, or by how much it is over: `剩 2 个工作日 3 小时`.
pub fn remaining(page: &Page, remaining: &Remaining) -> String {
    let Remaining { late, base, days, hours, minutes } = *remaining;
    let part = |key: &str, n: u32| page.t1(key, "n", n);
    let mut amount = Vec::new();
    match (days, base) {
        (0, _) => {}
        (days, TimeBase::WorkingDays) => amount.push(part(span_key(base), days)),
        (days, _) => amount.push(part(span_key(TimeBase::NaturalDays), days)),
    }
    if hours > 0 {
        amount.push(part("remaining-hours", hours));
    }
    if amount.is_empty() || (days == 0 && minutes > 0) {
        amount.push(part("remaining-minutes", minutes));
    }
    page.t1(if late { "remaining-over" } else { "remaining-left" }, "amount", amount.join(" "))
}

fn span_key(base: TimeBase) -> &'static str {
    match base {
        TimeBase::WorkingDays => "span-working-days",
        TimeBase::WorkingHours => "span-working-hours",
        TimeBase::NaturalHours => "span-natural-hours",
        TimeBase::NaturalDays => "span-natural-days",
    }
}
