//! The stream of a register's definition: drafted, published, version by version. Only a
//! text that reads is published, nothing published changes again, and no version forgets
//! what records hold: a field is retired, never removed, and keeps its kind.

use super::definition::Definition;
use super::{Effect, effects};
use kernel::permission::UnitPath;
use kernel::time::Date;
use kernel::{Actor, Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The pure rules of one register's definition.
pub struct Definitions;

/// What someone may want of a definition.
#[derive(Clone, Debug)]
pub enum Change {
    /// Keep a text to work on; it may still be wrong.
    Draft {
        /// The whole file.
        toml: String,
        /// What it is for.
        note: String,
    },
    /// Put the draft away.
    Discard,
    /// Publish a text as a new version.
    Publish {
        /// The whole file.
        toml: String,
        /// What changes and why.
        note: String,
    },
}

/// What happened to a definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DefinitionEvent {
    /// A version was published.
    Published {
        /// Its number.
        version: u32,
        /// First local date on which it holds.
        effective_from: Date,
        /// The whole file.
        toml: String,
        /// What changed and why.
        #[serde(default)]
        note: String,
    },
    /// A text was kept to be worked on.
    Drafted {
        /// The whole file.
        toml: String,
        /// What it is for.
        #[serde(default)]
        note: String,
    },
    /// The draft was put away.
    Discarded,
}

/// What is known of a definition's stream.
#[derive(Clone, Debug, Default)]
pub struct DefinitionState {
    /// The number published last; 0 before the first.
    pub version: u32,
    /// The text published last.
    pub last: Option<String>,
    /// Whether a draft is kept.
    pub drafted: bool,
}

/// What a change needs to know of the world.
#[derive(Clone, Debug)]
pub struct DefinitionFacts {
    /// Who acts.
    pub actor: Actor,
    /// The register's code, as the stream is called.
    pub code: String,
    /// The city's date.
    pub today: Date,
    /// Whether a version may hold from a day that has passed.
    pub may_predate: bool,
    /// Registers that references name and there are none of.
    pub unknown: Vec<String>,
    /// Where the units stand whose register it is.
    pub standing: Vec<UnitPath>,
}

impl Aggregate for Definitions {
    type State = DefinitionState;
    type Command = Change;
    type Event = DefinitionEvent;
    type Facts = DefinitionFacts;

    const KIND: &'static str = "register";

    fn event_kind(event: &DefinitionEvent) -> &'static str {
        match event {
            DefinitionEvent::Published { .. } => "published",
            DefinitionEvent::Drafted { .. } => "drafted",
            DefinitionEvent::Discarded => "discarded",
        }
    }

    fn decide(
        state: &DefinitionState,
        change: &Change,
        facts: &DefinitionFacts,
    ) -> Result<Vec<DefinitionEvent>, Refusal> {
        Ok(match change {
            Change::Draft { toml, note } => {
                vec![DefinitionEvent::Drafted { toml: toml.clone(), note: note.clone() }]
            }
            Change::Discard if state.drafted => vec![DefinitionEvent::Discarded],
            Change::Discard => Vec::new(),
            Change::Publish { toml, note } => {
                let definition = check(toml, facts)?;
                if definition.version <= state.version {
                    return Err(Refusal::field("toml", "version-not-new").with("last", state.version));
                }
                if definition.effective_from < facts.today && !facts.may_predate {
                    return Err(Refusal::field("toml", "document-predates")
                        .with("from", definition.effective_from)
                        .with("today", facts.today));
                }
                if let Some(Ok(before)) = state.last.as_deref().map(Definition::parse) {
                    continues(&before, &definition)?;
                }
                vec![DefinitionEvent::Published {
                    version: definition.version,
                    effective_from: definition.effective_from,
                    toml: toml.clone(),
                    note: note.clone(),
                }]
            }
        })
    }

    fn fold(mut state: DefinitionState, recorded: &Recorded<DefinitionEvent>) -> DefinitionState {
        match &recorded.event {
            DefinitionEvent::Published { version, toml, .. } => {
                state.version = *version;
                state.last = Some(toml.clone());
                state.drafted = false;
            }
            DefinitionEvent::Drafted { .. } => state.drafted = true,
            DefinitionEvent::Discarded => state.drafted = false,
        }
        state
    }
}

fn check(toml: &str, facts: &DefinitionFacts) -> Result<Definition, Refusal> {
    let definition = Definition::parse(toml)
        .map_err(|wrong| wrong.into_iter().next().expect("a text is refused for a reason"))?;
    if definition.code != facts.code {
        return Err(Refusal::field("toml", "register-code-changed").with("code", &facts.code));
    }
    if let Some(unknown) = facts.unknown.first() {
        return Err(Refusal::field("toml", "register-unknown-register").with("value", unknown));
    }
    Ok(definition)
}

/// Nothing that records hold is forgotten.
fn continues(before: &Definition, after: &Definition) -> Result<(), Refusal> {
    let lost: Vec<String> = effects(before, after)
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Lost { what } => Some(what),
            _ => None,
        })
        .collect();
    match lost.is_empty() {
        true => Ok(()),
        false => Err(Refusal::field("toml", "document-removes").with("codes", lost.join("、"))),
    }
}
