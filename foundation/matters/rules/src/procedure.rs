//! A procedure: which limits and steps a kind of matter has. Data, versioned by effective
//! date; a matter keeps the version it started under.

use crate::codes::{NodeRole, Urgency};
use crate::kind::MatterKind;
use kernel::time::{Date, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

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
    /// For the appellant to complete what is missing, from when it is asked for; within the
    /// review limit.
    #[serde(default = "one_working_day")]
    pub completion: Span,
    /// To assign, from acceptance.
    pub assignment: Span,
    /// To sign, from assignment.
    pub signing: BTreeMap<Urgency, Span>,
    /// To object, from assignment.
    pub objection: Span,
    /// To decide an objection, from when it was raised.
    pub objection_decision: Span,
    /// To decide on a termination, from when it was asked for; then it is not granted.
    #[serde(default = "two_working_days")]
    pub termination_decision: Span,
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
    /// For the unit that answered to claim that a rating should not count, from closing.
    #[serde(default = "five_working_days")]
    pub exclusion: Span,
    /// For the panel to judge such a claim, from when it was made; then it is not granted.
    #[serde(default = "five_working_days")]
    pub exclusion_decision: Span,
    /// To settle a report of pressure or reprisal, from when it was made.
    #[serde(default = "two_working_days")]
    pub pressure: Span,
}

/// Which steps the procedure has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The result is rated by the appellant 评价.
    pub rated: bool,
    /// The units speak to the appellant before they answer 首次联系.
    #[serde(default = "yes")]
    pub contacted: bool,
    /// Where it is not rated: somebody who had no hand in it verifies the result before it is
    /// closed 核验、销号, within `limits.call_back`.
    #[serde(default)]
    pub verified: bool,
    /// The unit's own head signs off before review.
    pub sign_off: bool,
    /// Whether 基本满意 counts as satisfied.
    pub fairly_satisfied_counts: bool,
    /// Urgencies for which no extension is given.
    pub no_extension: Vec<Urgency>,
    /// Call-back attempts after which no more are needed.
    pub call_attempts: u32,
    /// Members of the panel that judges a claim against a rating: more than half of them
    /// decide, and never fewer than two.
    #[serde(default = "three")]
    pub exclusion_panel: u32,
}

/// What is wrong with a procedure's text.
#[derive(Debug, thiserror::Error)]
pub enum ProcedureError {
    /// Not TOML, or not of this shape; the message names line, field and what was expected.
    #[error("the procedure cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// Every urgency needs an entry in every table of limits.
    #[error("limits.{table} lacks an entry for `{}`", urgency.code())]
    Missing {
        /// The table.
        table: &'static str,
        /// The urgency.
        urgency: Urgency,
    },
    /// A limit of nothing can't be kept.
    #[error("limits.{0} must be longer than zero")]
    Zero(String),
    /// One person is no panel.
    #[error("steps.exclusion_panel must be two or more")]
    Panel,
    /// The id is empty or the version is 0.
    #[error("`id` must not be empty and `version` starts at 1")]
    Unnamed,
}

static APPEAL: LazyLock<Arc<Procedure>> = LazyLock::new(|| {
    Arc::new(Procedure::parse(APPEAL_TOML).expect("the embedded procedure is parsed by a test"))
});

static RAISED: LazyLock<BTreeMap<MatterKind, Arc<Procedure>>> = LazyLock::new(|| {
    let parsed = |kind| Procedure::parse(Procedure::text_of(kind)).expect("parsed by a test");
    MatterKind::RAISED.iter().map(|kind| (*kind, Arc::new(parsed(*kind)))).collect()
});

/// The text of [`Procedure::appeal_default`], as an office gets it to publish.
pub const APPEAL_TOML: &str = include_str!("defaults/appeal.toml");

impl Procedure {
    /// Reads a procedure and checks that no limit is missing.
    ///
    /// # Errors
    /// The first thing wrong, naming line or field.
    pub fn parse(text: &str) -> Result<Self, ProcedureError> {
        let procedure: Self = toml::from_str(text)?;
        procedure.check()?;
        Ok(procedure)
    }

    /// The text of a kind's procedure as delivered.
    pub fn text_of(kind: MatterKind) -> &'static str {
        match kind {
            MatterKind::Appeal => APPEAL_TOML,
            MatterKind::Task => include_str!("defaults/task.toml"),
            MatterKind::Rectification => include_str!("defaults/rectification.toml"),
            MatterKind::Instruction => include_str!("defaults/instruction.toml"),
        }
    }

    /// A kind's procedure as delivered.
    pub fn delivered(kind: MatterKind) -> Arc<Self> {
        match kind {
            MatterKind::Appeal => Self::appeal_default(),
            other => Arc::clone(&RAISED[&other]),
        }
    }

    /// The appeal's procedure as delivered.
    pub fn appeal_default() -> Arc<Self> {
        Arc::clone(&APPEAL)
    }

    fn check(&self) -> Result<(), ProcedureError> {
        if self.id.trim().is_empty() || self.version == 0 {
            return Err(ProcedureError::Unnamed);
        }
        for (table, spans) in self.limits.tables() {
            for urgency in Urgency::ALL {
                match spans.get(urgency) {
                    None => return Err(ProcedureError::Missing { table, urgency: *urgency }),
                    Some(span) if span.amount == 0 => {
                        return Err(ProcedureError::Zero(format!("{table}.{}", urgency.code())));
                    }
                    Some(_) => {}
                }
            }
        }
        if self.steps.exclusion_panel < 2 {
            return Err(ProcedureError::Panel);
        }
        let zero = self.limits.single().into_iter().find(|(_, span)| span.amount == 0);
        zero.map_or(Ok(()), |(name, _)| Err(ProcedureError::Zero(name.to_owned())))
    }
}

impl Limits {
    /// To sign, by urgency.
    pub fn signing(&self, urgency: Urgency) -> Span {
        by_urgency(&self.signing, urgency)
    }

    /// To submit, by role and urgency.
    pub fn handling(&self, role: NodeRole, urgency: Urgency, natural_time: bool) -> Span {
        match (role, natural_time) {
            (NodeRole::Co, _) => by_urgency(&self.co_handling, urgency),
            (_, true) => by_urgency(&self.handling_natural, urgency),
            (_, false) => by_urgency(&self.handling, urgency),
        }
    }

    /// What the appellant is promised, by urgency.
    pub fn promise(&self, urgency: Urgency, natural_time: bool) -> Span {
        by_urgency(if natural_time { &self.promise_natural } else { &self.promise }, urgency)
    }

    fn tables(&self) -> [(&'static str, &BTreeMap<Urgency, Span>); 6] {
        [
            ("signing", &self.signing),
            ("handling", &self.handling),
            ("handling_natural", &self.handling_natural),
            ("co_handling", &self.co_handling),
            ("promise", &self.promise),
            ("promise_natural", &self.promise_natural),
        ]
    }

    fn single(&self) -> [(&'static str, Span); 20] {
        [
            ("review", self.review),
            ("completion", self.completion),
            ("assignment", self.assignment),
            ("objection", self.objection),
            ("objection_decision", self.objection_decision),
            ("termination_decision", self.termination_decision),
            ("contact", self.contact),
            ("extension_max", self.extension_max),
            ("suspension_max", self.suspension_max),
            ("tracking_max", self.tracking_max),
            ("call_back", self.call_back),
            ("redo", self.redo),
            ("close_unrated", self.close_unrated),
            ("rating_change", self.rating_change),
            ("tracking_report", self.tracking_report),
            ("archive", self.archive),
            ("shield_open", self.shield_open),
            ("exclusion", self.exclusion),
            ("exclusion_decision", self.exclusion_decision),
            ("pressure", self.pressure),
        ]
    }
}

/// What procedures published before there was a limit of its own go by.
fn one_working_day() -> Span {
    Span::working_days(1)
}

/// What procedures published before other kinds of matter go by.
fn yes() -> bool {
    true
}

/// What procedures published before terminations had a limit of their own go by.
fn two_working_days() -> Span {
    Span::working_days(2)
}

/// What procedures go by that were published before claims against ratings had limits.
fn five_working_days() -> Span {
    Span::working_days(5)
}

fn three() -> u32 {
    3
}

fn by_urgency(spans: &BTreeMap<Urgency, Span>, urgency: Urgency) -> Span {
    *spans.get(&urgency).expect("parsing checked that every urgency has an entry")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_procedure_reads() {
        let appeal = Procedure::appeal_default();
        assert_eq!((appeal.id.as_str(), appeal.version), ("appeal", 1));
        assert_eq!(appeal.limits.handling(NodeRole::Lead, Urgency::General, false), Span::working_days(7));
        assert_eq!(appeal.limits.handling(NodeRole::Co, Urgency::General, true), Span::working_days(3));
    }

    #[test]
    fn every_kind_has_its_own() {
        for kind in MatterKind::ALL {
            let procedure = Procedure::delivered(*kind);
            assert_eq!((procedure.id.as_str(), procedure.version), (kind.code(), 1));
            let of_appeal = *kind == MatterKind::Appeal;
            assert_eq!((procedure.steps.rated, procedure.steps.contacted), (of_appeal, of_appeal));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let text = include_str!("defaults/appeal.toml");
        let said = |text: String| Procedure::parse(&text).expect_err("wrong").to_string();
        assert!(said(text.replace("review = \"2wd\"", "review = \"2 weeks\"")).contains("2 weeks"));
        assert!(said(text.replace("review = \"2wd\"", "review = \"0wd\"")).contains("limits.review"));
        assert!(
            said(text.replacen("urgent = \"4wh\"\n", "", 1))
                .contains("limits.signing lacks an entry for `urgent`")
        );
        assert!(said(text.replace("redos = 2", "redoes = 2")).contains("redoes"));
    }
}
