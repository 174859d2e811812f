//! The register a page is about, and what stands around each of its pages.

use crate::ask::may_ever;
use crate::show;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::ui::{Page, Tab};
use platform::web::Staff;
use platform::{App, Failure};
use registers::read::{self, places};
use registers::rules::Definition;
use registers::rules::definition::Kind;
use std::sync::Arc;
use store::Query;

/// The city's date.
pub(crate) fn today(app: &App) -> Date {
    app.config.zone.date_of(app.now())
}

/// The register of that code.
pub(crate) fn register(q: &mut dyn Query, app: &App, code: &str) -> Result<Arc<Definition>, Failure> {
    read::in_force(q, app, code)?.ok_or(Failure::NotFound)
}

/// What each page of a register shows around its own content.
pub(crate) struct Frame {
    /// The definition in force.
    pub definition: Arc<Definition>,
    /// The register's pages.
    pub tabs: Vec<Tab>,
    /// Whether the reader may record anywhere in it.
    pub may_write: bool,
}

impl Frame {
    /// Around the page that `current` names.
    pub fn new(staff: &Staff, page: &Page, definition: Arc<Definition>, current: &str) -> Self {
        let grants = &staff.person.grants;
        let code = &definition.code;
        let mut tabs = Vec::new();
        let mut tab = |name: &str, key: &str, path: &str| {
            tabs.push(Tab {
                label: page.t(key),
                href: format!("/registers/{code}{path}"),
                count: None,
                current: name == current,
            });
        };
        tab("list", "register-tab-list", "");
        if !definition.stages.is_empty() {
            tab("board", "register-tab-board", "/board");
        }
        if has_days(&definition) {
            tab("calendar", "register-tab-calendar", "/calendar");
        }
        if places::known(&definition) {
            tab("map", "register-tab-map", "/map");
        }
        tab("figures", "register-tab-figures", "/figures");
        if definition.coverage.is_some() {
            tab("coverage", "register-tab-coverage", "/coverage");
        }
        tab("definition", "register-tab-definition", "/definition");
        let may_write = may_ever(grants, Permission::RegisterWrite);
        Self { definition, tabs, may_write }
    }

    /// What the register is for.
    pub fn about(&self, page: &Page) -> String {
        show::name(page, &self.definition.about).to_owned()
    }

    /// The register's name.
    pub fn name(&self, page: &Page) -> String {
        show::name(page, &self.definition.name).to_owned()
    }
}

/// Whether a register has something to put into a calendar.
pub(crate) fn has_days(definition: &Definition) -> bool {
    definition.follow_up.is_some()
        || definition.of_kind(|kind| matches!(kind, Kind::Date | Kind::Recurrence)).next().is_some()
}
