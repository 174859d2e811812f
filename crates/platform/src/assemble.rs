//! Puts the parts together: key, store, texts, features. Used by `server` and by tests.

use crate::app::{App, AppParts};
use crate::clock::Clock;
use crate::config::Config;
use crate::directory::Directory;
use crate::entropy::{Entropy, Fresh};
use crate::feature::{Feature, NavEntry};
use crate::followers;
use crate::keyring::{Keyring, KeyringError};
use crate::listeners;
use crate::memo::Memos;
use crate::texts;
use crate::ui::{self, Locales};
use crate::vault::{MasterKey, Vault};
use crate::web::{Routes, openapi};
use std::sync::Arc;
use store::{Query, Registry, Store, StoreConfig, StoreError};

/// Name under which the master key's fingerprint stands in the database.
const KEY_CHECK: &str = "master-key-check";

/// Everything an installation is made of.
pub struct Setup {
    /// Where the data lives.
    pub store: StoreConfig,
    /// Where the keys lie.
    pub keyring: Keyring,
    /// Settings.
    pub config: Config,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Sessions and tokens.
    pub directory: Arc<dyn Directory>,
    /// The features, in the order their projections are applied.
    pub features: Vec<Feature>,
}

/// Why it did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key does not belong to this database.
    #[error(
        "this master key does not belong to this database: everything sealed with another key would be \
         unreadable. Give the folder of its own key with --keys (or the key in TONGXIN_MASTER_KEY)"
    )]
    WrongKey,
}

/// Opens everything. A new installation gets a new key; a wrong key is refused before
/// anything is read with it.
///
/// # Errors
/// See [`StartError`].
pub fn assemble(setup: Setup) -> Result<(App, Routes), StartError> {
    let Setup { store: store_config, keyring, config, clock, entropy, directory, features } = setup;
    let master = matching_key(&store_config, &keyring, &mut Fresh::draw(&*entropy, clock.now()))?;
    let vault = Arc::new(Vault::new(master));

    let mut sources = vec![ui::LOCALES];
    let mut routes = Routes::new();
    let mut projections = Vec::new();
    let mut text_indexes = Vec::new();
    let mut followers = Vec::new();
    let mut listeners = Vec::new();
    let (mut beside, mut report_figures) = (Vec::new(), Vec::new());
    let mut jobs = std::collections::BTreeMap::new();
    let mut nav = Vec::new();
    for feature in features {
        sources.extend(feature.locales);
        routes = routes.merge(feature.routes);
        projections.extend(feature.projections);
        text_indexes.extend(feature.texts);
        followers.extend(feature.followers);
        listeners.extend(feature.listeners);
        beside.extend(feature.beside);
        report_figures.extend(feature.report_figures);
        jobs.extend(feature.jobs);
        nav.extend(feature.nav);
    }
    // Everyone's first, then as permissions are listed: from daily work to administration.
    nav.sort_by_key(|entry: &NavEntry| entry.permission);
    let routes = openapi::with_document(routes);
    let registry = Registry::new(projections).with_context(vault.clone());
    let store = Store::open(store_config, registry)?;
    keep_time(&store, &*clock)?;
    let (preparing, indexes) = (store.clone(), text_indexes.clone());
    let (following, settings, acting) = (followers.clone(), config.clone(), listeners.clone());
    on_plain_thread(move || {
        preparing.write_blocking(move |tx| {
            texts::prepare(tx, &indexes)?;
            followers::prepare(tx, &following, &settings)?;
            listeners::prepare(tx, &acting)
        })
    })?;
    let app = App::from(AppParts {
        store,
        clock,
        entropy,
        vault,
        keyring,
        config,
        locales: Locales::new(&sources),
        directory,
        jobs,
        texts: text_indexes,
        followers,
        listeners,
        beside,
        report_figures,
        nav,
        memos: Memos::default(),
    });
    Ok((app, routes))
}

/// How far the machine's clock may have been set back for time to stand still until it has
/// caught up. Further back it was wrong before or is wrong now: a person has to look.
const STANDSTILL: i64 = 3_600 * 1_000_000;

/// Time goes on from the last entry, also after a restart with a clock that was set back.
fn keep_time(store: &Store, clock: &dyn Clock) -> Result<(), StoreError> {
    let reading = store.clone();
    let last = on_plain_thread(move || {
        reading.read_blocking(|snapshot| {
            let sql = "select recorded_at from journal order by position desc limit 1";
            snapshot.query_one_opt(sql, &[])?.map(|row| row.instant(0)).transpose()
        })
    })?;
    let Some(last) = last else { return Ok(()) };
    match last.micros() - clock.now().micros() {
        ahead if ahead <= 0 => {}
        ahead if ahead <= STANDSTILL => clock.was(last),
        ahead => tracing::warn!(
            last_entry = %last,
            behind_seconds = ahead / 1_000_000,
            "this machine's clock is far behind the last entry of the journal: set it right (NTP) before \
             people go on working, or limits will be computed from a wrong time"
        ),
    }
    Ok(())
}

/// The key this database was made with. Checked before the projections open: they read
/// sealed values. A rotation that was cut short between its two halves is finished here.
fn matching_key(config: &StoreConfig, keyring: &Keyring, fresh: &mut Fresh) -> Result<MasterKey, StartError> {
    let bare = Store::open(config.clone(), Registry::none())?;
    let known = on_plain_thread({
        let bare = bare.clone();
        move || bare.read_blocking(|snapshot| store::meta::get(snapshot, KEY_CHECK))
    })?;
    let key = match &known {
        None => keyring.load_or_create(fresh)?,
        Some(_) => keyring.load()?,
    };
    let fits = |key: &MasterKey| known.as_deref() == Some(Vault::new(key.clone()).check().as_str());
    if known.is_none() {
        let check = Vault::new(key.clone()).check();
        on_plain_thread(move || bare.write_blocking(move |tx| store::meta::put(tx, KEY_CHECK, &check)))?;
        return Ok(key);
    }
    if fits(&key) {
        return Ok(key);
    }
    if let Some(next) = keyring.load_next()?.filter(fits) {
        keyring.adopt_next()?;
        return Ok(next);
    }
    Err(StartError::WrongKey)
}

/// Wraps every subject's key with a new master key, in one transaction; `mac` stays. The
/// new key is on disk before and becomes the key after: cut short anywhere, the start
/// finds the one that fits.
///
/// # Errors
/// See [`StartError`].
pub async fn rotate_master_key(app: &App) -> Result<u64, crate::Failure> {
    let mut fresh = app.fresh();
    let old = app.keyring.load().map_err(|error| crate::Failure::Internal(error.to_string()))?;
    let new = MasterKey { wrap: fresh.bytes(), mac: old.mac };
    app.keyring.prepare_next(&new).map_err(|error| crate::Failure::Internal(error.to_string()))?;
    let (from, to) = (Vault::new(old), Vault::new(new));
    let count = app
        .write(move |work| {
            let mut count = 0;
            let mut after = String::new();
            loop {
                let keys = store::subjects::keys_after(work.tx, &after, 1000)?;
                let Some((last, _)) = keys.last() else { break };
                after.clone_from(last);
                for (subject, wrapped) in &keys {
                    let subject = kernel::SubjectId(subject.clone());
                    let key = from.unwrap(&subject, wrapped)?;
                    store::subjects::rewrap(work.tx, &subject.0, &to.wrap(&key, work.fresh.bytes()))?;
                    count += 1;
                }
            }
            store::meta::put(work.tx, KEY_CHECK, &to.check())?;
            Ok(count)
        })
        .await?;
    app.keyring.adopt_next().map_err(|error| crate::Failure::Internal(error.to_string()))?;
    Ok(count)
}

/// The store's blocking calls may not run inside an async runtime, and a start may.
fn on_plain_thread<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    std::thread::spawn(f).join().map_err(|_| StoreError::Panicked("while starting".into()))?
}
