//! What tests need: a store on either engine, a frozen clock, seeded ids, a browser's
//! cookie jar.

pub mod app;
mod made;
mod mail;
mod people;
pub mod postgres;
mod receiver;

pub use app::{Answer, Browser, Engine, TestApp};
pub use made::Made;
pub use mail::{MailServer, Received};
pub use people::{Nobody, OnDuty};
pub use receiver::{Got, HttpReceiver};
