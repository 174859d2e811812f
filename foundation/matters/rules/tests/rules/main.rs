//! The rules told as stories, searched at random and checked exhaustively.

extern crate tongxin_matters_rules as matters_rules;

mod support;

mod authority;
mod completion;
mod diagram;
mod ending;
mod enterprise;
mod evaluation;
mod exclusion;
mod grounds;
mod handling;
mod history;
mod intervals;
mod kinds;
mod limits;
mod model;
mod objection;
mod properties;
mod protection;
mod reception;
mod respond;
mod review;
mod routing;
mod shielding;
mod source;
mod submission;
mod substitutes;
mod succession;
mod supervision;
mod timers;
mod tree;
mod verbs;
mod words;
