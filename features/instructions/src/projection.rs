//! Sheets as rows; their words stay sealed in the journal.

use crate::rules::{BriefKind, BriefRules, Event};
use kernel::Aggregate;
use kernel::time::Instant;
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, params};

/// `about` is the matter a sheet is about.
const BRIEF: &str = "
create table brief (
    id text primary key,
    kind text not null,
    number text not null,
    post text not null,
    about text,
    written_at bigint not null,
    links bigint not null,
    looks bigint not null,
    instructed text
);
create index brief_written on brief (written_at, id);
create index brief_about on brief (about) where about is not null;
";

/// Keeps `brief`.
pub struct BriefProjection;

/// A sheet in a list.
#[derive(Clone, Debug)]
pub struct BriefRow {
    /// Its id.
    pub id: String,
    /// Which.
    pub kind: BriefKind,
    /// Its number.
    pub number: String,
    /// The post it was put before.
    pub post: String,
    /// When it was written.
    pub at: Instant,
    /// How many links were given.
    pub links: i64,
    /// How often it was looked at by them.
    pub looks: i64,
    /// The matter that was instructed on it last.
    pub instructed: Option<String>,
}

const LATEST: Order = Order { numbers: &["written_at"], id: "id" };

/// The latest first, after the key of an earlier page.
///
/// # Errors
/// The store's; what a key may be wrong with.
pub fn latest(q: &mut dyn Query, after: Option<&str>, most: usize) -> Result<Paged<BriefRow>, Failure> {
    let mut values = Vec::new();
    let behind = LATEST.behind(after, &mut values)?;
    let ending = LATEST.ending(most, &mut values);
    let sql = format!(
        "select id, kind, number, post, written_at, links, looks, instructed from brief \
         where {behind} {ending}"
    );
    let rows = q.query(&sql, &values)?.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(cut(rows, most, |row| key(&[row.at.micros()], &row.id)))
}

fn row(row: &Row) -> Result<BriefRow, StoreError> {
    Ok(BriefRow {
        id: row.text(0)?,
        kind: BriefKind::parse(row.str(1)?).unwrap_or(BriefKind::Digest),
        number: row.text(2)?,
        post: row.text(3)?,
        at: row.instant(4)?,
        links: row.int(5)?,
        looks: row.int(6)?,
        instructed: row.opt_text(7)?,
    })
}

impl Projection for BriefProjection {
    fn name(&self) -> &'static str {
        "briefs"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "brief", ddl: BRIEF, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((BriefRules::KIND, id)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Written(written) => tx.execute_later(
                "insert into brief (id, kind, number, post, about, written_at, links, looks) \
                 values ($1, $2, $3, $4, $5, $6, 0, 0)",
                params![
                    id,
                    written.kind.code(),
                    written.number,
                    written.post,
                    written.about.map(|about| about.to_string()),
                    entry.occurred_at
                ],
            ),
            Event::LinkGiven { .. } => {
                tx.execute_later("update brief set links = links + 1 where id = $1", params![id])
            }
            Event::LinkTakenBack { .. } => Ok(()),
            Event::Looked { .. } => {
                tx.execute_later("update brief set looks = looks + 1 where id = $1", params![id])
            }
            Event::Instructed { matter } => tx.execute_later(
                "update brief set instructed = $2 where id = $1",
                params![id, matter.to_string()],
            ),
        }
    }
}
