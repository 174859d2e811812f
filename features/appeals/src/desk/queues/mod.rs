//! `/desk`: what waits for this person, as tabs with counts, each a dense list with
//! filters, paged by key.
//!
//! - [`look`]: what a list is asked for. [`columns`]: what it shows of a row.
//! - [`kept`]: named filters and chosen columns of each account.
//! - [`export`]: the same list as a workbook.

mod columns;
mod export;
mod kept;
mod look;
mod offers;

use super::away::Away;
use super::words::Words;
use super::{QUEUES, page};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use columns::{Cells, Column};
use kept::Kept;
use kernel::permission::{Grant, Permission};
use kernel::time::Light;
pub use look::Look;
use look::light_code;
use matters::read::{COUNTED_TO, FOUND_TO};
use matters::{ListPage, Row, Tab};
use offers::Offers;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::{Access, Routes, Staff};

/// Everything in scope whose time has passed.
const OVERDUE: &str = "/desk?tab=all&light=red";

/// Rows on a page.
const ROWS: usize = 50;

/// The desk's front page and what is done with its lists.
pub fn routes() -> Routes {
    Routes::new().get("/desk", Access::SignedIn, show).merge(kept::routes()).merge(export::routes())
}

#[derive(Template)]
#[template(path = "desk/queues.html")]
struct Queues {
    page: Page,
    words: Words,
    /// Who of the reader's unit is away.
    away: Away,
    cells: Cells,
    form: Form,
    look: Look,
    tabs: Vec<TabLink>,
    tab: Tab,
    list: ListPage,
    columns: Vec<Column>,
    all_columns: Vec<Choice>,
    columns_form: Form,
    saved: Vec<SavedLink>,
    offers: Offers,
    /// Whether the tab holds anything that could be filtered.
    holds: bool,
    filtered: bool,
    /// How many rows the filter finds, as words.
    found: String,
    first_href: String,
    next_href: String,
    export_href: String,
    may_register: bool,
    may_raise: bool,
    may_call: bool,
    may_assign: bool,
    name_max: usize,
}

/// A tab with its count.
struct TabLink {
    label: String,
    href: String,
    count: String,
    current: bool,
}

/// A saved filter.
struct SavedLink {
    n: usize,
    name: String,
    href: String,
    first: bool,
    current: bool,
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let asked = look.clone();
    let person = staff.person.clone();
    let (counts, tab, list, found, kept, offers, categories) = staff
        .app
        .read(move |snapshot, app| {
            let grants = &person.grants;
            let kept = Kept::of(snapshot, &app.vault, person.account, kept::KEY)?;
            let counts = matters::tab_counts(snapshot, app, grants)?;
            let tab = offered_tab(grants, &asked).or_else(|| busiest(&counts)).unwrap_or_default();
            let filter = asked.filter(tab);
            let (list, found) = if counts.is_empty() {
                (ListPage { rows: Vec::new(), next: None }, 0)
            } else {
                let list = matters::list(snapshot, app, grants, &filter, asked.after.as_deref(), ROWS)?;
                let found = if asked.is_filtered() {
                    matters::read::count(snapshot, app, grants, &filter)?
                } else {
                    0
                };
                (list, found)
            };
            let offers = offers::Found::of(snapshot, grants)?;
            Ok((counts, tab, list, found, kept, offers, matters::categories::in_force(snapshot, app)?))
        })
        .await?;
    if let Some(first) = kept.filters.iter().find(|saved| saved.first && look.is_bare()) {
        let tab = offered_tab(&staff.person.grants, &first.look).unwrap_or(tab);
        return Ok(Redirect::to(&first.look.href("/desk", tab, None)).into_response());
    }
    let mut page = staff.desk_page("desk-queues-title", QUEUES);
    let waiting = counts.iter().filter(|(tab, _)| is_todo(*tab)).map(|(_, count)| count).sum::<u64>();
    for item in page.nav.iter_mut().filter(|item| item.key == QUEUES) {
        item.count = Some(waiting).filter(|count| *count > 0);
    }
    let words = Words::of(&staff.app, &page);
    let view = Queues {
        away: Away::today(&staff, &words).await?,
        holds: counts.iter().any(|(of, count)| *of == tab && *count > 0),
        tabs: tab_links(&page, &counts, tab, &look),
        form: look.form(),
        filtered: look.is_filtered(),
        found: if found > FOUND_TO { format!("{FOUND_TO}+") } else { found.to_string() },
        first_href: look.after.as_ref().map_or_else(String::new, |_| look.href("/desk", tab, None)),
        next_href: list.next.as_ref().map_or_else(String::new, |after| look.href("/desk", tab, Some(after))),
        export_href: look.href("/desk/export", tab, None),
        columns: Column::chosen(&kept.columns),
        all_columns: Column::choices(&page),
        columns_form: ticked(&Column::chosen(&kept.columns)),
        saved: saved_links(&kept, &look, tab),
        offers: offers.offered(&page, &categories),
        may_register: staff.person.may_ever(Permission::MatterFile),
        may_raise: staff.person.may_ever(Permission::MatterRaise),
        may_call: staff.person.may_ever(Permission::CallBackRecord),
        may_assign: staff.person.may_ever(Permission::MatterAssign),
        name_max: platform::kept::NAME_MAX,
        cells: Cells { page: page.clone(), words: words.clone(), categories },
        page,
        words,
        look,
        tab,
        list,
    };
    page::show(StatusCode::OK, &view)
}

impl Queues {
    /// Key of a part of this tab's empty state.
    fn empty(&self, part: &str) -> String {
        self.page.t(&format!("desk-empty-{}-{part}", if is_todo(self.tab) { "todo" } else { "other" }))
    }

    /// Where this tab's rows are gone through one after another.
    fn worked_href(&self) -> Option<String> {
        match self.tab {
            Tab::CallBack => Some("/desk/calls".to_owned()).filter(|_| self.may_call),
            tab => super::work::is_worked(tab).then(|| format!("/desk/work?tab={}", tab.code())),
        }
    }

    /// This tab without filters.
    fn tab_href(&self) -> String {
        format!("/desk?tab={}", self.tab.code())
    }

    /// Whether rows are assignments, which print together.
    fn prints(&self) -> bool {
        self.list.rows.iter().any(|row| row.node.is_some())
    }

    /// Whether rows can be signed together here.
    fn signs(&self) -> bool {
        self.tab == Tab::ToSign
    }

    /// Whether rows can be assigned together here.
    fn assigns(&self) -> bool {
        self.tab == Tab::Dispatch && self.may_assign
    }

    /// Whether a column of its own says how a matter was closed.
    fn shows_closing(&self) -> bool {
        self.columns.contains(&Column::Closed)
    }

    fn row_key(&self, row: &Row) -> String {
        export::row_key(row)
    }
}

/// What is filtered by, in words: for a workbook's heading.
fn subtitle(page: &Page, look: &Look) -> Option<String> {
    let parts: Vec<String> = look
        .filled()
        .into_iter()
        .map(|(field, value)| {
            let label = page.t(&format!("desk-filter-{}", field_key(field)));
            page.t2("desk-export-filter", "field", label, "value", value_words(page, field, value))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(&page.t("desk-list-join")))
}

/// A field's name as its label's key writes it.
fn field_key(field: &str) -> String {
    match field {
        "q" => "text".to_owned(),
        field => field.replace('_', "-"),
    }
}

fn value_words(page: &Page, field: &str, value: &str) -> String {
    let key = match field {
        "light" => format!("desk-light-{value}"),
        "phase" => format!("phase-{value}"),
        "urgency" => format!("urgency-{value}"),
        "channel" => format!("channel-{value}"),
        "express_line" => format!("express-line-{value}"),
        "kind" => format!("matter-kind-{value}"),
        "appeal_type" => format!("appeal-type-{value}"),
        "closing" => format!("closing-{value}"),
        _ => return value.to_owned(),
    };
    if page.translator().has(&key) { page.t(&key) } else { value.to_owned() }
}

/// The tab asked for, where it is offered to someone with these grants.
fn offered_tab(grants: &[Grant], look: &Look) -> Option<Tab> {
    let wanted = look.tab.as_deref().and_then(Tab::parse);
    wanted.filter(|tab| Tab::offered(grants).contains(tab))
}

/// The first tab where something waits, else the first that holds anything.
fn busiest(counts: &[(Tab, u64)]) -> Option<Tab> {
    let full = |wanted: fn(Tab) -> bool| counts.iter().find(move |(tab, count)| *count > 0 && wanted(*tab));
    full(is_todo).or_else(|| full(|_| true)).or_else(|| counts.first()).map(|(tab, _)| *tab)
}

/// Tabs whose rows wait for their reader.
fn is_todo(tab: Tab) -> bool {
    !matches!(tab, Tab::All | Tab::Closed | Tab::Finished | Tab::InProgress | Tab::PassedOn)
}

fn tab_links(page: &Page, counts: &[(Tab, u64)], tab: Tab, look: &Look) -> Vec<TabLink> {
    let overdue = tab == Tab::All && look.light == light_code(Light::Red);
    let link = |(of, count): &(Tab, u64)| TabLink {
        label: page.t(&of.key()),
        href: format!("/desk?tab={}", of.code()),
        count: count_words(*count),
        current: *of == tab && !overdue,
    };
    let mut tabs: Vec<TabLink> = counts.iter().map(link).collect();
    if counts.iter().any(|(of, _)| *of == Tab::All) {
        let label = page.t("desk-light-red");
        tabs.push(TabLink { label, href: OVERDUE.to_owned(), count: String::new(), current: overdue });
    }
    tabs
}

fn saved_links(kept: &Kept, look: &Look, tab: Tab) -> Vec<SavedLink> {
    let shown = Look { tab: Some(tab.code().to_owned()), after: None, ..look.clone() };
    let link = |(n, saved): (usize, &platform::kept::Saved<Look>)| SavedLink {
        n,
        name: saved.name.clone(),
        href: saved.look.href(
            "/desk",
            saved.look.tab.as_deref().and_then(Tab::parse).unwrap_or_default(),
            None,
        ),
        first: saved.first,
        current: saved.look == shown,
    };
    kept.filters.iter().enumerate().map(link).collect()
}

fn ticked(columns: &[Column]) -> Form {
    columns.iter().fold(Form::new(), |form, column| form.with("column", column.code()))
}

fn count_words(count: u64) -> String {
    if count > COUNTED_TO { "1,000+".to_owned() } else { count.to_string() }
}
