//! What tests need: a store on either engine, a frozen clock, seeded ids, a browser's
//! cookie jar.

pub mod app;
pub mod postgres;

pub use app::{Answer, Browser, Engine, TestApp};
