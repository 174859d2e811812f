//! One entry of the townships' duty list 履职事项清单: without one, nothing may be assigned
//! to a township (PRODUCT rule 9).

use kernel::{Actor, Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The pure rules of one duty item.
pub struct DutyItem;

/// What is known of a duty item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyDetails {
    /// What the township has to do, in the list's words.
    pub title: String,
    /// Whether the list in force still holds it.
    pub in_force: bool,
}

/// State of an item's stream; the default is an item never listed.
#[derive(Clone, Debug, Default)]
pub struct DutyState {
    /// Its details once listed.
    pub listed: Option<DutyDetails>,
}

/// What someone may want of an item.
#[derive(Clone, Debug)]
pub enum DutyCommand {
    /// List it, or bring what is listed in line.
    Put {
        /// Its code in the list, e.g. `AQ-03`.
        code: String,
        /// Everything known of it.
        details: DutyDetails,
    },
}

/// What happened to an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DutyEvent {
    /// It was listed, or listed anew with other words.
    DutyItemListed {
        /// Its code.
        code: String,
        /// Everything known of it.
        #[serde(flatten)]
        details: DutyDetails,
    },
}

/// What a command needs to know of the world: nothing but who acts.
#[derive(Clone, Debug)]
pub struct DutyFacts {
    /// Who acts.
    pub actor: Actor,
}

impl Aggregate for DutyItem {
    type State = DutyState;
    type Command = DutyCommand;
    type Event = DutyEvent;
    type Facts = DutyFacts;

    const KIND: &'static str = "duty_item";

    fn event_kind(event: &DutyEvent) -> &'static str {
        match event {
            DutyEvent::DutyItemListed { .. } => "duty_item_listed",
        }
    }

    fn decide(state: &DutyState, command: &DutyCommand, _: &DutyFacts) -> Result<Vec<DutyEvent>, Refusal> {
        let DutyCommand::Put { code, details } = command;
        check_form(code, details)?;
        if state.listed.as_ref() == Some(details) {
            return Ok(Vec::new());
        }
        Ok(vec![DutyEvent::DutyItemListed { code: code.clone(), details: details.clone() }])
    }

    fn fold(mut state: DutyState, recorded: &Recorded<DutyEvent>) -> DutyState {
        let DutyEvent::DutyItemListed { details, .. } = &recorded.event;
        state.listed = Some(details.clone());
        state
    }
}

/// Checks that need no look-up.
///
/// # Errors
/// Says which column is wrong.
pub fn check_form(code: &str, details: &DutyDetails) -> Result<(), Refusal> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if code.is_empty() || code.len() > 40 || !code.chars().all(letters) {
        return Err(Refusal::field("code", "duty-code-malformed").with("value", code));
    }
    if details.title.trim().is_empty() {
        return Err(Refusal::field("title", "network-name-missing"));
    }
    Ok(())
}
