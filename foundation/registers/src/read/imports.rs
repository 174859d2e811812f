//! Which files were taken into a register lately, and how far each came.

use super::readable;
use crate::rules::import::{Counts, Progress};
use kernel::Actor;
use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use store::{Query, Row, StoreError, Value};
use uuid::Uuid;

/// A file that was taken over, or in part.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Which.
    pub id: Uuid,
    /// Code of the unit of whoever took it over.
    pub unit: String,
    /// Who that was.
    pub actor: Actor,
    /// The file's name; may be empty.
    pub file: String,
    /// How many rows it holds.
    pub rows: u32,
    /// The last row of the sheet that was gone through; 0 before the first.
    pub last_row: u32,
    /// What the rows came to that were gone through.
    pub counts: Counts,
    /// When it was begun.
    pub begun_at: Instant,
    /// When the last piece of it was taken.
    pub moved_at: Instant,
}

impl Imported {
    /// How far it has come by then.
    pub fn progress(&self, now: Instant) -> Progress {
        Progress::of(self.rows, self.counts.rows(), self.moved_at, now)
    }
}

/// The latest imports of a register by the units that someone records for, the latest first.
///
/// # Errors
/// Whatever the store says.
pub fn latest(
    q: &mut dyn Query,
    register: &str,
    grants: &[Grant],
    limit: i64,
) -> Result<Vec<Imported>, StoreError> {
    let (scope, within) = readable(grants, Permission::RegisterWrite, 3);
    let params: Vec<Value> = [register.into(), limit.into()].into_iter().chain(within).collect();
    let sql = format!(
        "select t.id, t.unit, t.actor, t.file, t.row_count, t.last_row, t.added, t.changed, t.unchanged, \
         t.refused, t.begun_at, t.moved_at from register_import t where t.register = $1 and {scope} \
         order by t.begun_at desc, t.id desc limit $2"
    );
    q.query(&sql, &params)?.iter().map(imported).collect()
}

fn imported(row: &Row) -> Result<Imported, StoreError> {
    let count =
        |at: usize| -> Result<u32, StoreError> { Ok(u32::try_from(row.int(at)?).unwrap_or(u32::MAX)) };
    let id = row.str(0)?.parse().map_err(|_| StoreError::Corrupt("an import without an id".to_owned()))?;
    Ok(Imported {
        id,
        unit: row.text(1)?,
        actor: super::actor(row.str(2)?)?,
        file: row.text(3)?,
        rows: count(4)?,
        last_row: count(5)?,
        counts: Counts { new: count(6)?, changed: count(7)?, unchanged: count(8)?, refused: count(9)? },
        begun_at: row.instant(10)?,
        moved_at: row.instant(11)?,
    })
}
