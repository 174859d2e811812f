//! `GET /registers`: all registers with what they count.

use crate::open::today;
use crate::{reply, show};
use askama::Template;
use axum::response::Response;
use kernel::permission::Permission;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use registers::read;
use registers::read::indicators::{self, Span};
use registers::read::list::{self, Asked};
use registers::rules::Definition;
use std::sync::Arc;

/// Counts beyond are told as "more than".
const MOST: i64 = 10_000;
/// Figures shown of each register.
const FIGURES: usize = 4;

#[derive(Template)]
#[template(path = "registers/index.html")]
struct Index {
    page: Page,
    groups: Vec<Group>,
    drafted: Vec<String>,
    may_define: bool,
}

struct Group {
    name: String,
    registers: Vec<Card>,
}

struct Card {
    code: String,
    name: String,
    about: String,
    icon: String,
    count: String,
    overdue: i64,
    figures: Vec<(String, String)>,
}

/// See the module.
pub(crate) async fn show(staff: Staff) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let may_define = staff.person.may_ever(Permission::RegisterDefine);
    let (found, drafted) = staff
        .app
        .read(move |q, app| {
            let mut found = Vec::new();
            for definition in read::all(q, app)? {
                let count = list::count(q, &definition, Some(&grants), &Asked::default(), MOST)?;
                let late = Asked { overdue_on: Some(today(app)), ..Asked::default() };
                let overdue = match definition.follow_up {
                    Some(_) => list::count(q, &definition, Some(&grants), &late, MOST)?,
                    None => 0,
                };
                let mut figures = Vec::new();
                for indicator in definition.indicators.iter().take(FIGURES) {
                    let asked = Asked::default();
                    let figure = indicators::figure(
                        q,
                        &definition,
                        Some(&grants),
                        &asked,
                        indicator,
                        Span::default(),
                    )?;
                    figures.push((indicator.name.clone(), figure));
                }
                found.push((definition, count, overdue, figures));
            }
            let mut drafted = Vec::new();
            for code in read::only_drafted(q)? {
                if read::may_define(q, &grants, &code)? {
                    drafted.push(code);
                }
            }
            Ok((found, drafted))
        })
        .await?;
    let page = staff.desk_page("registers-title", "nav-registers");
    let mut groups: Vec<Group> = Vec::new();
    for (definition, count, overdue, figures) in found {
        let group = group(&page, &definition);
        let figures = figures
            .iter()
            .map(|(name, figure)| (show::name(&page, name).to_owned(), show::figure(&page, figure)))
            .collect();
        let card = Card {
            code: definition.code.clone(),
            name: show::name(&page, &definition.name).to_owned(),
            about: show::name(&page, &definition.about).to_owned(),
            icon: definition.icon.clone(),
            count: counted(&page, count, MOST),
            overdue,
            figures,
        };
        match groups.iter_mut().find(|known| known.name == group) {
            Some(known) => known.registers.push(card),
            None => groups.push(Group { name: group, registers: vec![card] }),
        }
    }
    reply::page(&Index { page, groups, drafted, may_define }, false)
}

/// A count that was made up to `most`.
pub(crate) fn counted(page: &Page, count: i64, most: i64) -> String {
    if count > most { format!("{}+", page.number(most)) } else { page.number(count) }
}

fn group(page: &Page, definition: &Arc<Definition>) -> String {
    match show::name(page, &definition.group) {
        "" => page.t("registers-group-other"),
        name => name.to_owned(),
    }
}
