//! The life of one record: values, stages, dated lines, contacts, levels. Nothing is
//! overwritten; what was said wrongly is voided and says so. Its lines are told in [`super::lines`].

use super::definition::Definition;
pub use super::lines::{Award, Contact, ContactNote, ContactWay, Flow, FlowLine};
use super::value::{Value, Values};
use super::{Bound, decide};
use kernel::permission::UnitPath;
use kernel::time::{Date, Instant};
use kernel::{AccountId, Actor, Aggregate, MatterId, Recorded, Refusal, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// The pure rules of one record.
pub struct Record;

/// What the past of a record adds up to. Projections keep it whole, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordState {
    /// Its register; empty before it was recorded.
    pub register: String,
    /// The unit whose record it is.
    pub unit: String,
    /// What its fields hold; of retired fields too.
    pub values: Values,
    /// Its stage, where the register has some.
    pub stage: Option<String>,
    /// Every stage it reached, with the day, oldest first.
    pub stages: Vec<(String, Date)>,
    /// Dated lines, oldest entry first.
    pub flows: Vec<FlowLine>,
    /// Contacts, oldest entry first.
    pub contacts: Vec<Contact>,
    /// Levels awarded, oldest entry first.
    pub levels: Vec<Award>,
    /// Who recorded, changed or moved it: nobody checks their own.
    #[serde(default)]
    pub authors: BTreeSet<AccountId>,
    /// Why it was taken out of the register, while it is.
    pub removed: Option<String>,
    /// The local day on which it was recorded.
    pub created_on: Option<Date>,
    /// When something last happened to it.
    pub changed_at: Option<Instant>,
}

/// What someone may want of a record.
#[derive(Clone, Debug)]
pub enum RecordCommand {
    /// Record it.
    Create {
        /// In which register.
        register: String,
        /// Whose.
        unit: UnitId,
        /// What its fields hold.
        values: Values,
        /// Its first stage; none: the first there is.
        stage: Option<String>,
        /// Since when it is in that stage; none: today.
        on: Option<Date>,
    },
    /// Change some fields; `None` empties one.
    Change {
        /// Which fields, and what they hold now.
        values: BTreeMap<String, Option<Value>>,
    },
    /// Bring it up to a row of a workbook: all of it happens, or nothing does.
    Revise {
        /// Which fields, and what they hold now.
        values: BTreeMap<String, Option<Value>>,
        /// The unit it belongs to; none: as it is.
        unit: Option<UnitId>,
        /// The stage it is in, and since when (none: today); none: as it is.
        stage: Option<(String, Option<Date>)>,
    },
    /// Give it to another unit.
    HandOver {
        /// Which.
        unit: UnitId,
    },
    /// Move it to another stage.
    Move {
        /// Which.
        stage: String,
        /// The day.
        on: Date,
        /// Why; may be empty.
        note: String,
    },
    /// Add a dated line.
    AddFlow(Flow),
    /// Verify a line that another person recorded.
    VerifyFlow(Uuid),
    /// Say that a line counts no more.
    VoidFlow(Uuid, String),
    /// Note a contact.
    AddContact(ContactNote),
    /// Say that a contact counts no more.
    VoidContact(Uuid, String),
    /// Say that a contact's difficulty became an appeal.
    LinkAppeal(Uuid, MatterId),
    /// Say that a contact's promise became a matter.
    LinkPromise(Uuid, MatterId),
    /// Say that a promise was kept.
    KeepPromise(Uuid, Date),
    /// Award a level.
    Award(Award),
    /// End a level.
    EndAward {
        /// Which level.
        level: String,
        /// Since when it holds no more.
        on: Date,
    },
    /// Open what of it is sealed: the journal says who did.
    Open,
    /// Take it out of the register; it stays in the journal.
    Remove(String),
    /// Put it back.
    Restore,
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RecordEvent {
    /// It was recorded.
    Created {
        /// In which register.
        register: String,
        /// Under which version of its definition.
        version: u32,
        /// Whose.
        unit: UnitId,
        /// What its fields hold.
        values: Values,
        /// Its first stage.
        #[serde(default)]
        stage: Option<String>,
        /// The local day.
        on: Date,
    },
    /// Fields changed.
    Changed {
        /// What they hold now; `null` where one was emptied.
        values: BTreeMap<String, Option<Value>>,
    },
    /// It went to another unit.
    HandedOver {
        /// Which.
        unit: UnitId,
    },
    /// It moved to another stage.
    Moved {
        /// Which.
        stage: String,
        /// The day.
        on: Date,
        /// Why.
        #[serde(default)]
        note: String,
    },
    /// A dated line was added.
    FlowAdded {
        /// Which.
        id: Uuid,
        /// What it says.
        #[serde(flatten)]
        flow: Flow,
    },
    /// A line was verified.
    FlowVerified {
        /// Which.
        id: Uuid,
    },
    /// A line counts no more.
    FlowVoided {
        /// Which.
        id: Uuid,
        /// Why.
        reason: String,
    },
    /// A contact was noted.
    ContactAdded {
        /// Which.
        id: Uuid,
        /// What was noted.
        #[serde(flatten)]
        note: ContactNote,
    },
    /// A contact counts no more.
    ContactVoided {
        /// Which.
        id: Uuid,
        /// Why.
        reason: String,
    },
    /// A contact's difficulty became an appeal.
    AppealLinked {
        /// Of which contact.
        id: Uuid,
        /// Which appeal.
        matter: MatterId,
    },
    /// A contact's promise became a matter.
    PromiseLinked {
        /// Of which contact.
        id: Uuid,
        /// Which matter.
        matter: MatterId,
    },
    /// A promise was kept.
    PromiseKept {
        /// Of which contact.
        id: Uuid,
        /// When.
        on: Date,
    },
    /// A level was awarded.
    Awarded(Award),
    /// A level ended.
    AwardEnded {
        /// Which.
        level: String,
        /// Since when.
        on: Date,
    },
    /// Somebody opened what of it is sealed.
    Opened,
    /// It was taken out of the register.
    Removed {
        /// Why.
        reason: String,
    },
    /// It was put back.
    Restored,
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct RecordFacts {
    /// Who acts.
    pub actor: Actor,
    /// The definition in force.
    pub definition: Arc<Definition>,
    /// The local day.
    pub today: Date,
    /// An id for what is new.
    pub fresh: Uuid,
    /// Fields that name a unit, area or record there is none of.
    pub unknown: Vec<String>,
    /// Fields of which another record holds the same already.
    pub taken: Option<Vec<String>>,
    /// Whether the unit a record is given to does not exist.
    pub no_unit: bool,
    /// Where the units stand whose record it is, or becomes.
    pub standing: Vec<UnitPath>,
}

impl Aggregate for Record {
    type State = RecordState;
    type Command = RecordCommand;
    type Event = RecordEvent;
    type Facts = RecordFacts;

    const KIND: &'static str = "record";

    fn event_kind(event: &RecordEvent) -> &'static str {
        match event {
            RecordEvent::Created { .. } => "created",
            RecordEvent::Changed { .. } => "changed",
            RecordEvent::HandedOver { .. } => "handed_over",
            RecordEvent::Moved { .. } => "moved",
            RecordEvent::FlowAdded { .. } => "flow_added",
            RecordEvent::FlowVerified { .. } => "flow_verified",
            RecordEvent::FlowVoided { .. } => "flow_voided",
            RecordEvent::ContactAdded { .. } => "contact_added",
            RecordEvent::ContactVoided { .. } => "contact_voided",
            RecordEvent::AppealLinked { .. } => "appeal_linked",
            RecordEvent::PromiseLinked { .. } => "promise_linked",
            RecordEvent::PromiseKept { .. } => "promise_kept",
            RecordEvent::Awarded(_) => "awarded",
            RecordEvent::AwardEnded { .. } => "award_ended",
            RecordEvent::Opened => "opened",
            RecordEvent::Removed { .. } => "removed",
            RecordEvent::Restored => "restored",
        }
    }

    fn decide(
        state: &RecordState,
        command: &RecordCommand,
        facts: &RecordFacts,
    ) -> Result<Vec<RecordEvent>, Refusal> {
        decide::decide(state, command, facts)
    }

    fn fold(mut state: RecordState, recorded: &Recorded<RecordEvent>) -> RecordState {
        // Who looks changes nothing.
        if recorded.event != RecordEvent::Opened {
            state.changed_at = Some(recorded.at());
        }
        if let RecordEvent::Created { .. } | RecordEvent::Changed { .. } | RecordEvent::Moved { .. } =
            &recorded.event
        {
            state.authors.extend(recorded.actor.account());
        }
        match &recorded.event {
            RecordEvent::Created { register, unit, values, stage, on, .. } => {
                state.register.clone_from(register);
                state.unit = unit.to_string();
                state.values.clone_from(values);
                state.created_on = Some(*on);
                state.stage.clone_from(stage);
                state.stages.extend(stage.clone().map(|stage| (stage, *on)));
            }
            RecordEvent::Changed { values } => {
                for (field, value) in values {
                    match value {
                        Some(value) => state.values.insert(field.clone(), value.clone()),
                        None => state.values.remove(field),
                    };
                }
            }
            RecordEvent::HandedOver { unit } => state.unit = unit.to_string(),
            RecordEvent::Moved { stage, on, .. } => {
                state.stage = Some(stage.clone());
                state.stages.push((stage.clone(), *on));
            }
            RecordEvent::FlowAdded { id, flow } => state.flows.push(FlowLine {
                id: *id,
                flow: flow.clone(),
                recorded_by: recorded.actor.account(),
                verified: None,
                void: None,
            }),
            RecordEvent::FlowVerified { id } => {
                let verified = (recorded.actor.account(), recorded.at());
                if let Some(line) = state.flows.iter_mut().find(|line| line.id == *id) {
                    line.verified = Some(verified);
                }
            }
            RecordEvent::FlowVoided { id, reason } => {
                if let Some(line) = state.flows.iter_mut().find(|line| line.id == *id) {
                    line.void = Some(reason.clone());
                }
            }
            RecordEvent::ContactAdded { id, note } => state.contacts.push(Contact {
                id: *id,
                note: note.clone(),
                appeal: None,
                matter: None,
                kept_on: None,
                void: None,
            }),
            RecordEvent::ContactVoided { id, reason } => {
                state.with_contact(*id, |contact| contact.void = Some(reason.clone()));
            }
            RecordEvent::AppealLinked { id, matter } => {
                state.with_contact(*id, |contact| contact.appeal = Some(*matter));
            }
            RecordEvent::PromiseLinked { id, matter } => {
                state.with_contact(*id, |contact| contact.matter = Some(*matter));
            }
            RecordEvent::PromiseKept { id, on } => {
                state.with_contact(*id, |contact| contact.kept_on = Some(*on));
            }
            RecordEvent::Awarded(award) => state.levels.push(award.clone()),
            RecordEvent::AwardEnded { level, on } => {
                let held = |award: &&mut Award| award.level == *level && award.ended.is_none();
                if let Some(award) = state.levels.iter_mut().rev().find(held) {
                    award.ended = Some(*on);
                }
            }
            RecordEvent::Opened => {}
            RecordEvent::Removed { reason } => state.removed = Some(reason.clone()),
            RecordEvent::Restored => state.removed = None,
        }
        state
    }
}

impl RecordState {
    /// Whether it stands in its register.
    pub fn is_live(&self) -> bool {
        !self.register.is_empty() && self.removed.is_none()
    }

    /// A contact by its id.
    pub fn contact(&self, id: Uuid) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// The day of the last contact that counts.
    pub fn last_contact(&self) -> Option<Date> {
        self.contacts.iter().filter(|contact| contact.void.is_none()).map(|contact| contact.note.on).max()
    }

    /// The last day on which the next contact is still in time, where one is awaited at all.
    pub fn next_contact(&self, definition: &Definition) -> Option<Date> {
        let follow_up = definition.follow_up.as_ref()?;
        let cadence = follow_up.cadence?;
        let since = || match follow_up.since.as_deref().map(|field| self.values.get(field)) {
            Some(Some(Value::Date(date))) => Some(*date),
            _ => self.created_on,
        };
        self.last_contact().or_else(since).map(|last| cadence.due(last))
    }

    /// The highest level it holds.
    pub fn level<'d>(&self, definition: &'d Definition) -> Option<(i64, &'d super::definition::Grade)> {
        let held = self.levels.iter().filter(|award| award.ended.is_none());
        held.filter_map(|award| definition.level(&award.level)).max_by_key(|(rank, _)| *rank)
    }

    /// Lines of a flow that count: not voided, and verified where the kind demands it.
    pub fn counted<'s>(&'s self, definition: &Definition, kind: &str) -> impl Iterator<Item = &'s FlowLine> {
        let needs = definition.flow(kind).is_some_and(|flow| flow.verified);
        let kind = kind.to_owned();
        self.flows.iter().filter(move |line| {
            line.flow.kind == kind && line.void.is_none() && (!needs || line.verified.is_some())
        })
    }

    /// The bound that stands beside a field's number.
    pub fn bound(&self, field: &str) -> Bound {
        match self.values.get(field) {
            Some(Value::Number { bound, .. } | Value::Money { bound, .. }) => *bound,
            _ => Bound::Exact,
        }
    }

    fn with_contact(&mut self, id: Uuid, change: impl FnOnce(&mut Contact)) {
        if let Some(contact) = self.contacts.iter_mut().find(|contact| contact.id == id) {
            change(contact);
        }
    }
}
