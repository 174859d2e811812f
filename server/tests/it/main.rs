//! What holds for the product as a whole. One test binary: it links once.

mod administration;
mod api;
mod architecture;
mod attack;
mod canary;
mod cli;
mod configured;
mod desk;
mod enterprises;
mod evaluation;
mod faults;
mod fuzz;
mod grounds;
mod history;
mod inbox;
mod instructions;
mod lists;
mod locales;
mod network;
mod notices;
mod permissions;
mod routes;
mod schema;
mod supervision;
mod support;
mod webhooks;
