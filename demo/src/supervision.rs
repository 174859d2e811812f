//! Supervision in the demo: the office's rules have looked at everything, and slips stand at
//! every step. Only the made-up counties are ever supervised for being late.

use crate::DemoError;
use crate::cast::Cast;
use crate::story::Who;
use ::supervision::rules::slip::Command;
use ::supervision::slips::{self, Wanted};
use ::supervision::watch;
use kernel::permission::Role;
use kernel::time::{Calendar, Instant};
use kernel::{MatterId, NodeId, SlipId, Source, UnitId};
use matters::TextSealer;
use matters_rules::Colour;
use platform::{App, By, Failure};
use store::{Query, params};

/// The made-up counties, as their units' codes begin.
const MADE_UP: [&str; 5] = ["jia-", "yi-", "bing-", "ding-", "wu-"];

/// Whether that unit is of a made-up county.
pub(crate) fn is_made_up(unit: &UnitId) -> bool {
    MADE_UP.iter().any(|county| unit.as_str().starts_with(county))
}

/// How far a slip of the demo is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Drafted,
    Checked,
    Issued,
    Replied,
    Settled,
}

/// Working days since it was drafted, how far it is, its level, and what it demands.
const SLIPS: [(u32, Step, Colour, &str); 7] = [
    (0, Step::Drafted, Colour::Yellow, "请于两个工作日内与诉求人见面，明确办理措施和完成时间，并报送进展。"),
    (1, Step::Drafted, Colour::Blue, "请核实迟迟未办的原因，本周内提出办理意见。"),
    (1, Step::Checked, Colour::Yellow, "请分管负责同志牵头会商，三个工作日内给出明确答复。"),
    (2, Step::Issued, Colour::Yellow, "请三个工作日内办结或者说明理由，并向诉求人当面解释。"),
    (6, Step::Issued, Colour::Red, "该事项严重超期，请主要负责同志亲自督办，限期办结。"),
    (4, Step::Replied, Colour::Yellow, "请说明超期原因，提出办结时间表。"),
    (9, Step::Settled, Colour::Blue, "请补齐联系诉求人的记录，按周报送进展。"),
];

const REPLY: &str =
    "已于昨日到现场核查，缺少的配件下周一到货，计划下周三前办结，期间每两天向诉求人通报一次进展。";
const VERDICT: &str = "回复具体，同意按所报时间表办理，到期复核。";

/// Drafts, checks, issues, answers and settles the slips, then lets the rules fire.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let calendar = Calendar::china().in_zone(app.config.zone.clone());
    let late = late(app).await.map_err(DemoError::at("what is late"))?;
    for ((matter, node, unit), slip) in late.into_iter().zip(SLIPS) {
        let day = (0..slip.0)
            .fold(calendar.zone().date_of(app.now()), |date, _| calendar.previous_working_day(date));
        let at = calendar.zone().instant(day.at(9, 10, 0, 0)).min(app.now());
        play_one(app, cast, (matter, node, &unit), slip, at).await?;
    }
    watch::run(app).await.map(drop).map_err(DemoError::at("rules of supervision"))
}

async fn play_one(
    app: &App,
    cast: &Cast,
    (matter, node, unit): (MatterId, NodeId, &UnitId),
    (_, until, colour, demand): (u32, Step, Colour, &'static str),
    at: Instant,
) -> Result<(), DemoError> {
    let by = cast.post(Role::Supervisor)?;
    let wanted = move || Wanted { colour, days: 3, demand: demand.to_owned() };
    let drafted = app.write_occurred(Source::Replayed, at, move |work| {
        slips::draft(work, &by, matter, node, &wanted(), None)
    });
    let slip = drafted.await.map_err(DemoError::at("a slip"))?;
    let steps: [(Step, By, Option<&'static str>, i64); 4] = [
        (Step::Checked, cast.post(Role::ShiftHead)?, None, 30),
        (Step::Issued, cast.post(Role::Leader)?, None, 75),
        (Step::Replied, cast.by(&Who::Liaison(unit.clone()))?, Some(REPLY), 60 * 26),
        (Step::Settled, cast.post(Role::Supervisor)?, Some(VERDICT), 60 * 30),
    ];
    for (step, by, text, minutes) in steps.into_iter().filter(|(step, ..)| *step <= until) {
        let at = at.plus_seconds(minutes * 60).min(app.now());
        take(app, (matter, slip), step, by, text, at).await.map_err(DemoError::at("a step of a slip"))?;
    }
    Ok(())
}

async fn take(
    app: &App,
    (matter, slip): (MatterId, SlipId),
    step: Step,
    by: By,
    text: Option<&'static str>,
    at: Instant,
) -> Result<(), Failure> {
    app.write_occurred(Source::Replayed, at, move |work| {
        let sealer = TextSealer::of(work, matter)?;
        let text = text.map(|words| sealer.text(work, words));
        let command = match (step, text) {
            (Step::Checked, _) => Command::Check { approve: true, reason: None },
            (Step::Issued, _) => Command::Issue,
            (Step::Replied, Some(text)) => Command::Reply { text },
            (Step::Settled, reason) => Command::Settle { accept: true, reason },
            (Step::Drafted | Step::Replied, _) => return Ok(()),
        };
        slips::act(work, &by, slip, None, &command).map(drop)
    })
    .await
}

/// The assignments of the made-up counties that are late the longest, one of each matter.
async fn late(app: &App) -> Result<Vec<(MatterId, NodeId, UnitId)>, Failure> {
    app.read(|snapshot, app| {
        let sql = "select n.matter, n.node, n.unit from matter_node n where n.state = 'working' and n.relay = 0 \
                   and n.paused is null and n.due < $1 order by n.due, n.node";
        let mut found: Vec<(MatterId, NodeId, UnitId)> = Vec::new();
        for row in snapshot.query(sql, &params![app.now()])? {
            let unit = UnitId(row.text(2)?);
            let damaged = |_| Failure::Internal("an id in a table is no UUID".into());
            let matter: MatterId = row.str(0)?.parse().map_err(damaged)?;
            let known = found.iter().any(|(other, ..)| *other == matter);
            if !known && is_made_up(&unit) {
                found.push((matter, row.str(1)?.parse().map_err(damaged)?, unit));
            }
        }
        Ok(found)
    })
    .await
}
