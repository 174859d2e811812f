//! Measures as rows; their words stay sealed in the journal.

use crate::rules::{AccountabilityRules, Event, Failing, MeasureKind, MeasureState};
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::Instant;
use kernel::{Aggregate, UnitId};
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, Value, params};

/// `unit_path` follows the unit when it moves. `year` and `serial` are set once decided.
const MEASURE: &str = "
create table accountability (
    id text primary key,
    kind text not null,
    failing text not null,
    state text not null,
    unit text not null,
    unit_path text not null,
    matter text,
    rectification text,
    year bigint,
    serial bigint,
    proposed_at bigint not null,
    decided_at bigint
);
create index accountability_proposed on accountability (proposed_at, id);
create index accountability_unit on accountability (unit_path, proposed_at);
create index accountability_code on accountability (unit);
";

/// Keeps `accountability`. Must be registered after the network's projection.
pub struct MeasureProjection;

/// A measure in a list.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// Its id.
    pub id: String,
    /// What was done.
    pub kind: MeasureKind,
    /// Why.
    pub failing: Failing,
    /// How far it is.
    pub state: MeasureState,
    /// About whom.
    pub unit: UnitId,
    /// Year and running number, once decided.
    pub number: Option<(i64, i64)>,
    /// Id and number of the rectification, and the phase it is in.
    pub rectification: Option<(String, String, String)>,
    /// When it was proposed.
    pub at: Instant,
}

const LATEST: Order = Order { numbers: &["a.proposed_at"], id: "a.id" };

/// What the reader may see, of one unit where it is named, the latest first, after the key of an
/// earlier page. Units see what was decided about them, never what is only proposed.
///
/// # Errors
/// The store's; what a key may be wrong with.
pub fn latest(
    q: &mut dyn Query,
    grants: &[Grant],
    unit: Option<&UnitId>,
    after: Option<&str>,
    most: usize,
) -> Result<Paged<MeasureRow>, Failure> {
    let mut values: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for grant in grants {
        if !allows(grant.role, Permission::AccountabilityRead, Relation::Handler) {
            continue;
        }
        values.push(grant.path.0.as_str().into());
        values.push(network::upper_bound(&grant.path.0).as_str().into());
        let decides = [Permission::AccountabilityPropose, Permission::AccountabilityDecide];
        let hand = decides.iter().any(|wanted| allows(grant.role, *wanted, Relation::Handler));
        let seen = if hand { "" } else { " and a.state in ('decided', 'answered', 'cancelled')" };
        any.push(format!("(a.unit_path >= ${} and a.unit_path < ${}{seen})", values.len() - 1, values.len()));
    }
    if any.is_empty() {
        return Ok((Vec::new(), None));
    }
    let mut condition = format!("({})", any.join(" or "));
    if let Some(unit) = unit {
        values.push(unit.as_str().into());
        condition += &format!(" and a.unit = ${}", values.len());
    }
    let behind = LATEST.behind(after, &mut values)?;
    let ending = LATEST.ending(most, &mut values);
    let sql = format!(
        "select a.id, a.kind, a.failing, a.state, a.unit, a.year, a.serial, a.rectification, m.number, \
         m.phase, a.proposed_at from accountability a left join matter m on m.id = a.rectification \
         where {condition} and {behind} {ending}"
    );
    let rows = q.query(&sql, &values)?.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(cut(rows, most, |row| key(&[row.at.micros()], &row.id)))
}

fn row(row: &Row) -> Result<MeasureRow, StoreError> {
    let rectification = match (row.opt_text(7)?, row.opt_text(8)?, row.opt_text(9)?) {
        (Some(id), Some(number), Some(phase)) => Some((id, number, phase)),
        _ => None,
    };
    Ok(MeasureRow {
        id: row.text(0)?,
        kind: MeasureKind::parse(row.str(1)?).unwrap_or(MeasureKind::Reminder),
        failing: Failing::parse(row.str(2)?).unwrap_or(Failing::Other),
        state: MeasureState::parse(row.str(3)?).unwrap_or(MeasureState::Proposed),
        unit: UnitId(row.text(4)?),
        number: row.opt_int(5)?.zip(row.opt_int(6)?),
        rectification,
        at: row.instant(10)?,
    })
}

/// How often supervision acted about assignments of a unit, by what it did.
///
/// # Errors
/// The store's.
pub fn supervised(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "select s.measure, count(*) from matter_measure s join matter_node n on n.node = s.node \
               where n.unit = $1 group by s.measure order by s.measure";
    q.query(sql, &params![unit.as_str()])?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

impl Projection for MeasureProjection {
    fn name(&self) -> &'static str {
        "accountability"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "accountability", ddl: MEASURE, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let id = match entry.stream.split_once(':') {
            Some((AccountabilityRules::KIND, id)) => id,
            Some(("unit", code)) if entry.kind == "unit_moved" => {
                return tx.execute_later(
                    "update accountability set unit_path = (select path from unit where code = $1) \
                     where unit = $1",
                    params![code],
                );
            }
            _ => return Ok(()),
        };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        let state = |tx: &mut Tx, state: MeasureState| {
            tx.execute_later("update accountability set state = $2 where id = $1", params![id, state.code()])
        };
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Proposed(proposed) => tx.execute_later(
                "insert into accountability (id, kind, failing, state, unit, unit_path, matter, proposed_at) \
                 values ($1, $2, $3, $4, $5, coalesce((select path from unit where code = $5), $5), $6, $7)",
                params![
                    id,
                    proposed.kind.code(),
                    proposed.failing.code(),
                    MeasureState::Proposed.code(),
                    proposed.unit.as_str(),
                    proposed.matter.map(|matter| matter.to_string()),
                    entry.occurred_at
                ],
            ),
            Event::Decided { number: (year, serial), rectification, .. } => tx.execute_later(
                "update accountability set state = $2, year = $3, serial = $4, rectification = $5, \
                 decided_at = $6 where id = $1",
                params![
                    id,
                    MeasureState::Decided.code(),
                    i64::from(year),
                    serial,
                    rectification.map(|matter| matter.to_string()),
                    entry.occurred_at
                ],
            ),
            Event::Refused { .. } => state(tx, MeasureState::Refused),
            Event::Answered { .. } => state(tx, MeasureState::Answered),
            Event::Cancelled { .. } => state(tx, MeasureState::Cancelled),
        }
    }
}
