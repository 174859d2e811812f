//! `/desk/supervision/rules`: the rules as they stand in the draft or in force, how many
//! assignments each matches now, and a dry run of all of them. Versions, differences and
//! publishing are the configuration's own pages.

mod edit;
mod form;

use crate::BOARD;
use askama::Template;
use axum::response::Response;
use kernel::permission::Permission;
use matters::configuration::{self, Document, Rule, Supervision};
use matters::read::{Matching, condition_words, matching};
use matters::words::Words;
use matters::{Filter, Row, Tab};
use platform::ui::Page;
use platform::web::reply;
use platform::web::{Access, Routes, Staff};
use platform::{App, Failure};
use store::Query;

/// Where the list stands.
pub(super) const PATH: &str = "/desk/supervision/rules";
/// Matches of a rule that a dry run looks at.
const MOST: usize = 500;
/// Matches that a preview shows.
const SHOWN: usize = 20;

/// The rules' pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::ConfigurationRead);
    let draft = Access::Staff(Permission::ConfigurationDraft);
    Routes::new()
        .get(PATH, read, show)
        .get("/desk/supervision/rules/run", read, dry_run)
        .get("/desk/supervision/rules/{at}", draft, edit::show)
        .post("/desk/supervision/rules/{at}", draft, edit::save)
}

/// The rules to work on: the draft, or what was published last.
pub(super) struct Working {
    /// Version of the document's stream: what a form sends back.
    pub head: i64,
    /// The whole file.
    pub text: String,
    /// Whether it is a draft.
    pub drafted: bool,
    /// The note kept with the draft.
    pub note: String,
}

impl Working {
    /// Reads it.
    pub fn load(query: &mut dyn Query, app: &App) -> Result<Self, Failure> {
        let document = Document::Supervision;
        let head = configuration::load(query, document)?.version;
        if let Some(draft) = configuration::draft(query, document)? {
            return Ok(Self { head, text: draft.toml, drafted: true, note: draft.note });
        }
        let versions = configuration::versions(query, document)?;
        let published = versions.first().map(|last| (last.version.clone(), last.position));
        let text = match published {
            None => document.delivered().to_owned(),
            Some((version, position)) => {
                let last = configuration::toml(query, document, position)?.unwrap_or_default();
                document.headed(&last, &version, app.config.zone.date_of(app.now())).unwrap_or(last)
            }
        };
        Ok(Self { head, text, drafted: false, note: String::new() })
    }

    /// The rules, where the text reads.
    pub fn rules(&self) -> Vec<Rule> {
        Supervision::parse(&self.text).map(|read| read.rules).unwrap_or_default()
    }
}

/// A rule with what it matches now.
struct Line {
    at: usize,
    rule: Rule,
    matching: u64,
}

#[derive(Template)]
#[template(path = "supervision/rules.html")]
struct Shown {
    page: Page,
    lines: Vec<Line>,
    drafted: bool,
    readable: bool,
    may_draft: bool,
}

async fn show(staff: Staff) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let (working, lines) = staff
        .app
        .read(move |snapshot, app| {
            let working = Working::load(snapshot, app)?;
            let mut lines = Vec::new();
            for (at, rule) in working.rules().into_iter().enumerate() {
                let filter = matching_filter(&rule);
                let matching = matters::read::count(snapshot, app, &person.grants, &filter)?;
                lines.push(Line { at, rule, matching });
            }
            Ok((working, lines))
        })
        .await?;
    let page = staff.desk_page("rules-title", BOARD);
    let shown = Shown {
        page,
        readable: Supervision::parse(&working.text).is_ok(),
        drafted: working.drafted,
        may_draft: staff.person.may_ever(Permission::ConfigurationDraft),
        lines,
    };
    reply::page(&shown, None)
}

/// What a rule's conditions find on the board.
pub(super) fn matching_filter(rule: &Rule) -> Filter {
    Filter { tab: Tab::Watched, watch: rule.when.clone(), ..Filter::default() }
}

impl Shown {
    fn name(&self, line: &Line) -> String {
        line.rule.name.in_locale(self.page.locale()).to_owned()
    }

    fn conditions(&self, line: &Line) -> Vec<String> {
        line.rule.when.iter().map(|condition| condition_words(&self.page, condition)).collect()
    }

    fn edit_href(&self, at: &usize) -> String {
        format!("{PATH}/{at}")
    }

    fn new_href(&self) -> String {
        format!("{PATH}/{}", self.lines.len())
    }
}

/// What one rule would do now.
struct Firing {
    rule: Rule,
    count: usize,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "supervision/run.html")]
struct Run {
    page: Page,
    words: Words,
    firings: Vec<Firing>,
}

/// What every rule in work would do if it ran now, and what it has done already left out.
async fn dry_run(staff: Staff) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let firings = staff
        .app
        .read(move |snapshot, app| {
            let mut firings = Vec::new();
            for rule in Working::load(snapshot, app)?.rules().into_iter().filter(|rule| !rule.retired) {
                let found = matching(snapshot, app, &rule.code, &rule.when, MOST)?;
                let ids: Vec<_> = found.iter().take(SHOWN).map(|Matching { matter, .. }| *matter).collect();
                let rows = matters::read::rows(snapshot, app, &person.grants, &ids)?;
                firings.push(Firing { rule, count: found.len(), rows });
            }
            Ok(firings)
        })
        .await?;
    let page = staff.desk_page("rules-run-title", BOARD);
    let words = Words::of(&staff.app, &page);
    reply::page(&Run { page, words, firings }, None)
}

impl Run {
    fn name(&self, firing: &Firing) -> String {
        firing.rule.name.in_locale(self.page.locale()).to_owned()
    }

    fn count(&self, firing: &Firing) -> String {
        if firing.count >= MOST { format!("{MOST}+") } else { firing.count.to_string() }
    }

    fn cut(&self, firing: &Firing) -> bool {
        firing.count > firing.rows.len()
    }
}
