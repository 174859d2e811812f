//! The product put together: the list of features, the commands of the shell, the server.
//! A library so that tests drive the same things the binary does.

pub mod cli;
pub mod features;
pub mod serve;
pub mod settings;
