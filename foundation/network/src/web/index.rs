//! `GET /network`: the tree of units as it stood on a day, opened along one branch, or what a
//! search found in it.

use crate::read::history::{self, Forest, Named};
use crate::read::{SEARCH_LIMIT, UnitRow};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::text::fold_for_search;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Form, Locale, Page};
use platform::web::Staff;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most units a search shows.
const LIMIT: usize = SEARCH_LIMIT as usize;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// The day; today where it is not said.
    #[serde(default)]
    on: String,
    /// The unit down to which the tree is opened.
    #[serde(default)]
    at: String,
}

#[derive(Template)]
#[template(path = "network/index.html")]
struct Index {
    page: Page,
    form: Form,
    searched: bool,
    more: bool,
    found: Vec<Found>,
    gone: Vec<Gone>,
    tree: Vec<Branch>,
    count: String,
    day: String,
    /// Whether the day is another than today.
    past: bool,
    empty: bool,
    may_manage: bool,
}

/// A unit a search found, with what it stands below.
struct Found {
    branch: Branch,
    above: String,
    /// What it was called before, where the search found it by that.
    former: String,
}

/// A unit that was closed: its last name, and code and name of who goes on.
struct Gone {
    name: String,
    href: String,
    heir: Option<(String, String)>,
}

/// A line of the tree.
struct Branch {
    code: String,
    name: String,
    /// What it is called today, where that differs.
    today: String,
    level: String,
    kind: String,
    depth: usize,
    /// Units below it.
    below: usize,
    below_text: String,
    open: bool,
    /// Opens or closes it.
    href: String,
    unit_href: String,
}

/// See the module.
pub(super) async fn index(staff: Staff, Query(asked): Query<Asked>) -> Result<Html<String>, Failure> {
    let text = asked.q.trim().to_owned();
    let today = staff.app.config.zone.date_of(staff.app.now());
    let form = Form::new().with("q", &text).with("on", &asked.on).with("at", &asked.at);
    let (day, form) = match asked.on.trim() {
        "" => (today, form),
        typed => match typed.parse::<Date>() {
            Ok(day) => (day, form),
            Err(_) => (today, form.refused(&kernel::Refusal::field("on", "date-malformed"))),
        },
    };
    let past = day != today;
    let wanted = text.clone();
    let (forest, now, matching, former, gone) = staff
        .app
        .read(move |q, _| {
            let now = Forest::on(q, today)?;
            let (forest, now) = if past { (Forest::on(q, day)?, Some(now)) } else { (now, None) };
            if wanted.is_empty() {
                return Ok((forest, now, Vec::new(), BTreeMap::new(), Vec::new()));
            }
            let matching: Vec<UnitRow> = forest.search(&wanted, LIMIT).into_iter().cloned().collect();
            let former = history::names(q, matching.iter().map(|unit| &unit.code))?;
            // On a day before, what was closed since stands in the tree itself.
            let gone = if past { Vec::new() } else { history::search_closed(q, &wanted, LIMIT)? };
            Ok((forest, now, matching, former, gone))
        })
        .await?;
    let page = staff.desk_page("network-title", "nav-network").in_error(form.has_errors());
    let drawing = Drawing { page: &page, forest: &forest, now: now.as_ref(), on: past.then_some(day) };
    let index = Index {
        searched: !text.is_empty(),
        more: matching.len() >= LIMIT,
        found: matching
            .iter()
            .map(|unit| drawing.found(unit, &text, former.get(&unit.code).map_or(&[][..], Vec::as_slice)))
            .collect(),
        gone: gone.into_iter().map(|(unit, heir)| drawing.gone(&unit, heir.as_ref())).collect(),
        tree: drawing.tree(&UnitId::from(asked.at.trim())),
        count: page.number(forest.len()),
        day: page.date(&day),
        past,
        empty: forest.is_empty(),
        may_manage: staff.person.may_ever(Permission::NetworkManage),
        form,
        page: page.clone(),
    };
    Ok(Html(index.render()?))
}

/// Draws units of a forest.
struct Drawing<'a> {
    page: &'a Page,
    forest: &'a Forest,
    /// The forest of today, where another day is shown.
    now: Option<&'a Forest>,
    /// The day, where it is another than today.
    on: Option<Date>,
}

impl Drawing<'_> {
    /// The roots, what stands below them, and what stands below each unit down to `at`.
    fn tree(&self, at: &UnitId) -> Vec<Branch> {
        let mut open: BTreeSet<&UnitId> = self.forest.children(None).map(|root| &root.code).collect();
        let mut above = self.forest.unit(at);
        while let Some(unit) = above {
            open.insert(&unit.code);
            above = unit.parent.as_ref().and_then(|parent| self.forest.unit(parent));
        }
        let mut lines = Vec::new();
        self.add(None, 0, &open, &mut lines);
        lines
    }

    fn add(&self, parent: Option<&UnitId>, depth: usize, open: &BTreeSet<&UnitId>, lines: &mut Vec<Branch>) {
        for unit in self.forest.children(parent) {
            let is_open = open.contains(&unit.code);
            lines.push(self.branch(unit, depth, is_open));
            if is_open {
                self.add(Some(&unit.code), depth + 1, open, lines);
            }
        }
    }

    fn branch(&self, unit: &UnitRow, depth: usize, open: bool) -> Branch {
        let below = self.forest.below(&unit.code);
        let name = |unit: &UnitRow| unit.brief(self.page.locale()).to_owned();
        let of_today = match self.now.map(|now| now.unit(&unit.code)) {
            Some(Some(today)) if name(today) != name(unit) => name(today),
            Some(None) => self.page.t("network-closed-since"),
            _ => String::new(),
        };
        // An open branch closes to the one above it.
        let to =
            if open { unit.parent.as_ref().map_or("", |parent| parent.as_str()) } else { unit.code.as_str() };
        Branch {
            code: unit.code.to_string(),
            name: name(unit),
            today: of_today,
            level: self.page.t(&format!("level-{}", unit.level.code())),
            kind: self.page.t(&format!("unit-kind-{}", unit.kind.code())),
            depth,
            below,
            below_text: self.page.number(below),
            open,
            href: self.href(to, unit),
            unit_href: format!("/network/units/{}", unit.code),
        }
    }

    fn href(&self, at: &str, unit: &UnitRow) -> String {
        let day = self.on.map(|on| format!("on={on}&")).unwrap_or_default();
        format!("/network?{day}at={at}#{}", unit.code)
    }

    /// `names` are all it ever had, where it was renamed.
    fn found(&self, unit: &UnitRow, text: &str, names: &[Named]) -> Found {
        let wanted = fold_for_search(text);
        let holds = |name: &str| fold_for_search(name).contains(&wanted);
        let by_its_own = [&unit.name, &unit.short_name, &unit.en_name].into_iter().any(|name| holds(name));
        let other = names.iter().rev().filter(|named| named.short_name != unit.short_name);
        let former = other.filter(|named| holds(&named.name) || holds(&named.short_name)).map(|named| {
            match self.page.locale() {
                Locale::En if !named.en_name.is_empty() && named.en_name != unit.en_name => {
                    named.en_name.clone()
                }
                _ => named.short_name.clone(),
            }
        });
        let former = if by_its_own { String::new() } else { former.take(1).collect() };
        let mut above_it = Vec::new();
        let mut above = unit.parent.as_ref().and_then(|parent| self.forest.unit(parent));
        while let Some(unit) = above {
            above_it.push(unit.brief(self.page.locale()));
            above = unit.parent.as_ref().and_then(|parent| self.forest.unit(parent));
        }
        above_it.reverse();
        let arrow = if self.page.locale() == Locale::En { " > " } else { " › " };
        Found { branch: self.branch(unit, 0, false), above: above_it.join(arrow), former }
    }

    fn gone(&self, unit: &UnitRow, heir: Option<&UnitRow>) -> Gone {
        let name = |unit: &UnitRow| unit.brief(self.page.locale()).to_owned();
        Gone {
            name: name(unit),
            href: format!("/network/units/{}", unit.code),
            heir: heir.map(|heir| (heir.code.to_string(), name(heir))),
        }
    }
}
