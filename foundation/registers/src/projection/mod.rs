//! The tables of registers, made from the journal alone: versions and drafts of
//! definitions, every record whole as JSON, its lines, and for each register a table with a
//! typed column per field, which a reporting tool can read as it is.
//!
//! The table of a register follows the definition published last. It is made anew with
//! each version and filled from `register_record`, so nothing a record holds is lost.

mod imports;
mod lines;
mod tables;
mod typed;

pub use imports::ImportProjection;
pub(crate) use typed::{columns, read_column};

use crate::rules::Definition;
use crate::rules::definitions::{DefinitionEvent, Definitions};
use crate::rules::derive::{degrees_asked, unique_key};
use crate::rules::record::{Record, RecordEvent, RecordState};
use kernel::{Aggregate, Recorded};
use platform::act::read_entry;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use store::{Entry, MadeTable, Projection, Query, StoreError, TableDef, Tx, params};

/// See the module.
pub struct RegisterProjection;

impl Projection for RegisterProjection {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [TableDef] {
        tables::TABLES
    }

    fn made_tables(&self, query: &mut dyn Query) -> Result<Vec<MadeTable>, StoreError> {
        let rows = query.query("select distinct register from register_version order by register", &[])?;
        rows.iter()
            .map(|row| Ok(MadeTable { name: format!("reg_{}", row.str(0)?), order_by: "id".to_owned() }))
            .collect()
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        match entry.stream.split_once(':') {
            Some((Definitions::KIND, register)) => definition(tx, register, entry),
            Some((Record::KIND, id)) => record(tx, id, entry),
            _ => Ok(()),
        }
    }
}

const NAME: &str = "registers";
/// Records read at a time while a table is filled.
const CHUNK: i64 = 500;

fn definition(tx: &mut Tx, register: &str, entry: &Entry) -> Result<(), StoreError> {
    let event = read::<Definitions>(entry)?.event;
    tx.execute_later("delete from register_draft where register = $1", params![register])?;
    match event {
        DefinitionEvent::Published { version, effective_from, toml, note } => {
            tx.execute(
                "insert into register_version (register, position, version, effective_from, published_at, \
                 actor, note, fingerprint, toml) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &params![
                    register,
                    entry.version,
                    version,
                    effective_from.to_string(),
                    entry.recorded_at,
                    &entry.actor,
                    note,
                    &entry.hash,
                    toml
                ],
            )?;
            make(tx, register)
        }
        DefinitionEvent::Drafted { toml, note } => tx.execute_later(
            "insert into register_draft (register, position, drafted_at, actor, note, toml) \
             values ($1, $2, $3, $4, $5, $6)",
            params![register, entry.version, entry.recorded_at, &entry.actor, note, toml],
        ),
        DefinitionEvent::Discarded => Ok(()),
    }
}

/// The definitions that tables follow, as known in one transaction.
#[derive(Default)]
struct Followed(BTreeMap<String, Arc<Definition>>);

fn followed(tx: &mut Tx, register: &str) -> Result<Arc<Definition>, StoreError> {
    if let Some(known) = tx.memo::<Followed>().0.get(register) {
        return Ok(known.clone());
    }
    let found = last_published(tx, register)?;
    tx.memo::<Followed>().0.insert(register.to_owned(), found.clone());
    Ok(found)
}

/// Makes the register's table anew and fills it; indexes come last, when all rows are there.
fn make(tx: &mut Tx, register: &str) -> Result<(), StoreError> {
    tx.memo::<Followed>().0.remove(register);
    let definition = last_published(tx, register)?;
    store::make_table(tx, NAME, &definition.table(), &typed::ddl(&definition))?;
    for table in ["register_unique", "register_degree"] {
        tx.execute(&format!("delete from {table} where register = $1"), &params![register])?;
    }
    let mut filling = Filling::of(&definition);
    // Degrees first: a computed field may rest on records that come later. Where none does,
    // once through the records is enough.
    let passes: &[(bool, bool)] =
        if filling.asked.is_empty() { &[(true, true)] } else { &[(true, false), (false, true)] };
    for (first, rows) in passes {
        let mut after = String::new();
        loop {
            let found = tx.query(
                "select id, doc, body from register_record where register = $1 and id > $2 order by id limit $3",
                &params![register, &after, CHUNK],
            )?;
            let Some(last) = found.last() else { break };
            after = last.text(0)?;
            let found: Vec<(String, i64, RecordState)> = found
                .iter()
                .map(|row| Ok((row.text(0)?, row.int(1)?, state(row.str(2)?)?)))
                .collect::<Result<_, StoreError>>()?;
            if *first {
                filling.keys(tx, &found)?;
            }
            if *rows {
                filling.rows(tx, &found)?;
            }
        }
    }
    for index in typed::indexes(&definition) {
        tx.execute(&index, &[])?;
    }
    Ok(())
}

/// A table being filled, many records at a time.
struct Filling<'d> {
    definition: &'d Definition,
    asked: BTreeSet<String>,
    /// Keys that are taken. A rule may come later than the records that break it: the first keeps
    /// the place.
    taken: HashSet<(String, String)>,
}

impl<'d> Filling<'d> {
    fn of(definition: &'d Definition) -> Self {
        Self { definition, asked: degrees_asked(definition), taken: HashSet::new() }
    }

    /// What must be unique, what degrees are counted by, and the lines.
    fn keys(&mut self, tx: &mut Tx, found: &[(String, i64, RecordState)]) -> Result<(), StoreError> {
        let (mut unique, mut degrees) = (Vec::new(), Vec::new());
        for (id, _, state) in found {
            let keys = Keys::of(self.definition, &self.asked, state);
            for (rule, value) in keys.unique {
                if self.taken.insert((rule.clone(), value.clone())) {
                    unique.push(params![&self.definition.code, rule, value, id]);
                }
            }
            let counted = keys.degrees.into_iter();
            degrees.extend(counted.map(|(field, value)| params![&self.definition.code, field, value, id]));
            lines::again(tx, self.definition, id, state)?;
        }
        store::bulk::insert(tx, "register_unique", &["register", "rule", "value", "record"], &unique)?;
        store::bulk::insert(tx, "register_degree", &["register", "field", "value", "record"], &degrees)
    }

    fn rows(&self, tx: &mut Tx, found: &[(String, i64, RecordState)]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(found.len());
        for (id, doc, state) in found {
            let degrees = degrees(tx, self.definition, &self.asked, state)?;
            rows.push(typed::row(self.definition, (id, *doc), state, &degrees));
        }
        let columns = typed::all_columns(self.definition);
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        store::bulk::insert(tx, &self.definition.table(), &columns, &rows)
    }
}

fn record(tx: &mut Tx, id: &str, entry: &Entry) -> Result<(), StoreError> {
    let recorded = read::<Record>(entry)?;
    let (doc, before) = match &recorded.event {
        RecordEvent::Created { .. } => (entry.position, RecordState::default()),
        _ => stored(tx, id)?,
    };
    let is_new = before.register.is_empty();
    let after = Record::fold(before.clone(), &recorded);
    let definition = followed(tx, &after.register)?;
    let body = serde_json::to_string(&after).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    tx.execute_later(
        "insert into register_record (id, register, unit, version, doc, body) values ($1, $2, $3, $4, $5, $6) \
         on conflict (id) do update set unit = excluded.unit, version = excluded.version, body = excluded.body",
        params![id, &after.register, &after.unit, entry.version, doc, body],
    )?;
    lines::follow(tx, &definition, id, &recorded.event, &after)?;
    let asked = degrees_asked(&definition);
    let touched = match &recorded.event {
        RecordEvent::Created { .. }
        | RecordEvent::Changed { .. }
        | RecordEvent::Removed { .. }
        | RecordEvent::Restored => {
            keys(tx, &definition, &asked, id, &after, is_new)?;
            neighbours(tx, &definition, &asked, id, [&before, &after])?
        }
        _ => BTreeSet::new(),
    };
    let own = degrees(tx, &definition, &asked, &after)?;
    typed::put(tx, &definition, (id, doc), &after, &own, is_new)?;
    for other in touched {
        let (doc, state) = stored(tx, &other)?;
        let degrees = degrees(tx, &definition, &asked, &state)?;
        typed::put(tx, &definition, (&other, doc), &state, &degrees, false)?;
    }
    Ok(())
}

/// A record as it is kept whole, with its number in the full-text index.
fn stored(tx: &mut Tx, id: &str) -> Result<(i64, RecordState), StoreError> {
    let row = tx.query_one("select doc, body from register_record where id = $1", &params![id])?;
    Ok((row.int(0)?, state(row.str(1)?)?))
}

/// What of a record must be unique, and what degrees are counted by; of a removed one nothing.
#[derive(Default)]
struct Keys {
    /// Rule and value.
    unique: Vec<(String, String)>,
    /// Field and value.
    degrees: Vec<(String, String)>,
}

impl Keys {
    fn of(definition: &Definition, asked: &BTreeSet<String>, state: &RecordState) -> Self {
        if !state.is_live() {
            return Self::default();
        }
        let unique = definition.unique.iter();
        let unique = unique.filter_map(|of| Some((of.join("+"), unique_key(definition, of, state)?)));
        let degrees = asked.iter().filter_map(|field| {
            Some((field.clone(), unique_key(definition, std::slice::from_ref(field), state)?))
        });
        Self { unique: unique.collect(), degrees: degrees.collect() }
    }
}

/// Brings both in line with a record; a `fresh` one is in neither yet.
fn keys(
    tx: &mut Tx,
    definition: &Definition,
    asked: &BTreeSet<String>,
    id: &str,
    state: &RecordState,
    fresh: bool,
) -> Result<(), StoreError> {
    if !definition.unique.is_empty() && !fresh {
        tx.execute_later("delete from register_unique where record = $1", params![id])?;
    }
    if !asked.is_empty() && !fresh {
        tx.execute_later("delete from register_degree where record = $1", params![id])?;
    }
    let Keys { unique, degrees } = Keys::of(definition, asked, state);
    for (rule, value) in unique {
        tx.execute_later(
            "insert into register_unique (register, rule, value, record) values ($1, $2, $3, $4) \
             on conflict (register, rule, value) do nothing",
            params![&definition.code, rule, value, id],
        )?;
    }
    for (field, value) in degrees {
        tx.execute_later(
            "insert into register_degree (register, field, value, record) values ($1, $2, $3, $4)",
            params![&definition.code, field, value, id],
        )?;
    }
    Ok(())
}

fn degrees(
    tx: &mut Tx,
    definition: &Definition,
    asked: &BTreeSet<String>,
    state: &RecordState,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut found = BTreeMap::new();
    for field in asked {
        if let Some(value) = unique_key(definition, std::slice::from_ref(field), state) {
            let row = tx.query_one(
                "select count(*) from register_degree where register = $1 and field = $2 and value = $3",
                &params![&definition.code, field, value],
            )?;
            found.insert(field.clone(), row.int(0)?);
        }
    }
    Ok(found)
}

/// Other records whose degrees change with this one: those that share a value it had or has.
fn neighbours(
    tx: &mut Tx,
    definition: &Definition,
    asked: &BTreeSet<String>,
    id: &str,
    states: [&RecordState; 2],
) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for field in asked {
        for state in states {
            let Some(value) = unique_key(definition, std::slice::from_ref(field), state) else { continue };
            let rows = tx.query(
                "select record from register_degree where register = $1 and field = $2 and value = $3 \
                 and record <> $4",
                &params![&definition.code, field, value, id],
            )?;
            for row in &rows {
                found.insert(row.text(0)?);
            }
        }
    }
    Ok(found)
}

/// The definition published last, parsed once per content.
pub(crate) fn last_published(tx: &mut dyn Query, register: &str) -> Result<Arc<Definition>, StoreError> {
    let row = tx.query_one_opt(
        "select position, fingerprint from register_version where register = $1 order by position desc limit 1",
        &params![register],
    )?;
    let row =
        row.ok_or_else(|| StoreError::Corrupt(format!("a record of {register}, which is not defined")))?;
    parsed(tx, register, row.int(0)?, row.str(1)?)
}

/// A published version; the fingerprint is the hash of the entry that published it, so that
/// nothing kept here can be stale.
pub(crate) fn parsed(
    q: &mut dyn Query,
    register: &str,
    position: i64,
    fingerprint: &str,
) -> Result<Arc<Definition>, StoreError> {
    static PARSED: LazyLock<Mutex<BTreeMap<String, Arc<Definition>>>> = LazyLock::new(Mutex::default);
    let known = PARSED.lock().unwrap_or_else(PoisonError::into_inner).get(fingerprint).cloned();
    if let Some(found) = known {
        return Ok(found);
    }
    let row = q.query_one(
        "select toml from register_version where register = $1 and position = $2",
        &params![register, position],
    )?;
    let parsed = Definition::parse(row.str(0)?)
        .map_err(|wrong| StoreError::Corrupt(format!("a published definition of {register}: {wrong:?}")))?;
    let parsed = Arc::new(parsed);
    PARSED.lock().unwrap_or_else(PoisonError::into_inner).insert(fingerprint.to_owned(), parsed.clone());
    Ok(parsed)
}

pub(crate) fn state(body: &str) -> Result<RecordState, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::Corrupt(format!("a record: {error}")))
}

fn read<A: Aggregate>(entry: &Entry) -> Result<Recorded<A::Event>, StoreError> {
    read_entry::<A>(entry).map_err(|error| StoreError::Corrupt(error.to_string()))
}
