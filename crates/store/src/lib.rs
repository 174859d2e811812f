//! The one crate that knows SQLite and PostgreSQL: the journal, its projections, jobs,
//! keys and blobs, reached by closures that run on store threads.

mod engine;
mod error;
mod migrations;
mod sql;
mod store;
mod tx;
mod value;

pub mod access_log;
pub mod backup;
pub mod blobs;
pub mod bulk;
pub mod chain;
pub mod credentials;
pub mod doctor;
pub mod drafts;
pub mod erase;
pub mod follower;
pub mod fulltext;
pub mod idempotency;
pub mod jobs;
pub mod journal;
pub mod meta;
pub mod preferences;
pub mod projection;
pub mod rate_limits;
pub mod rebuild;
pub mod series;
pub mod sessions;
pub mod subjects;

pub use engine::Engine;
pub use error::StoreError;
pub use journal::{Entry, NewEntry};
pub use projection::{MadeTable, Projection, Registry, TableDef, make_table, project};
pub use store::{Store, StoreConfig, Wakeups};
pub use tx::{Query, Snapshot, Tx};
pub use value::{Row, Value};
