//! A random command, for a verb that is offered or for any.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use kernel::NodeId;
use matters_rules::command::{Correction, Rating, Respond, Supervise};
use matters_rules::standing::Action;
use matters_rules::{ActionCode as A, *};

/// Units that have people, so that no matter is stuck for want of them.
const TARGETS: &[&str] =
    &["fgw", "zjj", "x-pt", "x-fgj", "x-zjj", "x-town", "y-pt", "y-fgj", "x-village", "office"];

pub struct Wish {
    pub pick: u16,
    pub a: u16,
    pub b: u16,
}

impl Wish {
    /// One of the verbs that person is offered. What ends a matter early, or moves nothing,
    /// is wished for now and then only, so that many matters go far.
    pub fn among_offered(&self, s: &Scenario, who: &str) -> Option<Command> {
        let seldom = self.b.is_multiple_of(12);
        let done = |code| code == A::Redact && s.matter.redacted.is_some();
        let wished = |action: &Action| seldom || !(is_seldom(action.code) || done(action.code));
        let offered: Vec<Action> = s.offers(who).into_iter().filter(wished).collect();
        let action = offered.get(usize::from(self.pick) % offered.len().max(1))?;
        Some(self.command(s, *action))
    }

    /// Any verb on any assignment.
    pub fn anything(&self, s: &Scenario) -> Command {
        let code = A::ALL[usize::from(self.a) % A::ALL.len()];
        let nodes = &s.matter.nodes;
        let node = nodes.get(usize::from(self.b) % nodes.len().max(1)).map(|node| node.id);
        self.command(s, Action { code, node })
    }

    fn command(&self, s: &Scenario, action: Action) -> Command {
        let node = action.node.unwrap_or(NodeId(uuid::Uuid::nil()));
        let yes = !self.a.is_multiple_of(3);
        let kind = one_of(IntervalKind::ALL, self.a);
        match action.code {
            A::File => file(),
            A::Raise => raise(MatterKind::Task, &["fgw"]),
            A::Verify => verify(yes),
            A::AddMaterial => Command::AddMaterial { text: Some(text("m")), attachments: vec![] },
            A::Message => Command::Message { to_appellant: yes, node: None, text: text("m") },
            A::Note => Command::Note { text: text("n") },
            A::Redact => Command::Redact { title: text("t"), text: text("r") },
            A::Correct => Command::Correct(Box::new(Correction {
                category: Some("ENE-02".into()),
                complained_about: yes.then(|| Some(one_of(&TARGETS[..8], self.b).into())),
                ..Correction::default()
            })),
            A::Accept => accept_as(one_of(Urgency::ALL, self.a)),
            A::AskCompletion => ask_completion(),
            A::ProposeDecline if self.b.is_multiple_of(2) => propose_decline_without_demand(),
            A::ProposeDecline => propose_decline(),
            A::DecideDecline => decide_decline(yes),
            A::Transfer => transfer(),
            A::AnswerDirectly => answer_directly(),
            A::Merge => merge(),
            A::FollowMaster => Command::FollowMaster,
            A::LeaveMaster => Command::LeaveMaster,
            A::Assign => self.assignment(action.node),
            A::Sign => Command::Sign { node },
            A::Object => object(node),
            A::DecideObjection if yes => reassign(node, one_of(TARGETS, self.b)),
            A::DecideObjection => rule_finally(node),
            A::Release => release(node),
            A::Contact => contact_by(node, s.now, one_of(ContactWay::ALL, self.a)),
            A::Progress => progress(node),
            A::RequestInterval => self.interval(s, node, kind),
            A::DecideInterval => decide_interval(node, asked(s, node).unwrap_or(kind), yes),
            A::Resume => Command::Resume { node, reason: text("r") },
            A::Answer => self.answer(s, node),
            A::Submit => submit(node),
            A::Respond => {
                let way = if s.matter.shielded { ContactWay::Platform } else { ContactWay::Phone };
                let outcomes = [one_of(Outcome::ALL, self.a), one_of(Outcome::ALL, self.b)];
                let whole = respond(node, s.now, yes);
                Command::Respond(Box::new(Respond { way, results: results(&outcomes), ..whole }))
            }
            A::SignOff => Command::SignOff {
                node,
                approve: yes,
                scan: self.b.is_multiple_of(2).then(|| blob(1)),
                reason: Some(text("r")),
            },
            A::Review => review(node, yes),
            A::CallBack => call(one_of(CallOutcome::ALL, self.a)),
            A::Rate => Command::Rate(Rating {
                solved: one_of(Solved::ALL, self.a),
                grade: one_of(Grade::ALL, self.b),
                reason: None,
            }),
            A::Contest => contest(),
            A::AskRedo => Command::AskRedo { text: text("again") },
            A::DecideRedo => decide_redo(yes),
            A::AskSource => Command::AskSource { until: date("2022-09-30"), reason: text("r") },
            A::SetSourceLimit => Command::SetSourceLimit {
                due: s.now.plus_micros(3_600_000_000),
                reason: yes.then(|| text("r")),
            },
            A::Escalate => Command::Escalate { reason: text("r") },
            A::Supervise => Command::Supervise(Box::new(Supervise {
                node: action.node,
                measure: one_of(Measure::ALL, self.a),
                to: one_of(Addressee::ALL, self.b),
                text: Some(text("hurry")),
                slip: yes.then(|| "2026-1".into()),
                trigger: None,
            })),
            A::Close => close(one_of(ClosingType::ALL, self.a)),
            A::Withdraw => withdraw(),
            A::RequestTermination => ask_termination(),
            A::DecideTermination => Command::DecideTermination { approve: yes, reason: text("r") },
            A::Archive => Command::Archive,
            A::ClaimExclusion => claim_exclusion(node),
            A::JudgeExclusion => judge(yes),
            A::Recheck => recheck(if yes { "one" } else { "two" }, one_of(Finding::ALL, self.b)),
            A::ReportPressure => {
                Command::ReportPressure { kind: one_of(PressureKind::ALL, self.a), text: text("p") }
            }
            A::SettlePressure => {
                let open = s.matter.open_pressure().next().map_or(1, |report| report.report);
                Command::SettlePressure { report: open, text: text("s") }
            }
            A::RenewCode => Command::RenewCode { code_hmac: "new".into() },
            A::RequestOpening => Command::RequestOpening { reason: text("r") },
            A::DecideOpening => {
                Command::DecideOpening { request: 1 + u32::from(self.b % 3), approve: yes, reason: None }
            }
            A::OpenContact => open_contact(),
            A::DeemAccepted => Command::DeemAccepted,
            A::LapseCompletion => Command::LapseCompletion,
            A::CloseUnrated => Command::CloseUnrated,
            A::LapseInterval => Command::LapseInterval { node, kind },
            A::LapseObjection => Command::LapseObjection { node },
            A::LapseExclusion => Command::LapseExclusion,
            A::LapseTermination => Command::LapseTermination,
            A::EndPause => Command::EndPause { node },
            A::ArchiveDue => Command::ArchiveDue,
            A::RecomputeLimits => Command::RecomputeLimits,
            A::Succeed => {
                Command::Succeed { node, to: one_of(TARGETS, self.a).into(), split: self.b.is_multiple_of(2) }
            }
            A::TakeOver => take_over(one_of(TARGETS, self.a)),
            A::Conclude => Command::Conclude { closing: one_of(ClosingType::ALL, self.a), note: None },
        }
    }

    fn assignment(&self, parent: Option<NodeId>) -> Command {
        let (first, second) = (one_of(TARGETS, self.a), one_of(TARGETS, self.b));
        match self.b % 5 {
            0 => assign(parent, &[(first, "lead"), (second, "co")]),
            1 => assign(parent, &[(first, "separate"), (second, "separate")]),
            2 => assign(parent, &[(first, "co")]),
            _ => assign(parent, &[(first, "lead")]),
        }
    }

    fn interval(&self, s: &Scenario, node: NodeId, kind: IntervalKind) -> Command {
        if kind == IntervalKind::Extension {
            return ask_extension(node, u32::from(self.b % 9));
        }
        let today = s.world.calendar.zone().date_of(s.now);
        let until = (0..self.b % 40).fold(today, |date, _| date.tomorrow().expect("a date"));
        Command::RequestInterval {
            node,
            kind,
            span: None,
            until: Some(until),
            ground: "good".into(),
            reason: text("r"),
        }
    }

    fn answer(&self, s: &Scenario, node: NodeId) -> Command {
        let outcomes = [one_of(Outcome::ALL, self.a), one_of(Outcome::ALL, self.b)];
        let way = if s.matter.shielded { ContactWay::Platform } else { ContactWay::Phone };
        Command::Answer { node, results: results(&outcomes), text: checked(), way, answered_at: s.now }
    }
}

fn is_seldom(code: A) -> bool {
    matches!(
        code,
        A::Message
            | A::Note
            | A::AddMaterial
            | A::OpenContact
            | A::Correct
            | A::Progress
            | A::RequestOpening
            | A::ReportPressure
            | A::RenewCode
            | A::Withdraw
            | A::Transfer
            | A::AskCompletion
            | A::ProposeDecline
            | A::Merge
            | A::LeaveMaster
            | A::Escalate
            | A::Supervise
            | A::RequestTermination
            | A::Release
            | A::Object
            | A::AnswerDirectly
            | A::Archive
            | A::RecomputeLimits
            | A::Succeed
    )
}

fn asked(s: &Scenario, node: NodeId) -> Option<IntervalKind> {
    s.matter.node(node)?.request.as_ref().map(|request| request.kind)
}

fn one_of<T: Copy>(all: &[T], number: u16) -> T {
    all[usize::from(number) % all.len()]
}
