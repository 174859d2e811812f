//! The figures' pages over HTTP: for everyone without small groups, for staff with the rows
//! they may see, counted apart, exported.

mod atlas;
mod breakdowns;
mod pages;
mod support;
