//! Tables that pages read, made from the journal alone: dropped, rebuilt and replayed
//! whenever their version changes.

use crate::engine::{Engine, postgres};
use crate::journal::{self, Entry};
use crate::{Query, StoreError, Tx, params, sql};
use std::any::Any;
use std::sync::Arc;

/// One table of a projection.
#[derive(Clone, Copy, Debug)]
pub struct TableDef {
    /// The table's name.
    pub name: &'static str,
    /// Portable `create table` and `create index` statements (rules: `docs/portable-sql.md`).
    /// The table must not have an automatic key: a rebuild has to give the same rows.
    pub ddl: &'static str,
    /// The columns that identify a row, comma-separated.
    pub order_by: &'static str,
}

/// A table whose shape the journal tells, made while a projection applied an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeTable {
    /// The table's name.
    pub name: String,
    /// The columns that identify a row, comma-separated.
    pub order_by: String,
}

/// A reader of the journal that keeps tables of its own.
///
/// `apply` may read its own tables, the subjects' keys and the entry's own stream up to it,
/// nothing else: a rebuild replays it alone. What it copies from a projection registered
/// before it, it must follow when that changes.
pub trait Projection: Send + Sync {
    /// A name that never changes.
    fn name(&self) -> &'static str;

    /// Raised with every change to the tables or to `apply`; the store then rebuilds.
    fn version(&self) -> u32;

    /// The tables this projection owns.
    fn tables(&self) -> &'static [TableDef];

    /// The tables it has made with [`make_table`], which depend on what the journal holds.
    /// A projection lists them in a table of its own, so that a rebuild can compare them.
    fn made_tables(&self, _query: &mut dyn Query) -> Result<Vec<MadeTable>, StoreError> {
        Ok(Vec::new())
    }

    /// Takes one entry into the tables. Entries it does not care about it ignores.
    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError>;

    /// Clears what the tables hold in plain text about a person whose key was destroyed.
    /// A rebuild afterwards must give the same rows.
    fn erase(&self, _tx: &mut Tx, _subject: &str) -> Result<(), StoreError> {
        Ok(())
    }
}

/// The projections of a program, in the order they are applied, and the context they may
/// ask for while applying (an opener of sealed values).
#[derive(Clone)]
pub struct Registry {
    pub(crate) projections: Arc<[Box<dyn Projection>]>,
    pub(crate) context: Arc<dyn Any + Send + Sync>,
}

impl Registry {
    /// Projections without a context.
    pub fn new(projections: Vec<Box<dyn Projection>>) -> Self {
        Self { projections: projections.into(), context: Arc::new(()) }
    }

    /// Hands over what [`Tx::context`] gives back.
    #[must_use]
    pub fn with_context<T: Any + Send + Sync>(mut self, context: Arc<T>) -> Self {
        self.context = context;
        self
    }

    /// No projection at all: for tools that read the journal only.
    pub fn none() -> Self {
        Self::new(Vec::new())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &dyn Projection> + Clone {
        self.projections.iter().map(AsRef::as_ref)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.iter().map(|p| p.name().to_owned()).collect()
    }
}

/// Applies freshly appended entries to every projection, in the same transaction.
pub fn project(tx: &mut Tx, entries: &[Entry]) -> Result<(), StoreError> {
    let shared = tx.shared();
    apply(tx, entries, shared.registry.iter())
}

/// Makes a table of that projection, empty; one of that name goes first. For what only the
/// journal tells the shape of; everything else is a [`TableDef`]. The table goes with the
/// projection's others when that is rebuilt.
///
/// # Errors
/// [`StoreError::Refused`] for a name that is none; whatever the engine says of the DDL.
pub fn make_table(tx: &mut Tx, projection: &str, name: &str, ddl: &str) -> Result<(), StoreError> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if name.is_empty() || !name.bytes().all(plain) {
        return Err(StoreError::Refused(format!("{name:?} is no name of a table")));
    }
    tx.script(&format!("drop table if exists {name}"))?;
    let engine = tx.engine();
    tx.script(&sql::ddl(engine, ddl))?;
    let recorded =
        tx.query_one_opt("select tables from projection_versions where name = $1", &params![projection])?;
    let Some(row) = recorded else { return Ok(()) };
    let tables = row.str(0)?;
    if !tables.split_whitespace().any(|known| known == name) {
        let tables = format!("{tables} {name}");
        tx.execute(
            "update projection_versions set tables = $2 where name = $1",
            &params![projection, tables],
        )?;
    }
    Ok(())
}

/// Creates what is missing and rebuilds what has an older version than the program's.
/// Gives the names of the rebuilt projections.
///
/// # Errors
/// [`StoreError::Refused`] where a newer program made them, or where nodes of an older one
/// still run.
pub(crate) fn bring_up_to_date(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let mut stale = Vec::new();
    for projection in tx.shared().registry.iter() {
        let recorded = tx.query_one_opt(
            "select version from projection_versions where name = $1",
            &params![projection.name()],
        )?;
        let (name, own) = (projection.name(), i64::from(projection.version()));
        let found = recorded.map(|row| row.int(0)).transpose()?;
        if let Some(found) = found.filter(|found| *found > own) {
            return Err(StoreError::Refused(format!(
                "a newer program made the read model {name} (version {found}, this program knows {own}): \
                 start that program; to go back, restore the backup made before the upgrade"
            )));
        }
        if found != Some(own) {
            stale.push(name.to_owned());
        }
    }
    if !stale.is_empty() && tx.engine() == Engine::Postgres {
        postgres::claim(tx)?;
    }
    rebuild(tx, &stale)?;
    Ok(stale)
}

/// Drops, recreates and replays the named projections.
pub(crate) fn rebuild(tx: &mut Tx, names: &[String]) -> Result<(), StoreError> {
    let shared = tx.shared();
    let chosen = chosen(&shared.registry, names)?;
    if chosen.is_empty() {
        return Ok(());
    }
    for projection in &chosen {
        drop_recorded_tables(tx, projection.name())?;
        create_tables(tx, *projection)?;
        let tables: Vec<&str> = projection.tables().iter().map(|table| table.name).collect();
        tx.execute(
            "insert into projection_versions (name, version, tables) values ($1, $2, $3)",
            &params![projection.name(), projection.version(), tables.join(" ")],
        )?;
    }
    let mut after = 0;
    loop {
        let entries = journal::scan(tx, after, REPLAY_CHUNK)?;
        let Some(last) = entries.last() else {
            return Ok(());
        };
        after = last.position;
        apply(tx, &entries, chosen.iter().copied())?;
    }
}

/// Creates a projection's tables, empty.
pub(crate) fn create_tables(tx: &mut Tx, projection: &dyn Projection) -> Result<(), StoreError> {
    let engine = tx.engine();
    for table in projection.tables() {
        tx.script(&format!("drop table if exists {}", table.name))?;
        tx.script(&sql::ddl(engine, table.ddl))?;
    }
    Ok(())
}

/// Applies entries to some projections, entry by entry.
pub(crate) fn apply<'a, P>(tx: &mut Tx, entries: &[Entry], projections: P) -> Result<(), StoreError>
where
    P: Iterator<Item = &'a dyn Projection> + Clone,
{
    for entry in entries {
        for projection in projections.clone() {
            projection.apply(tx, entry)?;
        }
    }
    Ok(())
}

/// The projections with these names, in the registry's order.
pub(crate) fn chosen<'a>(
    registry: &'a Registry,
    names: &[String],
) -> Result<Vec<&'a dyn Projection>, StoreError> {
    let known = |name: &String| registry.iter().any(|p| p.name() == name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(StoreError::Refused(format!("no projection is called {unknown}")));
    }
    Ok(registry.iter().filter(|projection| names.iter().any(|name| name == projection.name())).collect())
}

/// Drops the tables the projection had under the version recorded.
fn drop_recorded_tables(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    let recorded =
        tx.query_one_opt("select tables from projection_versions where name = $1", &params![name])?;
    if let Some(row) = recorded {
        for table in row.str(0)?.split_whitespace() {
            tx.script(&format!("drop table if exists {table}"))?;
        }
        tx.execute("delete from projection_versions where name = $1", &params![name])?;
    }
    Ok(())
}

/// Entries held in memory at a time while replaying.
pub(crate) const REPLAY_CHUNK: i64 = 1000;
