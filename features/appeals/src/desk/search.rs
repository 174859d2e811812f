//! `/search`: words of titles, texts and answers over everything this person may see,
//! newest first, each with the place where they stand. A number leads to its matter.

use super::page;
use super::words::Words;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::permission::Permission;
use matters::search::{Found, Hit, Sought, find, numbered};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::{Access, Routes, Staff};
use serde::Deserialize;

/// Key of its entry in the navigation.
pub const SEARCH: &str = "desk-nav-search";
/// Results on a page.
const HITS: usize = 20;
/// The longest search, in characters.
const LONGEST: usize = 200;

/// `GET /search`.
pub fn routes() -> Routes {
    Routes::new().get("/search", Access::Staff(Permission::MatterRead), show)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    below: Option<i64>,
}

#[derive(Template)]
#[template(path = "desk/search.html")]
struct Search {
    page: Page,
    words: Words,
    form: Form,
    q: String,
    /// Nothing in it can be looked for.
    unsearchable: bool,
    found: Found,
    first_href: String,
    next_href: String,
}

async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    let sought = Sought::of(&q);
    let unsearchable = sought.is_empty();
    let (grants, number, below) = (staff.person.grants.clone(), q.clone(), asked.below);
    let (matter, found) = staff
        .app
        .read(move |snapshot, app| match numbered(snapshot, &grants, &number)? {
            Some(matter) => Ok((Some(matter), Found::default())),
            None => Ok((None, find(snapshot, app, &grants, &sought, below, HITS)?)),
        })
        .await?;
    if let Some(matter) = matter {
        return Ok(Redirect::to(&format!("/matters/{matter}")).into_response());
    }
    let page = staff.desk_page("desk-search-title", SEARCH);
    let href = format!("/search?q={}", super::choices::escaped(&q));
    let view = Search {
        words: Words::of(&staff.app, &page),
        page,
        form: Form::new().with("q", &q),
        unsearchable: unsearchable && !q.is_empty(),
        first_href: if asked.below.is_some() { href.clone() } else { String::new() },
        next_href: found.next.map_or_else(String::new, |next| format!("{href}&below={next}")),
        found,
        q,
    };
    page::show(StatusCode::OK, &view)
}

impl Search {
    fn phase(&self, hit: &Hit) -> String {
        hit.row.phase.map_or_else(String::new, |phase| self.page.t(&format!("phase-{}", phase.code())))
    }
}
