//! Are the tables what the journal says? Replays it into a scratch database and compares
//! row by row, on one snapshot of the live store.

use crate::engine::sqlite::SqliteSession;
use crate::engine::{Mode, Session, Shared};
use crate::projection::{self, MadeTable, REPLAY_CHUNK, Registry};
use crate::{Entry, Query, Snapshot, Store, StoreError, Tx, Value, journal, migrations, params, sql};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row that is not what a replay gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The projection it belongs to.
    pub projection: String,
    /// Its table.
    pub table: String,
    /// The columns that identify it.
    pub key: String,
    /// The row as it stands; none when it is missing.
    pub live: Option<String>,
    /// The row as the journal makes it; none when it should not be there.
    pub rebuilt: Option<String>,
}

impl Store {
    /// Compares every projection with a replay of the journal. Empty when all is well; at
    /// most [`MOST`] differences a table.
    pub async fn rebuild_check(&self) -> Result<Vec<Difference>, StoreError> {
        self.read(compare).await
    }

    /// [`Store::rebuild_check`] for plain threads.
    pub fn rebuild_check_blocking(&self) -> Result<Vec<Difference>, StoreError> {
        self.read_blocking(compare)
    }
}

/// Differences reported for each table.
pub const MOST: i64 = 1000;

fn compare(live: &mut Snapshot) -> Result<Vec<Difference>, StoreError> {
    let registry = live.shared.registry.clone();
    let mut scratch = replayed(live, &registry)?;
    let mut differences = Vec::new();
    for projection in registry.iter() {
        let fixed = projection
            .tables()
            .iter()
            .map(|table| MadeTable { name: table.name.to_owned(), order_by: table.order_by.to_owned() });
        // A made table that stands on one side only is a difference of the projection's own list.
        let there = projection.made_tables(live)?;
        let made = projection.made_tables(&mut scratch)?.into_iter().filter(|table| there.contains(table));
        for table in fixed.chain(made) {
            copy_live(live, &mut scratch, &table.name)?;
            let rows = compare_table(&mut scratch, &table)?;
            differences.extend(rows.into_iter().map(|(key, (live, rebuilt))| Difference {
                projection: projection.name().to_owned(),
                table: table.name.clone(),
                key,
                live,
                rebuilt,
            }));
        }
    }
    Ok(differences)
}

/// A scratch database with all projections replayed. The subjects' keys are authoritative
/// and may be needed while applying, so they are copied first.
fn replayed(live: &mut Snapshot, registry: &Registry) -> Result<Tx, StoreError> {
    let mut session = SqliteSession::scratch()?;
    migrations::prepare(&mut session)?;
    session.begin(Mode::Write)?;
    let mut scratch = Tx::new(Box::new(session), Arc::new(Shared::new(registry.clone())));
    migrations::run(&mut scratch)?;
    live.query_each("select subject, wrapped, created_at from subject_keys", &[], &mut |row| {
        scratch
            .execute(
                "insert into subject_keys (subject, wrapped, created_at) values ($1, $2, $3)",
                &row.into_values(),
            )
            .map(drop)
    })?;
    for projection in registry.iter() {
        projection::create_tables(&mut scratch, projection)?;
    }
    let mut after = 0;
    loop {
        let entries = journal::scan(live, after, REPLAY_CHUNK)?;
        let Some(last) = entries.last() else {
            return Ok(scratch);
        };
        after = last.position;
        for entry in &entries {
            keep(&mut scratch, entry)?;
        }
        projection::apply(&mut scratch, &entries, registry.iter())?;
    }
}

/// A projection may look back at the stream an entry belongs to.
fn keep(scratch: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let tuple = sql::tuples(1, 11);
    scratch
        .execute(
            &format!("insert into journal ({}) values {tuple}", journal::COLUMNS),
            &params![
                entry.position,
                &entry.stream,
                entry.version,
                &entry.kind,
                &entry.actor,
                entry.source.as_str(),
                entry.occurred_at,
                entry.recorded_at,
                &entry.body,
                &entry.prev_hash,
                &entry.hash
            ],
        )
        .map(drop)
}

/// Puts the live rows of a table beside the replayed ones.
fn copy_live(live: &mut Snapshot, scratch: &mut Tx, name: &str) -> Result<(), StoreError> {
    scratch.script(&format!(
        "drop table if exists live_rows; create table live_rows as select * from {name} where false"
    ))?;
    let mut insert = String::new();
    live.query_each(&format!("select * from {name}"), &[], &mut |row| {
        let values = row.into_values();
        if insert.is_empty() {
            let tuple = sql::tuples(1, values.len());
            insert = format!("insert into live_rows values {tuple}");
        }
        scratch.execute(&insert, &values).map(drop)
    })
}

type Pair = (Option<String>, Option<String>);

/// Rows that stand on one side only, paired by key: (live, rebuilt).
fn compare_table(scratch: &mut Tx, table: &MadeTable) -> Result<BTreeMap<String, Pair>, StoreError> {
    let (name, key) = (table.name.as_str(), table.order_by.as_str());
    let key_columns = key.split(',').count();
    let mut only = |here: &str, there: &str| {
        scratch.query(
            &format!(
                "select {key}, * from (select * from {here} except select * from {there}) \
                 order by {key} limit $1"
            ),
            &params![MOST],
        )
    };
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    for row in only("live_rows", name)? {
        let values = row.into_values();
        let (key, row) = values.split_at(key_columns);
        pairs.entry(shown(key)).or_default().0 = Some(shown(row));
    }
    for row in only(name, "live_rows")? {
        let values = row.into_values();
        let (key, row) = values.split_at(key_columns);
        pairs.entry(shown(key)).or_default().1 = Some(shown(row));
    }
    Ok(pairs)
}

fn shown(values: &[Value]) -> String {
    let texts: Vec<String> = values
        .iter()
        .map(|value| match value {
            Value::Null => "null".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Bytes(bytes) => format!("({} bytes)", bytes.len()),
        })
        .collect();
    texts.join(" | ")
}
