//! The pages of the registers, as a browser and a program see them.

mod appeal;
mod chain;
mod coverage;
mod define;
mod editor;
mod formula;
mod import;
mod lists;
mod map;
mod pages;
mod parts;
mod roll;
mod support;
