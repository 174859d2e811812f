//! Commands with what a story doesn't care about filled in.

use kernel::time::{Instant, Span};
use kernel::{BlobId, NodeId, Sealed, SubjectId, UnitId};
use matters_rules::answer::CheckedText;
use matters_rules::command::{
    Accept, Assignee, Circumstances, DemandResult, File, ObjectionRuling, Rating, Recheck, Respond, TakeOver,
    Text,
};
use matters_rules::kind::{Instructed, Medium, Raise, Raised};
use matters_rules::{
    AppealType, CallOutcome, Channel, ClosingType, Command, ContactPurpose, ContactWay, DeclineGround,
    Finding, Grade, IntervalKind, MatterKind, NodeRole, Outcome, Solved, Urgency,
};

pub fn text(plain: &str) -> Text {
    Sealed::from_parts(subject(), plain.to_owned())
}

pub fn checked() -> CheckedText {
    CheckedText::seal("6月14日到现场查看，6月15日完成增容并送电。", text).expect("a real answer")
}

pub fn subject() -> SubjectId {
    SubjectId("subject".into())
}

pub fn blob(n: u128) -> BlobId {
    BlobId(uuid::Uuid::from_u128(n))
}

pub fn filing() -> File {
    File {
        number: "TX202206130001".into(),
        code_hmac: None,
        subject: subject(),
        office: "office".into(),
        appeal_type: AppealType::Help,
        category: None,
        area: None,
        title: text("title"),
        text: text("text"),
        expected: None,
        contact: Sealed::from_parts(subject(), "card".into()),
        shielded: false,
        on_behalf: None,
        complained_about: None,
        channel: Channel::Online,
        source_number: None,
        source_due: None,
        express_lines: Vec::new(),
        attachments: Vec::new(),
        circumstances: Circumstances::default(),
    }
}

pub fn file() -> Command {
    Command::File(Box::new(filing()))
}

/// An office raises a matter of that kind for those units, one as the lead.
pub fn raise(kind: MatterKind, to: &[&str]) -> Command {
    Command::Raise(Box::new(raising(kind, to)))
}

pub fn raising(kind: MatterKind, to: &[&str]) -> Raise {
    let role = if to.len() > 1 { "separate" } else { "lead" };
    let filing = filing();
    Raise {
        kind,
        number: format!("{}20220001", kind.prefix()),
        subject: filing.subject,
        office: filing.office,
        category: None,
        area: None,
        source_number: None,
        title: filing.title,
        text: filing.text,
        contact: filing.contact,
        attachments: Vec::new(),
        urgency: Urgency::General,
        demands: vec![text("demand 1"), text("demand 2")],
        raised: Raised {
            instruction: (kind == MatterKind::Instruction).then(|| Instructed {
                post: "分管副市长".into(),
                on: "2022-06-10".parse().expect("a date"),
                medium: Medium::Written,
                paper: String::new(),
            }),
            ..Raised::default()
        },
        circumstances: Circumstances::default(),
        to: to.iter().map(|unit| assignee(unit, role)).collect(),
    }
}

pub fn verify(passed: bool) -> Command {
    Command::Verify { passed, text: text("looked at it") }
}

pub fn file_shielded() -> Command {
    Command::File(Box::new(File { shielded: true, ..filing() }))
}

pub fn file_about(unit: &str) -> Command {
    Command::File(Box::new(File { complained_about: Some(unit.into()), ..filing() }))
}

pub fn take_over(unit: &str) -> Command {
    Command::TakeOver(TakeOver {
        urgency: Urgency::General,
        category: "ENE-01".into(),
        unit: unit.into(),
        demand: text("demand 1"),
    })
}

pub fn acceptance(urgency: Urgency) -> Accept {
    Accept {
        urgency,
        natural_time: false,
        category: "ENE-01".into(),
        demands: vec![text("demand 1"), text("demand 2")],
    }
}

pub fn accept() -> Command {
    Command::Accept(acceptance(Urgency::General))
}

pub fn accept_as(urgency: Urgency) -> Command {
    Command::Accept(acceptance(urgency))
}

pub fn propose_decline() -> Command {
    Command::ProposeDecline { ground: DeclineGround::InProceedings, right_way: text("the court") }
}

pub fn ask_completion() -> Command {
    Command::AskCompletion { missing: text("which meter, since when") }
}

pub fn add_material() -> Command {
    Command::AddMaterial { text: Some(text("meter 7, since May")), attachments: Vec::new() }
}

pub fn propose_decline_without_demand() -> Command {
    Command::ProposeDecline { ground: DeclineGround::NoConcreteDemand, right_way: text("file anew") }
}

pub fn decide_decline(approve: bool) -> Command {
    Command::DecideDecline { approve, reason: None }
}

pub fn transfer() -> Command {
    Command::Transfer { to: "省12345平台".into(), reason: text("theirs") }
}

pub fn results(outcomes: &[Outcome]) -> Vec<DemandResult> {
    (1..).zip(outcomes).map(|(demand, outcome)| DemandResult { demand, outcome: *outcome }).collect()
}

pub fn solved() -> Vec<DemandResult> {
    results(&[Outcome::Solved, Outcome::Solved])
}

pub fn answer_directly() -> Command {
    Command::AnswerDirectly { results: solved(), text: checked() }
}

pub fn merge() -> Command {
    Command::Merge { master: super::world::another_matter(), reason: text("the same") }
}

pub fn assignee(unit: &str, role: &str) -> Assignee {
    Assignee {
        unit: unit.into(),
        role: NodeRole::parse(role).expect("a role"),
        duty_item: unit.contains("town").then(|| "fire-safety-check".to_owned()),
        instruction: None,
    }
}

pub fn assign(parent: Option<NodeId>, to: &[(&str, &str)]) -> Command {
    Command::Assign { parent, to: to.iter().map(|(unit, role)| assignee(unit, role)).collect() }
}

pub fn release(node: NodeId) -> Command {
    Command::Release { node, reason: text("not needed") }
}

pub fn object(node: NodeId) -> Command {
    Command::Object { node, ground: "good".into(), basis: text("article 7"), suggests: None }
}

pub fn reassign(node: NodeId, to: &str) -> Command {
    let ruling = ObjectionRuling::Reassign { to: UnitId::from(to), duty_item: None };
    Command::DecideObjection { node, ruling, reason: text("theirs") }
}

pub fn rule_finally(node: NodeId) -> Command {
    Command::DecideObjection { node, ruling: ObjectionRuling::FinalRuling, reason: text("yours") }
}

pub fn contact(node: NodeId, at: Instant) -> Command {
    contact_by(node, at, ContactWay::Phone)
}

pub fn contact_by(node: NodeId, at: Instant, way: ContactWay) -> Command {
    Command::Contact { node, way, at, text: text("spoke") }
}

pub fn progress(node: NodeId) -> Command {
    Command::Progress { node, text: text("under way") }
}

pub fn answer(node: NodeId, at: Instant) -> Command {
    answer_with(node, at, solved())
}

pub fn answer_with(node: NodeId, at: Instant, results: Vec<DemandResult>) -> Command {
    Command::Answer { node, results, text: checked(), way: ContactWay::Phone, answered_at: at }
}

pub fn submit(node: NodeId) -> Command {
    Command::Submit { node, attachments: vec![blob(7)], note: None }
}

/// Contact, answer and submission at once; the contact is left out where it is on record.
pub fn respond(node: NodeId, at: Instant, with_contact: bool) -> Respond {
    Respond {
        node,
        contact: with_contact.then(|| (at, text("spoke"))),
        way: ContactWay::Phone,
        results: solved(),
        text: checked(),
        answered_at: at,
        attachments: vec![blob(7)],
        note: None,
    }
}

pub fn sign_off(node: NodeId) -> Command {
    Command::SignOff { node, approve: true, scan: None, reason: None }
}

pub fn review(node: NodeId, approve: bool) -> Command {
    Command::Review { node, approve, reason: (!approve).then(|| text("incomplete")) }
}

pub fn ask_extension(node: NodeId, days: u32) -> Command {
    Command::RequestInterval {
        node,
        kind: IntervalKind::Extension,
        span: Some(Span::working_days(days)),
        until: None,
        ground: "good".into(),
        reason: text("needs a survey"),
    }
}

pub fn ask_pause(node: NodeId, kind: IntervalKind, until: &str) -> Command {
    Command::RequestInterval {
        node,
        kind,
        span: None,
        until: Some(super::date(until)),
        ground: "good".into(),
        reason: text("waits"),
    }
}

pub fn ask_termination() -> Command {
    Command::RequestTermination { ground: "good".into(), reason: text("the firm is dissolved") }
}

pub fn decide_termination(approve: bool) -> Command {
    Command::DecideTermination { approve, reason: text("so") }
}

pub fn decide_interval(node: NodeId, kind: IntervalKind, grant: bool) -> Command {
    Command::DecideInterval { node, kind, grant, reason: text("so") }
}

pub fn open_contact() -> Command {
    Command::OpenContact { purpose: ContactPurpose::Contact }
}

pub fn call(outcome: CallOutcome) -> Command {
    Command::CallBack { outcome, again_at: None, note: None, recordings: Vec::new() }
}

pub fn rate(solved: &str, grade: &str) -> Command {
    Command::Rate(Rating {
        solved: Solved::parse(solved).expect("an answer"),
        grade: Grade::parse(grade).expect("a grade"),
        reason: None,
    })
}

pub fn decide_redo(valid: bool) -> Command {
    Command::DecideRedo { valid, reason: text("the meter still trips") }
}

/// With one paper that proves it.
pub fn claim_exclusion(node: NodeId) -> Command {
    let (ground, reason) = ("good".into(), text("the grade is about another office"));
    Command::ClaimExclusion { node, ground, reason, attachments: vec![blob(8)] }
}

pub fn judge(grant: bool) -> Command {
    Command::JudgeExclusion { grant, reason: text("so") }
}

pub fn recheck(draw: &str, finding: Finding) -> Command {
    Command::Recheck(Box::new(Recheck { draw: draw.into(), called: true, finding, text: text("seen") }))
}

pub fn contest() -> Command {
    Command::Contest { text: text("not solved") }
}

pub fn close(closing: ClosingType) -> Command {
    Command::Close { closing, reason: None }
}

pub fn withdraw() -> Command {
    Command::Withdraw { reason: None }
}
