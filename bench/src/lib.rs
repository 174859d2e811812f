//! Measures the product beside its bare limits: how much it takes in, how fast its pages
//! answer, how both grow from 10 thousand to a million matters.
//!
//! - [`city`]: the patterns, some hundred appeals played through real commands.
//! - [`stamp`] and [`load`]: as many copies of them as wanted, through the store's bulk path.
//! - [`http`], [`clients`] ask; [`product`] answers, in a process of its own.
//! - [`rounds`]: what is measured of matters, [`registers`] of a register. [`bare`]: the same rows without the product.
//! - [`report`]: writes the page on performance.
#![allow(
    clippy::disallowed_methods,
    reason = "measuring needs the machine's own clock; nothing here is part of the product"
)]

pub mod bare;
pub mod city;
pub mod clients;
pub mod error;
pub mod http;
pub mod load;
pub mod place;
pub mod product;
pub mod registers;
pub mod report;
pub mod rounds;
pub mod stamp;

pub use error::BenchError;
