//! Tables that follow the journal at their own pace, a moment behind every command: sums that
//! all commands would otherwise queue up at.

use crate::app::App;
use crate::config::Config;
use crate::error::Failure;
use std::sync::Arc;
use store::{Entry, Query, StoreError, TableDef, Tx, chain, follower};

/// Entries taken in at once.
const BATCH: i64 = 512;

/// Who follows: which tables it keeps and what entries do to them.
pub trait Follower: Send + Sync {
    /// A name that never changes.
    fn name(&self) -> &'static str;

    /// Changes with the tables and with whatever they are made under; they are then made anew.
    fn version(&self, config: &Config) -> String;

    /// Its tables.
    fn tables(&self) -> &'static [TableDef];

    /// What these entries, all that follow the last taken in, come to. Slow work belongs here.
    ///
    /// # Errors
    /// Whatever the look-ups meet.
    fn gather(
        &self,
        query: &mut dyn Query,
        app: &App,
        entries: &[Entry],
    ) -> Result<Box<dyn Gathered>, Failure>;
}

/// What entries come to, ready to be written; it may be written again after a lost race.
pub trait Gathered: Send + Sync {
    /// Writes it into the tables.
    ///
    /// # Errors
    /// The store's.
    fn write(&self, tx: &mut Tx) -> Result<(), StoreError>;
}

/// Makes what is missing; called once before anything is served.
pub(crate) fn prepare(
    tx: &mut Tx,
    followers: &[Arc<dyn Follower>],
    config: &Config,
) -> Result<(), StoreError> {
    followers.iter().try_for_each(|follower| {
        follower::prepare(tx, follower.name(), &follower.version(config), follower.tables())
    })
}

/// Takes in everything that is sealed.
///
/// # Errors
/// The store's.
pub(crate) async fn catch_up(app: &App) -> Result<(), Failure> {
    for follower in &app.followers {
        while step(app, follower).await? {}
    }
    Ok(())
}

/// Takes in the next entries; answers whether there were any.
async fn step(app: &App, follower: &Arc<dyn Follower>) -> Result<bool, Failure> {
    let name = follower.name();
    let reader = follower.clone();
    let found = app
        .read(move |snapshot, app| {
            let from = follower::cursor(snapshot, name)?;
            let (seqs, entries): (Vec<i64>, Vec<Entry>) =
                chain::follow(snapshot, from, BATCH)?.into_iter().unzip();
            match seqs.last() {
                None => Ok(None),
                Some(last) => Ok(Some((from, *last, reader.gather(snapshot, app, &entries)?))),
            }
        })
        .await?;
    let Some((from, last, gathered)) = found else {
        return Ok(false);
    };
    app.store
        .write(move |tx| {
            if follower::advance(tx, name, from, last)? {
                gathered.write(tx)?;
            }
            Ok::<_, Failure>(true)
        })
        .await
}
