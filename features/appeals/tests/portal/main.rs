//! The portal from outside: an appeal filed question by question, tracked by number and
//! code, on both engines.

mod filing;
mod own;
mod support;
mod track;
mod uploads;
mod words;
