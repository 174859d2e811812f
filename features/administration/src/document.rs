//! `GET /admin/configuration/{document}`: its entries as they stand, versions, draft.

use crate::names::Names;
use crate::working::Working;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::text::fold_for_search;
use matters::configuration::editing::{Entry, Shape, entries};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "administration/document.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    form: Form,
    lists: Vec<List>,
}

/// A list of the document's entries, with the place of each.
struct List {
    shape: &'static Shape,
    groups: Vec<Group>,
    next: usize,
}

/// Entries that stand together: one fold of the page where the list is long.
struct Group {
    name: String,
    rows: Vec<(usize, Entry)>,
}

/// A list of more entries than this is folded by group.
const LONG: usize = 40;

/// By the group that the beginning of a code names, in the order in which they first come up.
fn grouped(rows: Vec<(usize, Entry)>, names: &BTreeMap<String, String>) -> Vec<Group> {
    let is_long = rows.len() > LONG;
    let mut groups: Vec<Group> = Vec::new();
    for (at, entry) in rows {
        let group = entry.get("code").and_then(|code| code.split('-').next()).filter(|_| is_long);
        let name = group.and_then(|group| names.get(group)).cloned().unwrap_or_default();
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.rows.push((at, entry)),
            None => groups.push(Group { name, rows: vec![(at, entry)] }),
        }
    }
    groups
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let wanted = fold_for_search(&asked.q);
    let holds = |entry: &Entry| entry.values().any(|value| fold_for_search(value).contains(&wanted));
    let groups = working.document.shape("group").map(|shape| entries(&working.text, shape));
    let named = |group: Entry| Some((group.get("code")?.clone(), group.get("zh")?.clone()));
    let groups: BTreeMap<String, String> = groups.into_iter().flatten().filter_map(named).collect();
    let lists = working
        .document
        .shapes()
        .iter()
        .map(|shape| {
            let all = entries(&working.text, shape);
            let next = all.len();
            let rows = all.into_iter().enumerate().filter(|(_, entry)| wanted.is_empty() || holds(entry));
            List { shape, groups: grouped(rows.collect(), &groups), next }
        })
        .collect();
    let page = staff.desk_page("config-title", "nav-configuration");
    let page = page.titled(&format!("document-{}", working.document.code()));
    let names = names(&staff, &page, &working).await?;
    let form = Form::new().with("q", asked.q);
    reply::page(&Shown { page, names, working, form, lists }, None)
}

/// Names with everyone who published or drafted this document.
pub(crate) async fn names(staff: &Staff, page: &Page, working: &Working) -> Result<Names, Failure> {
    let mut actors: Vec<_> = working.versions.iter().map(|version| version.actor.clone()).collect();
    actors.extend(working.draft.iter().map(|draft| draft.actor.clone()));
    Names::of(staff, page, &actors).await
}

impl Shown {
    fn value(&self, entry: &Entry, column: &str) -> String {
        let value = entry.get(column).map_or("", String::as_str);
        let coded = match (column, self.working.document.code()) {
            ("verbs", _) => Some("action"),
            ("kind", "grounds") => Some("ground-kind"),
            ("code", "notices") => Some("notice-kind"),
            ("post", "authority") => Some("role"),
            ("level", "authority") => Some("level"),
            ("granting", "authority") => Some("granting"),
            ("most", "authority") => return self.most(value),
            _ => None,
        };
        match (coded, value) {
            (_, "yes") => self.page.t("config-yes"),
            (None, value) => value.to_owned(),
            (Some(prefix), value) => {
                let word = |code: &str| {
                    let key = format!("{prefix}-{code}");
                    if self.page.translator().has(&key) { self.page.t(&key) } else { code.to_owned() }
                };
                value.split('、').map(word).collect::<Vec<_>>().join("、")
            }
        }
    }

    /// How much a post grants on its own.
    fn most(&self, value: &str) -> String {
        match (kernel::time::Span::parse(value), value.parse::<u32>()) {
            (Ok(span), _) if span.amount == 0 => self.page.t("config-most-none"),
            (_, Ok(0)) => self.page.t("config-most-none"),
            (_, Ok(times)) => self.page.t1("config-most-times", "n", times),
            _ => self.names.value(&Some(value.to_owned())),
        }
    }

    /// Retired and empty marks need no cell of their own on a phone.
    fn retired(&self, entry: &Entry) -> bool {
        entry.get("retired").is_some_and(|value| value == "yes")
    }
}
