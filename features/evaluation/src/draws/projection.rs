//! Draws and what was drawn as rows.

use crate::rules::draw::{DrawRules, Event};
use kernel::Aggregate;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// `kind` is of what it was drawn, `closed_from` and `closed_to` local days.
const DRAW: &str = "
create table draw (
    id text primary key,
    office text not null,
    office_path text not null,
    kind text not null,
    closed_from text not null,
    closed_to text not null,
    population bigint not null,
    drawn bigint not null,
    at bigint not null
);
create index draw_at on draw (at, id);
";

/// `place` is the order of the ranks; `finding` is none until it was checked.
const DRAW_ROW: &str = "
create table draw_row (
    draw text not null,
    place bigint not null,
    matter text not null,
    finding text,
    called bigint not null default 0,
    checked_at bigint,
    primary key (draw, place)
);
create index draw_row_matter on draw_row (matter, draw);
create index draw_row_open on draw_row (draw, place) where finding is null;
";

/// Keeps `draw` and `draw_row`.
#[derive(Clone, Copy, Debug)]
pub struct DrawProjection;

impl Projection for DrawProjection {
    fn name(&self) -> &'static str {
        "draws"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "draw", ddl: DRAW, order_by: "id" },
            TableDef { name: "draw_row", ddl: DRAW_ROW, order_by: "draw, place" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((DrawRules::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        let event: Event = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        let at = match entry.source {
            kernel::Source::Live => entry.recorded_at,
            kernel::Source::Imported | kernel::Source::Replayed => entry.occurred_at,
        };
        match event {
            Event::Drawn { plan, population, matters, as_of, .. } => {
                tx.execute_later(
                    "insert into draw (id, office, office_path, kind, closed_from, closed_to, population, \
                     drawn, at) values ($1, $2, coalesce((select path from unit where code = $2), $2), $3, \
                     $4, $5, $6, $7, $8)",
                    params![
                        id,
                        plan.office.as_str(),
                        plan.of.code(),
                        plan.from.to_string(),
                        plan.to.to_string(),
                        i64::try_from(population).unwrap_or(i64::MAX),
                        matters.len() as i64,
                        as_of
                    ],
                )?;
                for (matter, place) in matters.iter().zip(1_i64..) {
                    let sql = "insert into draw_row (draw, place, matter) values ($1, $2, $3)";
                    tx.execute_later(sql, params![id, place, matter.to_string()])?;
                }
                Ok(())
            }
            Event::Recorded { matter, called, finding } => tx.execute_later(
                "update draw_row set finding = $3, called = $4, checked_at = $5 where draw = $1 and matter = $2",
                params![id, matter.to_string(), finding.code(), called, at],
            ),
        }
    }
}
