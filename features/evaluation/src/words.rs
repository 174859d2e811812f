//! Times and titles in plain words.

use kernel::time::{Instant, Light, Remaining};
use matters::{Row, words};
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
        row.title.clone().unwrap_or_else(|| self.page.t("evaluation-title-withheld"))
    }
}
