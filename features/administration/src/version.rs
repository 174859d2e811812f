//! `GET /admin/configuration/{document}/versions/{position}`: one version, what differs from
//! another one, and its text.

use crate::document;
use crate::names::Names;
use crate::working::Working;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use matters::configuration::diff::{Difference, differences};
use matters::configuration::{self, Version};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use platform::web::reply;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Place of the version to compare with; the one before where none is named.
    with: Option<i64>,
}

#[derive(Template)]
#[template(path = "administration/version.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    version: Version,
    form: Form,
    others: Vec<Choice>,
    differs: Option<Vec<Difference>>,
    text: String,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path((code, position)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let find = |at: i64| working.versions.iter().find(|version| version.position == at).cloned();
    let version = find(position).ok_or(Failure::NotFound)?;
    let before = working.versions.iter().find(|version| version.position < position);
    let other = asked.with.and_then(find).or_else(|| before.cloned());
    let (document, with) = (working.document, other.as_ref().map(|other| other.position));
    let (text, old) = staff
        .app
        .read(move |query, _| {
            let text = configuration::toml(query, document, position)?.ok_or(Failure::NotFound)?;
            let old = with.map(|at| configuration::toml(query, document, at)).transpose()?.flatten();
            Ok((text, old))
        })
        .await?;
    let page = staff.desk_page("config-title", "nav-configuration");
    let page = page.titled_text(staff.page("config-title").t2(
        "config-version-of",
        "document",
        staff.t(document.key()),
        "version",
        version.version.clone(),
    ));
    let names = document::names(&staff, &page, &working).await?;
    let others = working.versions.iter().filter(|other| other.position != position);
    let others = others.map(|other| Choice::new(other.position, &other.version)).collect();
    let form = with.iter().fold(Form::new(), |form, with| form.with("with", with));
    let differs = old.and_then(|old| differences(&old, &text));
    reply::page(&Shown { page, names, working, version, form, others, differs, text }, None)
}
