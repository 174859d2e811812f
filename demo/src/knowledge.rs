//! The knowledge base of the demo: items of real departments in force, quoted now and then, those
//! that rest on a numbered document with a file of it, plainly no real one; what has expired or
//! was reported as wrong belongs to the made-up counties.

use crate::DemoError;
use crate::cast::Cast;
use crate::story::Who;
use ::knowledge::rules::{Command, Content, Document, DocumentFile, Kind, Offer, Quoted, ReportId};
use kernel::time::{Date, Instant};
use kernel::{MatterId, Source, UnitId};
use matters::attachments::{self, Upload};
use platform::{App, By, Failure};
use print::docx::{Block, Sheet, document};
use serde::Deserialize;
use std::time::Duration;
use store::Query;
use uuid::Uuid;

/// Matters in whose direct answers an item was quoted.
const QUOTES: i64 = 12;
/// What stands on every file.
const MARK: &str = "演示数据";

#[derive(Deserialize)]
struct File {
    item: Vec<Line>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    unit: String,
    category: String,
    title: String,
    questions: Vec<String>,
    answer: String,
    source: String,
    #[serde(default)]
    number: String,
    from: i64,
    until: i64,
    #[serde(default)]
    conditions: String,
    #[serde(default)]
    procedure: String,
    most: Option<i64>,
    apply: Option<i64>,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    report: String,
}

/// Writes, reviews and quotes the items.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let file: File = toml::from_str(include_str!("../data/knowledge.toml"))
        .map_err(|error| DemoError::Data(format!("knowledge.toml: {error}")))?;
    let keeper = cast.user("knowledge.city")?;
    let mut offered = Vec::new();
    for line in file.item {
        let what = line.title.clone();
        let reviewer = cast
            .by(&Who::Head(UnitId::from(line.unit.as_str())))
            .or_else(|_| cast.user("knowledge.check"))?;
        let reporter = cast.by(&Who::Intake)?;
        let quoted = one(app, &keeper, &reviewer, &reporter, line).await.map_err(DemoError::at(what))?;
        offered.extend(quoted);
    }
    quote(app, &cast.by(&Who::Intake)?, offered).await.map_err(DemoError::at("quotes"))
}

async fn one(
    app: &App,
    keeper: &By,
    reviewer: &By,
    reporter: &By,
    line: Line,
) -> Result<Option<Quoted>, Failure> {
    let today = app.config.zone.date_of(app.now());
    let content = content(&line, today);
    let paper = paper(&content)?;
    // It was written a little after its first day, and while it still held.
    let written = app.now().plus_days(line.from.min(-1) + 1).min(app.now().plus_days(-1));
    let id = app.fresh().uuid();
    step(app, keeper, id, written, Command::Draft(Box::new(content))).await?;
    if let Some(paper) = paper {
        attach(app, keeper, id, written.plus_seconds(300), paper).await?;
    }
    if line.state == "drafted" {
        return Ok(None);
    }
    step(app, keeper, id, written.plus_seconds(900), Command::Submit).await?;
    if line.state == "submitted" {
        return Ok(None);
    }
    let approve = Command::Review { approve: true, reason: None };
    step(app, reviewer, id, written.plus_seconds(7_200), approve).await?;
    if !line.report.is_empty() {
        let report = ReportId(app.fresh().uuid());
        let report = Command::Report { report, text: line.report, matter: None };
        step(app, reporter, id, app.now().plus_days(-2), report).await?;
        return Ok(None);
    }
    Ok((line.until > 0).then_some(Quoted { item: id, version: 1 }))
}

/// The document an item rests on, where that has a number: its name and words, and that it is
/// made up, on every page.
fn paper(content: &Content) -> Result<Option<Upload>, Failure> {
    let source = &content.source;
    if source.number.is_empty() {
        return Ok(None);
    }
    let mut sheet = Sheet { title: source.title.clone(), number: source.number.clone(), ..Sheet::default() };
    sheet.blocks.push(Block::Note(format!("{MARK}：本文件为演示虚构，不是任何机关的公文，不作办事依据。")));
    sheet.blocks.push(Block::Text(content.answer.clone()));
    let bytes = document(&[sheet], Some(MARK)).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Some(Upload { name: format!("{}（{MARK}）.docx", source.title), bytes }))
}

async fn attach(app: &App, by: &By, id: Uuid, at: Instant, paper: Upload) -> Result<(), Failure> {
    let name = paper.name.clone();
    let size = i64::try_from(paper.bytes.len()).unwrap_or(i64::MAX);
    let sealed = attachments::seal(app, paper).await?;
    let by = by.clone();
    app.write_occurred(Source::Replayed, at.min(app.now()), move |work| {
        let key = work.new_subject()?;
        let file = attachments::keep(work, &key, &sealed)?;
        let command = Command::Attach(DocumentFile { file, name: name.clone(), size });
        ::knowledge::act(work, &by, id, None, &command).map(drop)
    })
    .await
}

async fn step(app: &App, by: &By, id: Uuid, at: Instant, command: Command) -> Result<(), Failure> {
    let by = by.clone();
    let at = at.min(app.now());
    app.write_occurred(Source::Replayed, at, move |work| {
        ::knowledge::act(work, &by, id, None, &command).map(drop)
    })
    .await
}

/// Direct answers of recent weeks, each with an item that is offered.
async fn quote(app: &App, by: &By, offered: Vec<Quoted>) -> Result<(), Failure> {
    let answered: Vec<MatterId> = app
        .read(|q, _| {
            let sql = "select id from matter where closing = 'answered_directly' order by id desc limit $1";
            let rows = q.query(sql, &store::params![QUOTES])?;
            let id = |row: &store::Row| {
                row.str(0)?.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))
            };
            rows.iter().map(id).collect()
        })
        .await?;
    for (matter, quoted) in answered.into_iter().zip(offered.into_iter().cycle()) {
        let by = by.clone();
        app.write(move |work| ::knowledge::quote(work, &by, matter, quoted)).await?;
    }
    Ok(())
}

fn content(line: &Line, today: Date) -> Content {
    let kind = Kind::parse(&line.kind).unwrap_or(Kind::Answer);
    let offer = kind.is_offered_to_the_public().then(|| Offer {
        conditions: line.conditions.clone(),
        procedure: line.procedure.clone(),
        apply_until: line.apply.map(|days| day(today, days)),
        most: line.most,
        phone: line.phone.clone(),
    });
    Content {
        kind,
        title: line.title.clone(),
        questions: line.questions.clone(),
        answer: line.answer.clone(),
        unit: UnitId::from(line.unit.as_str()),
        source: Document { title: line.source.clone(), number: line.number.clone(), ..Document::default() },
        area: None,
        category: Some(line.category.clone()),
        from: day(today, line.from),
        until: day(today, line.until),
        offer,
    }
}

fn day(today: Date, days: i64) -> Date {
    let span = Duration::from_secs(days.unsigned_abs() * 86_400);
    let day = if days < 0 { today.checked_sub(span) } else { today.checked_add(span) };
    day.unwrap_or(today)
}
