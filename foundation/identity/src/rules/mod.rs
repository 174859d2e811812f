//! Pure rules of identity: accounts, what they may hold, passwords.

pub mod account;
pub mod decide;
pub mod password;

pub use account::{Account, AccountState, GrantId, HeldGrant, Token};
