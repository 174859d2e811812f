//! Plays all stories in the order of their times, each step as its own command at its own
//! time. A step that would lie in the future is not played: the story stands there today.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::story::{Act, Objection, Step, Story, Who};
use kernel::time::{Calendar, Instant, Span, Time};
use kernel::{MatterId, NodeId, Source, UnitId};
use matters::{FileRequest, Receipt, TextSealer};
use matters_rules::command::{Accept, Assignee, ContactCard, DemandResult, ObjectionRuling, Rating};
use matters_rules::state::Phase;
use matters_rules::{
    CallOutcome, Command, ContactWay, Grade, IntervalKind, Matter, NodeRole, Outcome, Solved,
};
use platform::{App, By, Failure, Work};
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Number and code of an appeal, to follow it as its appellant.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its number.
    pub number: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// Plays everything that lies before now; answers what each appellant took home, in the
/// order of the file.
///
/// # Errors
/// See [`DemoError`].
pub async fn all(app: &App, cast: &Cast, stories: &[Story]) -> Result<Vec<Taken>, DemoError> {
    let calendar = Calendar::china().in_zone(app.config.zone.clone());
    let now = app.now();
    // The heap gives the latest first; the times are turned around.
    let mut queue = BinaryHeap::new();
    for (index, story) in stories.iter().enumerate() {
        let at = filed_at(&calendar, now, &story.filed)?;
        if at < now {
            queue.push((std::cmp::Reverse(at), std::cmp::Reverse(index), 0));
        }
    }
    let steps: Vec<Vec<Step>> = stories.iter().map(Story::steps).collect();
    let mut receipts: Vec<Option<Receipt>> = vec![None; stories.len()];
    while let Some((std::cmp::Reverse(at), std::cmp::Reverse(index), number)) = queue.pop() {
        let story = &stories[index];
        match &receipts[index] {
            None => receipts[index] = Some(file(app, cast, story, at).await?),
            Some(receipt) => take(app, cast, story, receipt.id, &steps[index][number - 1], at).await?,
        }
        if let Some(next) = steps[index].get(number) {
            let at = if story.natural {
                at.plus_seconds(i64::from(next.after) * 20)
            } else {
                later(&calendar, at, next.after)
            };
            if at < now {
                queue.push((std::cmp::Reverse(at), std::cmp::Reverse(index), number + 1));
            }
        }
    }
    let taken = stories.iter().zip(receipts).filter_map(|(story, receipt)| {
        let Receipt { number, code, .. } = receipt?;
        Some(Taken { number, code, title: story.title.clone() })
    });
    Ok(taken.collect())
}

async fn file(app: &App, cast: &Cast, story: &Story, at: Instant) -> Result<Receipt, DemoError> {
    use matters_rules::Channel::{Message, Online};
    let by = if matches!(story.channel, Online | Message) { By::Public } else { cast.by(&Who::Intake)? };
    let on_behalf = (!matches!(by, By::Public)).then_some(matters_rules::command::OnBehalf::Officer);
    let request = FileRequest {
        category: Some(story.category.clone()),
        area: Some(story.area.as_str().into()),
        title: story.title.clone(),
        text: story.text.clone(),
        expected: story.expected.clone(),
        contact: ContactCard {
            name: story.name.clone(),
            phone: story.phone.clone(),
            enterprise: story.enterprise.clone(),
            ..ContactCard::default()
        },
        shielded: story.shielded,
        on_behalf,
        complained_about: story.complained.clone(),
        express_lines: story.lines.clone(),
        ..FileRequest::new(OFFICE.into(), story.channel, story.appeal_type)
    };
    app.write_occurred(Source::Replayed, at, move |work| matters::file(work, &by, &request))
        .await
        .map_err(DemoError::at(format!("filing \"{}\"", story.title)))
}

async fn take(
    app: &App,
    cast: &Cast,
    story: &Story,
    matter: MatterId,
    step: &Step,
    at: Instant,
) -> Result<(), DemoError> {
    let by = match step.who {
        Who::Appellant => By::Appellant(matter),
        ref who => cast.by(who)?,
    };
    let what = format!("{:?} in \"{}\"", step.act, story.title);
    let (story, step) = (Arc::new(story.clone()), step.clone());
    app.write_occurred(Source::Replayed, at, move |work| {
        let state = work.load::<matters::Matters>(&matter.to_string())?.state;
        if state.phase == Phase::Closed && !matches!(step.act, Act::OrderRedo) {
            return Ok(());
        }
        let command = command(work, &story, &state, &step.act, at, matter)?;
        matters::act(work, &by, matter, None, &command).map(drop)
    })
    .await
    .map_err(DemoError::at(what))
}

/// The command of a step. Texts of the officers' own hand are short and the same everywhere;
/// what matters to read stands in the story.
fn command(
    work: &mut Work<'_>,
    story: &Story,
    state: &Matter,
    act: &Act,
    at: Instant,
    matter: MatterId,
) -> Result<Command, Failure> {
    let sealer = TextSealer::of(work, matter)?;
    let shielded = story.shielded;
    let way = if shielded { ContactWay::Platform } else { ContactWay::Phone };
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
            basis: text(&story.objection_basis),
            suggests: story.reassign_to.clone(),
        },
        Act::DecideObjection(unit) => Command::DecideObjection {
            node: node(state, unit)?,
            ruling: match (story.objection, &story.reassign_to) {
                (Some(Objection::Reassign), Some(to)) => {
                    ObjectionRuling::Reassign { to: to.clone(), duty_item: None }
                }
                _ => ObjectionRuling::FinalRuling,
            },
            reason: text("经核对职责分工，按此派单。"),
        },
        Act::Contact(unit) => Command::Contact {
            node: node(state, unit)?,
            way,
            at,
            text: text("已与诉求人取得联系，核实了情况，约定了下一步办理安排。"),
        },
        Act::Progress(unit) => Command::Progress {
            node: node(state, unit)?,
            text: text(story.progress.as_deref().unwrap_or_default()),
        },
        Act::AskExtension(unit) => Command::RequestInterval {
            node: node(state, unit)?,
            kind: IntervalKind::Extension,
            span: story.extension.as_deref().and_then(|span| Span::parse(span).ok()),
            until: None,
            reason: text(&story.extension_reason),
        },
        Act::AskSuspension(unit) => Command::RequestInterval {
            node: node(state, unit)?,
            kind: IntervalKind::Suspension,
            span: None,
            until: Some(work.app().config.zone.date_of(at.plus_days(14))),
            reason: sealer.text(work, story.suspension.as_deref().unwrap_or_default()),
        },
        Act::GrantExtension(unit) => {
            grant(node(state, unit)?, IntervalKind::Extension, text("情况属实，同意延期。"))
        }
        Act::GrantSuspension(unit) => {
            grant(node(state, unit)?, IntervalKind::Suspension, text("情况属实，同意中止。"))
        }
        Act::Answer { unit, again } => Command::Answer {
            node: node(state, unit)?,
            results: if *again { all_results(state, Outcome::Solved) } else { results(state, story) },
            text: sealer.answer(work, if *again { &story.redo_answer } else { &story.answer })?,
            way,
            answered_at: at,
        },
        Act::CoAnswer(unit) => Command::Answer {
            node: node(state, unit)?,
            results: Vec::new(),
            text: sealer
                .answer(work, "我单位已按职责完成协办事项：相关资料已提供主办单位，并派员参加了现场会商。")?,
            way,
            answered_at: at,
        },
        Act::Submit(unit) => {
            Command::Submit { node: node(state, unit)?, attachments: Vec::new(), note: None }
        }
        Act::SignOff(unit) => {
            Command::SignOff { node: node(state, unit)?, approve: true, scan: None, reason: None }
        }
        Act::Review(unit) => Command::Review { node: node(state, unit)?, approve: true, reason: None },
        Act::CallBack => Command::CallBack {
            outcome: CallOutcome::Reached,
            again_at: None,
            note: None,
            recordings: Vec::new(),
        },
        Act::Rate { again } => Command::Rate(Rating {
            solved: if *again { Solved::Yes } else { story.solved.unwrap_or(Solved::Yes) },
            grade: if *again { story.regrade.or(story.grade) } else { story.grade }
                .unwrap_or(Grade::Satisfied),
            reason: None,
        }),
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
fn node(state: &Matter, unit: &UnitId) -> Result<NodeId, Failure> {
    let of_unit = || state.nodes.iter().rev().filter(|node| node.unit == *unit);
    of_unit()
        .find(|node| node.state.is_open())
        .or_else(|| of_unit().next())
        .map(|node| node.id)
        .ok_or_else(|| fault("the unit has no assignment"))
}

fn fault(what: &str) -> Failure {
    Failure::Internal(what.to_owned())
}

/// `"5 09:30"`: five working days before today, at half past nine.
fn filed_at(calendar: &Calendar, now: Instant, filed: &str) -> Result<Instant, DemoError> {
    let wrong = || DemoError::Data(format!("filed = \"{filed}\""));
    let (days, time) = filed.split_once(' ').ok_or_else(wrong)?;
    let days: u32 = days.parse().map_err(|_| wrong())?;
    let time: Time = time.parse().map_err(|_| wrong())?;
    let mut date = calendar.zone().date_of(now);
    for _ in 0..days {
        date = calendar.previous_working_day(date);
    }
    Ok(calendar.zone().instant(date.to_datetime(time)))
}

/// `minutes` of working time after `at`, and a little uneven, as people are.
fn later(calendar: &Calendar, at: Instant, minutes: u32) -> Instant {
    const MINUTE: i64 = 60_000_000;
    let zone = calendar.zone();
    let mut date = zone.date_of(at);
    let mut left = i64::from(minutes) + (at.micros() / MINUTE) % 7;
    loop {
        if calendar.is_working_day(date) {
            for hours in calendar.working_hours() {
                let midnight = zone.start_of_day(date);
                let from = midnight.plus_seconds(i64::from(hours.from) * 60).max(at);
                let room = midnight.plus_seconds(i64::from(hours.to) * 60).since(from) / MINUTE;
                if room > left {
                    return from.plus_seconds(left * 60);
                }
                left -= room.max(0);
            }
        }
        date = calendar.next_working_day(date);
    }
}
