//! A slip's page: what it says, how far it is, its history, and the step this reader may take.

use super::read::{SlipRow, one};
use super::{PATH, history, standing_of};
use crate::SLIPS;
use crate::rules::slip::{Event, Slip, SlipRules, SlipState};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::{Permission, permit};
use kernel::time::Instant;
use kernel::{Actor, Recorded, SlipId};
use matters::configuration::{Name, supervision};
use matters::words::Words;
use matters_rules::command::Text;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply;
use platform::{App, Failure};
use store::Query;

/// A line of a slip's history.
pub(super) struct Step {
    /// Key of what happened.
    pub key: String,
    /// When.
    pub at: Instant,
    /// Who: the post's role, or the platform.
    pub who: String,
    /// Its words, where it has any.
    pub text: String,
}

#[derive(Template)]
#[template(path = "supervision/slip.html")]
pub(super) struct Shown {
    pub page: Page,
    pub words: Words,
    pub row: SlipRow,
    pub version: i64,
    /// What is demanded; empty where nothing is yet, or the person was erased.
    pub demand: String,
    pub replies: Vec<(Instant, String)>,
    /// The rule that drafted it, by its name today.
    rule: Option<Name>,
    steps: Vec<Step>,
    may: May,
    form: Form,
}

/// What this reader may do to the slip now.
#[derive(Clone, Copy, Default)]
struct May {
    revise: bool,
    check: bool,
    issue: bool,
    reply: bool,
    settle: bool,
    cancel: bool,
}

pub(super) async fn show(staff: Staff, Path(id): Path<SlipId>) -> Result<Response, Failure> {
    screen(staff, id, Form::new()).await
}

/// The page with, perhaps, a step that was refused.
pub(super) async fn screen(staff: Staff, id: SlipId, form: Form) -> Result<Response, Failure> {
    let mut shown = Shown::load(&staff, id).await?;
    shown.page = shown.page.in_error(form.has_errors());
    shown.form = form;
    reply::page(&shown, Some(&shown.form))
}

impl Shown {
    /// The slip as this reader may see it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where they may not.
    pub async fn load(staff: &Staff, id: SlipId) -> Result<Self, Failure> {
        let person = staff.person.clone();
        let page = staff.desk_page("slip-title", SLIPS);
        let told = page.clone();
        let (row, slip, demand, replies, rule, steps, may) = staff
            .app
            .read(move |snapshot, app| {
                let row = one(snapshot, app, &person.grants, id)?;
                let slip = platform::act::load::<SlipRules>(snapshot, &id.to_string())?.state;
                let entries = history(snapshot, id)?;
                let opener = Opener::of(snapshot, app, &row)?;
                let demand = slip.content.as_ref().and_then(|content| content.demand.as_ref());
                let demand = opener.text(demand)?;
                let mut replies = Vec::new();
                let mut steps = Vec::with_capacity(entries.len());
                for entry in &entries {
                    if let Event::SlipReplied { text } = &entry.event {
                        replies.push((entry.at(), opener.text(Some(text))?));
                    }
                    steps.push(Step {
                        key: format!("event-{}", event_kind(&entry.event)),
                        at: entry.at(),
                        who: who(&told, &entry.actor),
                        text: opener.text(words_of(entry))?,
                    });
                }
                let rule = row.rule.as_deref().map(|rule| rule_name(snapshot, app, rule)).transpose()?;
                let may = match &slip.subject {
                    Some(subject) => May::of(&person, &slip, &standing_of(snapshot, subject)?),
                    None => May::default(),
                };
                Ok((row, slip, demand, replies, rule, steps, may))
            })
            .await?;
        let words = Words::of(&staff.app, &page);
        let version = slip.version;
        Ok(Self { page, words, row, version, demand, replies, rule, steps, may, form: Form::new() })
    }

    /// Where a slip's page is.
    pub fn href(id: SlipId) -> String {
        format!("{PATH}/{id}")
    }

    fn own_href(&self) -> String {
        Self::href(self.row.id)
    }

    /// Its number as it is printed; that it has none yet.
    pub fn number(&self) -> String {
        number(&self.page, &self.row)
    }

    fn state_key(&self) -> String {
        format!("slip-state-{}", self.row.state.code())
    }
}

/// `督〔2026〕12号`: the office's mark, the year, the running number (GB/T 9704-2012, 7.2.5).
pub(super) fn number(page: &Page, row: &SlipRow) -> String {
    let Some((year, serial)) = row.number else { return page.t("slip-unnumbered") };
    let names = [
        ("mark", page.site.document_mark.as_str().into()),
        ("year", year.to_string().into()),
        ("serial", serial.to_string().into()),
    ];
    page.translator().ta("slip-number", &names)
}

impl May {
    fn of(
        person: &platform::directory::SignedIn,
        slip: &Slip,
        standing: &kernel::permission::Standing,
    ) -> Self {
        let may = |permission| permit(&person.grants, permission, standing).is_some();
        let author = slip.authors.contains(&person.account);
        let checker = slip.checker == Some(person.account);
        let at = |state| slip.state == Some(state);
        Self {
            revise: at(SlipState::Drafted) && may(Permission::SlipDraft),
            check: at(SlipState::Drafted) && !author && may(Permission::SlipCheck),
            issue: at(SlipState::Checked) && !author && !checker && may(Permission::SlipIssue),
            reply: at(SlipState::Issued) && may(Permission::SlipReply),
            settle: at(SlipState::Replied) && may(Permission::SlipDraft),
            cancel: slip.state.is_some_and(SlipState::is_open) && may(Permission::SlipDraft),
        }
    }
}

/// Opens what was sealed under the matter's subject; nothing of an erased person.
struct Opener<'a> {
    key: Option<platform::vault::SubjectKey>,
    vault: &'a platform::vault::Vault,
}

impl<'a> Opener<'a> {
    fn of(query: &mut dyn Query, app: &'a platform::App, row: &SlipRow) -> Result<Self, Failure> {
        let sql = "select subject from matter where id = $1";
        let subject = query.query_one(sql, &store::params![row.matter.to_string()])?.text(0)?;
        let subject = kernel::SubjectId(subject);
        Ok(Self { key: platform::act::subject_key(query, &app.vault, &subject)?, vault: &app.vault })
    }

    fn text(&self, sealed: Option<&Text>) -> Result<String, Failure> {
        match (&self.key, sealed) {
            (Some(key), Some(sealed)) => Ok(self.vault.open(key, sealed)?.into_inner()),
            _ => Ok(String::new()),
        }
    }
}

fn event_kind(event: &Event) -> &'static str {
    use kernel::Aggregate;
    SlipRules::event_kind(event)
}

/// What a step says besides the demand and the replies, which stand on the page themselves.
fn words_of(entry: &Recorded<Event>) -> Option<&Text> {
    match &entry.event {
        Event::SlipSentBack { reason }
        | Event::SlipReplyReturned { reason }
        | Event::SlipSettled { reason } => reason.as_ref(),
        Event::SlipCancelled { reason } => Some(reason),
        _ => None,
    }
}

fn who(page: &Page, actor: &Actor) -> String {
    match actor {
        Actor::Person { role, .. } | Actor::Integration { role, .. } => {
            page.t(&format!("role-{}", role.code()))
        }
        _ => page.t("actor-system"),
    }
}

/// What a rule is called now: rules are retired, never removed.
fn rule_name(query: &mut dyn Query, app: &App, code: &str) -> Result<Name, Failure> {
    let rules = supervision::in_force(query, app)?;
    let by_code = || Name { zh: code.to_owned(), en: String::new() };
    Ok(rules.get(code).map_or_else(by_code, |rule| rule.name.clone()))
}
