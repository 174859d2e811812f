//! What the office raised by itself: leaders' instructions done, awaiting verification and under
//! way, a sheet put before a leader, and measures of accountability. Bad news is about the
//! made-up counties alone.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::story::Who;
use accountability::rules::{Command as Measure, Failing, MeasureKind, Proposed};
use accountability::taking::take;
use instructions::rules::BriefKind;
use instructions::writing::{Draft, write};
use kernel::permission::Role;
use kernel::time::{Date, Instant};
use kernel::{MatterId, NodeId, Source, UnitId};
use matters::raising::{AssignedTo, RaiseRequest, raise};
use matters::{Matters, TextSealer};
use matters_rules::command::{DemandResult, Respond};
use matters_rules::kind::{Instructed, Medium, Raised};
use matters_rules::{Command, ContactWay, MatterKind, Outcome};
use platform::{App, By, Failure, Work};
use uuid::Uuid;

/// How far an instruction is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Signed,
    Approved,
    Verified,
}

/// Days ago, unit, how far, subject, wording, what was done.
const INSTRUCTIONS: [(i64, &str, Step, &str, &str, &str); 3] = [
    (
        13,
        "ld-zj",
        Step::Verified,
        "园区主干道路灯修复",
        "请住建局牵头，一周内把园区主干道路灯全部修复，情况报我。",
        "已更换园区主干道路灯灯头46盏，次日晚全部亮灯，依据养护合同由养护单位每月巡查一次。",
    ),
    (
        4,
        "ld-gd",
        Step::Approved,
        "薄板加工企业错峰用电方案",
        "请供电公司与企业逐户对接，拿出错峰用电方案，不搞一刀切。",
        "已与12家薄板加工企业逐户对接，按生产班次拟定错峰方案并经企业确认，自下月1日起执行。",
    ),
    (
        2,
        "ld-rs",
        Step::Signed,
        "农机企业用工专场招聘",
        "请人社局月底前组织一次农机企业用工专场招聘，把缺口岗位一次摸清。",
        "",
    ),
];

const FACTS: &str = "近两个月三件诉求分别超期12、15、20个工作日，经两次催办、一次督办仍无进展。";
const BASIS: &str = "《营商环境诉求督办工作办法》（演示）第十二条";
const DEMAND: &str = "超期诉求全部办结并逐件说明原因\n建立超期提前三天预警的内部台账";

/// Plays all of it.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    for told in INSTRUCTIONS {
        instruction(app, cast, told).await?;
    }
    sheet(app, cast).await?;
    measures(app, cast).await
}

/// Ten in the morning, so many days ago.
pub(crate) fn morning(app: &App, days: i64) -> Instant {
    let zone = &app.config.zone;
    let day = (0..days).fold(zone.date_of(app.now()), |day, _| day.yesterday().unwrap_or(day));
    zone.instant(day.at(10, 0, 0, 0)).min(app.now())
}

fn in_days(app: &App, days: i64) -> Date {
    let today = app.config.zone.date_of(app.now());
    (0..days).fold(today, |day, _| day.tomorrow().unwrap_or(day))
}

/// One step of it, at its time.
pub(crate) async fn at<T: Send + 'static>(
    app: &App,
    at: Instant,
    what: &'static str,
    step: impl Fn(&mut Work<'_>) -> Result<T, Failure> + Send + Sync + 'static,
) -> Result<T, DemoError> {
    app.write_occurred(Source::Replayed, at.min(app.now()), step).await.map_err(DemoError::at(what))
}

async fn instruction(
    app: &App,
    cast: &Cast,
    (days, unit, until, title, text, done): (
        i64,
        &'static str,
        Step,
        &'static str,
        &'static str,
        &'static str,
    ),
) -> Result<(), DemoError> {
    let (start, due) = (morning(app, days), in_days(app, 14 - days.min(8)));
    let clerk = cast.post(Role::Clerk)?;
    let given = app.config.zone.date_of(start);
    let by = clerk.clone();
    let matter = at(app, start, "an instruction", move |work| {
        let mut request = RaiseRequest::new(MatterKind::Instruction, OFFICE.into());
        request.title = title.to_owned();
        request.text = text.to_owned();
        request.raised = Raised {
            due: Some(due),
            instruction: Some(Instructed {
                post: "市政府分管副市长".into(),
                on: given,
                medium: Medium::Written,
                paper: String::new(),
            }),
            ..Raised::default()
        };
        request.to = vec![AssignedTo { unit: unit.into(), duty_item: None }];
        Ok(raise(work, &by, &request)?.id)
    })
    .await?;
    signed(app, cast, matter, unit, start.plus_seconds(1800)).await?;
    if until >= Step::Approved {
        reported(app, cast, matter, unit, start.plus_seconds(2 * 86_400), done).await?;
    }
    if until >= Step::Verified {
        at(app, start.plus_seconds(5 * 86_400), "a verification", move |work| {
            let text = TextSealer::of(work, matter)?.text(work, "已报领导阅，领导要求坚持每月巡查。");
            matters::act(work, &clerk, matter, None, &Command::Verify { passed: true, text }).map(drop)
        })
        .await?;
    }
    Ok(())
}

async fn signed(
    app: &App,
    cast: &Cast,
    matter: MatterId,
    unit: &'static str,
    when: Instant,
) -> Result<(), DemoError> {
    let by = cast.by(&Who::Liaison(unit.into()))?;
    at(app, when, "a signature", move |work| {
        let node = node(work, matter, unit)?;
        matters::act(work, &by, matter, None, &Command::Sign { node }).map(drop)
    })
    .await
}

/// Reported by the unit, signed off by its head, approved by the office.
async fn reported(
    app: &App,
    cast: &Cast,
    matter: MatterId,
    unit: &'static str,
    when: Instant,
    done: &'static str,
) -> Result<(), DemoError> {
    let (liaison, head) = (cast.by(&Who::Liaison(unit.into()))?, cast.by(&Who::Head(unit.into()))?);
    let office = cast.post(Role::Dispatcher)?;
    at(app, when, "a report", move |work| {
        let node = node(work, matter, unit)?;
        let demands = work.load::<Matters>(&matter.to_string())?.state.demands.len();
        let answered_at = work.now();
        let text = TextSealer::of(work, matter)?.answer(work, done)?;
        let results = (1..=demands).filter_map(|n| u32::try_from(n).ok());
        let respond = Respond {
            node,
            contact: None,
            way: ContactWay::Platform,
            results: results.map(|demand| DemandResult { demand, outcome: Outcome::Solved }).collect(),
            text,
            answered_at,
            attachments: Vec::new(),
            note: None,
        };
        matters::act(work, &liaison, matter, None, &Command::Respond(Box::new(respond)))?;
        let sign_off = Command::SignOff { node, approve: true, scan: None, reason: None };
        matters::act(work, &head, matter, None, &sign_off)?;
        let review = Command::Review { node, approve: true, reason: None };
        matters::act(work, &office, matter, None, &review).map(drop)
    })
    .await
}

fn node(work: &mut Work<'_>, matter: MatterId, unit: &str) -> Result<NodeId, Failure> {
    let state = work.load::<Matters>(&matter.to_string())?.state;
    let found = state.nodes.iter().find(|node| node.unit.as_str() == unit);
    found.map(|node| node.id).ok_or(Failure::NotFound)
}

async fn sheet(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let by = cast.post(Role::Clerk)?;
    at(app, morning(app, 1), "a sheet put before a leader", move |work| {
        let draft = Draft {
            kind: BriefKind::Submission,
            post: "市政府分管副市长".into(),
            about: None,
            title: "关于集中解决充电设施报装慢的请示".into(),
            text: "近一个月收到充电设施报装类诉求11件，集中在报装环节多、等待时间长。".into(),
            opinion: "建议由市供电公司牵头，住建、自然资源部门配合，两周内公布一次办理清单和时限。".into(),
        };
        let id = work.fresh.uuid();
        write(work, &by, id, &draft)
    })
    .await
}

/// One waits to be decided, one was taken and is being made good, one was handed over and
/// answered.
async fn measures(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let due = in_days(app, 12);
    propose(app, cast, 1, MeasureKind::Reminder, "jia-platform", None, "").await?;
    let made_good = propose(app, cast, 8, MeasureKind::Circular, "jia-zj", Some(due), "").await?;
    taken(app, cast, 7, made_good).await?;
    let clue = propose(app, cast, 20, MeasureKind::Clue, "jia-zj", None, "示例监督机关").await?;
    taken(app, cast, 19, clue).await?;
    let by = cast.post(Role::Supervisor)?;
    at(app, morning(app, 9), "feedback on a clue", move |work| {
        let measure = work.load::<accountability::shell::Accountability>(&clue.to_string())?.state;
        let subject = measure.proposed.ok_or(Failure::NotFound)?.subject;
        let key = work.subject_key(&subject)?;
        let text = TextSealer::with(key).text(work, "已核实，对该单位作出书面检查处理，有关材料存档。");
        accountability::shell::act(work, &by, &clue.to_string(), &Measure::Feedback { text })
    })
    .await
}

async fn propose(
    app: &App,
    cast: &Cast,
    days: i64,
    kind: MeasureKind,
    unit: &'static str,
    due: Option<Date>,
    body: &'static str,
) -> Result<Uuid, DemoError> {
    let by = cast.post(Role::Supervisor)?;
    at(app, morning(app, days), "a measure", move |work| {
        let key = work.new_subject()?;
        let subject = key.subject().clone();
        let sealer = TextSealer::with(key);
        let demand = sealer.text(work, DEMAND);
        let proposed = Proposed {
            kind,
            unit: UnitId::from(unit),
            failing: Failing::Delay,
            matter: None,
            subject,
            facts: sealer.text(work, FACTS),
            basis: sealer.text(work, BASIS),
            rectify: due.map(|due| (demand, due)),
            body: body.to_owned(),
        };
        let id = work.fresh.uuid();
        accountability::shell::act(work, &by, &id.to_string(), &Measure::Propose(Box::new(proposed)))?;
        Ok(id)
    })
    .await
}

async fn taken(app: &App, cast: &Cast, days: i64, measure: Uuid) -> Result<(), DemoError> {
    let by: By = cast.post(Role::Leader)?;
    at(app, morning(app, days), "a decision on a measure", move |work| take(work, &by, measure, "同意。"))
        .await
}
