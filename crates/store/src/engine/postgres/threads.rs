//! The threads of a PostgreSQL store: a bounded pool, each with a connection of its own,
//! running reads and concurrent transactions and running them again after a lost race.

use super::{PostgresSession, listen};
use crate::engine::{Job, Mode, QUEUE, Session, Shared, Threads, Work, verdict};
use crate::{StoreError, Tx};
use std::rc::Rc;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::{Mutex, mpsc, watch};
use tokio_postgres::Config;

/// Threads and connections, unless configured.
const THREADS: usize = 8;

/// Starts the pool and the listener; connections are made when first needed.
pub(crate) fn start(url: &str, threads: usize, shared: &Arc<Shared>) -> Result<Threads, StoreError> {
    let mut config: Config = url.parse().map_err(super::failure)?;
    config.application_name("tongxin");
    let (sender, queue) = mpsc::channel(QUEUE);
    let queue = Arc::new(Mutex::new(queue));
    let count = if threads == 0 { THREADS } else { threads };
    let mut handles = Vec::with_capacity(count + 1);
    for number in 1..=count {
        let (config, shared, queue) = (config.clone(), Arc::clone(shared), Arc::clone(&queue));
        handles.push(spawn("store-postgres", move |runtime| {
            Worker::new(runtime, config, shared, number).serve(&queue);
        })?);
    }
    let stop = watch::Sender::new(());
    let (shared, stopped) = (Arc::clone(shared), stop.subscribe());
    handles.push(spawn("store-listener", move |runtime| {
        runtime.block_on(listen::run(&config, &shared, stopped));
    })?);
    Ok(Threads { reads: sender.clone(), writes: sender, handles, stop })
}

/// A thread with a runtime of its own.
fn spawn(name: &str, work: impl FnOnce(Runtime) + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    let io_error = |error: std::io::Error| StoreError::Engine(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(io_error)?;
    std::thread::Builder::new().name(name.to_owned()).spawn(move || work(runtime)).map_err(io_error)
}

struct Worker {
    runtime: Rc<Runtime>,
    tx: Tx,
    shared: Arc<Shared>,
    /// Different for each thread, so that two that collided do not meet again at once.
    number: usize,
}

impl Worker {
    fn new(runtime: Runtime, config: Config, shared: Arc<Shared>, number: usize) -> Self {
        let runtime = Rc::new(runtime);
        let session = PostgresSession::new(Rc::clone(&runtime), config, Arc::clone(&shared));
        Self { runtime, tx: Tx::new(Box::new(session), Arc::clone(&shared)), shared, number }
    }

    /// Takes jobs until the store closes. Waiting happens inside the runtime, so that the
    /// connection is looked after meanwhile and a dead server is noticed.
    fn serve(mut self, queue: &Mutex<mpsc::Receiver<Job>>) {
        let runtime = Rc::clone(&self.runtime);
        while let Some(job) = runtime.block_on(async { queue.lock().await.recv().await }) {
            match job {
                Job::Read(mut work) => {
                    let outcome = self.repeatedly(|worker| worker.read(&mut work));
                    work.finish(outcome);
                    self.close();
                }
                Job::Write(mut work) => {
                    let outcome = self.repeatedly(|worker| worker.write(&mut work));
                    work.finish(outcome);
                }
                Job::Upkeep(mut work, reply) => {
                    let session = self.session();
                    let outcome = session.ready().and_then(|()| work(session));
                    let _ = reply.send(outcome);
                }
            }
        }
    }

    /// Runs an attempt again while that may help.
    fn repeatedly(&mut self, mut attempt: impl FnMut(&mut Self) -> Attempt) -> Result<(), StoreError> {
        let mut count = 1;
        loop {
            match attempt(self) {
                Attempt::Settled(outcome) => return outcome,
                Attempt::Lost { cause, answer } if count >= attempts_after(&cause) => {
                    return answer;
                }
                Attempt::Lost { cause, .. } => {
                    self.close();
                    self.pause(&cause, count);
                }
            }
            count += 1;
        }
    }

    /// The caller is answered before the transaction is closed: nothing can be lost by then.
    fn read(&mut self, work: &mut Box<dyn Work<crate::Snapshot>>) -> Attempt {
        if let Err(error) = self.open(Mode::Read) {
            return Attempt::after(error);
        }
        let ran = work.run(&mut self.tx.inner);
        let failed = self.tx.inner.failed.take();
        Attempt::of(verdict(ran, failed.clone()).map(drop), failed)
    }

    fn write(&mut self, work: &mut Box<dyn Work<Tx>>) -> Attempt {
        if let Err(error) = self.open(Mode::Write) {
            return Attempt::after(error);
        }
        let ran = work.run(&mut self.tx);
        let failed = self.tx.inner.failed.take();
        let outcome = match verdict(ran, failed.clone()) {
            Ok(true) => return self.commit(),
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        self.close();
        Attempt::of(outcome, failed)
    }

    fn commit(&mut self) -> Attempt {
        match self.session().commit() {
            Ok(()) => {
                if self.tx.wake {
                    self.shared.woken();
                }
                Attempt::Settled(Ok(()))
            }
            Err(error) => {
                self.close();
                Attempt::after(error)
            }
        }
    }

    fn open(&mut self, mode: Mode) -> Result<(), StoreError> {
        self.tx.reset();
        self.session().ready()?;
        self.session().begin(mode)
    }

    /// Ends whatever is open. A connection that cannot even do that is replaced by the next
    /// [`Session::ready`].
    fn close(&mut self) {
        if let Err(error) = self.session().rollback() {
            tracing::warn!(%error, "a transaction could not be closed");
        }
    }

    #[expect(clippy::disallowed_methods, reason = "nothing tells when a rival or a server is done")]
    fn pause(&self, cause: &StoreError, count: u32) {
        let each = match cause {
            StoreError::Disconnected(_) => Duration::from_millis(100),
            _ => Duration::from_micros(500),
        };
        let longer = u32::try_from(self.number).unwrap_or(1) % 4 + 1;
        let pausing = async { tokio::time::sleep(each * count.min(10) * longer).await };
        self.runtime.block_on(pausing);
    }

    fn session(&mut self) -> &mut dyn Session {
        self.tx.inner.session.as_mut()
    }
}

/// One run of a closure.
enum Attempt {
    /// Final.
    Settled(Result<(), StoreError>),
    /// Another run may do better; `answer` is what the caller gets when there is none.
    Lost { cause: StoreError, answer: Result<(), StoreError> },
}

impl Attempt {
    /// An outcome, and the statement that failed on the way, if any.
    fn of(outcome: Result<(), StoreError>, failed: Option<StoreError>) -> Self {
        match failed {
            Some(cause) if attempts_after(&cause) > 1 && !panicked(&outcome) => {
                Self::Lost { cause, answer: outcome }
            }
            _ => Self::Settled(outcome),
        }
    }

    fn after(error: StoreError) -> Self {
        Self::of(Err(error.clone()), Some(error))
    }
}

fn panicked(outcome: &Result<(), StoreError>) -> bool {
    matches!(outcome, Err(StoreError::Panicked(_)))
}

/// How often a closure is run in all when it met this error. A unique key may have been
/// taken by a transaction the snapshot could not see: one more look tells.
fn attempts_after(cause: &StoreError) -> u32 {
    match cause {
        StoreError::Contention(_) => 50,
        StoreError::Disconnected(_) => 5,
        StoreError::Unique(_) => 2,
        _ => 1,
    }
}
