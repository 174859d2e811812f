//! Marks around their rules: who looked at an anomaly, when, and what it is in their words.

use crate::rules::mark::{Event, Facts, Look, Mark, MarkRules};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kernel::permission::{Permission, may_ever};
use kernel::time::Instant;
use kernel::{Actor, Aggregate};
use platform::{App, By, Failure, Shell, Work};
use std::collections::BTreeMap;
use store::{Entry, Projection, Query, StoreError, TableDef, Tx, params};

const ANOMALY_MARK: &str = "
create table anomaly_mark (
    anomaly text primary key,
    count bigint not null,
    words text not null,
    at bigint not null
);
";

/// Keeps `anomaly_mark`: the last look at each.
#[derive(Clone, Copy, Debug)]
pub struct MarkProjection;

/// The last look at an anomaly.
#[derive(Clone, Debug)]
pub struct Marked {
    /// How many matters stood behind it then.
    pub count: u64,
    /// What it is.
    pub words: String,
    /// When.
    pub at: Instant,
}

impl Projection for MarkProjection {
    fn name(&self) -> &'static str {
        "anomaly marks"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "anomaly_mark", ddl: ANOMALY_MARK, order_by: "anomaly" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((MarkRules::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        let event: Event = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        let Event::Looked { count, words } = event;
        tx.execute_later(
            "insert into anomaly_mark (anomaly, count, words, at) values ($1, $2, $3, $4) \
             on conflict (anomaly) do update set count = excluded.count, words = excluded.words, at = excluded.at",
            params![id, i64::try_from(count).unwrap_or(i64::MAX), words, entry.recorded_at],
        )
    }
}

/// Marks an anomaly as looked at.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn look(work: &mut Work<'_>, by: &By, anomaly: &str, count: u64, words: &str) -> Result<(), Failure> {
    let sealed = work.vault().seal_own(&context(anomaly), words.as_bytes(), &mut work.fresh);
    let look = Look { count, words: STANDARD_NO_PAD.encode(sealed) };
    work.act::<MarkRules>(anomaly, by, None, &look).map(drop)
}

/// The last looks, by anomaly.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn marked(query: &mut dyn Query, app: &App) -> Result<BTreeMap<String, Marked>, Failure> {
    let unreadable = || Failure::Internal("a mark does not read".into());
    let mut found = BTreeMap::new();
    for row in query.query("select anomaly, count, words, at from anomaly_mark", &[])? {
        let anomaly = row.text(0)?;
        let sealed = STANDARD_NO_PAD.decode(row.str(2)?).map_err(|_| unreadable())?;
        let words = app.vault.open_own(&context(&anomaly), &sealed)?;
        let marked = Marked {
            count: u64::try_from(row.int(1)?).unwrap_or(0),
            words: String::from_utf8(words).map_err(|_| unreadable())?,
            at: row.instant(3)?,
        };
        found.insert(anomaly, marked);
    }
    Ok(found)
}

fn context(anomaly: &str) -> String {
    format!("anomaly:{anomaly}")
}

impl Shell for MarkRules {
    fn facts(_: &mut Work<'_>, _: &Mark, _: &Look, _: &By) -> Result<Facts, Failure> {
        Ok(Facts { actor: Actor::Public })
    }

    /// What an anomaly is about was found within the sender's scope.
    fn permit(_: &Mark, _: &Look, _: &Facts, by: &By) -> Result<Actor, Failure> {
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::AnomalyMark));
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Mark, _: &Mark) -> Result<(), Failure> {
        Ok(())
    }
}
