//! The engine on both databases: an appeal travels the loop, nobody sees more than they
//! may, and what was erased is gone.

mod configuration;
mod desk;
mod erasure;
mod figures;
mod filing;
mod reading;
mod search;
mod support;
mod travelling;
