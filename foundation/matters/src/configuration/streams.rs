//! The streams `procedure:appeal`, `calendar:working` and `configuration:<document>`: what
//! was drafted and published, version by version. Only a text that reads is published, and
//! nothing that was published changes again.

use super::document::Document;
use kernel::permission::{Permission, Standing, UnitPath, permit};
use kernel::time::Date;
use kernel::{Actor, Aggregate, Recorded, Refusal};
use network::{UnitFilter, UnitKind};
use platform::{Acted, By, Failure, Shell, Work};
use serde::{Deserialize, Serialize};

/// What someone may want of a document.
#[derive(Clone, Debug)]
pub enum Change {
    /// Keep a text to work on; it may still be wrong.
    Draft {
        /// The whole file.
        toml: String,
        /// What it is for, in the words of whoever drafts.
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

/// A change of one document.
#[derive(Clone, Debug)]
pub struct ChangeOf {
    /// Which.
    pub document: Document,
    /// What.
    pub change: Change,
}

/// What happened to a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ConfigurationEvent {
    /// The file as it was, with what identifies it.
    Published {
        /// Its version, as text.
        version: String,
        /// First local date on which it holds; none: at once.
        effective_from: Option<Date>,
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

/// What is known of a document's stream.
#[derive(Clone, Debug, Default)]
pub struct DocumentState {
    /// Every version published so far.
    pub versions: Vec<String>,
    /// The text published last.
    pub last: Option<String>,
    /// Whether a draft is kept.
    pub drafted: bool,
}

/// What a change needs to know of the world.
#[derive(Clone, Debug)]
pub struct ConfigurationFacts {
    /// Who acts.
    pub actor: Actor,
    /// The city's date.
    pub today: Date,
    /// Where the office stands whose configuration it is.
    pub office: Option<UnitPath>,
    /// Whether a version may hold from a day that has passed: the first one, and what the
    /// operator takes over from elsewhere.
    pub may_predate: bool,
}

/// Changes a document. `expected` is the version of the stream that the sender saw.
///
/// # Errors
/// What is wrong with the text, with line and field; [`Failure::NotPermitted`];
/// [`Failure::Conflict`] where someone else was quicker.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    document: Document,
    expected: Option<i64>,
    change: Change,
) -> Result<Acted<DocumentState>, Failure> {
    let (kind, id) = document.stream();
    let change = ChangeOf { document, change };
    match kind {
        Procedures::KIND => work.act::<Procedures>(id, by, expected, &change),
        Calendars::KIND => work.act::<Calendars>(id, by, expected, &change),
        _ => work.act::<Documents>(id, by, expected, &change),
    }
}

/// The state of a document's stream, with its version.
///
/// # Errors
/// Whatever the store says.
pub fn load(
    query: &mut dyn store::Query,
    document: Document,
) -> Result<platform::act::Loaded<DocumentState>, Failure> {
    let (kind, id) = document.stream();
    match kind {
        Procedures::KIND => platform::act::load::<Procedures>(query, id),
        Calendars::KIND => platform::act::load::<Calendars>(query, id),
        _ => platform::act::load::<Documents>(query, id),
    }
}

fn decide(
    state: &DocumentState,
    wanted: &ChangeOf,
    facts: &ConfigurationFacts,
) -> Result<Vec<ConfigurationEvent>, Refusal> {
    Ok(match &wanted.change {
        Change::Draft { toml, note } => {
            vec![ConfigurationEvent::Drafted { toml: toml.clone(), note: note.clone() }]
        }
        Change::Discard if state.drafted => vec![ConfigurationEvent::Discarded],
        Change::Discard => Vec::new(),
        Change::Publish { toml, note } => {
            let heading = wanted.document.check(toml).map_err(first)?;
            is_new(state, &heading.version)?;
            if let Some(from) = heading.effective_from.filter(|from| *from < facts.today)
                && !facts.may_predate
            {
                return Err(Refusal::field("toml", "document-predates")
                    .with("from", from)
                    .with("today", facts.today));
            }
            if let Some(last) = &state.last {
                wanted.document.continues(last, toml)?;
            }
            vec![ConfigurationEvent::Published {
                version: heading.version,
                effective_from: heading.effective_from,
                toml: toml.clone(),
                note: note.clone(),
            }]
        }
    })
}

fn first(problems: Vec<Refusal>) -> Refusal {
    problems.into_iter().next().expect("a text is refused for a reason")
}

/// Numbers rise; a calendar's name must not have been used.
fn is_new(state: &DocumentState, version: &str) -> Result<(), Refusal> {
    let Some(last) = state.versions.last() else { return Ok(()) };
    let rises = match (version.parse::<u32>(), last.parse::<u32>()) {
        (Ok(version), Ok(last)) => version > last,
        _ => !state.versions.iter().any(|known| known == version),
    };
    if rises { Ok(()) } else { Err(Refusal::field("toml", "version-not-new").with("last", last)) }
}

fn fold(mut state: DocumentState, event: &Recorded<ConfigurationEvent>) -> DocumentState {
    match &event.event {
        ConfigurationEvent::Published { version, toml, .. } => {
            state.versions.push(version.clone());
            state.last = Some(toml.clone());
            state.drafted = false;
        }
        ConfigurationEvent::Drafted { .. } => state.drafted = true,
        ConfigurationEvent::Discarded => state.drafted = false,
    }
    state
}

fn event_kind(event: &ConfigurationEvent) -> &'static str {
    match event {
        ConfigurationEvent::Published { .. } => "published",
        ConfigurationEvent::Drafted { .. } => "drafted",
        ConfigurationEvent::Discarded => "discarded",
    }
}

fn facts(work: &mut Work<'_>, state: &DocumentState, by: &By) -> Result<ConfigurationFacts, Failure> {
    Ok(ConfigurationFacts {
        actor: Actor::Public,
        today: work.app().config.zone.date_of(work.now()),
        office: office(work.tx)?,
        may_predate: matches!(by, By::Operator) || state.versions.is_empty(),
    })
}

/// Where the office stands whose configuration it is: the topmost that receives appeals.
///
/// # Errors
/// Whatever the store says.
pub fn office(query: &mut dyn store::Query) -> Result<Option<UnitPath>, Failure> {
    let filter = UnitFilter { kind: Some(UnitKind::IntakeOffice), ..UnitFilter::default() };
    let mut offices = Vec::new();
    for root in network::children(query, None)? {
        offices.extend(network::units_below(query, &root.path, &filter)?);
    }
    offices.sort_by_key(|office| (office.level, office.path.0.len()));
    Ok(offices.into_iter().next().map(|office| office.path))
}

fn allowed(wanted: &ChangeOf, facts: &ConfigurationFacts, by: &By) -> Result<Actor, Failure> {
    let permission = match &wanted.change {
        Change::Publish { .. } => Permission::ConfigurationPublish,
        Change::Draft { .. } | Change::Discard => Permission::ConfigurationDraft,
    };
    match by {
        By::Operator => by.actor(None),
        _ => {
            let standing = Standing { office: facts.office.clone(), ..Standing::default() };
            by.actor(Some(permit(by.grants(), permission, &standing).ok_or(Failure::NotPermitted)?))
                .filter(|_| matches!(by, By::Person { .. }))
        }
    }
    .ok_or(Failure::NotPermitted)
}

/// A stream of versions; what differs is its name and what follows from a new version.
macro_rules! stream {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $after:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Aggregate for $name {
            type State = DocumentState;
            type Command = ChangeOf;
            type Event = ConfigurationEvent;
            type Facts = ConfigurationFacts;

            const KIND: &'static str = $kind;

            fn event_kind(event: &ConfigurationEvent) -> &'static str {
                event_kind(event)
            }

            fn decide(
                state: &DocumentState,
                command: &ChangeOf,
                facts: &ConfigurationFacts,
            ) -> Result<Vec<ConfigurationEvent>, Refusal> {
                decide(state, command, facts)
            }

            fn fold(state: DocumentState, event: &Recorded<ConfigurationEvent>) -> DocumentState {
                fold(state, event)
            }
        }

        impl Shell for $name {
            fn facts(
                work: &mut Work<'_>,
                state: &DocumentState,
                _: &ChangeOf,
                by: &By,
            ) -> Result<ConfigurationFacts, Failure> {
                facts(work, state, by)
            }

            fn permit(
                _: &DocumentState,
                command: &ChangeOf,
                facts: &ConfigurationFacts,
                by: &By,
            ) -> Result<Actor, Failure> {
                allowed(command, facts, by)
            }

            fn with_actor(facts: &mut ConfigurationFacts, actor: Actor) {
                facts.actor = actor;
            }

            fn after(
                work: &mut Work<'_>,
                _: &str,
                before: &DocumentState,
                after: &DocumentState,
            ) -> Result<(), Failure> {
                let published = after.versions.len() > before.versions.len();
                let first = before.versions.is_empty();
                if published && !first { $after(work) } else { Ok(()) }
            }
        }
    };
}

stream!(
    /// Versions of the appeal's procedure.
    Procedures,
    "procedure",
    |_: &mut Work<'_>| Ok(())
);
stream!(
    /// Versions of the working calendar. A changed notice moves open limits, and the journal
    /// says so (PRODUCT rule 2).
    Calendars,
    "calendar",
    crate::jobs::recompute_all
);
stream!(
    /// Versions of every other document.
    Documents,
    "configuration",
    |_: &mut Work<'_>| Ok(())
);
