//! **The** write path. Every change of the product goes through [`Work::act`]:
//! load stream → fold → look up facts → permit → decide → append → project → enqueue.
//!
//! Architecture invariant: nothing else in the product calls `store::journal::append`
//! (a test reads the sources), and a unit of work is one transaction.

use crate::app::App;
use crate::entropy::Fresh;
use crate::error::Failure;
use crate::vault::{SubjectKey, Vault};
use kernel::permission::Grant;
use kernel::time::Instant;
use kernel::{AccountId, Actor, Aggregate, MatterId, Recorded, Source, SubjectId, TokenId};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use store::journal::{self, Entry, NewEntry};
use store::{Query, Tx};

/// Who wants it, with what they hold. Becomes an [`Actor`] once a grant permits.
#[derive(Clone, Debug)]
pub enum By {
    /// Someone signed in, with all grants in force.
    Person {
        /// Whose account.
        account: AccountId,
        /// Grants in force now.
        grants: Arc<[Grant]>,
        /// The token, where a staff system acts for them.
        token: Option<TokenId>,
    },
    /// The appellant of that matter, proved by number and code or secret link.
    Appellant(MatterId),
    /// Anyone.
    Public,
    /// A timer or another job.
    System(String),
    /// Another platform, proved by its signature or by whoever took over its file.
    Platform {
        /// Its code here.
        code: String,
        /// What it is called.
        name: String,
    },
    /// The operator at the shell.
    Operator,
}

impl By {
    /// The actor, with the grant that permitted it for a person.
    pub fn actor(&self, permitted: Option<&Grant>) -> Option<Actor> {
        Some(match self {
            Self::Person { account, token, .. } => {
                let grant = permitted?;
                let (account, unit, role) = (*account, grant.unit.clone(), grant.role);
                match token {
                    None => Actor::Person { account, unit, role, stands_in_for: grant.stands_in_for },
                    Some(token) => Actor::Integration { token: *token, account, unit, role },
                }
            }
            Self::Appellant(matter) => Actor::Appellant { matter: *matter },
            Self::Public => Actor::Public,
            Self::System(job) => Actor::System { job: job.clone() },
            Self::Platform { code, name } => Actor::Platform { code: code.clone(), name: name.clone() },
            Self::Operator => Actor::Operator,
        })
    }

    /// The grants held; empty for anyone but a person.
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Person { grants, .. } => grants,
            _ => &[],
        }
    }
}

/// The times of a unit of work.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// When it is written down.
    pub recorded_at: Instant,
    /// When it is said to have happened.
    pub occurred_at: Instant,
    /// How it got here.
    pub source: Source,
}

impl When {
    /// It happens now.
    pub fn live(now: Instant) -> Self {
        Self { recorded_at: now, occurred_at: now, source: Source::Live }
    }

    /// The time that counts (PRODUCT rule 1).
    pub fn at(&self) -> Instant {
        match self.source {
            Source::Live => self.recorded_at,
            Source::Imported | Source::Replayed => self.occurred_at,
        }
    }
}

/// What an aggregate needs around its pure rules to be acted on.
pub trait Shell: Aggregate + 'static {
    /// Looks up all that `decide` must know. The actor is not known yet: set a
    /// placeholder, [`Shell::with_actor`] follows.
    ///
    /// # Errors
    /// Whatever the look-ups meet.
    fn facts(
        work: &mut Work<'_>,
        state: &Self::State,
        command: &Self::Command,
        by: &By,
    ) -> Result<Self::Facts, Failure>;

    /// Whether `by` may, from position alone.
    ///
    /// # Errors
    /// [`Failure::NotPermitted`], or [`Failure::NotFound`] where existence is secret.
    fn permit(
        state: &Self::State,
        command: &Self::Command,
        facts: &Self::Facts,
        by: &By,
    ) -> Result<Actor, Failure>;

    /// Sets the actor that was permitted.
    fn with_actor(facts: &mut Self::Facts, actor: Actor);

    /// Jobs and timers that follow, in the same transaction.
    ///
    /// # Errors
    /// Whatever the store says.
    fn after(work: &mut Work<'_>, id: &str, before: &Self::State, after: &Self::State)
    -> Result<(), Failure>;
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Acted<S> {
    /// The state after it.
    pub state: S,
    /// Version of the stream after it.
    pub version: i64,
    /// The entries that were appended; none where the command changed nothing.
    pub entries: Vec<Entry>,
}

/// A stream as loaded.
#[derive(Clone, Debug)]
pub struct Loaded<S> {
    /// Folded state; the default where the stream has no event.
    pub state: S,
    /// Version, 0 where the stream has no event.
    pub version: i64,
}

/// A unit of work inside one transaction. The closure that gets it may be run again
/// after a conflict: everything fresh comes from here and repeats itself then.
pub struct Work<'a> {
    /// The transaction, for reads and for rows that are not event-sourced.
    pub tx: &'a mut Tx,
    /// Fresh ids and secrets.
    pub fresh: Fresh,
    when: When,
    app: &'a App,
    acting_on: String,
    memo: HashMap<TypeId, Box<dyn Any>>,
    memo_of: &'static str,
}

impl<'a> Work<'a> {
    pub(crate) fn new(tx: &'a mut Tx, app: &'a App, fresh: Fresh, when: When) -> Self {
        Self { tx, fresh, when, app, acting_on: String::new(), memo: HashMap::new(), memo_of: "" }
    }

    /// The times that its events get.
    pub fn when(&self) -> When {
        self.when
    }

    /// The time that counts.
    pub fn now(&self) -> Instant {
        self.when.at()
    }

    /// Id of the stream that [`Work::act`] acts on, for the look-ups of [`Shell::facts`].
    pub fn acting_on(&self) -> &str {
        &self.acting_on
    }

    /// The vault.
    pub fn vault(&self) -> &'a Vault {
        &self.app.vault
    }

    /// The application.
    pub fn app(&self) -> &'a App {
        self.app
    }

    /// What commands of one kind have looked up already in this unit of work, so that many
    /// rows of a file ask once. It is forgotten as soon as a command of another kind is
    /// carried out: that may have changed what was looked up.
    pub fn memo<T: Any + Default>(&mut self) -> &mut T {
        let memo = self.memo.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        memo.downcast_mut().expect("it lies under its own type")
    }

    /// Makes a data subject and stores its wrapped key.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn new_subject(&mut self) -> Result<SubjectKey, Failure> {
        let (key, wrapped) = self.app.vault.new_subject(&mut self.fresh);
        store::subjects::put_key(self.tx, &key.subject().0, &wrapped, self.when.recorded_at)?;
        Ok(key)
    }

    /// The key of a subject; [`Failure::NotFound`] once the person is erased.
    ///
    /// # Errors
    /// See above; [`Failure::Vault`] if the key does not unwrap.
    pub fn subject_key(&mut self, subject: &SubjectId) -> Result<SubjectKey, Failure> {
        subject_key(self.tx, &self.app.vault, subject)?.ok_or(Failure::NotFound)
    }

    /// Loads and folds a stream.
    ///
    /// # Errors
    /// Whatever the store says; [`Failure::Internal`] for an entry that does not read.
    pub fn load<A: Aggregate>(&mut self, id: &str) -> Result<Loaded<A::State>, Failure> {
        load::<A>(self.tx, id)
    }

    /// Carries out a command on the stream `<KIND>:<id>`.
    ///
    /// `expected` is the version the sender saw; another one now is [`Failure::Stale`].
    ///
    /// # Errors
    /// See [`Failure`]. The caller's closure must return the error, so that the
    /// transaction is rolled back.
    pub fn act<A: Shell>(
        &mut self,
        id: &str,
        by: &By,
        expected: Option<i64>,
        command: &A::Command,
    ) -> Result<Acted<A::State>, Failure> {
        let loaded = self.load::<A>(id)?;
        if expected.is_some_and(|expected| expected != loaded.version) {
            return Err(Failure::Stale);
        }
        self.carry_out::<A>(id, by, loaded, command)
    }

    /// The same on a stream that is not there yet: its id was made here, and nobody has to be
    /// asked whether something lies under it.
    ///
    /// # Errors
    /// As [`Work::act`].
    pub fn begin<A: Shell>(
        &mut self,
        id: &str,
        by: &By,
        command: &A::Command,
    ) -> Result<Acted<A::State>, Failure> {
        journal::note_new(self.tx, &stream::<A>(id));
        self.carry_out::<A>(id, by, Loaded { state: A::State::default(), version: 0 }, command)
    }

    fn carry_out<A: Shell>(
        &mut self,
        id: &str,
        by: &By,
        Loaded { state: before, version }: Loaded<A::State>,
        command: &A::Command,
    ) -> Result<Acted<A::State>, Failure> {
        self.acting_on = id.to_owned();
        if self.memo_of != A::KIND {
            // What was looked up for the first command is there for it.
            if !self.memo_of.is_empty() {
                self.memo.clear();
            }
            self.memo_of = A::KIND;
        }
        let mut facts = A::facts(self, &before, command, by)?;
        let actor = A::permit(&before, command, &facts, by)?;
        A::with_actor(&mut facts, actor.clone());
        let events = A::decide(&before, command, &facts)?;
        if events.is_empty() {
            return Ok(Acted { state: before, version, entries: Vec::new() });
        }
        let entries = self.append::<A>(id, version, &actor, &events)?;
        let mut after = before.clone();
        for (entry, event) in entries.iter().zip(events) {
            after = A::fold(after, &recorded_at(entry, actor.clone(), event));
        }
        A::after(self, id, &before, &after)?;
        Ok(Acted { state: after, version: version + entries.len() as i64, entries })
    }

    fn append<A: Aggregate>(
        &mut self,
        id: &str,
        version: i64,
        actor: &Actor,
        events: &[A::Event],
    ) -> Result<Vec<Entry>, Failure> {
        let actor = serde_json::to_string(actor)?;
        let new = events
            .iter()
            .map(|event| {
                Ok(NewEntry {
                    kind: A::event_kind(event).to_owned(),
                    actor: actor.clone(),
                    source: self.when.source,
                    occurred_at: self.when.occurred_at,
                    recorded_at: self.when.recorded_at,
                    body: serde_json::to_string(event)?,
                })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        let entries = journal::append(self.tx, &stream::<A>(id), version, &new)?;
        store::projection::project(self.tx, &entries)?;
        Ok(entries)
    }
}

/// The name of a stream.
pub fn stream<A: Aggregate>(id: &str) -> String {
    format!("{}:{id}", A::KIND)
}

/// Loads and folds a stream from a snapshot or a transaction.
///
/// # Errors
/// Whatever the store says; [`Failure::Internal`] for an entry that does not read.
pub fn load<A: Aggregate>(query: &mut dyn Query, id: &str) -> Result<Loaded<A::State>, Failure> {
    let mut state = A::State::default();
    let mut version = 0;
    for entry in journal::load(query, &stream::<A>(id), 0)? {
        version = entry.version;
        state = A::fold(state, &read_entry::<A>(&entry)?);
    }
    Ok(Loaded { state, version })
}

/// The events of a stream with their circumstances, oldest first.
///
/// # Errors
/// As [`load`].
pub fn history<A: Aggregate>(query: &mut dyn Query, id: &str) -> Result<Vec<Recorded<A::Event>>, Failure> {
    journal::load(query, &stream::<A>(id), 0)?.iter().map(read_entry::<A>).collect()
}

/// Reads one journal entry as an event of that aggregate.
///
/// # Errors
/// [`Failure::Internal`] where the entry does not read.
pub fn read_entry<A: Aggregate>(entry: &Entry) -> Result<Recorded<A::Event>, Failure> {
    let unreadable =
        |error| Failure::Internal(format!("entry {} of {}: {error}", entry.version, entry.stream));
    let actor = serde_json::from_str(&entry.actor).map_err(unreadable)?;
    let event = serde_json::from_str(&entry.body).map_err(unreadable)?;
    Ok(recorded_at(entry, actor, event))
}

/// The key of a subject, or none once erased.
///
/// # Errors
/// [`Failure::Vault`] if the key does not unwrap.
pub fn subject_key(
    query: &mut dyn Query,
    vault: &Vault,
    subject: &SubjectId,
) -> Result<Option<SubjectKey>, Failure> {
    match store::subjects::key(query, &subject.0)? {
        None => Ok(None),
        Some(wrapped) => Ok(Some(vault.unwrap(subject, &wrapped)?)),
    }
}

fn recorded_at<E>(entry: &Entry, actor: Actor, event: E) -> Recorded<E> {
    Recorded {
        version: entry.version,
        occurred_at: entry.occurred_at,
        recorded_at: entry.recorded_at,
        source: entry.source,
        actor,
        event,
    }
}
