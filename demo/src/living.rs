//! The living layer: the last eight weeks up to today, so that inboxes, lights, trends and
//! queues have something in them whenever the demo is made. Days are counted back from
//! today; a step that would lie in the future is not played, so the newest appeals stand
//! half-way.

use crate::DemoError;
use crate::dice::Dice;
use crate::replay::{REASONS, REDO_ANSWERS, REDO_REASONS, pick};
use crate::story::{self, Filed, Milestone, Objection, Story, Way};
use crate::weave::{Kind, Weaver, time_of_day};
use kernel::UnitId;
use matters_rules::{Channel, Grade, Solved, Urgency};
use std::collections::BTreeSet;

const LAYER: &str = "living";
/// Working days before today on which the first is filed.
const DAYS: u32 = 40;
/// How many go which way.
const KINDS: [(Kind, usize); 8] = [
    (Kind::Direct, 14),
    (Kind::City, 26),
    (Kind::County, 26),
    (Kind::Township, 8),
    (Kind::Fictitious, 26),
    (Kind::Declined, 4),
    (Kind::Withdrawn, 2),
    (Kind::Transferred, 2),
];
/// What stands still in the made-up counties: working days before today, where.
const STUCK: [(u32, Milestone); 16] = [
    (38, Milestone::Signed),
    // Tracked for months: its first report is missing.
    (37, Milestone::Tracked),
    (35, Milestone::RedoneTwice),
    (33, Milestone::Contacted),
    (29, Milestone::PassedOn),
    (24, Milestone::Contacted),
    (19, Milestone::Tracked),
    (17, Milestone::PlatformSigned),
    (15, Milestone::Signed),
    (12, Milestone::Contacted),
    (11, Milestone::SignedOff),
    (10, Milestone::ReassignedTwice),
    (9, Milestone::ReviewedOnce),
    (8, Milestone::Assigned),
    (7, Milestone::Contacted),
    (6, Milestone::Signed),
];
/// Why something is tracked for months.
const TRACKED: &str = "该事项已列入年度工程计划，须待批复和资金到位后分步实施，短期内难以完成。";
/// What waits for the office's own desks today.
const WAITING: [(Kind, u32, Milestone); 13] = [
    (Kind::City, 1, Milestone::Registered),
    (Kind::County, 1, Milestone::Registered),
    (Kind::Direct, 1, Milestone::Registered),
    (Kind::City, 1, Milestone::Accepted),
    (Kind::County, 1, Milestone::Accepted),
    (Kind::City, 1, Milestone::Objected),
    (Kind::City, 1, Milestone::Objected),
    (Kind::City, 3, Milestone::ExtensionAsked),
    (Kind::City, 4, Milestone::SignedOff),
    (Kind::City, 5, Milestone::CallBack),
    (Kind::County, 6, Milestone::CallBack),
    (Kind::Direct, 2, Milestone::CallBack),
    (Kind::Declined, 1, Milestone::DeclineProposed),
];

/// The stories of recent weeks, the hand-written ones (`data/appeals.toml`) first. `titles`
/// are taken by the replay.
///
/// # Errors
/// See [`DemoError`].
pub fn stories(mut titles: BTreeSet<String>) -> Result<Vec<Story>, DemoError> {
    let mut stories = story::read(include_str!("../data/appeals.toml"))?;
    titles.extend(stories.iter().map(|story| story.title.clone()));
    let mut weaver = Weaver::new(LAYER, titles)?;
    let mut kinds: Vec<Kind> = KINDS.iter().flat_map(|(kind, n)| std::iter::repeat_n(*kind, *n)).collect();
    Dice::of(LAYER, 0).shuffle(&mut kinds);
    let all = u32::try_from(kinds.len()).unwrap_or(1);
    for (index, kind) in (0..).zip(kinds) {
        let days = DAYS - DAYS * index / all;
        let mut story = woven(&mut weaver, kind, days, index)?;
        if kind == Kind::Fictitious {
            trouble(&mut story, index, days);
        }
        stories.push(story);
    }
    for (index, (days, until)) in (0..).zip(STUCK) {
        let mut story = woven(&mut weaver, Kind::Fictitious, days, 500 + index)?;
        story.urgency = if index % 4 == 0 { Urgency::Urgent } else { Urgency::General };
        story.until = Some(until);
        prepare(&mut story, until);
        stories.push(story);
    }
    for (index, (kind, days, until)) in (0..).zip(WAITING) {
        let mut story = woven(&mut weaver, kind, days, 700 + index)?;
        story.urgency = Urgency::General;
        story.until = Some(until);
        prepare(&mut story, until);
        stories.push(story);
    }
    for story in stories.iter_mut().filter(|story| story.until == Some(Milestone::Objected)) {
        story.filed = just_objected(story);
    }
    Ok(stories)
}

/// An objection is decided within hours or lapses: one that waits was raised a moment ago.
fn just_objected(story: &Story) -> Filed {
    /// Minutes since the objection, and how uneven a step may be.
    const SINCE: u32 = 20;
    const UNEVEN: u32 = 6;
    let steps = story.steps();
    let before: u32 = steps.iter().map(|step| step.after + UNEVEN).sum();
    Filed::Ago { minutes: before + SINCE }
}

fn woven(weaver: &mut Weaver, kind: Kind, days: u32, index: u32) -> Result<Story, DemoError> {
    let early = crate::weave::time_of_day(Channel::Hotline, &mut Dice::of("early", index.into()));
    let mut story = weaver.weave(kind, Filed::Before { days, time: early }, None)?;
    story.natural = false;
    let time = time_of_day(story.channel, &mut Dice::of("living time", index.into()));
    story.filed = Filed::Before { days, time };
    Ok(story)
}

/// Some of what the made-up counties handle goes wrong: late, not satisfied, done again.
fn trouble(story: &mut Story, index: u32, days: u32) {
    let turn = index as usize;
    match index % 4 {
        0 if days > 16 => story.work = Some(3000 + 90 * (index % 9)),
        1 => {
            to_be_redone(story, turn);
            story.regrade = Some(Grade::Satisfied);
            story.resolved = Some(Solved::Yes);
            if days < 14 {
                story.until = Some(Milestone::RedoAsked);
            }
        }
        // Not satisfied, and found no reason to do it again.
        3 => not_satisfied(story, turn),
        // Rated the moment the result was there.
        2 if index % 8 == 2 => {
            story.channel = Channel::Online;
            story.rate_after = Some(4);
        }
        _ => {}
    }
}

fn not_satisfied(story: &mut Story, turn: usize) {
    story.solved = Some(Solved::Partly);
    story.grade = Some(Grade::Dissatisfied);
    story.reason = pick(&REASONS, turn);
}

/// Not satisfied, and done again.
fn to_be_redone(story: &mut Story, turn: usize) {
    not_satisfied(story, turn);
    story.redo = true;
    story.redo_reason = pick(&REDO_REASONS, turn);
    story.redo_answer = pick(&REDO_ANSWERS, turn);
}

/// Not that unit's duty: another of these has it, or, where that objects as well, a third.
fn objected<const N: usize>(story: &mut Story, units: [&str; N], again: bool) {
    let own = story.unit.clone();
    let mut others = units.into_iter().map(UnitId::from).filter(|unit| own.as_ref() != Some(unit));
    story.objection = Some(Objection::Reassign);
    story.objection_basis = "依据部门权责清单，该事项不属于我单位职责，建议改派主管单位。".into();
    story.reassign_to = others.next();
    story.reassign_again = others.next().filter(|_| again);
}

/// What a story needs to stop where it does.
fn prepare(story: &mut Story, until: Milestone) {
    match until {
        Milestone::Objected if story.story == Way::City => objected(story, ["ld-gxj", "ld-fgw"], false),
        Milestone::ReassignedTwice => {
            let county = story.unit.as_ref().and_then(|unit| unit.as_str().split('-').next());
            let units = ["zj", "zrzy", "cg"].map(|unit| format!("{}-{unit}", county.unwrap_or_default()));
            objected(story, units.each_ref().map(String::as_str), true);
        }
        Milestone::Tracked => story.tracking = Some(TRACKED.into()),
        Milestone::RedoneTwice => {
            to_be_redone(story, 1);
            story.redo_twice = true;
            story.regrade = Some(Grade::Dissatisfied);
            story.resolved = Some(Solved::Partly);
        }
        Milestone::ExtensionAsked => {
            // Through a county it is more than the county's head may grant: the supervisor decides.
            story.extension = Some(if story.story == Way::City { "5wd" } else { "7wd" }.into());
            story.extension_reason = "现场需补做检测，检测机构排期在下周，已向诉求人说明。".into();
        }
        _ => {}
    }
}
