//! An administrative area 区划, by the statistics bureau's code. Registering is idempotent:
//! what is there already changes nothing, what differs becomes an event of its own.

use kernel::Level;
use kernel::{Actor, Aggregate, AreaId, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The pure rules of one area.
pub struct Area;

/// What is known of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaDetails {
    /// Official name, e.g. 涟滨街道.
    pub name: String,
    /// English name; may be empty.
    #[serde(default)]
    pub en_name: String,
    /// The area it lies in; none for the topmost.
    pub parent: Option<AreaId>,
    /// On which level.
    pub level: Level,
    /// The official kind as a word, e.g. 县级市, 镇, 居委会; may be empty.
    #[serde(default)]
    pub kind: String,
    /// The code the Ministry of Civil Affairs gives the same area, where it is known. The
    /// two official lists swap some township codes, so it is never used to find an area.
    #[serde(default)]
    pub mca_code: Option<String>,
}

/// State of an area's stream; the default is an area not registered yet.
#[derive(Clone, Debug, Default)]
pub struct AreaState {
    /// Its identity and details once registered.
    pub registered: Option<(AreaId, AreaDetails)>,
}

/// What someone may want of an area.
#[derive(Clone, Debug)]
pub enum AreaCommand {
    /// Register it, or bring what is registered in line with these details.
    Register {
        /// Its code.
        code: AreaId,
        /// Everything known of it.
        details: AreaDetails,
    },
}

/// What happened to an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AreaEvent {
    /// It was registered.
    AreaRegistered {
        /// Its code.
        code: AreaId,
        /// Everything known of it.
        #[serde(flatten)]
        details: AreaDetails,
        /// Codes from the topmost area down to it, each closed by `/`.
        path: String,
    },
    /// It got another name.
    AreaRenamed {
        /// The new name.
        name: String,
        /// The English one.
        #[serde(default)]
        en_name: String,
    },
    /// Its kind or its civil-affairs code was brought up to date.
    AreaDescribed {
        /// The kind as a word.
        kind: String,
        /// The civil-affairs code.
        mca_code: Option<String>,
    },
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct AreaFacts {
    /// Who acts.
    pub actor: Actor,
    /// Level and path of the parent named in the command, if it is registered.
    pub parent: Option<(Level, String)>,
}

impl Aggregate for Area {
    type State = AreaState;
    type Command = AreaCommand;
    type Event = AreaEvent;
    type Facts = AreaFacts;

    const KIND: &'static str = "area";

    fn event_kind(event: &AreaEvent) -> &'static str {
        match event {
            AreaEvent::AreaRegistered { .. } => "area_registered",
            AreaEvent::AreaRenamed { .. } => "area_renamed",
            AreaEvent::AreaDescribed { .. } => "area_described",
        }
    }

    fn decide(
        state: &AreaState,
        command: &AreaCommand,
        facts: &AreaFacts,
    ) -> Result<Vec<AreaEvent>, Refusal> {
        let AreaCommand::Register { code, details } = command;
        check_form(code, details)?;
        let path = path(code, details, facts)?;
        match &state.registered {
            None => {
                Ok(vec![AreaEvent::AreaRegistered { code: code.clone(), details: details.clone(), path }])
            }
            Some((_, known)) => changes(known, details),
        }
    }

    fn fold(mut state: AreaState, recorded: &Recorded<AreaEvent>) -> AreaState {
        match (&recorded.event, &mut state.registered) {
            (AreaEvent::AreaRegistered { code, details, .. }, _) => {
                state.registered = Some((code.clone(), details.clone()));
            }
            (AreaEvent::AreaRenamed { name, en_name }, Some((_, details))) => {
                details.name.clone_from(name);
                details.en_name.clone_from(en_name);
            }
            (AreaEvent::AreaDescribed { kind, mca_code }, Some((_, details))) => {
                details.kind.clone_from(kind);
                details.mca_code.clone_from(mca_code);
            }
            (_, None) => {}
        }
        state
    }
}

/// Checks that need no look-up: name, code and level agree.
///
/// # Errors
/// Says which column is wrong.
pub fn check_form(code: &AreaId, details: &AreaDetails) -> Result<(), Refusal> {
    let by_form = Level::of_area_code(code.as_str())
        .ok_or_else(|| Refusal::field("code", "area-code-malformed").with("value", code))?;
    if by_form != details.level {
        return Err(Refusal::field("level", "area-level-not-of-code")
            .with("code", code)
            .with("level", details.level.code()));
    }
    if details.name.trim().is_empty() {
        return Err(Refusal::field("name", "network-name-missing"));
    }
    let nested = matches!(details.level, Level::Township | Level::Village);
    match &details.parent {
        Some(parent) if nested && !code.as_str().starts_with(parent.as_str()) => {
            Err(Refusal::field("parent", "area-code-not-below-parent")
                .with("code", code)
                .with("parent", parent))
        }
        None if nested => Err(Refusal::field("parent", "area-parent-missing").with("code", code)),
        _ => Ok(()),
    }
}

fn path(code: &AreaId, details: &AreaDetails, facts: &AreaFacts) -> Result<String, Refusal> {
    let Some(parent) = &details.parent else {
        return Ok(format!("{code}/"));
    };
    let (level, path) = facts
        .parent
        .as_ref()
        .ok_or_else(|| Refusal::field("parent", "area-parent-unknown").with("parent", parent))?;
    if *level >= details.level {
        return Err(Refusal::field("level", "area-level-not-below-parent")
            .with("level", details.level.code())
            .with("parent", parent));
    }
    Ok(format!("{path}{code}/"))
}

fn changes(known: &AreaDetails, wanted: &AreaDetails) -> Result<Vec<AreaEvent>, Refusal> {
    if known.parent != wanted.parent {
        return Err(Refusal::field("parent", "area-parent-changed")
            .with("parent", known.parent.as_ref().map_or("", |parent| parent.as_str())));
    }
    let mut events = Vec::new();
    // A list without English names, kinds or civil-affairs codes says nothing about them.
    let en_name = if wanted.en_name.is_empty() { known.en_name.clone() } else { wanted.en_name.clone() };
    if (&known.name, &known.en_name) != (&wanted.name, &en_name) {
        events.push(AreaEvent::AreaRenamed { name: wanted.name.clone(), en_name });
    }
    let mca_code = wanted.mca_code.clone().or_else(|| known.mca_code.clone());
    let kind = if wanted.kind.is_empty() { known.kind.clone() } else { wanted.kind.clone() };
    if known.kind != kind || known.mca_code != mca_code {
        events.push(AreaEvent::AreaDescribed { kind, mca_code });
    }
    Ok(events)
}
