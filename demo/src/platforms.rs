//! What passed between the platforms: the province's hotline above, and a platform of one of
//! the made-up counties below. Both by files, so that the demo sends nothing anywhere.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use exchange::projection::PartnerRow;
use exchange::rules::handover::{Command, Passed};
use exchange::rules::news::to_above;
use exchange::rules::partner::{Adapter, Command as Agree, Direction, Terms};
use exchange::rules::wire::Kind;
use exchange::{projection, shell};
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{MatterId, NodeId, Recorded, Source, UnitId};
use matters::{Filter, Matters, Tab};
use matters_rules::{Channel, Event};
use platform::{App, By, Failure};

/// Matters that the province handed down, at most.
const FROM_ABOVE: usize = 14;
/// Assignments that went down, at most.
const DOWN: usize = 8;
/// Whose assignments do.
const BELOW: &str = "jia-platform";

/// Plays all of it.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let above = agree(app, "province", Direction::Above, "省12345热线平台（演示）", OFFICE).await?;
    let below = agree(app, "jia", Direction::Below, "甲县政务服务平台（演示）", BELOW).await?;
    let dispatcher = cast.post(Role::Dispatcher)?;
    let channel = Filter { tab: Tab::All, channel: Some(Channel::HandedDown), ..Filter::default() };
    for matter in found(app, &dispatcher, channel, FROM_ABOVE).await? {
        from_above(app, &above, matter).await?;
    }
    let unit = Filter { tab: Tab::All, unit: Some(UnitId::from(BELOW)), ..Filter::default() };
    for matter in found(app, &dispatcher, unit, DOWN).await? {
        down(app, &below, matter).await?;
    }
    Ok(())
}

async fn agree(
    app: &App,
    code: &'static str,
    direction: Direction,
    name: &'static str,
    unit: &'static str,
) -> Result<PartnerRow, DemoError> {
    let made = app.write(move |work| {
        let (_, secret) = outward::kept::fresh(work, &shell::owner(code));
        let terms =
            Terms { name: name.into(), unit: unit.into(), adapter: Adapter::Files, url: String::new() };
        shell::act(work, &By::Operator, code, &Agree::Add { direction, terms, secret })?;
        projection::partner(work.tx, code)?.ok_or(Failure::NotFound)
    });
    made.await.map_err(DemoError::at("an exchange partner"))
}

async fn found(app: &App, by: &By, filter: Filter, most: usize) -> Result<Vec<MatterId>, DemoError> {
    let grants = by.grants().to_vec();
    let rows = app
        .read(move |snapshot, app| Ok(matters::list(snapshot, app, &grants, &filter, None, most)?.rows))
        .await
        .map_err(DemoError::at("matters that passed"))?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

async fn history(app: &App, matter: MatterId) -> Result<Vec<Recorded<Event>>, DemoError> {
    app.read(move |snapshot, _| platform::act::history::<Matters>(snapshot, &matter.to_string()))
        .await
        .map_err(DemoError::at("a history"))
}

/// Handed down with its filing; from then on the province was told of everything.
async fn from_above(app: &App, partner: &PartnerRow, matter: MatterId) -> Result<(), DemoError> {
    let history = history(app, matter).await?;
    let Some(Event::Filed(filed)) = history.first().map(|entry| &entry.event) else { return Ok(()) };
    let Some(number) = filed.source_number.clone() else { return Ok(()) };
    let (id, at) = (app.fresh().uuid().to_string(), history[0].at());
    let passed =
        Passed { partner: partner.code.clone(), direction: partner.direction, number, matter, node: None };
    step(app, &id, at, partner.by(), Command::Open(passed)).await?;
    hear(app, &id, at, partner, Kind::HandedDown, None).await?;
    for entry in &history {
        let Some(kind) = to_above(&entry.event) else { continue };
        tell(app, &id, entry.at(), kind, entry.version).await?;
    }
    Ok(())
}

/// Went down with its assignment; the county's platform answered for its unit.
async fn down(app: &App, partner: &PartnerRow, matter: MatterId) -> Result<(), DemoError> {
    let history = history(app, matter).await?;
    let number = match history.first().map(|entry| &entry.event) {
        Some(Event::Filed(filed)) => filed.number.clone(),
        _ => return Ok(()),
    };
    let assigned = history.iter().find_map(|entry| match &entry.event {
        Event::Assigned(assigned) if assigned.unit == partner.terms.unit => Some((entry, assigned.node)),
        _ => None,
    });
    let Some((entry, node)) = assigned else { return Ok(()) };
    let id = app.fresh().uuid().to_string();
    let passed = Passed {
        partner: partner.code.clone(),
        direction: partner.direction,
        number: number.clone(),
        matter,
        node: Some(node),
    };
    step(app, &id, entry.at(), partner.by(), Command::Open(passed)).await?;
    tell(app, &id, entry.at(), Kind::HandedDown, entry.version).await?;
    for entry in &history {
        let Some(kind) = from_below(node, &entry.event) else { continue };
        let other = (kind == Kind::Received).then(|| format!("JX{number}"));
        hear(app, &id, entry.at(), partner, kind, other).await?;
    }
    Ok(())
}

/// What the platform below must have said for this to happen here.
fn from_below(own: NodeId, event: &Event) -> Option<Kind> {
    match event {
        Event::Signed { node } if *node == own => Some(Kind::Received),
        Event::Progressed { node, .. } if *node == own => Some(Kind::Progress),
        Event::Objected { node, .. } if *node == own => Some(Kind::Returned),
        Event::Answered { node, .. } if *node == own => Some(Kind::Answered),
        _ => None,
    }
}

async fn hear(
    app: &App,
    id: &str,
    at: Instant,
    partner: &PartnerRow,
    kind: Kind,
    other_number: Option<String>,
) -> Result<(), DemoError> {
    let message = format!("{}-{}-{}", partner.code, kind.code(), at.micros());
    step(app, id, at, partner.by(), Command::Hear { message, kind, other_number }).await
}

async fn tell(app: &App, id: &str, at: Instant, kind: Kind, version: i64) -> Result<(), DemoError> {
    let message = format!("{id}:{version}");
    let by = By::System("exchange.deliver".into());
    step(app, id, at, by.clone(), Command::Tell { message: message.clone(), kind }).await?;
    step(app, id, at.plus_seconds(3), by, Command::Deliver { message }).await
}

/// One step, at its time.
async fn step(app: &App, id: &str, at: Instant, by: By, command: Command) -> Result<(), DemoError> {
    let id = id.to_owned();
    app.write_occurred(Source::Replayed, at.min(app.now()), move |work| shell::pass(work, &by, &id, &command))
        .await
        .map_err(DemoError::at("a message"))
}
