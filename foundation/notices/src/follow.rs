//! Reads what was written to matters and tells those to whom it is news.

use crate::rules::{Audience, Command, DESK_AND_HEAD, Notice, OFFICE, Recipient, occasions};
use crate::shell;
use crate::{deadlines, pages};
use kernel::permission::Role;
use kernel::{Aggregate, MatterId, Recorded, Source, UnitId};
use matters::Matters;
use matters_rules::{Event, Matter, fold};
use network::{Level, UnitFilter, UnitKind};
use platform::listeners::Listener;
use platform::{App, Failure, Work};
use store::{Entry, Query};

/// Follows the streams `matter:<id>`.
pub(crate) struct MatterFollower;

impl Listener for MatterFollower {
    fn name(&self) -> &'static str {
        "notices"
    }

    /// What was imported or replayed is no news any more.
    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure> {
        let live = entries.iter().filter(|entry| entry.source == Source::Live);
        let mut by_matter: Vec<(MatterId, Vec<i64>)> = Vec::new();
        for entry in live {
            let Some((Matters::KIND, id)) = entry.stream.split_once(':') else { continue };
            let Ok(id) = id.parse() else { continue };
            match by_matter.iter_mut().find(|(known, _)| *known == id) {
                Some((_, versions)) => versions.push(entry.version),
                None => by_matter.push((id, vec![entry.version])),
            }
        }
        for (id, versions) in by_matter {
            tell(work, id, &versions)?;
        }
        Ok(())
    }
}

/// Tells what these entries of one matter are news of. Each is judged by the matter as it
/// stood right after it.
fn tell(work: &mut Work<'_>, id: MatterId, versions: &[i64]) -> Result<(), Failure> {
    let history = platform::act::history::<Matters>(work.tx, &id.to_string())?;
    let mut matter = Matter::default();
    let mut notices = Vec::new();
    for entry in &history {
        matter = fold::fold(matter, entry);
        if versions.contains(&entry.version) {
            notices.extend(of_entry(work, &matter, entry)?);
        }
    }
    if !notices.is_empty() {
        shell::act(work, &id.to_string(), &Command::Tell(notices))?;
    }
    deadlines::plan(work, id, &matter)
}

fn of_entry(work: &mut Work<'_>, matter: &Matter, entry: &Recorded<Event>) -> Result<Vec<Notice>, Failure> {
    let doer = entry.actor.account();
    let mut notices = Vec::new();
    for occasion in occasions(matter, &entry.event) {
        let app = work.app();
        let node = occasion.node;
        let due = match node.and_then(|node| matter.node(node)) {
            Some(node) => Some(node.limits.handling.due()),
            None => matter.promise.as_ref().map(|promise| promise.due),
        };
        for to in recipients(work.tx, app, &occasion.to)? {
            // Nobody is told what they just did themselves.
            if doer.is_some_and(|doer| to == (Recipient::Account { account: doer })) {
                continue;
            }
            let key = format!("{}.{}.{}", entry.version, occasion.kind.code(), name(&to, node));
            notices.push(Notice { key, kind: occasion.kind, to, node, due, page: None });
        }
    }
    Ok(notices)
}

/// Who that is today: holders of the posts, and whoever stands in for those who are away.
pub(crate) fn recipients(
    query: &mut dyn Query,
    app: &App,
    audience: &Audience,
) -> Result<Vec<Recipient>, Failure> {
    match audience {
        Audience::Appellant => Ok(vec![Recipient::Appellant]),
        Audience::Unit { unit, roles } => holders(query, app, std::slice::from_ref(unit), roles),
        Audience::County { unit, from } => {
            let platforms = platforms(query, unit)?;
            let told = holders(query, app, &platforms, DESK_AND_HEAD)?;
            if told.is_empty() { holders(query, app, std::slice::from_ref(from), OFFICE) } else { Ok(told) }
        }
        Audience::Above { office, roles } => {
            let mut above = above(query, office)?;
            above.push(office.clone());
            holders(query, app, &above, roles)
        }
    }
}

fn holders(
    query: &mut dyn Query,
    app: &App,
    units: &[UnitId],
    roles: &[Role],
) -> Result<Vec<Recipient>, Failure> {
    let found = pages::holders(query, app, units, roles)?;
    Ok(found.into_iter().map(|account| Recipient::Account { account }).collect())
}

/// The platforms of the county a unit belongs to; none for a unit of the city.
fn platforms(query: &mut dyn Query, unit: &UnitId) -> Result<Vec<UnitId>, Failure> {
    let Some(unit) = network::unit(query, unit)? else { return Ok(Vec::new()) };
    let above = network::ancestors(query, &unit.path)?;
    let Some(county) = above.into_iter().find(|above| above.level == Level::County) else {
        return Ok(Vec::new());
    };
    let kind = UnitFilter { kind: Some(UnitKind::Platform), ..UnitFilter::default() };
    Ok(network::units_below(query, &county.path, &kind)?.into_iter().map(|unit| unit.code).collect())
}

fn above(query: &mut dyn Query, unit: &UnitId) -> Result<Vec<UnitId>, Failure> {
    let Some(unit) = network::unit(query, unit)? else { return Ok(Vec::new()) };
    Ok(network::ancestors(query, &unit.path)?.into_iter().map(|above| above.code).collect())
}

/// A part of a notice's name that tells recipients, and assignments, apart.
pub(crate) fn name(to: &Recipient, node: Option<kernel::NodeId>) -> String {
    let node = node.map(|node| node.to_string()).unwrap_or_default();
    match to {
        Recipient::Account { account } => format!("{account}.{node}"),
        Recipient::Appellant => format!("appellant.{node}"),
    }
}
