//! Where an installation lives, and how it is opened.

use super::error::CliError;
use crate::features;
use crate::serve::Door;
use crate::settings::Settings;
use clap::Args;
use platform::clock::SystemClock;
use platform::config::Config;
use platform::entropy::SystemEntropy;
use platform::keyring::Keyring;
use platform::web::Routes;
use platform::{App, Setup, assemble};
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use store::StoreConfig;

/// Name of the embedded database in the data folder.
const DATABASE_FILE: &str = "tongxin.db";
/// Name of the settings file in the data folder.
const SETTINGS_FILE: &str = "tongxin.toml";

/// Either a data folder (embedded database) or a PostgreSQL server.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Data folder; made if missing.
    #[arg(
        long,
        value_name = "DIR",
        env = "TONGXIN_DATA",
        required_unless_present = "database",
        conflicts_with = "database"
    )]
    pub data: Option<PathBuf>,
    /// PostgreSQL server, postgres://user@host/database.
    #[arg(long, value_name = "URL", env = "TONGXIN_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Folder of the master key; default: DIR.keys beside the data folder.
    #[arg(long, value_name = "DIR", env = "TONGXIN_KEYS")]
    pub keys: Option<PathBuf>,
    /// Settings file; default: tongxin.toml in the data folder.
    #[arg(long, value_name = "FILE", env = "TONGXIN_CONFIG")]
    pub config: Option<PathBuf>,
    /// The master key itself, instead of a file.
    #[arg(long, env = "TONGXIN_MASTER_KEY", hide = true, hide_env_values = true)]
    pub master_key: Option<String>,
}

/// An open installation with a runtime to work on it.
pub struct Opened {
    /// The application.
    pub app: App,
    /// All routes.
    pub routes: Routes,
    runtime: tokio::runtime::Runtime,
}

impl Place {
    /// A data folder with everything at its default place.
    pub fn folder(data: PathBuf) -> Self {
        Self { data: Some(data), database: None, keys: None, config: None, master_key: None }
    }

    /// Opens the installation as it is configured.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn open(&self) -> Result<Opened, CliError> {
        self.open_with(|_| ())
    }

    /// Opens what must be there already: a typing error must not make a new installation.
    ///
    /// # Errors
    /// [`CliError::Usage`] where there is none.
    pub fn open_existing(&self) -> Result<Opened, CliError> {
        if !self.exists() {
            return Err(CliError::Usage("no installation here; check --data".into()));
        }
        self.open()
    }

    /// Opens it with settings changed by `adjust` (the demo's replay).
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn open_with(&self, adjust: impl FnOnce(&mut Setup)) -> Result<Opened, CliError> {
        let store = self.store_in_new_folder()?;
        let config = Config { data: self.data.clone(), ..self.settings()?.config()? };
        let clock = Arc::new(SystemClock::default());
        let mut setup = Setup {
            store,
            keyring: self.keyring()?,
            directory: Arc::new(identity::StoreDirectory::new(config.zone.clone())),
            config,
            clock,
            entropy: Arc::new(SystemEntropy),
            features: features::all(),
        };
        adjust(&mut setup);
        let (app, routes) = assemble(setup)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        Ok(Opened { app, routes, runtime })
    }

    /// Opens it to be served behind a door, which is the address that people use where no other
    /// is set.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn open_behind(&self, door: &Door) -> Result<Opened, CliError> {
        let is_set = self.settings()?.public_url.is_some();
        self.open_with(|setup| {
            if !is_set {
                setup.config.public_url = door.url();
            }
        })
    }

    /// The settings file's content.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn settings(&self) -> Result<Settings, CliError> {
        match (&self.config, &self.data) {
            (Some(path), _) if !path.exists() => {
                Err(CliError::Usage(format!("{}: no such settings file", path.display())))
            }
            (Some(path), _) => Ok(Settings::read(path)?),
            (None, Some(data)) => Ok(Settings::read(&data.join(SETTINGS_FILE))?),
            (None, None) => Ok(Settings::default()),
        }
    }

    /// Where this place's settings file lies by default.
    pub fn settings_path(&self) -> Option<PathBuf> {
        self.config.clone().or_else(|| self.data.as_ref().map(|data| data.join(SETTINGS_FILE)))
    }

    /// Which store.
    pub fn store(&self) -> StoreConfig {
        match (&self.database, &self.data) {
            (Some(url), _) => StoreConfig::postgres(url.clone()),
            (None, data) => StoreConfig::sqlite(data.clone().unwrap_or_default().join(DATABASE_FILE)),
        }
    }

    /// Which store, in a folder that is made if missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn store_in_new_folder(&self) -> Result<StoreConfig, CliError> {
        if let Some(data) = &self.data {
            std::fs::create_dir_all(data).map_err(|error| {
                CliError::Usage(format!("{}: {error}; choose another --data", data.display()))
            })?;
        }
        Ok(self.store())
    }

    /// Whether a database exists at this place already (always supposed of a server).
    pub fn exists(&self) -> bool {
        self.data.as_ref().is_none_or(|data| data.join(DATABASE_FILE).exists())
    }

    /// Where the keys lie.
    ///
    /// # Errors
    /// [`CliError::Usage`] where a server is given and no place for the key.
    pub fn keyring(&self) -> Result<Keyring, CliError> {
        let dir = match (&self.keys, &self.data) {
            (Some(keys), _) => keys.clone(),
            (None, Some(data)) => Keyring::beside(&std::path::absolute(data)?),
            (None, None) => {
                return Err(CliError::Usage(
                    "with --database, say with --keys DIR where the master key lies".into(),
                ));
            }
        };
        Ok(Keyring::at(dir, self.master_key.clone()))
    }
}

impl Opened {
    /// Runs async work to its end.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Serves until stopped.
    ///
    /// # Errors
    /// When the door cannot be used.
    pub fn serve(self, door: Door) -> Result<(), CliError> {
        let Self { app, routes, runtime } = self;
        runtime.block_on(async move {
            matters::configuration::seed(&app).await?;
            supervision::watch::begin(&app).await?;
            reports::make::begin(&app).await?;
            exchange::folder::begin(&app).await?;
            common_issues::topics::begin(&app).await?;
            knowledge_pages::remind::begin(&app).await?;
            registers::seed(&app).await?;
            Ok(crate::serve::serve(app, routes, door).await?)
        })
    }
}
