//! The threads of a SQLite store: one writer that commits waiting commands in groups, and
//! readers on connections of their own.

use super::SqliteSession;
use crate::engine::{Job, Mode, QUEUE, Session, Shared, Threads, Work, verdict};
use crate::{Snapshot, StoreError, Tx};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, watch};

/// Commands committed together at most.
const GROUP: usize = 256;

/// Opens the connections and starts the threads.
pub(crate) fn start(path: &Path, readers: usize, shared: &Arc<Shared>) -> Result<Threads, StoreError> {
    let readers = match readers {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        count => count,
    };
    let (writes, commands) = mpsc::channel(QUEUE);
    let (reads, questions) = mpsc::channel(QUEUE);
    let session = SqliteSession::writer(path)?;
    let writes_shared = Arc::clone(shared);
    let mut handles = vec![spawn("store-writer", move || {
        Writer::new(session, writes_shared).serve(commands);
    })?];
    let questions = Arc::new(Mutex::new(questions));
    for _ in 0..readers {
        let session = SqliteSession::reader(path)?;
        let (shared, questions) = (Arc::clone(shared), Arc::clone(&questions));
        handles.push(spawn("store-reader", move || {
            serve_reads(Snapshot::new(Box::new(session), shared), &questions);
        })?);
    }
    Ok(Threads { reads, writes, handles, stop: watch::Sender::new(()) })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| StoreError::Engine(error.to_string()))
}

/// Readers take turns at one queue: whoever is free holds the receiver and waits.
fn serve_reads(mut snapshot: Snapshot, questions: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let job = match questions.lock() {
            Ok(mut queue) => queue.blocking_recv(),
            Err(_) => return,
        };
        match job {
            Some(Job::Read(work)) => read(&mut snapshot, work),
            Some(Job::Write(work)) => work.finish(Err(StoreError::Closed)),
            Some(Job::Upkeep(mut work, reply)) => {
                let _ = reply.send(work(snapshot.session.as_mut()));
            }
            None => return,
        }
    }
}

/// Runs a read on its own snapshot. The caller is answered before the transaction is closed:
/// nothing can be lost by then.
fn read(snapshot: &mut Snapshot, mut work: Box<dyn Work<Snapshot>>) {
    snapshot.failed = None;
    if let Err(error) = snapshot.session.begin(Mode::Read) {
        work.finish(Err(error));
        return;
    }
    let ran = work.run(snapshot);
    work.finish(verdict(ran, snapshot.failed.take()).map(drop));
    if let Err(error) = snapshot.session.rollback() {
        tracing::warn!(%error, "a read could not be closed");
    }
}

type Command = Box<dyn Work<Tx>>;

struct Writer {
    tx: Tx,
    shared: Arc<Shared>,
}

impl Writer {
    fn new(session: SqliteSession, shared: Arc<Shared>) -> Self {
        Self { tx: Tx::new(Box::new(session), Arc::clone(&shared)), shared }
    }

    /// Takes what is waiting as one group; while it is committed the next one gathers.
    fn serve(mut self, mut commands: mpsc::Receiver<Job>) {
        while let Some(first) = commands.blocking_recv() {
            let mut group = Vec::new();
            let mut next = Some(first);
            let mut other = None;
            while let Some(job) = next.take() {
                match job {
                    Job::Write(command) => {
                        group.push(command);
                        if group.len() < GROUP {
                            next = commands.try_recv().ok();
                        }
                    }
                    job => other = Some(job),
                }
            }
            if !group.is_empty() {
                self.together(group);
            }
            match other {
                Some(Job::Upkeep(mut work, reply)) => {
                    let _ = reply.send(work(self.session()));
                }
                Some(Job::Read(work)) => read(&mut self.tx.inner, work),
                Some(Job::Write(_)) | None => {}
            }
        }
    }

    /// Runs the group in one transaction, each command in its savepoint, and answers after
    /// the one COMMIT. If the engine gave up the whole transaction (disk full, IO error),
    /// each command is run again by itself.
    fn together(&mut self, mut group: Vec<Command>) {
        match self.try_together(&mut group) {
            Ok((outcomes, wake)) => {
                for (command, outcome) in group.into_iter().zip(outcomes) {
                    command.finish(outcome);
                }
                if wake {
                    self.shared.woken();
                }
            }
            // Another process holds the file: the closures were not run.
            Err(error @ StoreError::Contention(_)) => {
                self.abandon();
                for command in group {
                    command.finish(Err(error.clone()));
                }
            }
            Err(error) => {
                tracing::warn!(%error, commands = group.len(), "a group could not be committed");
                self.abandon();
                for command in group {
                    self.singly(command);
                }
            }
        }
    }

    fn try_together(&mut self, group: &mut [Command]) -> Result<(Outcomes, bool), StoreError> {
        self.session().begin(Mode::Write)?;
        let mut outcomes = Vec::with_capacity(group.len());
        let mut wake = false;
        for command in group {
            self.session().execute("savepoint unit", &[])?;
            let kept = self.run(command);
            if !self.session().in_transaction() {
                return Err(self.lost());
            }
            if kept != Ok(true) {
                self.session().execute("rollback to unit", &[])?;
            }
            self.session().execute("release unit", &[])?;
            wake |= kept == Ok(true) && self.tx.wake;
            outcomes.push(kept.map(drop));
        }
        self.session().commit()?;
        Ok((outcomes, wake))
    }

    fn singly(&mut self, mut command: Command) {
        let outcome = self.try_singly(&mut command);
        if outcome.is_err() {
            self.abandon();
        }
        command.finish(outcome);
    }

    fn try_singly(&mut self, command: &mut Command) -> Result<(), StoreError> {
        self.session().begin(Mode::Write)?;
        let keep = self.run(command)?;
        if !self.session().in_transaction() {
            return Err(self.lost());
        }
        if !keep {
            return self.session().rollback();
        }
        self.session().commit()?;
        if self.tx.wake {
            self.shared.woken();
        }
        Ok(())
    }

    fn run(&mut self, command: &mut Command) -> Result<bool, StoreError> {
        self.tx.reset();
        let ran = command.run(&mut self.tx);
        // The cause stays for whoever finds that the engine gave the transaction up with it.
        verdict(ran, self.tx.inner.failed.clone())
    }

    fn lost(&mut self) -> StoreError {
        let cause = self.tx.inner.failed.take();
        cause.unwrap_or_else(|| StoreError::Engine("the engine rolled the transaction back".into()))
    }

    /// Makes sure no transaction is left open.
    fn abandon(&mut self) {
        if let Err(error) = self.session().rollback() {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    fn session(&mut self) -> &mut dyn Session {
        self.tx.inner.session.as_mut()
    }
}

type Outcomes = Vec<Result<(), StoreError>>;
