//! The pages of the registers, as a browser and a program see them.

mod appeal;
mod coverage;
mod define;
mod import;
mod map;
mod pages;
mod support;
