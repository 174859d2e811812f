//! What follows from a command, or why nothing does. First comes who may send it at all,
//! then whether it is possible now (what a page offers), then what its content must say.

mod completion;
mod ending;
mod evaluate;
mod exclusion;
mod file;
mod handle;
mod history;
mod interval;
mod moving;
mod objection;
mod protect;
mod raise;
mod recheck;
mod respond;
mod review;
mod shield;
mod source;
mod submit;
mod succeed;
mod supervise;
mod timers;
mod tree;

use crate::answer::CheckedText;
use crate::authority::{Asked, Reach};
use crate::codes::ActionCode;
use crate::command::Command;
use crate::event::Event;
use crate::facts::{Facts, UnitFact};
use crate::fold::fold;
use crate::ground::GivenGround;
use crate::procedure::Limits;
use crate::standing;
use crate::state::{Limit, Matter, Node, NodeState, Phase};
use kernel::permission::Permission;
use kernel::time::{Instant, Span};
use kernel::{AccountId, Aggregate, Hands, NodeId, Recorded, Refusal, Source, UnitId};
use std::collections::BTreeSet;

/// The rules of a matter.
#[derive(Clone, Copy, Debug)]
pub struct MatterRules;

impl Aggregate for MatterRules {
    type State = Matter;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "matter";

    fn event_kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn decide(state: &Matter, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let case = Case { state, facts };
        case.may(command.action(), command.node())?;
        case.carry_out(command)
    }

    fn fold(state: Matter, event: &Recorded<Event>) -> Matter {
        fold(state, event)
    }
}

type Permitted = Result<(), Refusal>;
type Decided = Result<Vec<Event>, Refusal>;

/// A matter and what is known when something is wanted of it.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub state: &'a Matter,
    pub facts: &'a Facts,
}

impl<'a> Case<'a> {
    /// Whether the actor may do this now, whatever its content turns out to be: the same
    /// answer for the page that offers it and for the command that does it.
    ///
    /// # Errors
    /// The first rule that stands in the way.
    pub fn may(&self, action: ActionCode, node: Option<NodeId>) -> Permitted {
        use ActionCode as A;
        standing::admits(&self.facts.actor, action, self.state)?;
        let filed = self.state.phase != Phase::None;
        refuse_if(filed && !self.state.kind.knows(action), "not-for-kind")?;
        match action {
            A::File | A::Raise => self.may_file(),
            A::AddMaterial | A::Message | A::Note | A::Correct | A::RenewCode => self.not_archived(),
            A::Redact => self.may_redact(),
            A::Accept => self.may_accept(),
            A::AskCompletion => self.may_ask_completion(),
            A::ProposeDecline => self.may_propose_decline(),
            A::DecideDecline => self.may_decide_decline(),
            A::Transfer => self.may_transfer(),
            A::AnswerDirectly => self.may_answer_directly(),
            A::Merge => self.may_merge(),
            A::FollowMaster | A::LeaveMaster => self.in_phase(&[Phase::Merged]),
            A::Assign => self.may_assign(node),
            A::Release => self.may_release(self.named(node)?),
            A::Sign => self.may_sign(self.named(node)?),
            A::Object => self.may_object(self.named(node)?),
            A::DecideObjection => self.may_decide_objection(self.named(node)?),
            A::Contact | A::Progress => self.working(self.named(node)?),
            A::RequestInterval => self.may_request_interval(self.named(node)?),
            A::DecideInterval => self.may_decide_interval(self.named(node)?),
            A::Resume => self.may_resume(self.named(node)?),
            A::Answer => self.may_answer(self.named(node)?),
            A::Submit => self.may_submit(self.named(node)?),
            A::Respond => self.may_respond(self.named(node)?),
            A::SignOff => self.may_sign_off(self.named(node)?),
            A::Review => self.may_review(self.named(node)?),
            A::CallBack => self.may_call_back(),
            A::Rate => self.may_rate(),
            A::Contest => self.may_contest(),
            A::AskRedo => self.may_ask_redo(),
            A::DecideRedo => self.may_decide_redo(),
            A::AskSource => self.may_ask_source(),
            A::SetSourceLimit => self.may_set_source_limit(),
            A::Escalate => self.may_escalate(),
            A::Supervise => self.may_supervise(node),
            A::Close => self.may_close(),
            A::Withdraw => self.may_withdraw(),
            A::RequestTermination => self.may_request_termination(),
            A::DecideTermination => self.may_decide_termination(),
            A::Verify => self.may_verify(),
            A::Archive => self.may_archive(),
            A::ClaimExclusion => self.may_claim_exclusion(self.named(node)?),
            A::JudgeExclusion => self.may_judge_exclusion(),
            A::Recheck => self.may_recheck(),
            A::ReportPressure => Ok(()),
            A::SettlePressure => self.may_settle_pressure(),
            A::RequestOpening => self.may_request_opening(),
            A::DecideOpening => self.may_decide_opening(),
            A::OpenContact => self.may_open_contact(),
            A::DeemAccepted => self.may_deem_accepted(),
            A::LapseCompletion => self.may_lapse_completion(),
            A::CloseUnrated => self.may_close_unrated(),
            A::LapseInterval => self.may_lapse_interval(self.named(node)?),
            A::LapseObjection => self.may_lapse_objection(self.named(node)?),
            A::LapseTermination => self.may_lapse_termination(),
            A::LapseExclusion => self.may_lapse_exclusion(),
            A::EndPause => self.may_end_pause(self.named(node)?),
            A::ArchiveDue => self.may_archive_due(),
            A::RecomputeLimits => Ok(()),
            A::Succeed => self.may_succeed(self.named(node)?),
            A::TakeOver => self.may_take_over(),
            A::Conclude => self.may_conclude(),
        }
    }

    fn carry_out(&self, command: &Command) -> Decided {
        use Command as C;
        match command {
            C::File(file) => self.file(file),
            C::Raise(raise) => self.raise(raise),
            C::AddMaterial { text, attachments } => self.add_material(text, attachments),
            C::Message { to_appellant, node, text } => self.message(*to_appellant, *node, text),
            C::Note { text } => one(Event::Noted { text: text.clone() }),
            C::Redact { title, text } => one(Event::Redacted { title: title.clone(), text: text.clone() }),
            C::Correct(correction) => self.correct(correction),

            C::Accept(accept) => self.accept(accept),
            C::AskCompletion { missing } => self.ask_completion(missing),
            C::ProposeDecline { ground, right_way } => self.propose_decline(*ground, right_way),
            C::DecideDecline { approve, reason } => self.decide_decline(*approve, reason),
            C::Transfer { to, reason } => self.transfer(to, reason),
            C::AnswerDirectly { results, text } => self.answer_directly(results, text),
            C::Merge { master, reason } => self.merge(*master, reason),
            C::FollowMaster => self.follow_master(),
            C::LeaveMaster => one(Event::MasterLeft { assignment: self.limit(self.limits().assignment) }),

            C::Assign { parent, to } => self.assign(*parent, to),
            C::Release { node, reason } => self.release(self.known(*node)?, reason),
            C::Sign { node } => one(Event::Signed { node: *node }),
            C::Object { node, basis, suggests, .. } => self.object(*node, basis, suggests),
            C::DecideObjection { node, ruling, reason } => {
                self.decide_objection(self.known(*node)?, ruling, reason)
            }

            C::Contact { node, way, at, text } => self.contact(self.known(*node)?, *way, *at, text),
            C::Progress { node, text } => self.progress(self.known(*node)?, text),
            C::RequestInterval { node, kind, span, until, reason, .. } => {
                self.request_interval(self.known(*node)?, *kind, *span, *until, reason)
            }
            C::DecideInterval { node, kind, grant, reason } => {
                self.decide_interval(self.known(*node)?, *kind, *grant, reason)
            }
            C::Resume { node, reason } => self.resume(self.known(*node)?, Some(reason.clone())),
            C::Answer { node, results, text, way, answered_at } => {
                self.answer(self.known(*node)?, results, text, *way, *answered_at)
            }
            C::Submit { node, attachments, note } => self.submit(*node, attachments, note),
            C::Respond(respond) => self.respond(self.known(respond.node)?, respond),
            C::SignOff { node, approve, scan, reason } => {
                self.sign_off(self.known(*node)?, *approve, *scan, reason)
            }
            C::Review { node, approve, reason } => self.review(self.known(*node)?, *approve, reason),

            C::CallBack { outcome, again_at, note, recordings } => {
                self.call_back(*outcome, *again_at, note, recordings)
            }
            C::Rate(rating) => self.rate(rating),
            C::Contest { text } => one(Event::Contested { text: text.clone() }),
            C::AskRedo { text } => one(Event::RedoAsked { text: text.clone() }),
            C::DecideRedo { valid, reason } => self.decide_redo(*valid, reason),
            C::AskSource { until, reason } => self.ask_source(*until, reason),
            C::SetSourceLimit { due, reason } => self.set_source_limit(*due, reason),
            C::Escalate { reason } => one(Event::Escalated { reason: Some(reason.clone()) }),
            C::Supervise(wanted) => self.supervise(wanted),
            C::Close { closing, reason } => self.close(*closing, reason),
            C::Withdraw { reason } => self.withdraw(reason),
            C::RequestTermination { reason, .. } => self.request_termination(reason),
            C::DecideTermination { approve, reason } => self.decide_termination(*approve, reason),
            C::Verify { passed, text } => self.verify(*passed, text),
            C::Archive | C::ArchiveDue => one(Event::Archived),

            C::ClaimExclusion { node, reason, attachments, .. } => {
                self.claim_exclusion(self.known(*node)?, reason, attachments)
            }
            C::JudgeExclusion { grant, reason } => self.judge_exclusion(*grant, reason),
            C::Recheck(recheck) => self.recheck(recheck),

            C::ReportPressure { kind, text } => self.report_pressure(*kind, text),
            C::SettlePressure { report, text } => self.settle_pressure(*report, text),
            C::RenewCode { code_hmac } => one(Event::CodeRenewed { code_hmac: code_hmac.clone() }),

            C::RequestOpening { reason } => self.request_opening(reason),
            C::DecideOpening { request, approve, reason } => self.decide_opening(*request, *approve, reason),
            C::OpenContact { purpose } => one(Event::ContactOpened { purpose: Some(*purpose) }),

            C::DeemAccepted => self.deem_accepted(),
            C::LapseCompletion => one(Event::CompletionLapsed),
            C::CloseUnrated => one(self.closed(self.state.closing_by_result(), None)),
            C::LapseInterval { node, kind } => self.lapse_interval(self.known(*node)?, *kind),
            C::LapseObjection { node } => one(Event::ObjectionLapsed { node: *node }),
            C::LapseTermination => one(Event::TerminationLapsed),
            C::LapseExclusion => one(Event::ExclusionRefused { lapsed: true }),
            C::EndPause { node } => self.resume(self.known(*node)?, None),
            C::RecomputeLimits => self.recompute_limits(),
            C::Succeed { node, to, split } => self.succeed(self.known(*node)?, to, *split),
            C::TakeOver(taken) => self.take_over(taken),
            C::Conclude { closing, note } => self.conclude(*closing, note),
        }
    }

    fn now(&self) -> Instant {
        self.facts.now
    }

    fn limits(&self) -> &'a Limits {
        &self.facts.procedure.limits
    }

    /// A limit that starts now.
    fn limit(&self, span: Span) -> Limit {
        self.limit_from(self.now(), span)
    }

    fn limit_from(&self, start: Instant, span: Span) -> Limit {
        Limit::set(&self.facts.calendar, start, span, &[])
    }

    fn in_phase(&self, phases: &[Phase]) -> Permitted {
        if phases.contains(&self.state.phase) {
            return Ok(());
        }
        Err(Refusal::new(match phases.first() {
            Some(Phase::Registered) => "not-registered",
            Some(Phase::Accepted) => "not-accepted",
            Some(Phase::Merged) => "not-merged",
            Some(Phase::CallBack) => "not-in-call-back",
            Some(Phase::Verification) => "not-in-verification",
            Some(Phase::Closed) => "not-closed",
            _ => "not-running",
        }))
    }

    fn running(&self) -> Permitted {
        self.in_phase(&[Phase::Assigned, Phase::Redo])
    }

    fn not_archived(&self) -> Permitted {
        refuse_if(self.state.phase == Phase::Archived, "archived")
    }

    fn named(&self, node: Option<NodeId>) -> Result<&'a Node, Refusal> {
        self.known(node.ok_or_else(|| Refusal::new("node-unknown"))?)
    }

    fn known(&self, node: NodeId) -> Result<&'a Node, Refusal> {
        self.state.node(node).ok_or_else(|| Refusal::new("node-unknown"))
    }

    /// A node of a running matter whose unit is at work on it.
    fn working(&self, node: &Node) -> Permitted {
        self.running()?;
        match node.state {
            NodeState::Working => Ok(()),
            NodeState::Unsigned => Err(Refusal::new("not-signed")),
            _ => Err(Refusal::new("node-not-working")),
        }
    }

    fn unit(&self, id: &UnitId) -> Result<&'a UnitFact, Refusal> {
        self.facts.units.get(id).ok_or_else(|| Refusal::new("unit-unknown").with("unit", id))
    }

    /// The ground that the command names: one that the office offers today.
    fn ground(&self) -> Result<GivenGround, Refusal> {
        self.facts.ground.clone().ok_or_else(|| Refusal::field("ground", "ground-not-offered"))
    }

    /// Someone else than these: nobody decides on their own work (PRODUCT rule 4), nor lets
    /// a substitute decide on it, nor decides as a substitute on what was done in their own
    /// name. The platform's timers and the appellant have no account and no work of their own.
    fn other_than(&self, accounts: impl IntoIterator<Item = AccountId>) -> Permitted {
        let Hands { account, stood_in_for } = self.facts.actor.hands();
        let own = |other| account == Some(other) || stood_in_for == Some(other);
        refuse_if(accounts.into_iter().any(own), "own-work")
    }

    fn not_among(&self, accounts: &BTreeSet<AccountId>) -> Permitted {
        self.other_than(accounts.iter().copied())
    }

    /// Nobody grants more than their post may: that is decided by whoever stands above.
    fn within_own_limit(&self, decides: Permission, node: Option<NodeId>) -> Permitted {
        let asked = Asked::open(self.state, decides, node);
        let (Some(asked), Some(role), Some(unit)) = (asked, self.facts.actor.role(), self.facts.actor.unit())
        else {
            return Ok(());
        };
        match Reach::of(self.facts).beyond(asked, role, unit) {
            Some(_) => Err(Refusal::new("beyond-own-limit")),
            None => Ok(()),
        }
    }

    /// Nobody with a post in that unit, or below it.
    fn not_of(&self, unit: &UnitId) -> Permitted {
        let path = &self.unit(unit)?.path;
        refuse_if(self.facts.actor_units.iter().any(|post| path.holds(post)), "own-unit")
    }

    /// Independent of everyone who handled the matter: neither the same person nor from a
    /// handling unit. A post in a unit above them is no post in them.
    fn independent(&self) -> Permitted {
        self.not_among(&self.state.handled_by)?;
        let handling = self.state.nodes.iter().filter(|node| node.state != NodeState::Reassigned);
        handling.map(|node| &node.unit).try_for_each(|unit| self.not_of(unit))
    }
}

/// Events decided so far, with the matter as they leave it.
struct Draft<'a> {
    facts: &'a Facts,
    state: Matter,
    events: Vec<Event>,
}

impl<'a> Draft<'a> {
    fn of(case: &Case<'a>) -> Self {
        Self { facts: case.facts, state: case.state.clone(), events: Vec::new() }
    }

    fn case(&self) -> Case<'_> {
        Case { state: &self.state, facts: self.facts }
    }

    fn add(&mut self, event: Event) {
        let entry = Recorded {
            version: self.state.version + 1,
            occurred_at: self.facts.now,
            recorded_at: self.facts.now,
            source: Source::Live,
            actor: self.facts.actor.clone(),
            event,
        };
        self.state = fold(std::mem::take(&mut self.state), &entry);
        self.events.push(entry.event);
    }

    /// Ends what is open in the given part of the tree, parents first, so that a parent
    /// doesn't count as submitted by the end of its children.
    fn release(&mut self, nodes: impl IntoIterator<Item = NodeId>) {
        for id in nodes {
            if self.state.node(id).is_some_and(|node| node.state.is_open()) {
                self.add(Event::Released { node: id, reason: None });
            }
        }
    }

    fn release_all(&mut self) {
        let all: Vec<NodeId> = self.state.nodes.iter().map(|node| node.id).collect();
        self.release(all);
    }
}

/// The entry of what an answer lacks, where its words were looked at.
fn checked(node: Option<NodeId>, text: &CheckedText) -> Option<Event> {
    text.check().map(|check| Event::AnswerChecked { node, check: check.clone() })
}

fn one(event: Event) -> Decided {
    Ok(vec![event])
}

fn refuse_if(wrong: bool, code: &'static str) -> Permitted {
    if wrong { Err(Refusal::new(code)) } else { Ok(()) }
}
