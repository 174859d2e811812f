//! The network's tables, made from the journal alone. Their columns are stable; other
//! crates join on them (`unit.code`, `unit.path`, `area.code`).

use crate::rules::area::{Area, AreaEvent};
use crate::rules::boundaries::{MapEvent, MapSheet};
use crate::rules::duty::{DutyEvent, DutyItem};
use crate::rules::unit::{Unit, UnitEvent};
use kernel::initials;
use kernel::permission::UnitPath;
use kernel::text::fold_for_search;
use kernel::time::Zone;
use kernel::{Aggregate, AreaId, UnitId};
use serde::de::DeserializeOwned;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// Keeps `area`, `unit`, `unit_history`, `unit_area`, `duty_item` and `area_boundary`.
pub struct NetworkProjection;

/// Areas. `path` is the codes from the topmost down, each closed by `/`; `level` is
/// [`crate::Level`]'s code.
const AREA: &str = "
create table area (
    code text primary key,
    name text not null,
    en_name text not null,
    parent text,
    path text not null,
    level text not null,
    kind text not null,
    mca_code text,
    search text not null
);
create index area_parent on area (parent, code);
create index area_path on area (path);
";

/// Units. `path` is the kernel's `UnitPath`, `level` and `kind` are codes of
/// [`crate::Level`] and [`crate::UnitKind`], `open` is 1 or 0, `search` is folded text.
const UNIT: &str = "
create table unit (
    code text primary key,
    name text not null,
    short_name text not null,
    en_name text not null,
    parent text,
    path text not null,
    level text not null,
    kind text not null,
    area text,
    open bigint not null,
    duty_phone text not null default '',
    search text not null
);
create index unit_parent on unit (parent, code);
create index unit_path on unit (path);
create index unit_area_served on unit (area);
";

/// Every state a unit was in, by its place in the unit's stream: as `unit` held it after that
/// entry. `since` is the day from which on it was so, empty where a first list told it;
/// `change` the event's kind.
const UNIT_HISTORY: &str = "
create table unit_history (
    unit text not null,
    position bigint not null,
    since text not null,
    change text not null,
    name text not null,
    short_name text not null,
    en_name text not null,
    parent text,
    level text not null,
    kind text not null,
    area text,
    open bigint not null,
    search text not null,
    origin text,
    successor text,
    document text not null,
    reason text not null,
    primary key (unit, position)
);
create index unit_history_since on unit_history (since);
create index unit_history_successor on unit_history (successor) where successor is not null;
";

/// Areas that zones overlay.
const UNIT_AREA: &str = "
create table unit_area (
    unit text not null,
    area text not null,
    primary key (unit, area)
);
create index unit_area_area on unit_area (area);
";

/// The duty list; `in_force` is 1 or 0.
const DUTY_ITEM: &str = "
create table duty_item (
    code text primary key,
    title text not null,
    in_force bigint not null
);
";

/// What the map draws; `rings` is JSON as in the event, the notes the same in every row.
const AREA_BOUNDARY: &str = "
create table area_boundary (
    area text primary key,
    rings text not null,
    note text not null,
    note_en text not null
);
";

impl Projection for NetworkProjection {
    fn name(&self) -> &'static str {
        "network"
    }

    fn version(&self) -> u32 {
        6
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "area", ddl: AREA, order_by: "code" },
            TableDef { name: "unit", ddl: UNIT, order_by: "code" },
            TableDef { name: "unit_history", ddl: UNIT_HISTORY, order_by: "unit, position" },
            TableDef { name: "unit_area", ddl: UNIT_AREA, order_by: "unit, area" },
            TableDef { name: "duty_item", ddl: DUTY_ITEM, order_by: "code" },
            TableDef { name: "area_boundary", ddl: AREA_BOUNDARY, order_by: "area" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        match entry.stream.split_once(':') {
            Some((Area::KIND, code)) => area(tx, code, read(entry)?),
            Some((Unit::KIND, code)) => {
                let event: UnitEvent = read(entry)?;
                let past = Past::of(entry, &event);
                unit(tx, code, event)?;
                past.map_or(Ok(()), |past| past.write(tx, code, entry))
            }
            Some((DutyItem::KIND, _)) => duty_item(tx, read(entry)?),
            Some((MapSheet::KIND, _)) => boundaries(tx, read(entry)?),
            _ => Ok(()),
        }
    }
}

fn read<E: DeserializeOwned>(entry: &Entry) -> Result<E, StoreError> {
    serde_json::from_str(&entry.body)
        .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))
}

fn area(tx: &mut Tx, code: &str, event: AreaEvent) -> Result<(), StoreError> {
    match event {
        AreaEvent::AreaRegistered { details, path, .. } => tx.execute_later(
            "insert into area (code, name, en_name, parent, path, level, kind, mca_code, search) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                code,
                &details.name,
                &details.en_name,
                details.parent.map(|parent| parent.0),
                path,
                details.level.code(),
                details.kind,
                details.mca_code,
                area_search(code, &details.name, &details.en_name)
            ],
        ),
        AreaEvent::AreaRenamed { name, en_name } => {
            let search = area_search(code, &name, &en_name);
            tx.execute_later(
                "update area set name = $2, en_name = $3, search = $4 where code = $1",
                params![code, name, en_name, search],
            )
        }
        AreaEvent::AreaDescribed { kind, mca_code } => tx.execute_later(
            "update area set kind = $2, mca_code = $3 where code = $1",
            params![code, kind, mca_code],
        ),
    }
}

fn unit(tx: &mut Tx, code: &str, event: UnitEvent) -> Result<(), StoreError> {
    match event {
        UnitEvent::UnitEstablished { details, path, .. } => {
            let search = search_text(code, &details.name, &details.short_name, &details.en_name);
            tx.execute_later(
                "insert into unit (code, name, short_name, en_name, parent, path, level, kind, area, \
                 open, search) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)",
                params![
                    code,
                    details.name,
                    details.short_name,
                    details.en_name,
                    details.parent.map(|parent| parent.0),
                    path.0,
                    details.level.code(),
                    details.kind.code(),
                    details.area.map(|area| area.0),
                    search
                ],
            )?;
            overlay(tx, code, &details.overlays)
        }
        UnitEvent::UnitRenamed { name, short_name, en_name, .. } => {
            // By what it was called before it is still found.
            let search = search_text(code, &name, &short_name, &en_name);
            tx.execute_later(
                "update unit set name = $2, short_name = $3, en_name = $4, search = $5 || ' ' || search \
                 where code = $1",
                params![code, name, short_name, en_name, search],
            )
        }
        UnitEvent::UnitMoved { parent, from_path, path, .. } => moved(tx, code, parent, &from_path, &path),
        UnitEvent::UnitDescribed { level, kind, area, overlays, .. } => {
            tx.execute_later(
                "update unit set level = $2, kind = $3, area = $4 where code = $1",
                params![code, level.code(), kind.code(), area.map(|area| area.0)],
            )?;
            tx.execute_later("delete from unit_area where unit = $1", params![code])?;
            overlay(tx, code, &overlays)
        }
        UnitEvent::UnitDutyPhone { phone } => {
            tx.execute_later("update unit set duty_phone = $2 where code = $1", params![code, phone])
        }
        UnitEvent::UnitClosed { .. } => set_open(tx, code, false),
        UnitEvent::UnitReopened { .. } => set_open(tx, code, true),
    }
}

/// What a unit's history keeps of an event beside the state it led to.
struct Past {
    since: String,
    origin: Option<UnitId>,
    successor: Option<UnitId>,
    document: String,
    reason: String,
}

impl Past {
    /// Nothing where the event says nothing about where or what the unit is.
    fn of(entry: &Entry, event: &UnitEvent) -> Option<Self> {
        let (dated, origin, successor) = match event {
            UnitEvent::UnitEstablished { dated, split_from, .. } => (dated, split_from.clone(), None),
            UnitEvent::UnitClosed { dated, successor } => (dated, None, successor.clone()),
            UnitEvent::UnitRenamed { dated, .. }
            | UnitEvent::UnitMoved { dated, .. }
            | UnitEvent::UnitDescribed { dated, .. }
            | UnitEvent::UnitReopened { dated } => (dated, None, None),
            UnitEvent::UnitDutyPhone { .. } => return None,
        };
        let since = match (dated.on, event) {
            (Some(on), _) => on.to_string(),
            (None, UnitEvent::UnitEstablished { .. }) => String::new(),
            // Journals from before changes had a day: the day they were written down.
            (None, _) => Zone::default().date_of(entry.recorded_at).to_string(),
        };
        let (document, reason) = (dated.document.clone(), dated.reason.clone());
        Some(Self { since, origin, successor, document, reason })
    }

    fn write(self, tx: &mut Tx, code: &str, entry: &Entry) -> Result<(), StoreError> {
        tx.execute_later(
            "insert into unit_history (unit, position, since, change, name, short_name, en_name, parent, level, \
             kind, area, open, search, origin, successor, document, reason) \
             select u.code, $2, $3, $4, u.name, u.short_name, u.en_name, u.parent, u.level, u.kind, u.area, \
             u.open, u.search, $5, $6, $7, $8 from unit u where u.code = $1",
            params![
                code,
                entry.version,
                self.since,
                entry.kind.as_str(),
                self.origin.map(|unit| unit.0),
                self.successor.map(|unit| unit.0),
                self.document,
                self.reason
            ],
        )
    }
}

/// A unit takes everything below it along.
fn moved(
    tx: &mut Tx,
    code: &str,
    parent: Option<UnitId>,
    from: &UnitPath,
    to: &UnitPath,
) -> Result<(), StoreError> {
    tx.execute_later("update unit set parent = $2 where code = $1", params![code, parent.map(|p| p.0)])?;
    let rest_from = i64::try_from(from.0.chars().count()).unwrap_or(i64::MAX).saturating_add(1);
    tx.execute_later(
        "update unit set path = $1 || substr(path, $2) where path >= $3 and path < $4",
        params![&to.0, rest_from, &from.0, crate::read::upper_bound(&from.0)],
    )
}

fn overlay(tx: &mut Tx, code: &str, areas: &[AreaId]) -> Result<(), StoreError> {
    for area in areas {
        tx.execute_later("insert into unit_area (unit, area) values ($1, $2)", params![code, area.as_str()])?;
    }
    Ok(())
}

fn set_open(tx: &mut Tx, code: &str, open: bool) -> Result<(), StoreError> {
    tx.execute_later("update unit set open = $2 where code = $1", params![code, open])
}

fn duty_item(tx: &mut Tx, event: DutyEvent) -> Result<(), StoreError> {
    let DutyEvent::DutyItemListed { code, details } = event;
    tx.execute_later(
        "insert into duty_item (code, title, in_force) values ($1, $2, $3) \
         on conflict (code) do update set title = excluded.title, in_force = excluded.in_force",
        params![code, details.title, details.in_force],
    )
}

fn boundaries(tx: &mut Tx, event: MapEvent) -> Result<(), StoreError> {
    let MapEvent::BoundariesDrawn(boundaries) = event;
    tx.execute_later("delete from area_boundary", params![])?;
    for shape in boundaries.shapes {
        let rings =
            serde_json::to_string(&shape.rings).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        tx.execute_later(
            "insert into area_boundary (area, rings, note, note_en) values ($1, $2, $3, $4) \
             on conflict (area) do update set rings = excluded.rings",
            params![shape.area.as_str(), rings, &boundaries.note, &boundaries.note_en],
        )?;
    }
    Ok(())
}

fn area_search(code: &str, name: &str, en_name: &str) -> String {
    fold_for_search(&format!("{name} {en_name} {code}"))
}

fn search_text(code: &str, name: &str, short_name: &str, en_name: &str) -> String {
    let initials = initials::readings(name);
    fold_for_search(&format!("{name} {short_name} {en_name} {code} {initials}"))
}
