//! `/desk/supervision`: the board. Views with counts, filters, pages by key; what is ticked is
//! reminded, urged or given a draft of a slip together.

mod batch;
mod export;
mod heat;
mod look;
mod views;

pub(crate) use batch::{Ticked, ticked};
pub(crate) use look::{LIGHTS, Look};
pub(crate) use views::View;

use crate::words::marks;
use crate::{BOARD, slips};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::time::Light;
use matters::categories::Categories;
use matters::read::{COUNTED_TO, UnitName};
use matters::words::Words;
use matters::{ListPage, Row};
use matters_rules::Urgency;
use matters_rules::watch::light_code;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::reply;
use platform::web::{Access, Routes, Staff};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows on a page.
const ROWS: usize = 50;
/// Where the board stands.
pub(crate) const PATH: &str = "/desk/supervision";

/// The board's pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::SupervisionRead);
    let act = Access::Staff(Permission::MatterSupervise);
    Routes::new()
        .get(PATH, read, show)
        .get("/desk/supervision/export", read, export::write)
        .get("/desk/supervision/heat", read, heat::show)
        .post("/desk/supervision/measures", act, batch::send)
}

#[derive(Template)]
#[template(path = "supervision/board.html")]
struct Board {
    page: Page,
    words: Words,
    look: Look,
    view: View,
    form: Form,
    tabs: Vec<TabLink>,
    list: ListPage,
    /// Out-of-hours telephones of the units of pressing rows.
    phones: BTreeMap<UnitId, String>,
    offers: Offers,
    found: String,
    first_href: String,
    next_href: String,
    may_act: bool,
    may_draft: bool,
    may_group: bool,
    /// Whether the rules behind the measures are open to this reader.
    reads_rules: bool,
    /// What was wrong with a batch that was sent.
    batch: Form,
}

/// A view with its count.
struct TabLink {
    label: String,
    href: String,
    count: String,
    current: bool,
}

/// What the filters offer.
struct Offers {
    units: Vec<Choice>,
    lights: Vec<Choice>,
    urgencies: Vec<Choice>,
    categories: Vec<Choice>,
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    screen(staff, look, Form::new()).await
}

/// The board with, perhaps, a batch that was refused.
pub(super) async fn screen(staff: Staff, look: Look, batch: Form) -> Result<Response, Failure> {
    let (asked, person) = (look.clone(), staff.person.clone());
    let (counts, list, found, units, categories, phones) = staff
        .app
        .read(move |snapshot, app| {
            let grants = &person.grants;
            let mut counts = Vec::new();
            for view in View::offered(grants) {
                let n = matters::read::count(snapshot, app, grants, &view.filter(asked.days()))?;
                counts.push((view, n));
            }
            let filter = asked.filter(&app.config.zone);
            let list = matters::list(snapshot, app, grants, &filter, asked.after.as_deref(), ROWS)?;
            let found = matters::read::count(snapshot, app, grants, &filter)?;
            let units = matters::read::watched_units(snapshot, grants)?;
            let pressing = list.rows.iter().filter(|row| is_pressing(row));
            let pressing: Vec<&UnitId> = pressing.filter_map(|row| Some(&row.unit.as_ref()?.id)).collect();
            let phones = matters::read::duty_phones(snapshot, app, pressing)?;
            Ok((counts, list, found, units, matters::categories::in_force(snapshot, app)?, phones))
        })
        .await?;
    let page = staff.desk_page("supervision-title", BOARD).in_error(batch.has_errors());
    let view = look.view();
    let board = Board {
        words: Words::of(&staff.app, &page),
        form: look.form(),
        tabs: counts.into_iter().map(|(of, n)| tab(&page, &look, of, n)).collect(),
        offers: Offers::of(&page, units, &categories),
        found: count_words(found),
        first_href: look.after.as_ref().map_or_else(String::new, |_| look.href(PATH, None)),
        next_href: list.next.as_ref().map_or_else(String::new, |after| look.href(PATH, Some(after))),
        may_act: staff.person.may_ever(Permission::MatterSupervise),
        may_draft: staff.person.may_ever(Permission::SlipDraft),
        may_group: staff.person.may_ever(Permission::IssueManage),
        reads_rules: staff.person.may_ever(Permission::ConfigurationRead),
        page,
        look,
        view,
        list,
        phones,
        batch,
    };
    reply::page(&board, Some(&board.batch))
}

fn tab(page: &Page, look: &Look, of: View, n: u64) -> TabLink {
    let bare = Look { view: of.code().to_owned(), days: look.days.clone(), ..Look::default() };
    TabLink {
        label: page.t(&of.key()),
        href: bare.href(PATH, None),
        count: count_words(n),
        current: of == look.view(),
    }
}

impl Offers {
    fn of(page: &Page, units: Vec<UnitName>, categories: &Arc<Categories>) -> Self {
        let locale = page.locale();
        let groups = categories.all_groups().iter();
        Self {
            units: units.iter().map(|unit| Choice::new(&unit.id, unit.brief(locale))).collect(),
            lights: LIGHTS
                .iter()
                .map(|light| {
                    let code = light_code(*light);
                    Choice::new(code, page.t(&format!("watch-light-{code}")))
                })
                .collect(),
            urgencies: Urgency::ALL
                .iter()
                .map(|urgency| Choice::new(urgency.code(), page.t(urgency.key())))
                .collect(),
            categories: groups.map(|group| Choice::new(&group.code, group.name.in_locale(locale))).collect(),
        }
    }
}

/// Late, or not signed: whoever supervises calls, at night where the unit has somebody on duty.
fn is_pressing(row: &Row) -> bool {
    row.signing.is_some() || matches!(row.light, Some(Light::Red | Light::Gross))
}

impl Board {
    /// What is remarkable about a row, each with its tone.
    fn marks(&self, row: &Row) -> Vec<(String, &'static str)> {
        marks(&self.page, row)
    }

    /// Where the unit of a pressing row is reached, while no office works.
    fn phone(&self, row: &Row) -> Option<&String> {
        self.phones.get(&row.unit.as_ref().filter(|_| is_pressing(row))?.id)
    }

    /// This view without filters.
    fn bare_href(&self) -> String {
        format!("{PATH}?view={}", self.view.code())
    }

    fn export_href(&self) -> String {
        self.look.href("/desk/supervision/export", None)
    }

    fn is_silent(&self) -> bool {
        self.view == View::Silent
    }

    fn filtered(&self) -> bool {
        !self.look.filled().is_empty()
    }

    /// The value of a row's tick box.
    fn tick(&self, row: &Row) -> String {
        row.node.map_or_else(String::new, |node| format!("{}:{node}", row.id))
    }

    /// Whether a row was ticked in the batch that was refused.
    fn ticked(&self, row: &Row) -> bool {
        self.batch.all("assignment").contains(&self.tick(row))
    }

    /// Where a slip is drafted.
    fn slip_href(&self) -> &'static str {
        slips::DRAFT
    }
}

fn count_words(count: u64) -> String {
    if count > COUNTED_TO { "1,000+".to_owned() } else { count.to_string() }
}
