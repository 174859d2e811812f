//! The categories a text may be of, with what speaks for each: its words, similar cases, and
//! who usually leads it.

use kernel::permission::Grant;
use matters::categories;
use matters::configuration::Name;
use matters::search::{Compared, Fitting, fitting};
use platform::ui::{Choice, Page};
use platform::{App, Failure};
use store::Query;

/// A category that may fit, not yet in anyone's language.
#[derive(Clone, Debug)]
pub struct Likely {
    fitting: Fitting,
    name: Name,
    group: Name,
    leads: Vec<Name>,
}

/// Looks up what may fit.
///
/// # Errors
/// Whatever the store says.
pub fn look_up(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
) -> Result<Vec<Likely>, Failure> {
    let found = fitting(query, app, grants, like)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let (categories, routing) = (categories::in_force(query, app)?, matters::routing::in_force(query, app)?);
    let likely = |fitting: Fitting| {
        let category = categories.offer(&fitting.code)?;
        let departments = category.leads.iter().filter_map(|kind| routing.department(kind));
        Some(Likely {
            name: category.name.clone(),
            group: category.group_name.clone(),
            leads: departments.map(|department| department.name.clone()).collect(),
            fitting,
        })
    };
    Ok(found.into_iter().filter_map(likely).collect())
}

impl Likely {
    /// Its code.
    pub fn code(&self) -> &str {
        &self.fitting.code
    }

    /// Its name under its group's.
    pub fn name(&self, page: &Page) -> String {
        let locale = page.locale();
        format!("{} / {}", self.group.in_locale(locale), self.name.in_locale(locale))
    }

    /// What speaks for it, in one line.
    pub fn why(&self, page: &Page) -> String {
        let join = page.t("desk-list-join");
        let mut reasons = Vec::new();
        if !self.fitting.words.is_empty() {
            reasons.push(page.t1("desk-likely-words", "words", self.fitting.words.join(&join)));
        }
        if !self.fitting.cases.is_empty() {
            reasons.push(page.t1("desk-likely-cases", "numbers", self.fitting.cases.join(&join)));
        }
        if !self.leads.is_empty() {
            let leads: Vec<&str> = self.leads.iter().map(|name| name.in_locale(page.locale())).collect();
            reasons.push(page.t1("desk-likely-leads", "leads", leads.join(&join)));
        }
        reasons.join(" · ")
    }

    /// As a form offers it.
    pub fn choice(&self, page: &Page) -> Choice {
        Choice::new(self.code(), self.name(page)).hint(self.why(page))
    }
}
