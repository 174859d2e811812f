//! The assignments of a matter as JSON, with their limits and answers.

use super::from::files;
use super::{File, Named, rfc3339};
use kernel::time::{Explanation, Pause, Remaining};
use matters::read::{AnswerView, LimitView, NodeView};
use serde::Serialize;
use utoipa::ToSchema;

/// A limit that explains itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct Limit {
    #[schema(format = DateTime)]
    due_at: String,
    /// Local date; 24:00 belongs to the day it ends.
    #[schema(format = Date)]
    due_date: String,
    /// `7wd` working days, `4wh` working hours, `24h` natural hours, `3d` natural days.
    #[schema(example = "7wd")]
    span: String,
    /// `green`, `yellow`, `red` or `gross`; null once met or over.
    #[schema(value_type = Option<String>)]
    light: Option<kernel::time::Light>,
    /// How much is left or overdue.
    #[schema(value_type = Option<Object>)]
    remaining: Option<Remaining>,
    #[schema(format = DateTime)]
    met_at: Option<String>,
    /// Which days counted, which did not and why, under which rule and calendar.
    #[schema(value_type = Object)]
    explanation: Explanation,
}

/// An assignment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Node {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    parent: Option<String>,
    /// Who assigned it.
    from: Named,
    unit: Named,
    /// `lead`, `co` or `separate`.
    role: &'static str,
    /// `unsigned`, `working`, `submitted`, `signed_off`, `approved`, `reassigned` or `released`.
    state: &'static str,
    /// Item of the township's duty list.
    duty_item: Option<Named>,
    instruction: String,
    #[schema(format = DateTime)]
    assigned_at: String,
    #[schema(format = DateTime)]
    signed_at: Option<String>,
    #[schema(format = DateTime)]
    contacted_at: Option<String>,
    #[schema(format = DateTime)]
    submitted_at: Option<String>,
    #[schema(format = DateTime)]
    approved_at: Option<String>,
    /// Times returned.
    returns: u32,
    signing: Limit,
    objection: Option<Limit>,
    contact: Option<Limit>,
    handling: Limit,
    #[schema(value_type = Vec<Object>)]
    pauses: Vec<Pause>,
    answer: Option<Answer>,
    attachments: Vec<File>,
}

/// An answer to the appellant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnswerGiven)]
pub struct Answer {
    #[schema(format = DateTime)]
    at: String,
    unit: Option<Named>,
    text: String,
    way: Option<&'static str>,
    #[schema(format = DateTime)]
    answered_at: Option<String>,
    results: Vec<Outcome>,
}

/// What became of a demand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    demand: u32,
    outcome: &'static str,
}

impl From<LimitView> for Limit {
    fn from(view: LimitView) -> Self {
        Self {
            due_at: rfc3339(view.due_at),
            due_date: view.due_date.to_string(),
            span: view.span.to_string(),
            light: view.light,
            remaining: view.remaining,
            met_at: view.met_at.map(rfc3339),
            explanation: view.explanation,
        }
    }
}

impl From<NodeView> for Node {
    fn from(view: NodeView) -> Self {
        Self {
            id: view.id.to_string(),
            parent: view.parent.map(|id| id.to_string()),
            from: view.from.into(),
            unit: view.unit.into(),
            role: view.role.code(),
            state: view.state.code(),
            duty_item: view.duty_item.map(Named::from),
            instruction: view.instruction,
            assigned_at: rfc3339(view.assigned_at),
            signed_at: view.signed_at.map(rfc3339),
            contacted_at: view.contacted_at.map(rfc3339),
            submitted_at: view.submitted_at.map(rfc3339),
            approved_at: view.approved_at.map(rfc3339),
            returns: view.returns,
            signing: view.signing.into(),
            objection: view.objection_limit.map(Limit::from),
            contact: view.contact.map(Limit::from),
            handling: view.handling.into(),
            pauses: view.pauses,
            answer: view.answer.map(Answer::from),
            attachments: files(view.attachments),
        }
    }
}

impl From<AnswerView> for Answer {
    fn from(view: AnswerView) -> Self {
        let outcome =
            |(demand, outcome): (u32, matters_rules::Outcome)| Outcome { demand, outcome: outcome.code() };
        Self {
            at: rfc3339(view.at),
            unit: view.unit.map(Named::from),
            text: view.text,
            way: view.way.map(|code| code.code()),
            answered_at: view.answered_at.map(rfc3339),
            results: view.results.into_iter().map(outcome).collect(),
        }
    }
}
