//! Nodes of two releases on one database: read models belong to the release that made them,
//! and a node of another would fill them wrongly. So each connection of a running node holds
//! a shared lock, and whoever has read models to rebuild needs the same lock for itself.

use super::failure;
use crate::projection::Registry;
use crate::{Query, StoreError, Tx};
use tokio_postgres::Client;

/// The lock's number within the database: any that nobody else uses.
const LOCK: i64 = 0x746f_6e67_7869_6e01;

/// How long a node that was just stopped may take to let go.
const PATIENCE: &str = "set local lock_timeout = '3s'";

/// Takes the lock for the rebuild that follows in this transaction.
///
/// # Errors
/// [`StoreError::Refused`] while any node runs on this database.
pub(crate) fn claim(tx: &mut Tx) -> Result<(), StoreError> {
    tx.script(PATIENCE)?;
    match tx.query_one(&format!("select pg_advisory_xact_lock({LOCK}) is null"), &[]) {
        Ok(_) => tx.script("set local lock_timeout = 0"),
        Err(StoreError::Engine(_)) => Err(StoreError::Refused(
            "this release reads the journal into other tables than the nodes that run on this database: \
             stop all of them, start one node of this release, then the others"
                .into(),
        )),
        Err(error) => Err(error),
    }
}

/// Says that a node of this release works on this connection, and checks that the read
/// models are still its own. Waits for a rebuild that is going on. A tool that has no read
/// models has nothing to say.
///
/// # Errors
/// [`StoreError::Refused`] where another release has rebuilt them meanwhile.
pub(super) async fn announce(client: &Client, registry: &Registry) -> Result<(), StoreError> {
    if registry.iter().next().is_none() {
        return Ok(());
    }
    client.batch_execute(&format!("select pg_advisory_lock_shared({LOCK})")).await.map_err(failure)?;
    let rows = client.query("select name, version from projection_versions", &[]).await.map_err(failure)?;
    for projection in registry.iter() {
        let found = rows.iter().find(|row| row.get::<_, &str>(0) == projection.name());
        let found: Option<i64> = found.map(|row| row.get(1));
        if found != Some(i64::from(projection.version())) {
            return Err(StoreError::Refused(format!(
                "another release has rebuilt the read model {}: stop this node and start that release here",
                projection.name()
            )));
        }
    }
    Ok(())
}
