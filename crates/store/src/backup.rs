//! Backups: the authoritative tables of one moment in one SQLite file, whatever engine they
//! come from or go to. Sessions, drafts and rate limits stay behind; projections are rebuilt.

use crate::engine::sqlite::{SqliteSession, failure_of_file};
use crate::engine::{Engine, Mode, Session, Shared, postgres};
use crate::projection::{self, Registry};
use crate::{Query, Snapshot, Store, StoreError, Tx, Value, doctor, meta, migrations, params, series, sql};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Journal entries.
    pub entries: i64,
    /// Rows in all tables together.
    pub rows: i64,
}

/// Writes a backup while the store goes on working: one consistent snapshot, streamed to a
/// file beside `path` that takes its name only when complete and on disk.
///
/// # Errors
/// When the folder cannot be written or the disk is full; then nothing stands at `path` that
/// did not before.
pub async fn write(store: &Store, path: &Path) -> Result<Summary, StoreError> {
    let path = path.to_owned();
    store.read(move |snapshot: &mut Snapshot| copy_out(snapshot, &path)).await
}

/// [`write`] for plain threads.
pub fn write_blocking(store: &Store, path: &Path) -> Result<Summary, StoreError> {
    let path = path.to_owned();
    store.read_blocking(move |snapshot: &mut Snapshot| copy_out(snapshot, &path))
}

/// Restores a backup, verified first, into an empty store and rebuilds the projections, all
/// in one transaction. The caller then replays the list of erasures.
///
/// # Errors
/// [`StoreError::Refused`] when the store is not empty or the backup has another schema,
/// [`StoreError::Corrupt`] when the backup is damaged.
pub async fn restore(path: &Path, store: &Store) -> Result<Summary, StoreError> {
    let path = path.to_owned();
    store.write(move |tx: &mut Tx| copy_in(&path, tx)).await
}

/// [`restore`] for plain threads.
pub fn restore_blocking(path: &Path, store: &Store) -> Result<Summary, StoreError> {
    let path = path.to_owned();
    store.write_blocking(move |tx: &mut Tx| copy_in(&path, tx))
}

/// Checks a backup by itself: file, counts, hash chains, attachments. Blocks.
///
/// # Errors
/// [`StoreError::Corrupt`] with the first thing that is wrong.
pub fn verify(path: &Path) -> Result<Summary, StoreError> {
    verified(&mut open(path)?)
}

/// A table of the backup.
struct Table {
    name: &'static str,
    columns: &'static str,
    /// Rows written in one statement; chunks of attachments are large.
    together: usize,
}

const TABLES: &[Table] = &[
    Table {
        name: "journal",
        columns: "position, stream, version, kind, actor, source, occurred_at, recorded_at, body, \
                  prev_hash, hash",
        together: 100,
    },
    Table { name: "journal_chain", columns: "seq, position, hash", together: 100 },
    Table {
        name: "jobs",
        columns: "id, kind, key, payload, run_at, attempts, last_error, locked_until, state, \
                  created_at",
        together: 100,
    },
    Table { name: "subject_keys", columns: "subject, wrapped, created_at", together: 100 },
    Table { name: "subject_index", columns: "blind, kind, subject", together: 100 },
    Table {
        name: "blobs",
        columns: "id, subject, name, media_type, size, sha256, created_at",
        together: 100,
    },
    Table { name: "blob_chunks", columns: "blob, n, bytes", together: 4 },
    Table { name: "credentials", columns: "account, hash, changed_at", together: 100 },
    Table { name: "access_log", columns: "id, at, kind, account, source", together: 100 },
    Table { name: "preferences", columns: "account, key, sealed, updated_at", together: 100 },
];

fn copy_out(snapshot: &mut Snapshot, path: &Path) -> Result<Summary, StoreError> {
    let partial = partial(path);
    let outcome = write_file(snapshot, &partial).and_then(|summary| {
        settle(&partial, path)?;
        Ok(summary)
    });
    if outcome.is_err() {
        // Whatever went wrong first is what the caller must hear about.
        let _ = std::fs::remove_file(&partial);
    }
    outcome
}

fn write_file(snapshot: &mut Snapshot, partial: &Path) -> Result<Summary, StoreError> {
    if partial.exists() {
        std::fs::remove_file(partial).map_err(|error| failure_of_file(partial, &error))?;
    }
    let mut session = SqliteSession::single_file(partial)?;
    migrations::prepare(&mut session)?;
    session.begin(Mode::Write)?;
    let mut file = Tx::new(Box::new(session), Arc::new(Shared::new(Registry::none())));
    migrations::run(&mut file)?;
    file.script("create table backup_manifest (name text primary key, rows bigint not null)")?;
    let mut summary = Summary { entries: 0, rows: 0 };
    for table in TABLES {
        let rows = copy_table(snapshot, &mut file, table)?;
        file.execute("insert into backup_manifest (name, rows) values ($1, $2)", &params![table.name, rows])?;
        summary.rows += rows;
        if table.name == "journal" {
            summary.entries = rows;
        }
    }
    copy_meta(snapshot, &mut file)?;
    for (name, value) in series::list(snapshot)? {
        series::continue_after(&mut file, &name, value)?;
    }
    file.inner.session.commit()?;
    Ok(summary)
}

/// Makes the finished file durable and gives it its name.
fn settle(partial: &Path, path: &Path) -> Result<(), StoreError> {
    let at = |error: std::io::Error| failure_of_file(path, &error);
    std::fs::File::open(partial).and_then(|file| file.sync_all()).map_err(at)?;
    std::fs::rename(partial, path).map_err(at)?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(at)
}

fn copy_in(path: &Path, tx: &mut Tx) -> Result<Summary, StoreError> {
    refuse_unless_empty(tx)?;
    let mut file = open(path)?;
    let summary = verified(&mut file)?;
    for table in TABLES {
        copy_table(&mut file, tx, table)?;
    }
    copy_meta(&mut file, tx)?;
    for (name, value) in series::list(&mut file)? {
        series::continue_after(tx, &name, value)?;
    }
    tx.execute(
        "insert into journal_unsealed (position) select j.position from journal j \
         left join journal_chain c on c.position = j.position where c.position is null",
        &[],
    )?;
    if tx.engine() == Engine::Postgres {
        postgres::continue_keys(tx, "journal", "position")?;
        postgres::continue_keys(tx, "jobs", "id")?;
    }
    let names = tx.shared().registry.names();
    projection::rebuild(tx, &names)?;
    tx.wake();
    Ok(summary)
}

fn refuse_unless_empty(tx: &mut Tx) -> Result<(), StoreError> {
    for table in TABLES {
        let found = tx.query_one_opt(&format!("select 1 from {} limit 1", table.name), &[])?;
        if found.is_some() {
            return Err(StoreError::Refused(format!(
                "a backup is restored into an empty store only, and {} is not empty",
                table.name
            )));
        }
    }
    Ok(())
}

/// Opens a backup for reading.
fn open(path: &Path) -> Result<Snapshot, StoreError> {
    let mut session = SqliteSession::reader(path)?;
    session.begin(Mode::Read)?;
    Ok(Snapshot::new(Box::new(session), Arc::new(Shared::new(Registry::none()))))
}

fn verified(file: &mut Snapshot) -> Result<Summary, StoreError> {
    let integrity = file.query_one("pragma integrity_check", &[])?.text(0)?;
    if integrity != "ok" {
        return Err(StoreError::Corrupt(integrity));
    }
    let schema = migrations::version(file)?;
    if schema != migrations::current() {
        return Err(StoreError::Refused(format!(
            "the backup has schema {schema}, this program restores schema {}",
            migrations::current()
        )));
    }
    let mut summary = Summary { entries: 0, rows: 0 };
    for table in TABLES {
        let row = file.query_one(
            &format!(
                "select (select count(*) from {}), \
                 (select rows from backup_manifest where name = $1)",
                table.name
            ),
            &params![table.name],
        )?;
        let rows = row.int(0)?;
        if row.opt_int(1)? != Some(rows) {
            return Err(StoreError::Corrupt(format!(
                "{} has {rows} rows, not as many as were written",
                table.name
            )));
        }
        summary.rows += rows;
        if table.name == "journal" {
            summary.entries = rows;
        }
    }
    // The queue of the sealer is not part of a backup: what is unsealed is simply not chained.
    let mut findings = doctor::streams(file)?;
    findings.extend(doctor::seals(file)?);
    findings.extend(doctor::attachments(file)?);
    match findings.into_iter().next() {
        Some(finding) => Err(StoreError::Corrupt(finding.reason)),
        None => Ok(summary),
    }
}

/// Streams a table from one database to another; gives the number of rows.
fn copy_table(from: &mut dyn Query, to: &mut Tx, table: &Table) -> Result<i64, StoreError> {
    let width = table.columns.split(',').count();
    let mut values: Vec<Value> = Vec::with_capacity(width * table.together);
    let mut rows = 0;
    let mut insert = |values: &mut Vec<Value>| {
        let tuples = sql::tuples(values.len() / width, width);
        let written =
            to.execute(&format!("insert into {} ({}) values {tuples}", table.name, table.columns), values)?;
        values.clear();
        rows += i64::try_from(written).unwrap_or(i64::MAX);
        Ok::<(), StoreError>(())
    };
    from.query_each(&format!("select {} from {}", table.columns, table.name), &[], &mut |row| {
        values.extend(row.into_values());
        if values.len() == width * table.together {
            insert(&mut values)?;
        }
        Ok(())
    })?;
    if !values.is_empty() {
        insert(&mut values)?;
    }
    Ok(rows)
}

/// Copies the facts about the database, but for its schema.
fn copy_meta(from: &mut dyn Query, to: &mut Tx) -> Result<(), StoreError> {
    for row in from.query("select key, value from meta", &[])? {
        if row.str(0)? != migrations::SCHEMA_VERSION {
            meta::put(to, row.str(0)?, row.str(1)?)?;
        }
    }
    Ok(())
}

/// The name of a backup in the making.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}
