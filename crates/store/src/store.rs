//! The handle everybody holds: a unit of work is a closure that runs on a store thread and
//! is awaited here, one hop for the unit and not for each statement.

use crate::engine::{Closure, Engine, Job, Session, Shared, Threads, postgres, sqlite};
use crate::projection::{self, Registry};
use crate::{Snapshot, StoreError, Tx, migrations};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, oneshot, watch};

/// Where the data lives.
#[derive(Clone, Debug)]
pub enum StoreConfig {
    /// A SQLite file (made if missing) with this many reader threads (0: one per core).
    Sqlite {
        /// The database file; its folder must exist.
        path: PathBuf,
        /// Reader threads.
        readers: usize,
    },
    /// A PostgreSQL database with this many threads, each with a connection (0: 8).
    Postgres {
        /// `postgres://user:password@host/database` or key=value words.
        url: String,
        /// Threads and connections.
        threads: usize,
    },
    /// A SQLite file in the system's temporary folder, gone with the last handle: for tests.
    Temporary,
}

impl StoreConfig {
    /// A SQLite file with one reader thread per core.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self::Sqlite { path: path.into(), readers: 0 }
    }

    /// A PostgreSQL database with the usual number of connections.
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::Postgres { url: url.into(), threads: 0 }
    }
}

/// An open store; cheap to clone. The last handle closes it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Opens the store: makes or migrates the authoritative tables and rebuilds projections
    /// whose version differs, all before anything is served. Blocks; in an async program
    /// call it before serving or on a blocking thread.
    ///
    /// # Errors
    /// When the file or server cannot be opened, or was written by a newer program.
    pub fn open(config: StoreConfig, registry: Registry) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared::new(registry));
        let (engine, threads, temporary) = match &config {
            StoreConfig::Sqlite { path, readers } => {
                (Engine::Sqlite, sqlite::start(path, *readers, &shared)?, None)
            }
            StoreConfig::Postgres { url, threads } => {
                let threads = postgres::start(url, *threads, &shared)?;
                (Engine::Postgres, threads, None)
            }
            StoreConfig::Temporary => {
                let folder = sqlite::TemporaryFolder::new()?;
                let threads = sqlite::start(&folder.path().join("store.db"), 0, &shared)?;
                (Engine::Sqlite, threads, Some(folder))
            }
        };
        let store = Self {
            inner: Arc::new(Inner {
                engine,
                shared,
                threads: Mutex::new(Some(threads)),
                _temporary: temporary,
            }),
        };
        // On a plain thread of its own, so that `open` may also be called in an async program.
        let opening = store.clone();
        let opened = std::thread::spawn(move || {
            opening.upkeep_blocking(migrations::prepare)?;
            opening.write_blocking(|tx: &mut Tx| {
                migrations::run(tx)?;
                projection::bring_up_to_date(tx)
            })
        });
        let rebuilt = opened.join().map_err(|_| StoreError::Panicked("while opening".into()))??;
        store.inner.shared.settle();
        if !rebuilt.is_empty() {
            tracing::info!(projections = rebuilt.join(" "), "projections rebuilt");
        }
        Ok(store)
    }

    /// Which engine this store stands on.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Runs a closure on one consistent, read-only view. It may be run again when the
    /// connection was lost.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnMut(&mut Snapshot) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, answer) = Closure::new(closure);
        let queue = self.queue(|threads| &threads.reads)?;
        send(&queue, Job::Read(Box::new(work))).await?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs a closure in one transaction. `Ok` is answered only after COMMIT; on `Err`
    /// nothing of the closure is kept. It may be run again after a lost race, so it must
    /// take time and ids as values and do no slow work.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, answer) = Closure::new(closure);
        let queue = self.queue(|threads| &threads.writes)?;
        send(&queue, Job::Write(Box::new(work))).await?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// [`Store::read`] for plain threads (the command line); panics inside an async runtime.
    pub fn read_blocking<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnMut(&mut Snapshot) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, answer) = Closure::new(closure);
        let queue = self.queue(|threads| &threads.reads)?;
        send_blocking(&queue, Job::Read(Box::new(work)))?;
        answer.blocking_recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// [`Store::write`] for plain threads (the command line); panics inside an async runtime.
    pub fn write_blocking<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (work, answer) = Closure::new(closure);
        let queue = self.queue(|threads| &threads.writes)?;
        send_blocking(&queue, Job::Write(Box::new(work)))?;
        answer.blocking_recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Waits for transactions, on this node or another, that appended entries or enqueued
    /// jobs. A hint to look, not a queue.
    pub fn wakeups(&self) -> Wakeups {
        Wakeups { count: self.inner.shared.wakes.subscribe() }
    }

    /// Drops and replays the named projections (all, when `names` is empty) in one
    /// transaction. Readers keep the old rows until it commits.
    pub async fn rebuild(&self, names: &[&str]) -> Result<(), StoreError> {
        let names = self.names_or_all(names);
        self.write(move |tx: &mut Tx| projection::rebuild(tx, &names)).await
    }

    /// Removes from the files what has been deleted: truncates the write-ahead log (SQLite,
    /// which overwrites deleted rows as it goes) or vacuums (PostgreSQL).
    ///
    /// # Errors
    /// [`StoreError::Contention`] when a long read still holds on to the old pages: call it
    /// again later.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        let tables = self.tables_with_personal_data();
        let upkeep = move |session: &mut dyn Session| match session.engine() {
            Engine::Sqlite => sqlite::scrub(session),
            Engine::Postgres => postgres::scrub(session, &tables),
        };
        let queue = self.queue::<StoreError>(|threads| &threads.writes)?;
        send::<StoreError>(&queue, Job::Upkeep(Box::new(upkeep), reply)).await?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    fn upkeep_blocking(
        &self,
        upkeep: impl FnMut(&mut dyn Session) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        let queue = self.queue::<StoreError>(|threads| &threads.writes)?;
        send_blocking::<StoreError>(&queue, Job::Upkeep(Box::new(upkeep), reply))?;
        answer.blocking_recv().unwrap_or(Err(StoreError::Closed))
    }

    fn names_or_all(&self, names: &[&str]) -> Vec<String> {
        if names.is_empty() {
            self.inner.shared.registry.names()
        } else {
            names.iter().map(|name| (*name).to_owned()).collect()
        }
    }

    fn tables_with_personal_data(&self) -> Vec<String> {
        let projections = self.inner.shared.registry.iter();
        let projected = projections.flat_map(|p| p.tables().iter().map(|table| table.name));
        crate::erase::TABLES.iter().copied().chain(projected).map(str::to_owned).collect()
    }

    fn queue<E: From<StoreError>>(
        &self,
        pick: impl Fn(&Threads) -> &mpsc::Sender<Job>,
    ) -> Result<mpsc::Sender<Job>, E> {
        let threads = self.inner.threads.lock().map_err(|_| StoreError::Closed)?;
        let threads = threads.as_ref().ok_or(StoreError::Closed)?;
        Ok(pick(threads).clone())
    }
}

/// Waits for commits worth looking at; see [`Store::wakeups`].
pub struct Wakeups {
    count: watch::Receiver<u64>,
}

impl Wakeups {
    /// Returns once something was committed since the last call (at once if something was
    /// already). `Err` when the store has been closed.
    pub async fn wait(&mut self) -> Result<(), StoreError> {
        self.count.changed().await.map_err(|_| StoreError::Closed)
    }
}

struct Inner {
    engine: Engine,
    shared: Arc<Shared>,
    threads: Mutex<Option<Threads>>,
    /// Declared last: the folder goes after the threads.
    _temporary: Option<sqlite::TemporaryFolder>,
}

impl Drop for Inner {
    /// Lets the threads finish what is queued and waits for them, so that files are closed
    /// when the last handle is gone.
    fn drop(&mut self) {
        let threads = match self.threads.get_mut() {
            Ok(threads) => threads.take(),
            Err(poisoned) => poisoned.into_inner().take(),
        };
        if let Some(Threads { reads, writes, handles, stop }) = threads {
            drop((reads, writes, stop));
            let this = std::thread::current().id();
            for handle in handles {
                // The last handle may be dropped inside a closure, on a store thread.
                if handle.thread().id() != this {
                    // A thread that panicked has nothing left to close.
                    let _ = handle.join();
                }
            }
        }
    }
}

async fn send<E: From<StoreError>>(queue: &mpsc::Sender<Job>, job: Job) -> Result<(), E> {
    queue.send(job).await.map_err(|_| StoreError::Closed.into())
}

fn send_blocking<E: From<StoreError>>(queue: &mpsc::Sender<Job>, job: Job) -> Result<(), E> {
    queue.blocking_send(job).map_err(|_| StoreError::Closed.into())
}
