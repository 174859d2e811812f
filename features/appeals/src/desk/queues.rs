//! `/desk`: what waits for this person, as tabs with counts, each a dense list with
//! filters, paged by key.

use super::away::Away;
use super::choices;
use super::words::Words;
use super::{QUEUES, page};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::time::Light;
use matters::read::COUNTED_TO;
use matters::{Filter, ListPage, Row, Tab};
use matters_rules::{Phase, Urgency};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::{Access, Routes, Staff};
use serde::Deserialize;

/// Everything in scope whose time has passed.
const OVERDUE: &str = "/desk?tab=all&light=red";

/// Rows on a page.
const ROWS: usize = 50;

/// The desk's front page.
pub fn routes() -> Routes {
    Routes::new().get("/desk", Access::SignedIn, show)
}

#[derive(Template)]
#[template(path = "desk/queues.html")]
struct Queues {
    page: Page,
    words: Words,
    /// Who of the reader's unit is away.
    away: Away,
    form: Form,
    tabs: Vec<TabLink>,
    tab: Tab,
    list: ListPage,
    urgencies: Vec<Choice>,
    lights: Vec<Choice>,
    phases: Vec<Choice>,
    units: Vec<Choice>,
    /// Whether the tab holds anything that could be filtered.
    holds: bool,
    filtered: bool,
    more_open: bool,
    first_href: String,
    next_href: String,
    may_register: bool,
}

/// A tab with its count.
struct TabLink {
    label: String,
    href: String,
    count: String,
    current: bool,
}

/// What the address may ask for.
#[derive(Clone, Default, Deserialize)]
struct Look {
    tab: Option<String>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    urgency: String,
    #[serde(default)]
    light: String,
    #[serde(default)]
    phase: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    after: Option<String>,
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let wanted = look.tab.as_deref().and_then(Tab::parse);
    let filter = look.filter();
    let (grants, after) = (staff.person.grants.clone(), look.after.clone());
    let (counts, tab, list, units) = staff
        .app
        .read(move |snapshot, app| {
            let counts = matters::tab_counts(snapshot, &grants)?;
            let offered = |tab: &Tab| counts.iter().any(|(offered, _)| offered == tab);
            let tab = wanted.filter(offered).or_else(|| busiest(&counts)).unwrap_or_default();
            let filter = Filter { tab, ..filter.clone() };
            let list = if counts.is_empty() {
                ListPage { rows: Vec::new(), next: None }
            } else {
                matters::list(snapshot, app, &grants, &filter, after.as_deref(), ROWS)?
            };
            Ok((counts, tab, list, choices::own_units(snapshot, &grants)?))
        })
        .await?;
    let mut page = staff.desk_page("desk-queues-title", QUEUES);
    let words = Words::of(&staff.app, &page);
    let waiting = counts.iter().filter(|(tab, _)| is_todo(*tab)).map(|(_, count)| count).sum::<u64>();
    for item in page.nav.iter_mut().filter(|item| item.key == QUEUES) {
        item.count = Some(waiting).filter(|count| *count > 0);
    }
    let next_href = list.next.as_ref().map_or_else(String::new, |after| look.href(tab, Some(after)));
    let overdue = tab == Tab::All && look.light == light_code(Light::Red);
    let mut tabs: Vec<TabLink> =
        counts.iter().map(|(of, count)| link(&page, *of, *count, *of == tab && !overdue)).collect();
    if counts.iter().any(|(of, _)| *of == Tab::All) {
        tabs.push(TabLink {
            label: page.t("desk-light-red"),
            href: OVERDUE.to_owned(),
            count: String::new(),
            current: overdue,
        });
    }
    let view = Queues {
        away: Away::today(&staff, &words).await?,
        holds: counts.iter().any(|(of, count)| *of == tab && *count > 0),
        tabs,
        form: look.form(),
        urgencies: codes(&page, Urgency::ALL, Urgency::code, |urgency| urgency.key().to_owned()),
        lights: codes(&page, &LIGHTS, light_code, |light| format!("desk-light-{}", light_code(light))),
        phases: codes(&page, &PHASES, Phase::code, |phase| format!("phase-{}", phase.code())),
        units: choices::of_units(&page, &units),
        filtered: look.is_filtered(),
        more_open: !look.phase.is_empty()
            || !look.unit.is_empty()
            || !look.from.is_empty()
            || !look.to.is_empty(),
        first_href: look.after.as_ref().map_or_else(String::new, |_| look.href(tab, None)),
        next_href,
        may_register: staff.person.may_ever(Permission::MatterFile),
        page,
        words,
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

    /// The state shown in a row: of the assignment, or of the matter.
    fn state(&self, row: &Row) -> String {
        match (&row.node_state, row.phase) {
            (Some(state), _) => self.page.t(&format!("node-state-{state}")),
            (None, Some(phase)) => self.page.t(&format!("phase-{}", phase.code())),
            (None, None) => String::new(),
        }
    }

    fn left(&self, row: &Row) -> String {
        row.remaining.as_ref().map_or_else(String::new, |left| self.words.remaining(left))
    }
}

impl Look {
    fn filter(&self) -> Filter {
        let text = |field: &str| Some(field.trim().to_owned()).filter(|text| !text.is_empty());
        Filter {
            tab: Tab::default(),
            text: text(&self.q),
            phase: PHASES.into_iter().find(|phase| phase.code() == self.phase),
            unit: text(&self.unit).map(UnitId::from),
            urgency: Urgency::parse(&self.urgency),
            light: LIGHTS.into_iter().find(|light| light_code(*light) == self.light),
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
            ..Filter::default()
        }
    }

    fn fields(&self) -> [(&'static str, &str); 7] {
        [
            ("q", &self.q),
            ("urgency", &self.urgency),
            ("light", &self.light),
            ("phase", &self.phase),
            ("unit", &self.unit),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.fields().iter().any(|(_, value)| !value.trim().is_empty())
    }

    fn form(&self) -> Form {
        self.fields().into_iter().fold(Form::new(), |form, (field, value)| form.with(field, value))
    }

    fn href(&self, tab: Tab, after: Option<&String>) -> String {
        let mut query = format!("/desk?tab={}", tab.code());
        for (field, value) in self.fields().into_iter().filter(|(_, value)| !value.is_empty()) {
            query += &format!("&{field}={}", choices::escaped(value));
        }
        after.map_or(query.clone(), |after| format!("{query}&after={}", choices::escaped(after)))
    }
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

fn link(page: &Page, tab: Tab, count: u64, current: bool) -> TabLink {
    let count = if count > COUNTED_TO { "1,000+".to_owned() } else { count.to_string() };
    TabLink { label: page.t(&tab.key()), href: format!("/desk?tab={}", tab.code()), count, current }
}

fn codes<T: Copy>(
    page: &Page,
    all: &[T],
    code: fn(T) -> &'static str,
    key: impl Fn(T) -> String,
) -> Vec<Choice> {
    all.iter().map(|item| Choice::new(code(*item), page.t(&key(*item)))).collect()
}

const LIGHTS: [Light; 3] = [Light::Red, Light::Yellow, Light::Green];

fn light_code(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red | Light::Gross => "red",
    }
}

/// Phases that a list can be narrowed to.
const PHASES: [Phase; 9] = [
    Phase::Registered,
    Phase::Accepted,
    Phase::Assigned,
    Phase::CallBack,
    Phase::Redo,
    Phase::Merged,
    Phase::Closed,
    Phase::Declined,
    Phase::Archived,
];
