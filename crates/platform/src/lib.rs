//! The write path, the clock, secrets, sessions, page shell and locales. Start with
//! [`act`]: it tells a write once.

pub mod act;
pub mod app;
pub mod assemble;
pub mod beside;
pub mod clock;
pub mod config;
pub mod directory;
pub mod entropy;
pub mod error;
pub mod feature;
pub mod followers;
pub mod housekeeping;
pub mod jobs;
pub mod kept;
pub mod keyring;
pub mod listeners;
pub mod memo;
pub mod paging;
pub mod password;
pub mod preferences;
pub mod report_figures;
pub mod seal;
pub mod slow;
pub mod texts;
pub mod ui;
pub mod vault;
pub mod web;

pub use act::{Acted, By, Shell, When, Work};
pub use app::{App, AppParts};
pub use assemble::{Setup, StartError, assemble};
pub use error::Failure;
