//! The published versions and the drafts as rows.

use super::document::Document;
use super::streams::ConfigurationEvent;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// Keeps `document_version` and `document_draft`.
pub struct ConfigurationProjection;

/// `position` is the place in the document's stream; a calendar holds at once, so its
/// `effective_from` is empty. `actor` is the journal's, as JSON.
const DOCUMENT_VERSION: &str = "
create table document_version (
    document text not null,
    position bigint not null,
    version text not null,
    effective_from text not null,
    published_at bigint not null,
    actor text not null,
    note text not null,
    fingerprint text not null,
    toml text not null,
    primary key (document, position)
);
";

const DOCUMENT_DRAFT: &str = "
create table document_draft (
    document text primary key,
    position bigint not null,
    drafted_at bigint not null,
    actor text not null,
    note text not null,
    toml text not null
);
";

impl Projection for ConfigurationProjection {
    fn name(&self) -> &'static str {
        "configuration"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "document_version", ddl: DOCUMENT_VERSION, order_by: "document, position" },
            TableDef { name: "document_draft", ddl: DOCUMENT_DRAFT, order_by: "document" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some(document) = Document::of_stream(&entry.stream) else { return Ok(()) };
        let event: ConfigurationEvent = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        // A version settles the draft; a new draft takes the old one's place.
        tx.execute_later("delete from document_draft where document = $1", params![document.code()])?;
        match event {
            ConfigurationEvent::Published { version, effective_from, toml, note } => tx.execute_later(
                "insert into document_version (document, position, version, effective_from, published_at, \
                 actor, note, fingerprint, toml) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                params![
                    document.code(),
                    entry.version,
                    version,
                    effective_from.map(|date| date.to_string()).unwrap_or_default(),
                    entry.recorded_at,
                    &entry.actor,
                    note,
                    &entry.hash,
                    toml
                ],
            ),
            ConfigurationEvent::Drafted { toml, note } => tx.execute_later(
                "insert into document_draft (document, position, drafted_at, actor, note, toml) \
                 values ($1, $2, $3, $4, $5, $6)",
                params![document.code(), entry.version, entry.recorded_at, &entry.actor, note, toml],
            ),
            ConfigurationEvent::Discarded => Ok(()),
        }
    }
}
