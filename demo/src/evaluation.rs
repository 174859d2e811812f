//! Evaluation in the demo: ratings claimed against and judged, draws half checked, answers sent
//! against a hint, an anomaly that was looked at. What is bad in it belongs to the made-up
//! counties alone, so thresholds by which real units could stand out are out of reach.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::story::Who;
use crate::supervision::is_made_up;
use ::evaluation::draws::{self, Found};
use ::evaluation::rules::draw::{Plan, Population, Size};
use ::evaluation::{anomalies, draws::rows_of};
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{MatterId, NodeId, Source, UnitId};
use matters::attachments::{SealedFile, keep, seal_here};
use matters::configuration::{self, Change, Document};
use matters::{Matters, TextSealer, Upload, quality};
use matters_rules::answer::{AnswerCheck, CheckedText};
use matters_rules::command::DemandResult;
use matters_rules::{Command, ContactWay, Finding, Outcome};
use platform::{App, By, Failure};
use print::docx::{Block, Sheet, document};
use store::{Query, params};

/// Too many for any unit of the demo: a list of real units would be bad news about them.
const OUT_OF_REACH: &str = "100000";
/// Per cent that the first draw takes.
const SHARE: u32 = 25;
/// Of what it drew this many are still to be checked.
const UNCHECKED: usize = 4;
/// Claims against ratings that are made.
const CLAIMS: usize = 4;
/// Answers sent against a hint.
const HINTS: usize = 2;

const EMPTY: &str = "您反映的情况已收悉，我单位高度重视，正在处理，请耐心等待，有结果后第一时间告知。";
const EMPTY_WHY: &str = "所需方案尚未定稿，先向诉求人说明已受理，定稿后另行详细答复。";
const CLAIM: &str = "评价意见针对的是供应商违约，不是本单位的办理。现场照片、诉求人签字的说明已附上，请核。";

/// Plays all of it.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    thresholds(app).await.map_err(DemoError::at("rules of evaluation"))?;
    claims(app, cast).await.map_err(DemoError::at("claims against ratings"))?;
    drawn(app, cast).await.map_err(DemoError::at("draws"))?;
    hints(app, cast).await.map_err(DemoError::at("answers sent against a hint"))?;
    looked_at(app, cast).await.map_err(DemoError::at("an anomaly"))
}

async fn thresholds(app: &App) -> Result<(), Failure> {
    let few = |text: String, code: &str, value: &str| {
        let line = |value: &str| format!("code = \"{code}\"\nvalue = \"{value}\"");
        text.replacen(&line(value), &line(OUT_OF_REACH), 1)
    };
    let toml = configuration::evaluation::DEFAULT.replacen("version = 1", "version = 2", 1);
    let toml = [("few_from", "3"), ("few_to", "10"), ("phone_appellants", "3"), ("calls_positive", "10")]
        .into_iter()
        .fold(toml, |toml, (code, value)| few(toml, code, value));
    app.write(move |work| {
        let note = "演示数据不就真实单位列出异常".to_owned();
        let change = Change::Publish { toml: toml.clone(), note };
        configuration::act(work, &By::Operator, Document::Evaluation, None, change).map(drop)
    })
    .await
}

/// Of the made-up counties' last closed matters with a bad rating: the newest claim still waits
/// for the panel, the others were judged one way and the other.
async fn claims(app: &App, cast: &Cast) -> Result<(), Failure> {
    let rated = badly_rated(app).await?;
    for (n, (matter, node, unit, closed)) in rated.into_iter().take(CLAIMS).enumerate() {
        let at = closed.plus_hours(30);
        if at > app.now() {
            continue;
        }
        let (by, file) = (liaison(cast, &unit)?, paper(app)?);
        app.write_occurred(Source::Replayed, at, move |work| {
            let sealer = TextSealer::of(work, matter)?;
            let attachments = vec![keep(work, sealer.key(), &file)?];
            let (ground, reason) = ("other_matter".to_owned(), sealer.text(work, CLAIM));
            let command = Command::ClaimExclusion { node, ground, reason, attachments };
            matters::act(work, &by, matter, None, &command).map(drop)
        })
        .await?;
        let waits = n == 0;
        let voices = [(Role::Quality, true), (Role::Supervisor, n % 2 == 1), (Role::ShiftHead, n % 2 == 1)];
        for ((role, grant), hours) in voices.into_iter().zip([4, 20, 26]) {
            let at = at.plus_hours(hours);
            if at > app.now() || (waits && role != Role::Quality) {
                break;
            }
            let by = post(cast, role)?;
            let words = if grant {
                "材料能够说明评价与办理无关，同意剔除。"
            } else {
                "材料不足以说明与办理无关，评价照计。"
            };
            let judged = app.write_occurred(Source::Replayed, at, move |work| {
                let reason = TextSealer::of(work, matter)?.text(work, words);
                let command = Command::JudgeExclusion { grant, reason };
                matters::act(work, &by, matter, None, &command).map(drop)
            });
            match judged.await {
                // Two of three have decided it.
                Ok(()) | Err(Failure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
    }
    Ok(())
}

/// A quarter of the last weeks, mostly checked, and a handful of direct answers of today.
async fn drawn(app: &App, cast: &Cast) -> Result<(), Failure> {
    let zone = app.config.zone.clone();
    let quality = post(cast, Role::Quality)?;
    let at = app.now().plus_days(-5);
    let plan = |of, size, amount, until: Instant| Plan {
        of,
        from: zone.date_of(until.plus_days(-30)),
        to: zone.date_of(until),
        office: OFFICE.into(),
        size,
        amount,
    };
    let (by, first) = (quality.clone(), plan(Population::Both, Size::Share, SHARE, at));
    let draw = app.write_occurred(Source::Replayed, at, move |work| draws::draw(work, &by, &first)).await?;
    let id = draw.clone();
    let rows = app.read(move |snapshot, _| rows_of(snapshot, &id)).await?;
    let (mut hour, mut wrong) = (1, 0);
    let checked = rows.len().saturating_sub(UNCHECKED);
    for row in rows.into_iter().take(checked) {
        let (matter, made_up) = (row.matter, handled_by_made_up(app, row.matter).await?);
        let found = match (made_up, wrong) {
            (true, 0) => (Finding::False, "到场核实，答复所说的设备并未安装，诉求人表示无人联系过。"),
            (true, 1) => (Finding::Incomplete, "主要问题已解决，但第二项诉求没有回应，也没有写明时间。"),
            _ => (Finding::Confirmed, "电话核实，结果属实，诉求人认可。"),
        };
        let (by, draw, at) = (quality.clone(), draw.clone(), at.plus_hours(hour).min(app.now()));
        let done = app.write_occurred(Source::Replayed, at, move |work| {
            let (finding, words) = found;
            let found = Found { called: true, finding, words: words.to_owned() };
            draws::check(work, &by, &draw, matter, &found)
        });
        match done.await {
            Ok(()) => {
                hour += 2;
                wrong += usize::from(found.0 != Finding::Confirmed);
            }
            // It was opened again since it was drawn.
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    let second = plan(Population::Direct, Size::Number, 5, app.now());
    match app.write(move |work| draws::draw(work, &quality, &second)).await {
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Made-up units answer with words that say nothing, and say why.
async fn hints(app: &App, cast: &Cast) -> Result<(), Failure> {
    let working = working(app).await?;
    for (matter, node, unit) in working.into_iter().take(HINTS) {
        let by = liaison(cast, &unit)?;
        app.write(move |work| {
            let state = work.load::<Matters>(&matter.to_string())?.state;
            let sealer = TextSealer::of(work, matter)?;
            let examined = quality::examine(work, sealer.key(), matter, Some(node), EMPTY)?;
            let mut lacks: Vec<_> = examined.lacking.iter().map(|found| found.lack).collect();
            lacks.dedup();
            let overridden = Some(sealer.text(work, EMPTY_WHY));
            let text = CheckedText::seal(EMPTY, |plain| sealer.text(work, plain))?;
            let now = work.now();
            let command = Command::Answer {
                node,
                results: (1..)
                    .zip(&state.demands)
                    .map(|(demand, _)| DemandResult { demand, outcome: Outcome::NotYet })
                    .collect(),
                text: text.with(AnswerCheck { lacks, print: examined.print, overridden }),
                way: if state.shielded { ContactWay::Platform } else { ContactWay::Phone },
                answered_at: now,
            };
            matters::act(work, &by, matter, None, &command).map(drop)
        })
        .await?;
    }
    Ok(())
}

/// One of what is out of the ordinary was looked at; the others wait.
async fn looked_at(app: &App, cast: &Cast) -> Result<(), Failure> {
    let by = post(cast, Role::Quality)?;
    app.write(move |work| {
        let app = work.app();
        let found = anomalies::find(work.tx, app, by.grants())?;
        match found.last().filter(|_| found.len() > 1) {
            Some(odd) => {
                let count = odd.matters.len() as u64;
                let words =
                    "已抽听回访录音并电话核实，评价是诉求人本人作出，时间接近是因为当面办结后即评价。";
                anomalies::look(work, &by, &odd.key, count, words)
            }
            None => Ok(()),
        }
    })
    .await
}

fn paper(app: &App) -> Result<SealedFile, Failure> {
    let sheet = Sheet {
        title: "情况说明".into(),
        number: String::new(),
        blocks: vec![
            Block::Text("经当面核对，诉求人所评的延误由供应商违约造成，与承办单位的办理无关。".into()),
            Block::Note("演示数据，人员、企业和事件均为虚构。".into()),
        ],
    };
    let bytes = document(&[sheet], Some("演示数据")).map_err(|error| Failure::Internal(error.to_string()))?;
    seal_here(app, Upload { name: "情况说明.docx".into(), bytes })
}

/// Closed matters of made-up units whose last rating is bad, the newest closing first.
async fn badly_rated(app: &App) -> Result<Vec<(MatterId, NodeId, UnitId, Instant)>, Failure> {
    app.read(|snapshot, _| {
        let sql = "select r.matter, n.node, n.unit, m.closed_at from matter_rating r \
                   join matter m on m.id = r.matter join matter_node n on n.matter = r.matter \
                   where m.phase = 'closed' and r.grade in ('dissatisfied', 'very_dissatisfied') \
                   and n.state = 'approved' and n.role <> 'co' and n.relay = 0 and not exists \
                   (select 1 from matter_rating later where later.matter = r.matter and later.version > r.version) \
                   order by m.closed_at desc, r.matter, n.node";
        let mut found: Vec<(MatterId, NodeId, UnitId, Instant)> = Vec::new();
        for row in snapshot.query(sql, &params![])? {
            let (matter, node) = (id(row.str(0)?)?, id(row.str(1)?)?);
            let unit = UnitId(row.text(2)?);
            if is_made_up(&unit) && found.iter().all(|(other, ..)| *other != matter) {
                found.push((matter, node, unit, row.instant(3)?));
            }
        }
        Ok(found)
    })
    .await
}

/// Assignments that made-up units are at work on and have spoken to the appellant about.
async fn working(app: &App) -> Result<Vec<(MatterId, NodeId, UnitId)>, Failure> {
    app.read(|snapshot, _| {
        let sql = "select matter, node, unit from matter_node where state = 'working' and relay = 0 \
                   and paused is null and request is null and role <> 'co' order by due desc, node";
        let mut found = Vec::new();
        for row in snapshot.query(sql, &params![])? {
            let (matter, node, unit): (MatterId, NodeId, _) =
                (id(row.str(0)?)?, id(row.str(1)?)?, UnitId(row.text(2)?));
            let state = platform::act::load::<Matters>(snapshot, &matter.to_string())?.state;
            let spoken =
                state.node(node).is_some_and(|node| node.contacted_at.is_some() && node.answer.is_none());
            if spoken && is_made_up(&unit) {
                found.push((matter, node, unit));
            }
        }
        Ok(found)
    })
    .await
}

async fn handled_by_made_up(app: &App, matter: MatterId) -> Result<bool, Failure> {
    app.read(move |snapshot, _| {
        let state = platform::act::load::<Matters>(snapshot, &matter.to_string())?.state;
        Ok(!state.nodes.is_empty() && state.nodes.iter().all(|node| is_made_up(&node.unit)))
    })
    .await
}

fn liaison(cast: &Cast, unit: &UnitId) -> Result<By, Failure> {
    cast.by(&Who::Liaison(unit.clone())).map_err(|error| Failure::Internal(error.to_string()))
}

fn post(cast: &Cast, role: Role) -> Result<By, Failure> {
    cast.post(role).map_err(|error| Failure::Internal(error.to_string()))
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Internal("an id in a table is no UUID".into()))
}
