//! What the store promises, on both engines: every test here runs on SQLite and on
//! PostgreSQL, but for the few about what only one of them can do.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate tongxin_store as store;

mod backup;
mod bench;
mod doctor;
mod erase;
mod fulltext;
mod jobs;
mod journal;
mod kill;
mod locked;
/// The test kit itself stands above `platform`, hence above the store; only its server helper
/// is needed here.
#[path = "../../../testkit/src/postgres.rs"]
#[expect(dead_code, reason = "copies of a database are for tests of the whole product")]
mod postgres;
mod projections;
mod reconnect;
mod rows;
mod values;
mod writes;
