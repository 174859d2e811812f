//! Conditions of supervision in words: on the form, in a preview, and on the timeline where a
//! rule explains why it fired.

use crate::configuration::Name;
use crate::words;
use kernel::time::Zone;
use matters_rules::event::Why;
use matters_rules::watch::{Condition, Found, Met, WatchFact};
use platform::ui::Page;

/// `办理逾期 2 个工作日以上`.
pub fn condition_words(page: &Page, condition: &Condition) -> String {
    let value = match condition {
        Condition::Late(span) | Condition::Unsigned(span) | Condition::Report(span) if span.amount == 0 => {
            return page.t(&format!("{}-at-all", condition.fact().key()));
        }
        Condition::Late(span)
        | Condition::Unsigned(span)
        | Condition::Silent(span)
        | Condition::Report(span) => words::span(page, span),
        Condition::After(rule, span) => {
            return page.t2("watch-after-said", "rule", rule.as_str(), "value", words::span(page, span));
        }
        Condition::Light(light) => {
            page.t(&format!("watch-light-{}", matters_rules::watch::light_code(*light)))
        }
        Condition::Urgency(urgency) => page.t(urgency.key()),
        _ => condition.value(),
    };
    page.t1(&format!("{}-said", condition.fact().key()), "value", value)
}

/// Which rule fired, under which version, and what it found.
pub fn why_words(page: &Page, why: &Why, name: &Name) -> String {
    let met: Vec<String> = why.met.iter().map(|met| met_words(page, met)).collect();
    let names = [
        ("rule", name.in_locale(page.locale()).into()),
        ("version", why.version.into()),
        ("met", met.join(&page.t("watch-join")).into()),
    ];
    page.translator().ta("watch-why", &names)
}

fn met_words(page: &Page, met: &Met) -> String {
    let said = condition_words(page, &met.condition);
    match &met.found {
        Found::AsSaid => said,
        Found::Times(n) => page.t2("watch-found-times", "said", said, "n", *n),
        Found::Since(at) => {
            page.t2("watch-found-since", "said", said, "at", moment(page, &page.site.zone, *at, met))
        }
    }
}

/// A limit that ended at midnight ended with the day before.
fn moment(page: &Page, zone: &Zone, at: kernel::time::Instant, met: &Met) -> String {
    let is_due = matches!(met.condition.fact(), WatchFact::Late | WatchFact::Unsigned | WatchFact::Report);
    let local = zone.local(if is_due { at.plus_micros(-1) } else { at });
    let date = page.date(&local.date());
    if is_due && (local.hour(), local.minute()) == (23, 59) {
        date
    } else {
        format!("{date} {:02}:{:02}", local.hour(), local.minute())
    }
}
