//! A procedure: which limits and steps a kind of matter has. Data, versioned by effective
//! date; a matter keeps the version it started under.

use crate::codes::Urgency;
use kernel::time::{Date, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Limits and switches of one kind of matter, as read from TOML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Kind of matter it is for, e.g. `appeal`.
    pub id: String,
    /// Version; rises with each change.
    pub version: u32,
    /// First local date on which matters start under it.
    pub effective_from: Date,
    /// All limits.
    pub limits: Limits,
    /// The steps and their switches.
    pub steps: Steps,
}

/// The limits of PRODUCT §3 "Default limits".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// To accept or decline, from filing.
    pub review: Span,
    /// To assign, from acceptance.
    pub assignment: Span,
    /// To sign, from assignment.
    pub signing: BTreeMap<Urgency, Span>,
    /// To object, from assignment.
    pub objection: Span,
    /// To decide an objection, from when it was raised.
    pub objection_decision: Span,
    /// First contact, from assignment.
    pub contact: Span,
    /// To submit, from assignment: the lead or a separate unit.
    pub handling: BTreeMap<Urgency, Span>,
    /// The same for natural-hour matters (water, power, safety).
    pub handling_natural: BTreeMap<Urgency, Span>,
    /// To submit, from assignment: a co-unit.
    pub co_handling: BTreeMap<Urgency, Span>,
    /// What the appellant is promised, from acceptance.
    pub promise: BTreeMap<Urgency, Span>,
    /// The same for natural-hour matters.
    pub promise_natural: BTreeMap<Urgency, Span>,
    /// The longest extension.
    pub extension_max: Span,
    /// How many extensions one assignment may get.
    pub extensions: u32,
    /// The longest suspension, from the day it is asked for.
    pub suspension_max: Span,
    /// The longest period of long-term tracking, from the day it is asked for.
    pub tracking_max: Span,
    /// To call back, from approval of the result.
    pub call_back: Span,
    /// To submit again, from the order to redo.
    pub redo: Span,
    /// How often a matter may be redone before it is escalated.
    pub redos: u32,
    /// Unrated matters close, from approval of the result.
    pub close_unrated: Span,
    /// A rating may be changed within, from when it was first given.
    pub rating_change: Span,
    /// Reports of a long-term tracked matter are due every.
    pub tracking_report: Span,
    /// A closing stays open to being contested for at least, from closing.
    pub contest: Span,
    /// A closed matter may be archived by the platform, from closing.
    pub archive: Span,
    /// An opened shielded identity stays visible for.
    pub shield_open: Span,
}

/// Which steps the procedure has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The result is rated by the appellant 评价.
    pub rated: bool,
    /// The unit's own head signs off before review.
    pub sign_off: bool,
    /// Whether 基本满意 counts as satisfied.
    pub fairly_satisfied_counts: bool,
    /// Urgencies for which no extension is given.
    pub no_extension: Vec<Urgency>,
    /// Call-back attempts after which no more are needed.
    pub call_attempts: u32,
}
