//! `GET /network`: the top of the tree, or what a search found.

use super::Shown;
use crate::read::{self, SEARCH_LIMIT, UnitRow};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "network/index.html")]
struct Index {
    page: Page,
    form: Form,
    searched: bool,
    more: bool,
    found: Vec<Shown>,
    roots: Vec<Branch>,
}

/// A root with what stands directly below it.
struct Branch {
    root: Shown,
    children: Vec<Shown>,
}

/// See the module.
pub(super) async fn index(staff: Staff, Query(search): Query<Search>) -> Result<Html<String>, Failure> {
    let text = search.q.trim().to_owned();
    let wanted = text.clone();
    let (found, roots) = staff
        .app
        .read(move |q, _| {
            let found = if wanted.is_empty() { Vec::new() } else { read::search_units(q, &wanted)? };
            let mut roots = Vec::new();
            for root in read::children(q, None)? {
                let children = read::children(q, Some(&root.code))?;
                roots.push((with_count(q, root)?, with_counts(q, children)?));
            }
            Ok((with_counts(q, found)?, roots))
        })
        .await?;
    let page = staff.desk_page("network-title", "nav-network");
    let show = |(unit, below)| Shown::new(&page, unit, below);
    let more = i64::try_from(found.len()).is_ok_and(|count| count >= SEARCH_LIMIT);
    let found = found.into_iter().map(show).collect();
    let roots = roots
        .into_iter()
        .map(|(root, children)| Branch {
            root: show(root),
            children: children.into_iter().map(show).collect(),
        })
        .collect();
    let searched = !text.is_empty();
    let form = Form::new().with("q", text);
    Ok(Html(Index { page, form, searched, more, found, roots }.render()?))
}

pub(super) fn with_counts(
    q: &mut dyn store::Query,
    units: Vec<UnitRow>,
) -> Result<Vec<(UnitRow, i64)>, store::StoreError> {
    units.into_iter().map(|unit| with_count(q, unit)).collect()
}

fn with_count(q: &mut dyn store::Query, unit: UnitRow) -> Result<(UnitRow, i64), store::StoreError> {
    let below = read::count_below(q, &unit.path)?;
    Ok((unit, below))
}
