//! The templates, which the office changes: checked before they are kept, every version there.

use crate::lists::List;
use crate::read;
use crate::rules::period::Kind;
use crate::rules::word::{Version, Words};
use crate::{NAV, PATH, lists, shell, values, word};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::time::Instant;
use platform::Failure;
use platform::ui::{Form, Locale, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use std::collections::BTreeMap;
use store::Query;

#[derive(Template)]
#[template(path = "reports/template.html")]
struct Shown {
    page: Page,
    form: Form,
    kind: Kind,
    tabs: Vec<(String, String, bool)>,
    versions: Vec<(i64, Instant, String)>,
    /// What every placeholder is called, its name, and what it stands for today.
    values: Vec<(String, String, String)>,
    /// What the fields of lists are called, with their names; those of units are all there are.
    fields: Vec<(String, String)>,
    lists: &'static [List],
    words: Words,
    /// Who brought each of its versions.
    authors: BTreeMap<u32, String>,
}

impl Shown {
    fn uses(&self, version: &Version) -> bool {
        self.words.chosen == Some(version.number)
    }
}

/// `GET /desk/reports/templates/{kind}`
pub(crate) async fn show(staff: Staff, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    screen(&staff, kind, None).await
}

/// `POST /desk/reports/templates/{kind}`
pub(crate) async fn change(
    staff: Staff,
    Path(kind): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let form = reply::form(fields);
    let (by, text) = (staff.by(), form.value("text").replace("\r\n", "\n"));
    match staff.app.write(move |work| shell::change(work, &by, kind, &text)).await {
        Ok(()) => Ok(reply::done(&staff, &href(kind), "flash-report-template")),
        Err(Failure::Refused(refusal)) => screen(&staff, kind, Some(form.refused(&refusal))).await,
        Err(failure) => Err(failure),
    }
}

/// Where the templates of a kind stand.
pub(crate) fn href(kind: Kind) -> String {
    format!("{PATH}/templates/{}", kind.code())
}

pub(crate) async fn screen(staff: &Staff, kind: Kind, typed: Option<Form>) -> Result<Response, Failure> {
    let (grants, locale) = (staff.person.grants.clone(), staff.desk_page("report-templates", NAV).locale());
    let (template, versions, values, (words, authors)) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let (from, until) = kind.last_before(app.config.zone.date_of(app.now()));
            let values = values::of_period(q, app, from, until)?;
            let words = word::load(q, kind)?;
            let authors = authors(q, locale, &words)?;
            Ok((read::template(q, kind)?, read::versions(q, kind)?, values, (words, authors)))
        })
        .await?;
    // A file that was refused leaves the text as it is.
    let form = typed.unwrap_or_default();
    let form = if form.all("text").is_empty() { form.with("text", &template.text) } else { form };
    let page = staff.desk_page("report-templates", NAV).in_error(form.has_errors());
    let tab = |of: &Kind| (page.t(of.key()), href(*of), *of == kind);
    let tabs = Kind::ALL.iter().map(tab).collect();
    let label = |name: &str| values::label(&page, name);
    let values = values.into_iter().map(|(name, value)| (label(&name), name, value)).collect();
    let fields = lists::fields(List::Units).into_iter().map(|field| (label(&field), field)).collect();
    let lists = &List::ALL;
    let shown = Shown { page, form, kind, tabs, versions, values, fields, lists, words, authors };
    reply::page(&shown, Some(&shown.form))
}

/// Who brought each version of the Word templates.
fn authors(q: &mut dyn Query, locale: Locale, words: &Words) -> Result<BTreeMap<u32, String>, Failure> {
    let mut authors = BTreeMap::new();
    for version in &words.versions {
        let row = match version.by {
            Some(by) => identity::read::account(q, by)?,
            None => None,
        };
        let name = row.map(|row| row.named(locale).to_owned());
        authors.insert(version.number, name.unwrap_or_default());
    }
    Ok(authors)
}
