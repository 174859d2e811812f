//! The table of imports: which files were taken into which register, and how far each came.

use crate::rules::import::{Import, ImportEvent};
use kernel::Aggregate;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// See the module.
pub struct ImportProjection;

impl Projection for ImportProjection {
    fn name(&self) -> &'static str {
        "register-imports"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "register_import", ddl: IMPORT, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((Import::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        match super::read::<Import>(entry)?.event {
            ImportEvent::Begun { register, unit, file, rows } => tx.execute_later(
                "insert into register_import (id, register, unit, actor, file, row_count, last_row, \
                 added, changed, unchanged, refused, begun_at, moved_at) \
                 values ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, $7, $7)",
                params![
                    id,
                    register,
                    unit.to_string(),
                    &entry.actor,
                    file,
                    i64::from(rows),
                    entry.recorded_at
                ],
            ),
            ImportEvent::Advanced { row, counts } => tx.execute_later(
                "update register_import set last_row = $2, added = added + $3, changed = changed + $4, \
                 unchanged = unchanged + $5, refused = refused + $6, moved_at = $7 where id = $1",
                params![
                    id,
                    i64::from(row),
                    i64::from(counts.new),
                    i64::from(counts.changed),
                    i64::from(counts.unchanged),
                    i64::from(counts.refused),
                    entry.recorded_at
                ],
            ),
        }
    }
}

/// `unit` is that of whoever took the file over, `actor` the journal's, as JSON; `last_row` the
/// last row of the sheet that was gone through, `moved_at` when.
const IMPORT: &str = "
create table register_import (
    id text primary key,
    register text not null,
    unit text not null,
    actor text not null,
    file text not null,
    row_count bigint not null,
    last_row bigint not null,
    added bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    refused bigint not null,
    begun_at bigint not null,
    moved_at bigint not null
);
create index register_import_register on register_import (register, begun_at);
";
