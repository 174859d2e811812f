//! `/matters/{id}`: one matter whole, its clocks explained, and exactly the actions this
//! person may take now.

use super::QUEUES;
use super::actions::Actions;
use super::reckoning::Reckoning;
use super::words::Words;
use super::{enterprises, page, papers};
use crate::verbs::{OpenContact, Place, Rejected, perform};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::MatterId;
use kernel::credit_code::normal_credit_code;
use kernel::permission::Permission;
use kernel::text::normal_email;
use kernel::time::Instant;
use knowledge::read::QuoteLine;
use matters::configuration::NoticeKind;
use matters::read::MatterLink;
use matters::{LimitView, MatterView, NodeView, Row, TimelineItem, Viewer};
use matters_rules::command::ContactCard;
use matters_rules::state::NodeState;
use matters_rules::{ActionCode, ContactPurpose, MatterKind, Phase};
use notices::read::Went;
use platform::Failure;
use platform::beside::Beside;
use platform::ui::{Choice, Form, Page};
use platform::web::{Access, Routes, Staff};
use std::collections::BTreeMap;

/// The matter's page.
pub fn routes() -> Routes {
    Routes::new().get("/matters/{id}", Access::Staff(Permission::MatterRead), show)
}

/// What the source's number begins with where a register's record is the source.
const REGISTER: &str = "register:";

#[derive(Template)]
#[template(path = "desk/matter.html")]
struct MatterPage {
    page: Page,
    words: Words,
    view: MatterView,
    actions: Actions,
    limits: Vec<Reckoning>,
    /// What of the knowledge base was quoted in its answer.
    quotes: Vec<QuoteLine>,
    /// Who was told what about it.
    told: Vec<Went>,
    /// The matters linked with it that this person may see.
    linked: BTreeMap<MatterId, Row>,
    /// What other features say of it.
    beside: Vec<Beside>,
    /// Contact data just opened, shown this once.
    opened: Option<ContactCard>,
    /// Whether this person verifies addresses of enterprises.
    verifies: bool,
    /// Whether this person sees leaders' instructions.
    reports: bool,
    /// Whether they record them, and put sheets before leaders.
    records: bool,
    /// Whether the reader groups matters under common issues.
    groups: bool,
    /// Whether the reader raises tasks.
    raises: bool,
}

/// A matter as this person may see it.
///
/// # Errors
/// [`Failure::NotFound`] where they may not know of it.
pub async fn load(staff: &Staff, place: Place) -> Result<MatterView, Failure> {
    let person = staff.person.clone();
    staff.app.read(move |snapshot, app| matters::view(snapshot, app, place.id, Viewer::Staff(&person))).await
}

async fn show(staff: Staff, place: Place) -> Result<Response, Failure> {
    let view = load(&staff, place).await?;
    respond(&staff, view, None).await
}

/// Journals that the contact data are looked at, then shows them this once.
///
/// # Errors
/// As [`look_at_contact`].
pub async fn open_contact(
    staff: Staff,
    place: Place,
    axum::Form(typed): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Form = typed.into_iter().collect();
    let purpose = ContactPurpose::parse(form.value("purpose")).unwrap_or(ContactPurpose::Contact);
    let card = look_at_contact(&staff, place, purpose).await?;
    let view = load(&staff, place).await?;
    respond(&staff, view, Some(card)).await
}

/// Journals that the contact data are looked at, and what for; then opens them.
///
/// # Errors
/// As [`perform`].
pub async fn look_at_contact(
    staff: &Staff,
    place: Place,
    purpose: ContactPurpose,
) -> Result<ContactCard, Failure> {
    let looked = perform(&staff.app, staff.by(), place, None, OpenContact { purpose }, Vec::new()).await;
    let acted = match looked {
        Ok(acted) => acted,
        Err(Rejected::Failed(failure)) => return Err(failure),
        Err(Rejected::Fields(errors)) => return Err(Failure::Invalid(errors)),
    };
    let sealed = acted.state.contact.ok_or(Failure::NotFound)?;
    staff
        .app
        .read(move |snapshot, app| {
            let key = platform::act::subject_key(snapshot, &app.vault, &sealed.subject)?
                .ok_or(Failure::NotFound)?;
            Ok(app.vault.open(&key, &sealed)?.into_inner())
        })
        .await
}

async fn respond(staff: &Staff, view: MatterView, opened: Option<ContactCard>) -> Result<Response, Failure> {
    let id = view.id;
    let page = staff.desk_page("desk-matter-title", QUEUES).titled_text(view.number.clone());
    let (grants, said_on) = (staff.person.grants.clone(), page.clone());
    let links: Vec<MatterId> = links(&view).map(|link| link.id).collect();
    let (told, quotes, beside, linked) = staff
        .app
        .read(move |snapshot, app| {
            let mut beside = Vec::new();
            for other in &app.beside {
                beside.extend(other.of(snapshot, app, &said_on, &grants, id)?);
            }
            let linked = matters::read::rows(snapshot, app, &grants, &links)?;
            let linked = linked.into_iter().map(|row| (row.id, row)).collect();
            let told = notices::read::of_matter(snapshot, id)?;
            Ok((told, knowledge::read::quotes(snapshot, id)?, beside, linked))
        })
        .await?;
    let words = Words::of(&staff.app, &page);
    let shown = MatterPage {
        actions: Actions::of(&page, &view),
        limits: limits(&page, &words, &view),
        page,
        words,
        view,
        told,
        quotes,
        beside,
        linked,
        opened,
        verifies: staff.person.may_ever(Permission::EnterpriseVerify),
        reports: staff.person.may_ever(Permission::InstructionRead),
        records: staff.person.may_ever(Permission::InstructionRecord),
        groups: staff.person.may_ever(Permission::IssueManage),
        raises: staff.person.may_ever(Permission::MatterRaise),
    };
    page::show(StatusCode::OK, &shown)
}

fn links(view: &MatterView) -> impl Iterator<Item = &MatterLink> {
    let about = view.raised.iter().filter_map(|raised| raised.about.as_ref());
    view.master.iter().chain(&view.followers).chain(&view.arisen).chain(about)
}

fn runs(limit: &LimitView) -> bool {
    limit.remaining.as_ref().is_some_and(|remaining| !remaining.late)
}

/// Every limit of the matter itself, explained.
fn limits(page: &Page, words: &Words, view: &MatterView) -> Vec<Reckoning> {
    let named = [
        ("desk-limit-promise", &view.clock.promise),
        ("desk-limit-review", &view.review),
        ("desk-limit-assignment", &view.assignment),
        (
            if view.raised.is_some() { "desk-limit-verification" } else { "desk-limit-call-back" },
            &view.call_back,
        ),
    ];
    // What an office raises is accepted as it is raised: no review ever ran.
    let ran = |key: &str| view.raised.is_none() || key != "desk-limit-review";
    let set =
        named.into_iter().filter(|(key, _)| ran(key)).filter_map(|(key, limit)| Some((key, limit.as_ref()?)));
    let mut limits: Vec<_> = set.map(|(key, limit)| Reckoning::of(page, words, key, limit)).collect();
    if let (Some(promise), Some(first)) = (limits.first_mut(), view.clock.first_promise_at) {
        promise.changes.push(page.t1("desk-why-promise-moved", "from", words.due_at(&first)));
    }
    limits
}

impl MatterPage {
    /// The lights of a matter linked with this one.
    fn lit(&self, link: &MatterLink) -> Vec<(&'static str, String)> {
        self.linked.get(&link.id).map(|row| self.words.lights(row)).unwrap_or_default()
    }

    /// The limits of an assignment, explained.
    fn node_limits(&self, node: &NodeView) -> Vec<Reckoning> {
        // An assignment taken back has no limits left to keep.
        if matches!(node.state, NodeState::Reassigned | NodeState::Released) {
            return Vec::new();
        }
        let named: [(&str, Option<&LimitView>); 4] = [
            ("desk-limit-signing", Some(&node.signing)),
            // A right that ends, not a duty: once over it is no lateness.
            ("desk-limit-objection", node.objection_limit.as_ref().filter(|limit| runs(limit))),
            // Whoever passed it on leaves the contact to the unit below.
            ("desk-limit-contact", node.contact.as_ref().filter(|_| !node.is_relay)),
            ("desk-limit-handling", Some(&node.handling)),
        ];
        let set = named.into_iter().filter_map(|(key, limit)| Some((key, limit?)));
        set.map(|(key, limit)| Reckoning::of(&self.page, &self.words, key, limit)).collect()
    }

    /// The written notice, once it is declined.
    fn decline_paper(&self) -> Option<papers::Link> {
        papers::decline_link(&self.page, &self.view)
    }

    /// When an interval ended, or that it still runs.
    fn pause_end(&self, to: &Option<Instant>) -> String {
        to.map_or_else(|| self.page.t("desk-why-still"), |to| self.words.moment(&to))
    }

    /// Who was told what; of a report of pressure only to whom may know of one.
    fn told(&self) -> Vec<&Went> {
        let knows = !self.view.pressure.is_empty();
        self.told.iter().filter(|went| knows || went.kind != NoticeKind::Pressure).collect()
    }

    /// Who was told, and by which ways it went.
    fn told_line(&self, went: &Went) -> String {
        let to = went.to.clone().unwrap_or_else(|| self.page.t("notices-to-appellant"));
        let way = |(channel, at, fate): &(notices::rules::Channel, Instant, notices::rules::Fate)| {
            self.page.t2(fate.key(), "channel", self.page.t(channel.key()), "at", self.words.moment(at))
        };
        std::iter::once(to).chain(went.ways.iter().map(way)).collect::<Vec<_>>().join(" · ")
    }

    fn phase(&self) -> String {
        self.page.t(&format!("phase-{}", self.view.phase.code()))
    }

    fn node_state(&self, node: &NodeView) -> String {
        self.page.t(&format!("node-state-{}", node.state.code()))
    }

    /// What contact data may be looked at for.
    fn purposes(&self) -> Vec<Choice> {
        let choice = |purpose: &ContactPurpose| Choice::new(purpose.code(), self.page.t(purpose.key()));
        ContactPurpose::ALL.iter().map(choice).collect()
    }

    /// Whether the address on an opened card may be verified for the enterprise it names.
    fn may_verify(&self, card: &ContactCard) -> bool {
        self.verifies
            && !self.view.shielded
            && normal_credit_code(&card.credit_code).is_some()
            && normal_email(&card.email).is_some()
    }

    fn bases(&self) -> Vec<Choice> {
        enterprises::bases(&self.page)
    }

    /// Whether this person may look at the contact data.
    fn may_open_contact(&self) -> bool {
        self.opened.is_none() && self.view.may(ActionCode::OpenContact, None)
    }

    /// When and how a leader instructed it.
    fn instructed(&self, given: &matters_rules::kind::Instructed) -> String {
        format!("{} · {}", self.page.date(&given.on), self.page.t(given.medium.key()))
    }

    /// Key of the heading over what is wanted.
    fn asked_key(&self) -> &'static str {
        if self.view.raised.is_some() { "desk-raised-what" } else { "desk-asked" }
    }

    /// Whether there is a page to take to the leader who instructed it.
    fn has_feedback(&self) -> bool {
        let answered = matches!(self.view.phase, Phase::Verification | Phase::Closed | Phase::Archived);
        self.reports && answered && self.view.kind == MatterKind::Instruction
    }

    /// Type and category.
    fn kind(&self) -> String {
        let key = self.view.appeal_type.map_or_else(|| self.view.kind.key(), |kind| kind.key());
        let kind = self.page.t(key);
        match &self.view.category {
            Some((code, name)) => format!("{kind} · {} {code}", name.in_locale(self.page.locale())),
            None => kind,
        }
    }

    /// How it came in, with the source's number and the express lines.
    fn channel(&self) -> String {
        let channel = self.view.channel.map(|channel| self.page.t(channel.key()));
        let lines = self.view.express_lines.iter().map(|line| self.page.t(line.key()));
        let number = self.view.source_number.clone().filter(|number| !number.starts_with(REGISTER));
        let parts: Vec<String> = channel.into_iter().chain(number).chain(lines).collect();
        parts.join(" · ")
    }

    /// Until when the source wants the result, and what was asked of it.
    fn source_due(&self) -> Option<String> {
        let due = self.words.due_at(&self.view.source_due?);
        Some(match &self.view.source_asked {
            Some(until) => self.page.t2("desk-source-asked", "due", due, "until", self.words.date(until)),
            None => due,
        })
    }

    fn event(&self, item: &TimelineItem) -> String {
        let event = self.page.t(&format!("event-{}", item.kind));
        match &item.unit {
            Some(unit) => {
                self.page.t2("desk-event-of", "event", event, "unit", unit.brief(self.page.locale()))
            }
            None => event,
        }
    }

    /// Why a rule of supervision fired.
    fn why(&self, why: &matters_rules::event::Why, name: &matters::configuration::Name) -> String {
        matters::read::why_words(&self.page, why, name)
    }

    fn event_tone(&self, item: &TimelineItem) -> &'static str {
        match item.kind {
            "filed" | "raised" | "accepted" | "assigned" => "primary",
            "approved" | "result_approved" | "closed" | "answered" | "reported" | "answered_directly" => {
                "success"
            }
            "returned" | "objected" | "redo_ordered" | "contested" | "escalated" | "urged"
            | "slip_issued" | "reported_upwards" => "warning",
            _ => "neutral",
        }
    }
}
