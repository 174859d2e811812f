//! Identity as a whole: accounts, grants, log-in, pages, on either engine.

mod accounts;
mod city;
mod log_in;
mod pages;
