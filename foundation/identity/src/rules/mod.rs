//! Pure rules of identity: accounts, what they may hold, passwords.

pub mod absence;
pub mod account;
pub mod decide;
pub mod password;

pub use absence::{Absence, AbsenceId, AbsenceKind};
pub use account::{Account, AccountState, GrantId, HeldGrant, Token};
