//! A unit 单位: who can be assigned work. Putting a unit is idempotent: what is there
//! already changes nothing, what differs becomes an event of its own. What an office orders
//! (opened, renamed, moved, split, merged) carries its day and its document.

use super::codes::UnitKind;
use super::dated::Dated;
use kernel::Level;
use kernel::permission::UnitPath;
use kernel::time::Date;
use kernel::{Actor, Aggregate, AreaId, Recorded, Refusal, UnitId};
use serde::{Deserialize, Serialize};

/// The pure rules of one unit.
pub struct Unit;

/// What is known of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDetails {
    /// Full official name.
    pub name: String,
    /// Short name for lists and badges.
    pub short_name: String,
    /// English name; empty where there is none.
    #[serde(default)]
    pub en_name: String,
    /// The unit it belongs to; none for the root.
    pub parent: Option<UnitId>,
    /// On which level.
    pub level: Level,
    /// What it is.
    pub kind: UnitKind,
    /// The area it serves.
    pub area: Option<AreaId>,
    /// Areas it overlays (a zone 园区 covers several townships), sorted, without repeats.
    #[serde(default)]
    pub overlays: Vec<AreaId>,
}

/// State of a unit's stream; the default is a unit not established yet.
#[derive(Clone, Debug, Default)]
pub struct UnitState {
    /// Its code and details once established.
    pub established: Option<(UnitId, UnitDetails)>,
    /// Whether it has been closed since.
    pub closed: bool,
    /// Who went on with its work when it was closed last.
    pub successor: Option<UnitId>,
    /// Where it is reached out of hours 值班电话; empty where nobody said.
    pub duty_phone: String,
}

/// What someone may want of a unit.
#[derive(Clone, Debug)]
pub enum UnitCommand {
    /// Establish it, reopen it, or bring it in line with these details.
    Put {
        /// Its code.
        code: UnitId,
        /// Everything known of it.
        details: UnitDetails,
    },
    /// Open a new unit by order, perhaps split off from another.
    Open {
        /// Its code.
        code: UnitId,
        /// Everything known of it.
        details: UnitDetails,
        /// The unit whose work it takes a part of.
        split_from: Option<UnitId>,
        /// From when, on what paper.
        dated: Dated,
    },
    /// Rename it or move it under another parent, by order.
    Change {
        /// Everything known of it from that day on.
        details: UnitDetails,
        /// From when, on what paper.
        dated: Dated,
    },
    /// Close it by order: another goes on with its open work. What it has done stays its own.
    Dissolve {
        /// Who goes on.
        successor: UnitId,
        /// From when, on what paper.
        dated: Dated,
    },
    /// Say where it is reached out of hours 值班电话: the line of a post, nobody's own. An empty
    /// one takes it back.
    SetDutyPhone {
        /// The number as it is shown.
        phone: String,
    },
    /// Close it: it takes no new work and is offered nowhere. What it has stays with it.
    Close,
}

/// What happened to a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum UnitEvent {
    /// It was established.
    UnitEstablished {
        /// Its code.
        code: UnitId,
        /// Everything known of it.
        #[serde(flatten)]
        details: UnitDetails,
        /// Where it stands in the tree.
        path: UnitPath,
        /// The unit it was split off from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        split_from: Option<UnitId>,
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
    /// It got other names.
    UnitRenamed {
        /// Full name.
        name: String,
        /// Short name.
        short_name: String,
        /// English name.
        en_name: String,
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
    /// It moved to another parent, with everything below it.
    UnitMoved {
        /// The new parent.
        parent: Option<UnitId>,
        /// Where it stood.
        from_path: UnitPath,
        /// Where it stands now.
        path: UnitPath,
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
    /// Level, kind or areas changed.
    UnitDescribed {
        /// Level.
        level: Level,
        /// Kind.
        kind: UnitKind,
        /// The area it serves.
        area: Option<AreaId>,
        /// The areas it overlays.
        overlays: Vec<AreaId>,
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
    /// It is reached out of hours at another line.
    UnitDutyPhone {
        /// The number; empty where there is none any more.
        phone: String,
    },
    /// It was closed.
    UnitClosed {
        /// Who goes on with its open work.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        successor: Option<UnitId>,
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
    /// It was opened again.
    UnitReopened {
        /// From when, on what paper.
        #[serde(flatten)]
        dated: Dated,
    },
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct UnitFacts {
    /// Who acts.
    pub actor: Actor,
    /// Where the unit stands now, if it is established.
    pub own_path: Option<UnitPath>,
    /// The parent named in the command, if it is established.
    pub parent: Option<ParentFact>,
    /// Areas named in the command that are not registered.
    pub unknown_areas: Vec<AreaId>,
    /// Open units directly below it.
    pub open_children: i64,
    /// The city's date.
    pub today: Date,
    /// The day on which the last change of the network took effect; none while it is as the
    /// first lists told.
    pub last_change: Option<Date>,
    /// Whether the successor named in the command is open, if it is established.
    pub successor_open: Option<bool>,
}

/// What must be known of a parent.
#[derive(Clone, Debug)]
pub struct ParentFact {
    /// Where it stands.
    pub path: UnitPath,
    /// On which level.
    pub level: Level,
    /// Whether it is open.
    pub open: bool,
}

impl Aggregate for Unit {
    type State = UnitState;
    type Command = UnitCommand;
    type Event = UnitEvent;
    type Facts = UnitFacts;

    const KIND: &'static str = "unit";

    fn event_kind(event: &UnitEvent) -> &'static str {
        match event {
            UnitEvent::UnitEstablished { .. } => "unit_established",
            UnitEvent::UnitRenamed { .. } => "unit_renamed",
            UnitEvent::UnitMoved { .. } => "unit_moved",
            UnitEvent::UnitDescribed { .. } => "unit_described",
            UnitEvent::UnitDutyPhone { .. } => "unit_duty_phone",
            UnitEvent::UnitClosed { .. } => "unit_closed",
            UnitEvent::UnitReopened { .. } => "unit_reopened",
        }
    }

    fn decide(
        state: &UnitState,
        command: &UnitCommand,
        facts: &UnitFacts,
    ) -> Result<Vec<UnitEvent>, Refusal> {
        match command {
            UnitCommand::Put { code, details } => {
                let known = state.established.is_some() || facts.last_change.is_some();
                put(state, code, details, facts, &Dated::listed(known.then_some(facts.today)))
            }
            UnitCommand::Open { code, details, split_from, dated } => {
                open(state, code, details, split_from, facts, dated)
            }
            UnitCommand::Change { details, dated } => change(state, details, facts, dated),
            UnitCommand::Dissolve { successor, dated } => dissolve(state, successor, facts, dated),
            UnitCommand::SetDutyPhone { phone } => set_duty_phone(state, phone),
            UnitCommand::Close => close(state, None, facts, &Dated::listed(Some(facts.today))),
        }
    }

    fn fold(mut state: UnitState, recorded: &Recorded<UnitEvent>) -> UnitState {
        match (&recorded.event, &mut state.established) {
            (UnitEvent::UnitEstablished { code, details, .. }, _) => {
                state.established = Some((code.clone(), details.clone()));
            }
            (UnitEvent::UnitRenamed { name, short_name, en_name, .. }, Some((_, details))) => {
                details.name.clone_from(name);
                details.short_name.clone_from(short_name);
                details.en_name.clone_from(en_name);
            }
            (UnitEvent::UnitMoved { parent, .. }, Some((_, details))) => details.parent.clone_from(parent),
            (UnitEvent::UnitDescribed { level, kind, area, overlays, .. }, Some((_, details))) => {
                details.level = *level;
                details.kind = *kind;
                details.area.clone_from(area);
                details.overlays.clone_from(overlays);
            }
            (UnitEvent::UnitDutyPhone { phone }, _) => state.duty_phone.clone_from(phone),
            (UnitEvent::UnitClosed { successor, .. }, _) => {
                state.closed = true;
                state.successor.clone_from(successor);
            }
            (UnitEvent::UnitReopened { .. }, _) => state.closed = false,
            (_, None) => {}
        }
        state
    }
}

/// Checks that need no look-up: code and names.
///
/// # Errors
/// Says which column is wrong.
pub fn check_form(code: &UnitId, details: &UnitDetails) -> Result<(), Refusal> {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let text = code.as_str();
    // The code is a segment of the path, so it may hold nothing that sorts around `/`.
    if !(2..=40).contains(&text.len()) || !text.bytes().all(letters) || text.starts_with('-') {
        return Err(Refusal::field("code", "unit-code-malformed").with("value", text));
    }
    if details.name.trim().is_empty() {
        return Err(Refusal::field("name", "network-name-missing"));
    }
    if !details.overlays.is_empty() && details.kind != UnitKind::Zone {
        return Err(Refusal::field("overlays", "unit-overlays-without-zone").with("code", code));
    }
    Ok(())
}

fn put(
    state: &UnitState,
    code: &UnitId,
    details: &UnitDetails,
    facts: &UnitFacts,
    dated: &Dated,
) -> Result<Vec<UnitEvent>, Refusal> {
    check_form(code, details)?;
    let path = path(code, details, facts)?;
    if details.parent.is_some() && !parent_takes_it(state, details, facts) {
        let parent = details.parent.as_ref().map_or("", |parent| parent.as_str());
        return Err(Refusal::field("parent", "unit-parent-closed").with("parent", parent));
    }
    if let Some(area) = facts.unknown_areas.first() {
        return Err(Refusal::field("area", "unit-area-unknown").with("area", area));
    }
    let Some((_, known)) = &state.established else {
        return Ok(vec![UnitEvent::UnitEstablished {
            code: code.clone(),
            details: details.clone(),
            path,
            split_from: None,
            dated: dated.clone(),
        }]);
    };
    let mut events = Vec::new();
    if state.closed {
        events.push(UnitEvent::UnitReopened { dated: dated.clone() });
    }
    if (&known.name, &known.short_name, &known.en_name)
        != (&details.name, &details.short_name, &details.en_name)
    {
        events.push(UnitEvent::UnitRenamed {
            name: details.name.clone(),
            short_name: details.short_name.clone(),
            en_name: details.en_name.clone(),
            dated: dated.clone(),
        });
    }
    if known.parent != details.parent {
        let from_path = facts.own_path.clone().unwrap_or_else(|| path.clone());
        events.push(UnitEvent::UnitMoved {
            parent: details.parent.clone(),
            from_path,
            path,
            dated: dated.clone(),
        });
    }
    if (known.level, known.kind, &known.area, &known.overlays)
        != (details.level, details.kind, &details.area, &details.overlays)
    {
        events.push(UnitEvent::UnitDescribed {
            level: details.level,
            kind: details.kind,
            area: details.area.clone(),
            overlays: details.overlays.clone(),
            dated: dated.clone(),
        });
    }
    Ok(events)
}

/// A unit that is new, by order.
fn open(
    state: &UnitState,
    code: &UnitId,
    details: &UnitDetails,
    split_from: &Option<UnitId>,
    facts: &UnitFacts,
    dated: &Dated,
) -> Result<Vec<UnitEvent>, Refusal> {
    if state.established.is_some() {
        return Err(Refusal::field("code", "unit-code-taken").with("code", code));
    }
    dated.check(facts.today, facts.last_change)?;
    let mut events = put(state, code, details, facts, dated)?;
    if let Some(UnitEvent::UnitEstablished { split_from: from, .. }) = events.first_mut() {
        from.clone_from(split_from);
    }
    Ok(events)
}

/// What an order changes of a unit that is open.
fn change(
    state: &UnitState,
    details: &UnitDetails,
    facts: &UnitFacts,
    dated: &Dated,
) -> Result<Vec<UnitEvent>, Refusal> {
    let (code, _) = standing(state)?;
    dated.check(facts.today, facts.last_change)?;
    let events = put(state, code, details, facts, dated)?;
    if events.is_empty() {
        return Err(Refusal::new("unit-changes-nothing"));
    }
    Ok(events)
}

fn dissolve(
    state: &UnitState,
    successor: &UnitId,
    facts: &UnitFacts,
    dated: &Dated,
) -> Result<Vec<UnitEvent>, Refusal> {
    let (code, _) = standing(state)?;
    dated.check(facts.today, facts.last_change)?;
    let refuse = |why| Err(Refusal::field("successor", why).with("unit", successor));
    match facts.successor_open {
        _ if successor == code => return refuse("unit-successor-itself"),
        None => return refuse("unit-successor-unknown"),
        Some(false) => return refuse("unit-successor-closed"),
        Some(true) => {}
    }
    close(state, Some(successor.clone()), facts, dated)
}

/// A unit that is there and open.
fn standing(state: &UnitState) -> Result<&(UnitId, UnitDetails), Refusal> {
    let known = state.established.as_ref().ok_or_else(|| Refusal::new("no-such-unit"))?;
    if state.closed { Err(Refusal::new("unit-closed-already")) } else { Ok(known) }
}

/// A closed parent takes no unit that is new, moved or opened again; what stood below it
/// already may still be renamed.
fn parent_takes_it(state: &UnitState, details: &UnitDetails, facts: &UnitFacts) -> bool {
    let stays = state.established.as_ref().is_some_and(|(_, known)| known.parent == details.parent);
    (stays && !state.closed) || facts.parent.as_ref().is_some_and(|parent| parent.open)
}

fn path(code: &UnitId, details: &UnitDetails, facts: &UnitFacts) -> Result<UnitPath, Refusal> {
    let Some(parent_code) = &details.parent else {
        return Ok(UnitPath::below(None, code));
    };
    let parent = facts
        .parent
        .as_ref()
        .ok_or_else(|| Refusal::field("parent", "unit-parent-unknown").with("parent", parent_code))?;
    let below_itself = facts.own_path.as_ref().is_some_and(|own| own.holds(&parent.path));
    if parent_code == code || below_itself {
        return Err(Refusal::field("parent", "unit-parent-below-itself").with("parent", parent_code));
    }
    if details.level < parent.level {
        return Err(Refusal::field("level", "unit-level-above-parent")
            .with("level", details.level.code())
            .with("parent", parent_code));
    }
    Ok(UnitPath::below(Some(&parent.path), code))
}

fn set_duty_phone(state: &UnitState, phone: &str) -> Result<Vec<UnitEvent>, Refusal> {
    if state.established.is_none() {
        return Err(Refusal::new("no-such-unit"));
    }
    let phone = phone.trim();
    let dialled = |c: char| c.is_ascii_digit() || "+-() ".contains(c);
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let sound = phone.is_empty() || (phone.chars().all(dialled) && (3..=20).contains(&digits));
    if !sound || phone.len() > 30 {
        return Err(Refusal::field("phone", "duty-phone-malformed"));
    }
    let changed = state.duty_phone != phone;
    Ok(changed.then(|| UnitEvent::UnitDutyPhone { phone: phone.to_owned() }).into_iter().collect())
}

fn close(
    state: &UnitState,
    successor: Option<UnitId>,
    facts: &UnitFacts,
    dated: &Dated,
) -> Result<Vec<UnitEvent>, Refusal> {
    if state.established.is_none() {
        return Err(Refusal::new("no-such-unit"));
    }
    if state.closed {
        return Ok(Vec::new());
    }
    if facts.open_children > 0 {
        return Err(Refusal::new("unit-has-open-children").with("count", facts.open_children));
    }
    Ok(vec![UnitEvent::UnitClosed { successor, dated: dated.clone() }])
}
