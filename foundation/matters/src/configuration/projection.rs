//! The published versions as rows.

use super::streams::Published;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// Keeps `procedure_version` and `calendar_version`.
pub struct ConfigurationProjection;

const PROCEDURE_VERSION: &str = "
create table procedure_version (
    id text not null,
    version bigint not null,
    effective_from text not null,
    fingerprint text not null,
    toml text not null,
    primary key (id, version)
);
";

const CALENDAR_VERSION: &str = "
create table calendar_version (
    id text not null,
    version text not null,
    position bigint not null,
    fingerprint text not null,
    toml text not null,
    primary key (id, version)
);
";

impl Projection for ConfigurationProjection {
    fn name(&self) -> &'static str {
        "configuration"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "procedure_version", ddl: PROCEDURE_VERSION, order_by: "id, version" },
            TableDef { name: "calendar_version", ddl: CALENDAR_VERSION, order_by: "id, version" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let damaged = |error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version));
        match entry.stream.split_once(':') {
            Some(("procedure", id)) => {
                let Published::Published { version, effective_from, toml } =
                    serde_json::from_str(&entry.body).map_err(|error| damaged(error.to_string()))?;
                let version: i64 = version.parse().map_err(|_| damaged("its version is no number".into()))?;
                let from = effective_from.map(|date| date.to_string()).unwrap_or_default();
                tx.execute_later(
                    "insert into procedure_version (id, version, effective_from, fingerprint, toml) \
                     values ($1, $2, $3, $4, $5)",
                    params![id, version, from, &entry.hash, toml],
                )
            }
            Some(("calendar", id)) => {
                let Published::Published { version, toml, .. } =
                    serde_json::from_str(&entry.body).map_err(|error| damaged(error.to_string()))?;
                tx.execute_later(
                    "insert into calendar_version (id, version, position, fingerprint, toml) \
                     values ($1, $2, $3, $4, $5)",
                    params![id, version, entry.version, &entry.hash, toml],
                )
            }
            _ => Ok(()),
        }
    }
}
