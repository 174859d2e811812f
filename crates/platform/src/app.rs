//! The application as one value: what every handler, job and command of the shell holds.

use crate::act::{When, Work};
use crate::beside::BesideMatter;
use crate::clock::Clock;
use crate::config::Config;
use crate::directory::Directory;
use crate::entropy::{Entropy, Fresh};
use crate::error::Failure;
use crate::feature::NavEntry;
use crate::followers::Follower;
use crate::jobs::JobHandler;
use crate::keyring::Keyring;
use crate::listeners::Listener;
use crate::memo::Memos;
use crate::report_figures::ReportFigures;
use crate::texts::TextIndex;
use crate::ui::i18n::Locales;
use crate::vault::Vault;
use kernel::Source;
use kernel::time::Instant;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use store::{Snapshot, Store};

/// Cheap to clone; see [`AppParts`].
#[derive(Clone)]
pub struct App(Arc<AppParts>);

/// All parts of a running platform. Built once, in `server` or in a test.
pub struct AppParts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Secrets. The same value is the store's projection context.
    pub vault: Arc<Vault>,
    /// Where the keys and erasures lie.
    pub keyring: Keyring,
    /// Settings of this installation.
    pub config: Config,
    /// All texts.
    pub locales: Arc<Locales>,
    /// Who is behind a session or a token.
    pub directory: Arc<dyn Directory>,
    /// Job handlers by kind.
    pub jobs: BTreeMap<&'static str, JobHandler>,
    /// Full-text indexes.
    pub texts: Vec<Arc<dyn TextIndex>>,
    /// What else follows the journal.
    pub followers: Vec<Arc<dyn Follower>>,
    /// Readers that act on what was written.
    pub listeners: Vec<Arc<dyn Listener>>,
    /// What features say on matters' pages.
    pub beside: Vec<Arc<dyn BesideMatter>>,
    /// What features offer to reports.
    pub report_figures: Vec<Arc<dyn ReportFigures>>,
    /// The staff's navigation, in order: where someone lands after logging in comes first.
    pub nav: Vec<NavEntry>,
    /// What crates keep in memory.
    pub memos: Memos,
}

impl Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.0
    }
}

impl From<AppParts> for App {
    fn from(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// Now.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Fresh values outside a unit of work (sealing before a write, cookies).
    pub fn fresh(&self) -> Fresh {
        Fresh::draw(&*self.entropy, self.now())
    }

    /// Reads on a store thread, from one snapshot.
    ///
    /// # Errors
    /// The closure's, or the store's.
    pub async fn read<T: Send + 'static>(
        &self,
        mut f: impl FnMut(&mut Snapshot, &App) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = self.clone();
        self.store.read(move |snapshot| f(snapshot, &app)).await
    }

    /// Does a unit of work that happens now: one transaction, all or nothing. The closure
    /// may run more than once.
    ///
    /// # Errors
    /// The closure's, or the store's.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Work<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.write_at(When::live(self.now()), f).await
    }

    /// The same for what happened at another time: an import or a replay.
    ///
    /// # Errors
    /// The closure's, or the store's.
    pub async fn write_occurred<T: Send + 'static>(
        &self,
        source: Source,
        occurred_at: Instant,
        f: impl FnMut(&mut Work<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.write_at(When { recorded_at: self.now(), occurred_at, source }, f).await
    }

    /// Works on something slow (sealing a film, hashing) away from the store's threads and
    /// from those that answer requests.
    ///
    /// # Errors
    /// The closure's; [`Failure::Internal`] where it panicked or the program is stopping.
    pub async fn aside<T: Send + 'static>(
        &self,
        f: impl FnOnce(&App) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || f(&app))
            .await
            .map_err(|error| Failure::Internal(format!("work aside: {error}")))?
    }

    async fn write_at<T: Send + 'static>(
        &self,
        when: When,
        mut f: impl FnMut(&mut Work<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let app = self.clone();
        let fresh = Fresh::draw(&*self.entropy, when.at());
        self.store.write(move |tx| f(&mut Work::new(tx, &app, fresh.clone(), when))).await
    }
}
