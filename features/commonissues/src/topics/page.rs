//! `/hot-topics`: the list, and one topic with the rows that make it, counted anew.

use super::find::cell_now;
use super::projection::{TopicRow, topics};
use super::{PATH, href, shell};
use crate::rules::surge::Surge;
use crate::rules::topic::{Found, Topic, TopicState};
use crate::words::{Names, phase, title};
use crate::{NAV, Tab, issues, tabs};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::permission::Permission;
use matters::Row;
use matters::configuration::HotTopics;
use matters::configuration::hot_topics;
use platform::Failure;
use platform::paging::After;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use std::sync::Arc;

/// Topics of a page.
const ROWS: usize = 50;
/// The longest words, in characters.
const LONGEST: usize = 500;

#[derive(Template)]
#[template(path = "commonissues/topics.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<TopicRow>,
    names: Names,
    rules: Arc<HotTopics>,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "commonissues/topic.html")]
struct Shown {
    page: Page,
    form: Form,
    id: String,
    topic: Topic,
    found: Found,
    words: String,
    /// The cell as it is counted now.
    now: Surge,
    rows: Vec<Row>,
    names: Names,
    rule: String,
    may_settle: bool,
    may_group: bool,
}

pub(super) async fn list(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (grants, after) = (staff.person.grants.clone(), look.after.clone());
    let (rows, next, names, rules) = staff
        .app
        .read(move |snapshot, app| {
            let (rows, next) = topics(snapshot, &grants, after.as_deref(), ROWS)?;
            let mut names = Names::read(snapshot, app)?;
            for row in &rows {
                names.with_place(snapshot, &row.place)?;
            }
            Ok((rows, next, names, hot_topics::in_force(snapshot, app)?))
        })
        .await?;
    let page = staff.desk_page("topics-title", NAV);
    let [first_href, next_href] = look.hrefs(PATH, next.as_deref());
    let tabs = tabs(&page, PATH);
    reply::page(&List { tabs, page, rows, names, rules, first_href, next_href }, None)
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    screen(&staff, id, Form::new()).await
}

pub(super) async fn settle(
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let words = form.value("words").trim().to_owned();
    if words.chars().count() > LONGEST {
        let wrong = FieldError::new("words", "issue-too-long").with("max", LONGEST);
        return screen(&staff, id, form.refused(wrong)).await;
    }
    let (by, topic, notes) = (staff.by(), id.clone(), form.value("verdict") == "note");
    let done = staff
        .app
        .write(move |work| match notes {
            true => shell::note(work, &by, &topic, &words),
            false => shell::dismiss(work, &by, &topic, &words),
        })
        .await;
    match done {
        Ok(()) => {
            let flash = if notes { "flash-topic-noted" } else { "flash-topic-dismissed" };
            Ok(reply::done(&staff, &href(&id), flash))
        }
        Err(Failure::Refused(refusal)) => screen(&staff, id, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

async fn screen(staff: &Staff, id: String, form: Form) -> Result<Response, Failure> {
    let (person, asked) = (staff.person.clone(), id.clone());
    let (topic, found, words, now, rows, names, rules) = staff
        .app
        .read(move |snapshot, app| {
            let (topic, found) = shell::load(snapshot, &person.grants, &asked)?;
            let words = shell::words(snapshot, app, &topic)?;
            let now = cell_now(snapshot, &found)?;
            let rows = matters::read::rows(snapshot, app, &person.grants, &found.surge.matters)?;
            let mut names = Names::read(snapshot, app)?;
            names.with_place(snapshot, &found.surge.place)?;
            Ok((topic, found, words, now, rows, names, hot_topics::in_force(snapshot, app)?))
        })
        .await?;
    let page = staff.desk_page("topics-one", NAV).in_error(form.has_errors());
    let place = names.place(&page, Some(&found.surge.place));
    let group = names.category(&page, Some(&found.surge.group));
    let rule = rules.rule(&found.rule).map(|rule| rule.name.in_locale(page.locale()).to_owned());
    let open = matches!(topic.state, Some(TopicState::Open | TopicState::Noted));
    let shown = Shown {
        page: page.titled_text(format!("{place} · {group}")),
        form: form.clone(),
        id,
        words,
        now,
        rows,
        names,
        rule: rule.unwrap_or_else(|| found.rule.clone()),
        may_settle: open && staff.person.may_ever(Permission::TopicSettle),
        may_group: topic.state != Some(TopicState::Grouped) && staff.person.may_ever(Permission::IssueManage),
        topic,
        found,
    };
    reply::page(&shown, Some(&form))
}

fn tone(state: TopicState) -> &'static str {
    match state {
        TopicState::Open => "warning",
        TopicState::Noted => "primary",
        TopicState::Dismissed => "neutral",
        TopicState::Grouped => "success",
    }
}

/// The mean of the weeks before, with one decimal.
fn mean(sum: u64, weeks: u64) -> String {
    let tenths = (sum * 10 + weeks / 2).checked_div(weeks).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl List {
    fn href(&self, row: &TopicRow) -> String {
        href(&row.id)
    }

    fn name(&self, row: &TopicRow) -> String {
        let place = self.names.place(&self.page, Some(&row.place));
        format!("{place} · {}", self.names.category(&self.page, Some(&row.group)))
    }

    fn rule(&self, row: &TopicRow) -> String {
        let rule = self.rules.rule(&row.rule).map(|rule| rule.name.in_locale(self.page.locale()).to_owned());
        rule.unwrap_or_else(|| row.rule.clone())
    }

    fn tone(&self, row: &TopicRow) -> &'static str {
        tone(row.state)
    }

    fn mean(&self, row: &TopicRow) -> String {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        mean(number(row.before.0), number(row.before.1))
    }
}

impl Shown {
    fn back(&self) -> &'static str {
        PATH
    }

    fn action(&self) -> String {
        format!("{}/settlement", href(&self.id))
    }

    fn group_href(&self) -> String {
        format!("{}/new?topic={}", issues::PATH, self.id)
    }

    fn issue_href(&self) -> Option<String> {
        self.topic.issue.as_deref().map(issues::href)
    }

    fn state(&self) -> (String, &'static str) {
        let state = self.topic.state.unwrap_or(TopicState::Open);
        (self.page.t(state.key()), tone(state))
    }

    fn hours(&self) -> String {
        let (from, until) = self.found.measure.window(self.found.surge.until, 0);
        format!("{} – {}", self.page.datetime(&from), self.page.datetime(&until))
    }

    fn since(&self) -> String {
        self.topic.since.map_or_else(String::new, |at| self.page.datetime(&at))
    }

    /// The weeks before: the hours, what was counted then, what is counted now.
    fn weeks(&self) -> Vec<(String, u64, u64)> {
        let counted = self.found.surge.before.iter().zip(&self.now.before);
        (1..)
            .zip(counted)
            .map(|(back, (then, now))| {
                let (from, _) = self.found.measure.window(self.found.surge.until, back);
                (self.page.datetime(&from), *then, *now)
            })
            .collect()
    }

    /// The formula with its numbers.
    fn formula(&self) -> String {
        let (measure, surge) = (&self.found.measure, &self.found.surge);
        let sum: u64 = surge.before.iter().sum();
        self.page.ta(
            "topics-formula",
            [
                ("n", surge.matters.len().into()),
                ("minimum", measure.minimum.into()),
                ("weeks", measure.weeks.into()),
                ("sum", sum.into()),
                ("mean", mean(sum, u64::from(measure.weeks)).into()),
                ("factor", format!("{}.{}", measure.factor / 10, measure.factor % 10).into()),
            ],
        )
    }

    /// Whether the rows as they are now give the same numbers.
    fn is_same(&self) -> bool {
        self.now == self.found.surge
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

    fn unseen(&self) -> usize {
        self.found.surge.matters.len() - self.rows.len()
    }

    fn filed(&self, row: &Row) -> String {
        self.page.datetime(&row.filed_at)
    }

    fn is_settled(&self) -> bool {
        self.topic.settled_at.is_some()
    }
}
