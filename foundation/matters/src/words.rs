//! Times, limits and rows in plain words, the same on every page.

use crate::read::{Row, UnitName};
use kernel::time::{Date, Instant, Light, Remaining, Span, TimeBase};
use matters_rules::authority::Most;
use platform::App;
use platform::ui::Page;

/// Says what a row holds in the page's language.
#[derive(Clone)]
pub struct Words {
    page: Page,
    now: Instant,
}

impl Words {
    /// The words of a page.
    pub fn of(app: &App, page: &Page) -> Self {
        Self { page: page.clone(), now: app.now() }
    }

    /// `11月23日 16:40`, with the year where it is another.
    pub fn moment(&self, at: &Instant) -> String {
        let local = self.page.site.zone.local(*at);
        format!("{} {:02}:{:02}", self.date(&local.date()), local.hour(), local.minute())
    }

    /// `11月23日`, with the year where it is another.
    pub fn date(&self, date: &Date) -> String {
        let this_year = self.page.site.zone.date_of(self.now).year();
        if date.year() == this_year { self.page.short_date(date) } else { self.page.date(date) }
    }

    /// When something is due: midnight belongs to the day it ends.
    pub fn due(&self, at: &Instant) -> String {
        let local = self.page.site.zone.local(at.plus_micros(-1));
        if local.hour() == 23 && local.minute() == 59 { self.date(&local.date()) } else { self.moment(at) }
    }

    /// How much is left, or by how much it is over.
    pub fn remaining(&self, left: &Remaining) -> String {
        remaining(&self.page, left)
    }

    /// See [`colour`].
    pub fn colour(&self, light: &Light) -> &'static str {
        colour(Some(*light))
    }

    /// See [`lights`].
    pub fn lights(&self, row: &Row) -> Vec<(&'static str, String)> {
        lights(&self.page, row)
    }

    /// See [`beyond`].
    pub fn beyond(&self, most: &Most) -> String {
        beyond(&self.page, most)
    }

    /// The title, or that it is withheld.
    pub fn title(&self, row: &Row) -> String {
        row.title.clone().unwrap_or_else(|| self.page.t("matter-title-withheld"))
    }

    /// The state of the assignment, or of the matter.
    pub fn state(&self, row: &Row) -> String {
        match (&row.node_state, row.phase) {
            (Some(state), _) => self.page.t(&format!("node-state-{state}")),
            (None, Some(phase)) => self.page.t(&format!("phase-{}", phase.code())),
            (None, None) => String::new(),
        }
    }

    /// Who has it.
    pub fn unit(&self, row: &Row) -> String {
        row.unit.as_ref().map_or_else(String::new, |unit| self.name(unit))
    }

    /// A unit's short name.
    pub fn name(&self, unit: &UnitName) -> String {
        unit.brief(self.page.locale()).to_owned()
    }
}

/// The name of a light's colour and shape in `ui::light`.
pub fn colour(light: Option<Light>) -> &'static str {
    match light {
        Some(Light::Green) => "green",
        Some(Light::Yellow) => "yellow",
        Some(Light::Red) => "red",
        Some(Light::Gross) => "gross",
        None => "grey",
    }
}

/// The lights of a row, each with what is left of it: of signing, while nobody has signed, and of
/// what is next. None where no clock runs.
pub fn lights(page: &Page, row: &Row) -> Vec<(&'static str, String)> {
    let signing = row.signing.map(|signing| {
        let left = remaining(page, &signing.remaining);
        (colour(Some(signing.light)), page.t1("light-to-sign", "left", left))
    });
    let next = row.light.zip(row.remaining);
    let next = next.map(|(light, left)| (colour(Some(light)), remaining(page, &left)));
    signing.into_iter().chain(next).collect()
}

/// How far a request goes beyond what the reader may grant, and who decides on it.
pub fn beyond(page: &Page, most: &Most) -> String {
    match most {
        most if most.is_nothing() => page.t("beyond-own-limit-none"),
        Most::Time(most) => page.t1("beyond-own-limit", "most", span(page, most)),
        Most::Times(most) => page.t1("beyond-own-limit-times", "most", *most),
    }
}

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
