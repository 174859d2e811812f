//! `/exchange`: which matters passed between the platforms, and what was said about each.

use crate::projection::{self, HandoverRow, MessageRow, PartnerRow};
use crate::rules::partner::Direction;
use crate::{NAV, outgoing};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::MatterId;
use matters::{Row, Viewer, words};
use platform::Failure;
use platform::paging::After;
use platform::ui::{Page, Tab};
use platform::web::{Staff, reply};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The list.
pub(crate) const PATH: &str = "/exchange";
/// Rows of a page.
const ROWS: usize = 50;

#[derive(Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    partner: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "exchange/list.html")]
struct List {
    page: Page,
    partners: Vec<PartnerRow>,
    chosen: String,
    rows: Vec<HandoverRow>,
    first_href: String,
    next_href: String,
    /// How the matters here stand, of those the reader may see.
    here: BTreeMap<MatterId, Row>,
}

#[derive(Template)]
#[template(path = "exchange/one.html")]
struct One {
    page: Page,
    row: HandoverRow,
    partner: Option<PartnerRow>,
    /// Its number here, where the reader may see the matter.
    own_number: Option<String>,
    messages: Vec<MessageRow>,
}

pub(crate) async fn list(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let Look { partner: chosen, after } = look;
    let look = After { after };
    let (asked, after) = (chosen.clone(), look.after.clone());
    let grants = staff.person.grants.clone();
    let (partners, (rows, next), here) = staff
        .app
        .read(move |snapshot, app| {
            let one = Some(asked.as_str()).filter(|code| !code.is_empty());
            let page = projection::latest(snapshot, one, after.as_deref(), ROWS)?;
            let ids: Vec<MatterId> = page.0.iter().map(|row| row.matter).collect();
            let here = matters::read::rows(snapshot, app, &grants, &ids)?;
            let here = here.into_iter().map(|row| (row.id, row)).collect();
            Ok::<_, Failure>((projection::partners(snapshot)?, page, here))
        })
        .await?;
    let page = staff.desk_page("exchange-title", NAV);
    let [first_href, next_href] = look.hrefs(&List::href(&chosen), next.as_deref());
    reply::page(&List { page, partners, chosen, rows, first_href, next_href, here }, None)
}

pub(crate) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let (row, partner, own_number, messages) = staff
        .app
        .read(move |snapshot, app| {
            let row = projection::handover(snapshot, &id)?.ok_or(Failure::NotFound)?;
            let partner = projection::partner(snapshot, &row.partner)?;
            let messages = projection::messages(snapshot, &id)?;
            let own_number = match matters::view(snapshot, app, row.matter, Viewer::Staff(&person)) {
                Ok(view) => Some(view.number),
                Err(Failure::NotFound) => None,
                Err(failure) => return Err(failure),
            };
            Ok((row, partner, own_number, messages))
        })
        .await?;
    let page = staff.desk_page("exchange-one", NAV);
    reply::page(&One { page, row, partner, own_number, messages }, None)
}

/// What waits for this partner is tried again now.
pub(crate) async fn retry(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let back = format!("{PATH}/{id}");
    staff
        .app
        .write(move |work| {
            let row = projection::handover(work.tx, &id)?.ok_or(Failure::NotFound)?;
            outgoing::carry_all(work, &row.partner)
        })
        .await?;
    Ok(reply::done(&staff, &back, "flash-exchange-retried"))
}

impl List {
    /// Where what passed with that partner stands; with all of them, where none is named.
    fn href(partner: &str) -> String {
        if partner.is_empty() { PATH.to_owned() } else { format!("{PATH}?partner={partner}") }
    }

    /// All of it, and what passed with each partner.
    fn tabs(&self) -> Vec<Tab> {
        let tab = |label: String, code: &str| Tab {
            label,
            href: Self::href(code),
            count: None,
            current: self.chosen == code,
        };
        let of = |partner: &PartnerRow| {
            let name = partner.terms.name.as_str();
            let label =
                if partner.on { name.to_owned() } else { self.page.t1("exchange-paused", "name", name) };
            tab(label, &partner.code)
        };
        [tab(self.page.t("exchange-all"), "")].into_iter().chain(self.partners.iter().map(of)).collect()
    }

    fn name(&self, code: &str) -> String {
        let names: BTreeMap<&str, &str> = self
            .partners
            .iter()
            .map(|partner| (partner.code.as_str(), partner.terms.name.as_str()))
            .collect();
        names.get(code).map_or_else(|| code.to_owned(), |name| (*name).to_owned())
    }

    fn lights(&self, row: &HandoverRow) -> Vec<(&'static str, String)> {
        self.here.get(&row.matter).map(|row| words::lights(&self.page, row)).unwrap_or_default()
    }

    fn direction(&self, row: &HandoverRow) -> String {
        self.page.t(row.direction.key())
    }

    /// The chosen partner, where workbooks pass with it.
    fn by_sheet(&self) -> Option<&PartnerRow> {
        let chosen = self.partners.iter().find(|partner| partner.code == self.chosen);
        chosen.filter(|partner| partner.direction == Direction::Above)
    }
}

impl One {
    fn partner_name(&self) -> String {
        self.partner.as_ref().map_or_else(|| self.row.partner.clone(), |partner| partner.terms.name.clone())
    }

    fn way(&self, message: &MessageRow) -> String {
        self.page.t(if message.incoming { "exchange-came" } else { "exchange-sent" })
    }
}
