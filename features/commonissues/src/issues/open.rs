//! `/common-issues/new`: matters are looked for, ticked, and made one issue. The matters may come
//! along: from a list with ticked rows, from a matter's page, from a hot topic.

use super::seek::{self, Candidate, Sought, candidates};
use super::shell::{self, Wanted};
use super::{PATH, href};
use crate::place::unit_of;
use crate::rules::issue::{MOST, TITLE_MAX};
use crate::words::{Names, phase, title};
use crate::{NAV, topics};
use askama::Template;
use axum::response::Response;
use kernel::{AreaId, MatterId, UnitId};
use matters::Row;
use matters::raising::{self, units};
use network::{AreaRow, Level, UnitRow};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

/// The longest grounds, in characters.
const GROUNDS_MAX: usize = 1000;

#[derive(Template)]
#[template(path = "commonissues/open.html")]
struct Screen {
    page: Page,
    form: Form,
    names: Names,
    /// Matters that came along or were ticked.
    chosen: Vec<Row>,
    offered: Vec<Candidate>,
    units: Vec<UnitRow>,
    areas: Vec<AreaRow>,
    categories: Vec<Choice>,
}

/// What a list, a matter's page or a hot topic sends along stands in the address.
pub(super) async fn form(
    staff: Staff,
    axum::extract::Query(asked): axum::extract::Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Form = asked.into_iter().collect();
    if let Some(topic) = form.text("topic").map(str::to_owned) {
        let grants = staff.person.grants.clone();
        let found = staff.app.read(move |snapshot, _| topics::found(snapshot, &grants, &topic)).await?;
        form = form.with("category", &found.surge.group);
        if unit_of(&found.surge.place).is_none() {
            form = form.with("area", &found.surge.place);
        }
        for matter in &found.surge.matters {
            form = form.with("matter", matter);
        }
    }
    screen(&staff, form).await
}

pub(super) async fn save(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let wrong = wrong(&form);
    if !wrong.is_empty() {
        return screen(&staff, wrong.into_iter().fold(form, |form, error| form.refused(error))).await;
    }
    let wanted = Wanted {
        title: form.value("title").to_owned(),
        unit: UnitId::from(form.value("unit")),
        category: form.text("category").map(str::to_owned),
        area: form.text("area").map(|area| AreaId(area.to_owned())),
        grounds: form.value("grounds").to_owned(),
        matters: ticked(&form),
        topic: form.text("topic").map(str::to_owned),
    };
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    let opened = staff
        .app
        .write(move |work| {
            let app = work.app();
            // Only what the sender sees can be grouped.
            let seen = matters::read::rows(work.tx, app, &grants, &wanted.matters)?;
            let mut wanted = wanted.clone();
            wanted.matters.retain(|matter| seen.iter().any(|row| row.id == *matter));
            shell::open(work, &by, &wanted)
        })
        .await;
    match opened {
        Ok(id) => Ok(reply::done(&staff, &href(&id), "flash-issue-opened")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

/// The ticked matters; a list of assignments sends matter and assignment.
pub(super) fn ticked(form: &Form) -> Vec<MatterId> {
    let of_assignment = form.all("assignment").iter().filter_map(|tick| tick.split(':').next());
    let all = form.all("matter").iter().map(String::as_str).chain(of_assignment);
    let mut ticked: Vec<MatterId> = Vec::new();
    for matter in all.filter_map(|matter| matter.parse().ok()) {
        if !ticked.contains(&matter) && ticked.len() <= MOST {
            ticked.push(matter);
        }
    }
    ticked
}

fn wrong(form: &Form) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for field in ["title", "unit", "grounds"] {
        if form.value(field).trim().is_empty() {
            wrong.push(FieldError::new(field, "issue-empty"));
        }
    }
    for (field, max) in [("title", TITLE_MAX), ("grounds", GROUNDS_MAX)] {
        if form.value(field).trim().chars().count() > max {
            wrong.push(FieldError::new(field, "issue-too-long").with("max", max));
        }
    }
    wrong
}

async fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let person = staff.person.clone();
    let known = ticked(&form);
    let text = |field: &str| form.text(field).map(str::to_owned);
    let days = form.value("days").trim().parse().unwrap_or(seek::DAYS);
    let area = text("area").map(AreaId);
    let sought = Sought::of(form.value("q"), text("category"), area, days);
    let page = staff.desk_page("issues-new", NAV).in_error(form.has_errors());
    let locale = page.locale();
    let (names, chosen, offered, units, areas, categories) = staff
        .app
        .read(move |snapshot, app| {
            let mut names = Names::read(snapshot, app)?;
            let chosen = matters::read::rows(snapshot, app, &person.grants, &known)?;
            let offered = candidates(snapshot, app, &person.grants, &sought, &known)?;
            for row in chosen.iter().chain(offered.iter().map(|candidate| &candidate.row)) {
                if let Some(area) = &row.area {
                    names.with_area(snapshot, &area.id)?;
                }
            }
            let list = matters::categories::in_force(snapshot, app)?;
            let groups = list.all_groups().iter();
            let categories = groups
                .map(|group| Choice::new(&group.code, group.name.in_locale(locale)))
                .collect::<Vec<_>>();
            let units = units(snapshot, &office)?;
            let areas = network::areas_on(snapshot, Level::County)?;
            Ok((names, chosen, offered, units, areas, categories))
        })
        .await?;
    let form = if form.text("days").is_some() { form } else { form.with("days", seek::DAYS) };
    let shown = Screen { page, form: form.clone(), names, chosen, offered, units, areas, categories };
    reply::page(&shown, Some(&form))
}

impl Screen {
    fn path(&self) -> &'static str {
        PATH
    }

    fn unit_choices(&self) -> Vec<Choice> {
        raising::unit_choices(&self.page, &self.units).collect()
    }

    fn area_choices(&self) -> Vec<Choice> {
        let locale = self.page.locale();
        self.areas.iter().map(|area| Choice::new(&area.code, area.named(locale))).collect()
    }

    fn title(&self, row: &Row) -> String {
        title(&self.page, row)
    }

    fn lights(&self, row: &Row) -> Vec<(&'static str, String)> {
        matters::words::lights(&self.page, row)
    }

    fn phase(&self, row: &Row) -> String {
        phase(&self.page, row)
    }

    fn category(&self, row: &Row) -> String {
        self.names.category(&self.page, row.category.as_deref())
    }

    fn area(&self, row: &Row) -> String {
        self.names.area(&self.page, row.area.as_ref().map(|area| &area.id))
    }

    /// Why a matter is offered that shares no words with what is looked for.
    fn why_key(&self) -> &'static str {
        match (self.form.text("category").is_some(), self.form.text("area").is_some()) {
            (true, true) => "issues-why-place",
            (true, false) => "issues-why-category",
            (false, true) => "issues-why-area",
            (false, false) => "issues-why-recent",
        }
    }

    /// What an earlier search keeps of what was typed.
    fn kept(&self) -> Vec<(&'static str, String)> {
        ["topic", "title", "unit", "grounds"]
            .into_iter()
            .filter_map(|field| Some((field, self.form.text(field)?.to_owned())))
            .collect()
    }
}
