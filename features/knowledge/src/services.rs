//! 服务直达 on the portal: what policies and finance products there are today, for whom, until
//! when, and which desk takes applications. Complete without scripts, readable on a phone.

use crate::names::Names;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use knowledge::read::{self, Offered};
use knowledge::rules::Kind;
use platform::Failure;
use platform::ui::{Choice, Form, Page, portal};
use platform::web::Ctx;
use serde::Deserialize;
use uuid::Uuid;

const TAB: &str = "portal-nav-services";
/// More are found by searching.
const MOST: usize = 100;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "knowledge/services.html")]
struct Services {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    cards: Vec<Card>,
    asked: bool,
    count: String,
}

/// One of them in words.
struct Card {
    row: Offered,
    kind: String,
    unit: String,
    /// Until when, and up to how much.
    told: Vec<String>,
}

#[derive(Template)]
#[template(path = "knowledge/service.html")]
struct Service {
    page: Page,
    row: Offered,
    names: Names,
}

/// `GET /services`
pub(crate) async fn list(ctx: Ctx, Query(look): Query<Look>) -> Result<Response, Failure> {
    let wanted = look.clone();
    let (rows, names) = ctx
        .app
        .read(move |q, app| {
            let rows = found(q, app, &wanted)?;
            let names = Names::of(q, app, rows.iter().map(|row| &row.content))?;
            Ok((rows, names))
        })
        .await?;
    let page = shell(&ctx, "know-services-title");
    let asked = !look.q.trim().is_empty() || Kind::parse(&look.kind).is_some();
    let form = Form::new().with("q", &look.q).with("kind", &look.kind);
    let count = page.t1("know-services-count", "n", rows.len());
    let kinds = kinds(&page);
    let card = |row: Offered| Card {
        kind: page.t(row.content.kind.key()),
        unit: names.unit(&page, &row.content.unit),
        told: told(&page, &row),
        row,
    };
    let cards = rows.into_iter().map(card).collect();
    Ok(Html(Services { page, form, kinds, cards, asked, count }.render()?).into_response())
}

/// `GET /services/{id}`
pub(crate) async fn one(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (row, names) = ctx
        .app
        .read(move |q, app| {
            let today = app.config.zone.date_of(app.now());
            let row = read::offered(q, today, id)?;
            let row = row.filter(|row| row.content.kind.is_offered_to_the_public());
            let row = row.ok_or(Failure::NotFound)?;
            let names = Names::of(q, app, [&row.content])?;
            Ok((row, names))
        })
        .await?;
    let page = shell(&ctx, "know-services-title").titled_text(row.content.title.clone());
    Ok(Html(Service { page, row, names }.render()?).into_response())
}

/// What the public may see of what is asked: nothing but policies and finance products.
pub(crate) fn found(
    q: &mut dyn store::Query,
    app: &platform::App,
    look: &Look,
) -> Result<Vec<Offered>, Failure> {
    let today = app.config.zone.date_of(app.now());
    let kind = Kind::parse(&look.kind).filter(|kind| kind.is_offered_to_the_public());
    if look.q.trim().is_empty() {
        let mut rows = read::services(q, today)?;
        rows.retain(|row| kind.is_none_or(|kind| kind == row.content.kind));
        return Ok(rows);
    }
    let kinds = kind.map_or_else(|| vec![Kind::Policy, Kind::Finance], |kind| vec![kind]);
    let wanted = knowledge::find::Wanted { text: look.q.clone(), kinds, ..Default::default() };
    let mut rows = knowledge::find::find(q, app, &wanted, MOST)?;
    rows.retain(|row| row.content.is_open_on(today));
    Ok(rows)
}

impl Look {
    /// As a program asks.
    pub fn new(q: String, kind: String) -> Self {
        Self { q, kind }
    }
}

fn shell(ctx: &Ctx, title: &str) -> Page {
    let mut page = ctx.page(title).at(TAB);
    page.nav = portal::navigation(&page);
    page
}

fn kinds(page: &Page) -> Vec<Choice> {
    let kinds = [Kind::Policy, Kind::Finance];
    let all = std::iter::once(Choice::new("", page.t("know-services-all")));
    all.chain(kinds.map(|kind| Choice::new(kind.code(), page.t(kind.key())))).collect()
}

/// Until when, and up to how much.
fn told(page: &Page, row: &Offered) -> Vec<String> {
    let most = row.content.offer.as_ref().and_then(|offer| offer.most);
    let most = most.map(|fen| page.t1("know-services-most", "money", page.money(fen)));
    std::iter::once(deadline(page, row)).chain(most).collect()
}

impl Service {
    fn deadline(&self) -> String {
        deadline(&self.page, &self.row)
    }
}

fn deadline(page: &Page, row: &Offered) -> String {
    match row.content.offer.as_ref().and_then(|offer| offer.apply_until) {
        Some(day) => page.t1("know-services-until", "day", page.date(&day)),
        None => page.t("know-services-any-time"),
    }
}
