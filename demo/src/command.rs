//! A step of a story as the command it becomes.

use crate::ground;
use crate::story::{Act, Objection, Story};
use kernel::time::{Instant, Span, Zone};
use kernel::{MatterId, NodeId, UnitId};
use matters::TextSealer;
use matters_rules::command::{Accept, Assignee, DemandResult, ObjectionRuling, Rating};
use matters_rules::{Command, ContactWay, IntervalKind, Matter, Node, NodeRole, Outcome, PressureKind};
use platform::{Failure, Work};

/// The command of a step. Texts of the officers' own hand are short and the same everywhere;
/// what matters to read stands in the story.
pub(crate) fn command(
    work: &mut Work<'_>,
    story: &Story,
    state: &Matter,
    act: &Act,
    master: Option<MatterId>,
) -> Result<Command, Failure> {
    let at = work.now();
    let matter = state.id.ok_or_else(|| fault("no matter"))?;
    let sealer = TextSealer::of(work, matter)?;
    let shielded = story.shielded;
    let way = if shielded { ContactWay::Platform } else { story.contact_way.unwrap_or(ContactWay::Phone) };
    let answered = if shielded { ContactWay::Platform } else { ContactWay::Phone };
    let zone = work.app().config.zone.clone();
    let mut text = |words: &str| sealer.text(work, words);
    Ok(match act {
        Act::Redact => {
            Command::Redact { title: text(&story.redacted_title), text: text(&story.redacted_text) }
        }
        Act::Accept => Command::Accept(Accept {
            urgency: story.urgency,
            natural_time: story.natural,
            category: story.category.clone(),
            demands: vec![text(if story.expected.is_empty() || shielded {
                demand(story)
            } else {
                &story.expected
            })],
        }),
        Act::AskCompletion => Command::AskCompletion {
            missing: text("请补充：具体是什么事，发生在何时何地，涉及哪个单位，希望怎样解决。"),
        },
        Act::Complete => Command::AddMaterial {
            text: Some(text("没有具体的事，就是打电话来说一说。")),
            attachments: Vec::new(),
        },
        Act::ProposeDecline => Command::ProposeDecline {
            ground: story.ground.ok_or_else(|| fault("no ground"))?,
            right_way: text(&story.right_way),
        },
        Act::DecideDecline => Command::DecideDecline { approve: true, reason: None },
        Act::Withdraw => {
            Command::Withdraw { reason: Some(text("已与邻居一并反映，本件撤回。")) }
        }
        Act::Transfer => {
            Command::Transfer { to: story.transfer_to.clone(), reason: text(&story.transfer_reason) }
        }
        Act::AnswerDirectly => Command::AnswerDirectly {
            results: results(state, story),
            text: sealer.answer(work, &story.answer)?,
        },
        Act::Assign { from, to } => Command::Assign {
            parent: from.as_ref().map(|unit| node(state, unit)).transpose()?,
            to: to
                .iter()
                .map(|(unit, role)| Assignee {
                    unit: unit.clone(),
                    role: *role,
                    duty_item: if *role == NodeRole::Lead && Some(unit) == story.unit.as_ref() {
                        story.duty_item.clone()
                    } else {
                        None
                    },
                    instruction: Some(text("请按时限联系诉求人、办理并答复。")),
                })
                .collect(),
        },
        Act::Sign(unit) => Command::Sign { node: node(state, unit)? },
        Act::Object(unit) => Command::Object {
            node: node(state, unit)?,
            ground: ground::of_objection(&story.objection_basis).into(),
            basis: text(&story.objection_basis),
            suggests: story.reassign_to.clone(),
        },
        Act::DecideObjection(unit) => Command::DecideObjection {
            node: node(state, unit)?,
            ruling: {
                let second = story.reassign_to.as_ref() == Some(unit);
                let to = if second { &story.reassign_again } else { &story.reassign_to };
                match (story.objection, to) {
                    (Some(Objection::Reassign), Some(to)) => {
                        ObjectionRuling::Reassign { to: to.clone(), duty_item: None }
                    }
                    _ => ObjectionRuling::FinalRuling,
                }
            },
            reason: text("经核对职责分工，按此派单。"),
        },
        Act::Contact(unit) => Command::Contact {
            node: node(state, unit)?,
            way,
            at,
            text: text(if story.contact.is_empty() {
                "已与诉求人取得联系，核实了情况，约定了下一步办理安排。"
            } else {
                &story.contact
            }),
        },
        Act::Progress(unit) => Command::Progress {
            node: node(state, unit)?,
            text: text(story.progress.as_deref().unwrap_or_default()),
        },
        Act::ReportPressure => Command::ReportPressure {
            kind: PressureKind::Withdrawal,
            text: text(story.pressure.as_deref().unwrap_or_default()),
        },
        Act::AskExtension(unit) => Command::RequestInterval {
            node: node(state, unit)?,
            kind: IntervalKind::Extension,
            span: story.extension.as_deref().and_then(|span| Span::parse(span).ok()),
            until: None,
            ground: ground::of_extension(&story.extension_reason).into(),
            reason: text(&story.extension_reason),
        },
        Act::AskSuspension(unit) => Command::RequestInterval {
            node: node(state, unit)?,
            kind: IntervalKind::Suspension,
            span: None,
            until: Some(work.app().config.zone.date_of(at.plus_days(14))),
            ground: ground::of_suspension(story.suspension.as_deref().unwrap_or_default()).into(),
            reason: sealer.text(work, story.suspension.as_deref().unwrap_or_default()),
        },
        Act::GrantExtension(unit) => {
            grant(node(state, unit)?, IntervalKind::Extension, text("情况属实，同意延期。"))
        }
        Act::AskTracking(unit) => Command::RequestInterval {
            node: node(state, unit)?,
            kind: IntervalKind::Tracking,
            span: None,
            until: Some(work.app().config.zone.date_of(at.plus_days(170))),
            ground: ground::of_tracking(story.tracking.as_deref().unwrap_or_default()).into(),
            reason: sealer.text(work, story.tracking.as_deref().unwrap_or_default()),
        },
        Act::GrantTracking(unit) => {
            grant(node(state, unit)?, IntervalKind::Tracking, text("同意跟踪办理，每三十日报送一次进展。"))
        }
        Act::GrantSuspension(unit) => {
            grant(node(state, unit)?, IntervalKind::Suspension, text("情况属实，同意中止。"))
        }
        Act::Answer { unit, again } => Command::Answer {
            node: node(state, unit)?,
            results: if *again { all_results(state, Outcome::Solved) } else { results(state, story) },
            text: {
                let words = if *again { &story.redo_answer } else { &story.answer };
                let first = node_of(state, unit).and_then(|node| node.contacted_at).unwrap_or(at);
                sealer.answer(work, &dated(words, &zone, first, at))?
            },
            way: answered,
            answered_at: at,
        },
        Act::CoAnswer(unit) => Command::Answer {
            node: node(state, unit)?,
            results: Vec::new(),
            text: sealer
                .answer(work, "我单位已按职责完成协办事项：相关资料已提供主办单位，并派员参加了现场会商。")?,
            way: answered,
            answered_at: at,
        },
        Act::Submit(unit) => {
            Command::Submit { node: node(state, unit)?, attachments: Vec::new(), note: None }
        }
        Act::SignOff(unit) => {
            Command::SignOff { node: node(state, unit)?, approve: true, scan: None, reason: None }
        }
        Act::Review(unit) => Command::Review { node: node(state, unit)?, approve: true, reason: None },
        Act::Merge => Command::Merge {
            master: master.ok_or_else(|| fault("no master"))?,
            reason: text("与在办的另一件反映同一事项，并入一起办理，结果会分别告知。"),
        },
        Act::CallBack(outcome) => {
            Command::CallBack { outcome: *outcome, again_at: None, note: None, recordings: Vec::new() }
        }
        Act::Rate { again } => {
            let (solved, grade) = story.rating(*again);
            let reason = (!story.reason.is_empty() && !*again).then(|| text(&story.reason));
            Command::Rate(Rating { solved, grade, reason })
        }
        Act::RefuseRedo => Command::DecideRedo {
            valid: false,
            reason: text(if story.refusal_reason.is_empty() {
                "诉求人认可答复内容，余下部分已约定时间，由承办单位主动告知，本件不重办。"
            } else {
                &story.refusal_reason
            }),
        },
        Act::Close => Command::Close {
            closing: state.closing_by_result(),
            reason: Some(text("结果已逐项核对并告知诉求人。")),
        },
        Act::OrderRedo => Command::DecideRedo { valid: true, reason: text(&story.redo_reason) },
    })
}

fn grant(node: NodeId, kind: IntervalKind, reason: matters_rules::command::Text) -> Command {
    Command::DecideInterval { node, kind, grant: true, reason }
}

/// What the intake officer lists where the appellant said no expectation, or where it could
/// give a shielded one away.
fn demand(story: &Story) -> &str {
    if story.shielded { &story.redacted_title } else { &story.title }
}

fn results(state: &Matter, story: &Story) -> Vec<DemandResult> {
    all_results(state, story.outcome.unwrap_or(Outcome::Solved))
}

fn all_results(state: &Matter, outcome: Outcome) -> Vec<DemandResult> {
    (1..).zip(&state.demands).map(|(demand, _)| DemandResult { demand, outcome }).collect()
}

/// The unit's open assignment, or its last one.
fn node_of<'a>(state: &'a Matter, unit: &UnitId) -> Option<&'a Node> {
    let of_unit = || state.nodes.iter().rev().filter(|node| node.unit == *unit);
    of_unit().find(|node| node.state.is_open()).or_else(|| of_unit().next())
}

fn node(state: &Matter, unit: &UnitId) -> Result<NodeId, Failure> {
    node_of(state, unit).map(|node| node.id).ok_or_else(|| fault("the unit has no assignment"))
}

/// The days an answer names: of the first contact, of the answer, and one to come.
fn dated(words: &str, zone: &Zone, first: Instant, at: Instant) -> String {
    let day = |at: Instant| {
        let date = zone.date_of(at);
        format!("{}月{}日", date.month(), date.day())
    };
    words.replace("{d1}", &day(first)).replace("{d2}", &day(at)).replace("{d3}", &day(at.plus_days(12)))
}

fn fault(what: &str) -> Failure {
    Failure::Internal(what.to_owned())
}
