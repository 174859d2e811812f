//! Times, lights and rows in plain words.

use kernel::time::{Instant, Light, Remaining};
use matters::read::UnitName;
use matters::{Row, words};
use matters_rules::Phase;
use platform::App;
use platform::ui::Page;

/// Says what a row holds in the page's language.
#[derive(Clone)]
pub(crate) struct Words {
    page: Page,
    now: Instant,
}

impl Words {
    /// The words of a page.
    pub fn of(app: &App, page: &Page) -> Self {
        Self { page: page.clone(), now: app.now() }
    }

    /// Date and time, with the year where it is another.
    pub fn moment(&self, at: &Instant) -> String {
        let zone = &self.page.site.zone;
        let local = zone.local(*at);
        let this_year = zone.date_of(self.now).year() == local.year();
        let date =
            if this_year { self.page.short_date(&local.date()) } else { self.page.date(&local.date()) };
        format!("{date} {:02}:{:02}", local.hour(), local.minute())
    }

    /// When something is due: midnight belongs to the day it ends.
    pub fn due(&self, at: &Instant) -> String {
        let whole = self.moment(&at.plus_micros(-1));
        whole.strip_suffix(" 23:59").map_or_else(|| self.moment(at), str::to_owned)
    }

    /// How much is left, or by how much it is over.
    pub fn remaining(&self, remaining: &Remaining) -> String {
        words::remaining(&self.page, remaining)
    }

    /// The name of a light's colour and shape in `ui::light`.
    pub fn colour(&self, light: &Light) -> &'static str {
        match light {
            Light::Green => "green",
            Light::Yellow => "yellow",
            Light::Red | Light::Gross => "red",
        }
    }

    /// The title, or that it is withheld.
    pub fn title(&self, row: &Row) -> String {
        row.title.clone().unwrap_or_else(|| self.page.t("supervision-title-withheld"))
    }

    /// The state of the assignment, or of the matter.
    pub fn state(&self, row: &Row) -> String {
        match (&row.node_state, row.phase) {
            (Some(state), _) => self.page.t(&format!("node-state-{state}")),
            (None, Some(phase)) => self.page.t(&format!("phase-{}", Phase::code(phase))),
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

    /// What is remarkable about a row, each with its tone.
    pub fn marks(&self, row: &Row) -> Vec<(String, &'static str)> {
        let watched = &row.watched;
        let mut marks = Vec::new();
        if let Some(kind) = row.paused {
            marks.push((self.page.t(kind.key()), "neutral"));
        }
        if row.light == Some(Light::Gross) {
            marks.push((self.page.t("supervision-gross"), "danger"));
        }
        let counted = [
            ("supervision-mark-objections", watched.objections),
            ("supervision-mark-reassignments", watched.reassignments),
            ("supervision-mark-redos", watched.redos),
            ("supervision-mark-returns", watched.returns),
            ("supervision-mark-measures", watched.measures),
        ];
        for (key, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
            marks.push((self.page.t1(key, "n", n), "warning"));
        }
        marks
    }
}
