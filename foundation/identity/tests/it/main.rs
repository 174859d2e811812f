//! Identity as a whole: accounts, grants, log-in, pages, on either engine.

mod absences;
mod accounts;
mod city;
mod log_in;
mod pages;
