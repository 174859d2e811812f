//! What breaks outside of the product: processes that are killed, disks, database servers,
//! clocks, keys. `docs/faults.md` lists them all, with what happens and what to do.

mod disk;
mod import;
mod jobs;
mod kill;
mod nodes;
mod officers;
pub mod process;
mod start;
