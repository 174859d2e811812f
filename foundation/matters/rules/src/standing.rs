//! Who may send which command, and how the units of a matter stand to it, so that the
//! write path permits before it decides; and which verbs a person may take now.

use crate::codes::ActionCode;
use crate::command::Command;
use crate::decide::Case;
use crate::facts::{Facts, UnitFact};
use crate::kind::MatterKind;
use crate::state::{Matter, Node, NodeState, Phase};
use kernel::permission::{Grant, Permission, Standing, UnitPath, permit};
use kernel::{Actor, NodeId, Refusal, UnitId};
use std::collections::BTreeMap;

/// The permission a person needs; `None` where no person may send it at all.
pub fn permission(matter: &Matter, command: &Command) -> Option<Permission> {
    match command {
        Command::File(file) if file.circumstances.noted.is_some() => Some(Permission::RecordToAppeal),
        Command::Raise(raise) if raise.circumstances.noted.is_some() => Some(Permission::RecordToAppeal),
        Command::Raise(raise) if raise.kind == MatterKind::Instruction => Some(Permission::InstructionRecord),
        _ => needed(matter, command.action()),
    }
}

/// Whether the appellant of the matter may send it.
pub fn appellant_may(command: &Command) -> bool {
    is_appellants(command.action())
}

/// Whether the platform itself may send it.
pub fn system_may(command: &Command) -> bool {
    is_systems(command.action())
}

/// How the units stand to what the command concerns. A unit missing from `units` stands
/// in no relation, so nothing is allowed through it.
pub fn standing(matter: &Matter, command: &Command, units: &BTreeMap<UnitId, UnitFact>) -> Standing {
    match command {
        Command::File(file) => {
            Stands { units }.of(Some(&file.office), [], [], file.complained_about.as_ref())
        }
        Command::Raise(raise) => Stands { units }.of(Some(&raise.office), [], [], None),
        _ => standing_for(matter, command.action(), command.node(), units),
    }
}

/// How the units stand to the whole matter, or to one assignment: what reading goes by.
/// Units whose objection was upheld have no part in it any more.
pub fn standing_of(matter: &Matter, node: Option<NodeId>, units: &BTreeMap<UnitId, UnitFact>) -> Standing {
    let concerned = |n: &&Node| node.map_or(n.state != NodeState::Reassigned, |id| n.id == id);
    let nodes: Vec<&Node> = matter.nodes.iter().filter(concerned).collect();
    Stands { units }.of(
        matter.office.as_ref(),
        nodes.iter().map(|node| &node.from),
        nodes.iter().map(|node| &node.unit),
        matter.complained_about.as_ref(),
    )
}

/// A verb that someone may take now, and on which assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// The verb.
    pub code: ActionCode,
    /// The assignment it concerns; for [`ActionCode::Assign`] the one passed on.
    pub node: Option<NodeId>,
}

/// Exactly the verbs that the actor of `facts` may take now: permitted by `grants` (for
/// the appellant: theirs), and possible by the same checks that the command goes through.
pub fn actions(matter: &Matter, facts: &Facts, grants: &[Grant]) -> Vec<Action> {
    let mut facts = facts.clone();
    let mut found = Vec::new();
    for code in ActionCode::ALL.iter().copied() {
        for node in places(matter, code) {
            if let Actor::Person { .. } | Actor::Integration { .. } = &facts.actor {
                let Some(permission) = needed(matter, code) else { continue };
                let standing = standing_for(matter, code, node, &facts.units);
                let Some(grant) = permit(grants, permission, &standing) else { continue };
                // Whose post permits it decides whose work it would be.
                facts.actor = facts.actor.in_post_of(grant.stands_in_for);
            }
            if (Case { state: matter, facts: &facts }).may(code, node).is_ok() {
                found.push(Action { code, node });
            }
        }
    }
    found
}

/// Whether that kind of actor may send the command at all, and to this matter.
///
/// # Errors
/// `not-yours`, or `matter-unknown` where nothing was filed.
pub(crate) fn admits(actor: &Actor, action: ActionCode, matter: &Matter) -> Result<(), Refusal> {
    if matter.phase == Phase::None && !matches!(action, ActionCode::File | ActionCode::Raise) {
        return Err(Refusal::new("matter-unknown"));
    }
    let admitted = match actor {
        Actor::Person { .. } | Actor::Integration { .. } => permission_of(action).is_some(),
        Actor::Appellant { matter: own } => is_appellants(action) && matter.id == Some(*own),
        Actor::Public => action == ActionCode::File,
        Actor::System { .. } => is_systems(action),
        Actor::Platform { .. } => is_platforms(action),
        Actor::Operator => {
            is_systems(action) || matches!(action, ActionCode::File | ActionCode::Raise) || is_history(action)
        }
    };
    if admitted { Ok(()) } else { Err(Refusal::new("not-yours")) }
}

fn is_appellants(action: ActionCode) -> bool {
    use ActionCode as A;
    matches!(
        action,
        A::AddMaterial
            | A::Message
            | A::Rate
            | A::AskRedo
            | A::Contest
            | A::Withdraw
            | A::ReportPressure
            | A::RenewCode
    )
}

/// What another platform says of a matter that it handed down, or of an assignment that it
/// handles. Which those are is known where its messages are read.
fn is_platforms(action: ActionCode) -> bool {
    use ActionCode as A;
    matches!(
        action,
        A::File
            | A::AddMaterial
            | A::Message
            | A::AskRedo
            | A::Withdraw
            | A::Sign
            | A::Object
            | A::Progress
            | A::Respond
            | A::SignOff
            | A::RequestInterval
            | A::SetSourceLimit
    )
}

/// Taking over what an earlier system held is the operator's alone.
fn is_history(action: ActionCode) -> bool {
    matches!(action, ActionCode::TakeOver | ActionCode::Conclude)
}

fn is_systems(action: ActionCode) -> bool {
    use ActionCode as A;
    matches!(
        action,
        A::FollowMaster
            | A::LeaveMaster
            | A::DeemAccepted
            | A::LapseCompletion
            | A::CloseUnrated
            | A::LapseInterval
            | A::LapseObjection
            | A::LapseTermination
            | A::LapseExclusion
            | A::EndPause
            | A::ArchiveDue
            | A::RecomputeLimits
            | A::Succeed
            | A::Supervise
    )
}

/// A shielded identity is opened by whoever may ask for it: the consent of a second
/// person, not a standing right to contact data, is what opens it.
fn needed(matter: &Matter, action: ActionCode) -> Option<Permission> {
    match action {
        ActionCode::OpenContact if matter.shielded => Some(Permission::ShieldRequest),
        _ => permission_of(action),
    }
}

fn permission_of(action: ActionCode) -> Option<Permission> {
    use ActionCode as A;
    use Permission as P;
    Some(match action {
        A::File => P::MatterFile,
        A::Raise => P::MatterRaise,
        A::Verify => P::MatterVerify,
        A::AddMaterial | A::Correct => P::MatterCorrect,
        A::Message => P::MessageWrite,
        A::Note => P::NoteWrite,
        A::Redact => P::MatterRedact,
        A::Accept | A::AskCompletion | A::AskSource | A::SetSourceLimit => P::MatterAccept,
        A::ProposeDecline => P::DeclinePropose,
        A::DecideDecline => P::DeclineDecide,
        A::Transfer => P::MatterTransfer,
        A::AnswerDirectly => P::AnswerDirectly,
        A::Merge => P::MatterMerge,
        A::Assign | A::Release => P::MatterAssign,
        A::Sign => P::AssignmentSign,
        A::Object => P::AssignmentObject,
        A::DecideObjection => P::ObjectionDecide,
        A::Contact | A::Progress => P::AssignmentWork,
        A::RequestInterval | A::Resume => P::IntervalRequest,
        A::DecideInterval => P::IntervalDecide,
        A::Answer | A::Submit | A::Respond => P::AssignmentSubmit,
        A::SignOff => P::AssignmentSignOff,
        A::Review => P::AssignmentReview,
        A::CallBack | A::Rate => P::CallBackRecord,
        A::DecideRedo => P::RedoDecide,
        A::Escalate => P::MatterEscalate,
        A::Supervise => P::MatterSupervise,
        A::Close => P::MatterClose,
        A::Withdraw => P::WithdrawOnBehalf,
        A::RequestTermination => P::TerminationRequest,
        A::DecideTermination => P::TerminationDecide,
        A::Archive => P::MatterArchive,
        A::ClaimExclusion => P::ExclusionClaim,
        A::JudgeExclusion => P::ExclusionJudge,
        A::Recheck => P::SampleCheck,
        A::SettlePressure => P::PressureSettle,
        A::RequestOpening => P::ShieldRequest,
        A::DecideOpening => P::ShieldDecide,
        A::OpenContact => P::ContactOpen,
        A::Contest
        | A::AskRedo
        | A::ReportPressure
        | A::RenewCode
        | A::FollowMaster
        | A::LeaveMaster
        | A::DeemAccepted
        | A::LapseCompletion
        | A::CloseUnrated
        | A::LapseInterval
        | A::LapseObjection
        | A::LapseTermination
        | A::LapseExclusion
        | A::EndPause
        | A::ArchiveDue
        | A::RecomputeLimits
        | A::Succeed
        | A::TakeOver
        | A::Conclude => return None,
    })
}

/// Assigning is the business of whoever passes on: the office at the top (nobody below
/// it), below it the unit itself (not the office over its head). A pause may be ended by
/// the unit and by who assigned it.
fn standing_for(
    matter: &Matter,
    action: ActionCode,
    node: Option<NodeId>,
    units: &BTreeMap<UnitId, UnitFact>,
) -> Standing {
    let stands = Stands { units };
    let about = matter.complained_about.as_ref();
    let concerned = node.and_then(|id| matter.node(id));
    match (action, concerned) {
        (ActionCode::Assign, Some(node)) => stands.of(None, [], [&node.unit], about),
        (ActionCode::Release, Some(node)) if node.parent.is_some() => {
            stands.of(None, [], [&node.from], about)
        }
        (ActionCode::Assign | ActionCode::Release, _) => stands.of(matter.office.as_ref(), [], [], about),
        (ActionCode::Resume, Some(node)) => {
            stands.of(matter.office.as_ref(), [&node.from], [&node.unit, &node.from], about)
        }
        _ => standing_of(matter, node, units),
    }
}

/// Where a verb can be taken: on the matter, on each assignment, or on both.
fn places(matter: &Matter, code: ActionCode) -> Vec<Option<NodeId>> {
    use ActionCode as A;
    let of_nodes = matches!(
        code,
        A::Sign
            | A::Object
            | A::DecideObjection
            | A::Release
            | A::Contact
            | A::Progress
            | A::RequestInterval
            | A::DecideInterval
            | A::Resume
            | A::Answer
            | A::Submit
            | A::Respond
            | A::ClaimExclusion
            | A::SignOff
            | A::Review
            | A::LapseInterval
            | A::LapseObjection
            | A::EndPause
            | A::Succeed
    );
    let nodes = matter.nodes.iter().map(|node| Some(node.id));
    match code {
        A::Assign | A::Supervise => [None].into_iter().chain(nodes).collect(),
        _ if of_nodes => nodes.collect(),
        _ => vec![None],
    }
}

struct Stands<'a> {
    units: &'a BTreeMap<UnitId, UnitFact>,
}

impl Stands<'_> {
    fn of<'u>(
        &self,
        office: Option<&UnitId>,
        assigners: impl IntoIterator<Item = &'u UnitId>,
        handlers: impl IntoIterator<Item = &'u UnitId>,
        complained_about: Option<&UnitId>,
    ) -> Standing {
        Standing {
            office: office.and_then(|unit| self.path(unit)),
            assigners: self.paths(assigners),
            handlers: self.paths(handlers),
            complained_about: complained_about.and_then(|unit| self.path(unit)),
        }
    }

    fn paths<'u>(&self, units: impl IntoIterator<Item = &'u UnitId>) -> Vec<UnitPath> {
        let mut paths: Vec<UnitPath> = units.into_iter().filter_map(|unit| self.path(unit)).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn path(&self, unit: &UnitId) -> Option<UnitPath> {
        self.units.get(unit).map(|fact| fact.path.clone())
    }
}
