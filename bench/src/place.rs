//! Where the data of one run lie: a folder of their own, and on PostgreSQL a database of
//! their own beside it. Gone with the value.

use crate::BenchError;
use platform::App;
use std::path::Path;
use tempfile::TempDir;
use testkit::postgres::TestServer;
use tongxin::cli::{Opened, Place};

/// Which engine is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// SQLite in the data folder.
    Sqlite,
    /// A PostgreSQL server beside it.
    Postgres,
}

impl Engine {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// See the module.
pub struct Ground {
    folder: TempDir,
    database: Option<String>,
}

impl Ground {
    /// An empty place below `parent`.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(engine: Engine, parent: &Path) -> Result<Self, BenchError> {
        std::fs::create_dir_all(parent)?;
        let folder = TempDir::with_prefix_in("data-", parent)?;
        let database = (engine == Engine::Postgres).then(|| TestServer::shared().database());
        std::fs::create_dir_all(folder.path().join("data"))?;
        std::fs::write(folder.path().join("data/tongxin.toml"), SETTINGS)?;
        Ok(Self { folder, database })
    }

    /// As the shell of the product takes it.
    pub fn place(&self) -> Place {
        let data = self.folder.path().join("data");
        let place = Place::folder(data.clone());
        match &self.database {
            None => place,
            Some(url) => Place {
                data: None,
                database: Some(url.clone()),
                keys: Some(self.folder.path().join("keys")),
                config: Some(data.join("tongxin.toml")),
                ..place
            },
        }
    }

    /// The same as arguments of the program.
    pub fn arguments(&self) -> Vec<String> {
        let Place { data, database, keys, config, .. } = self.place();
        let path = |path: std::path::PathBuf| path.display().to_string();
        [
            ("--data", data.map(path)),
            ("--database", database),
            ("--keys", keys.map(path)),
            ("--config", config.map(path)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some([name.to_owned(), value?]))
        .flatten()
        .collect()
    }

    /// Opens the product here.
    ///
    /// # Errors
    /// The product's.
    pub fn open(&self) -> Result<Opened, BenchError> {
        Ok(self.place().open()?)
    }

    /// Bytes on disk.
    ///
    /// # Errors
    /// When they cannot be counted.
    pub fn size(&self, app: &App) -> Result<u64, BenchError> {
        if self.database.is_some() {
            let row = app.store.read_blocking(|snapshot| {
                use store::Query;
                snapshot.query_one("select pg_database_size(current_database())", &[])?.int(0)
            });
            return Ok(u64::try_from(row.map_err(|error: store::StoreError| error)?).unwrap_or(0));
        }
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.folder.path().join("data"))? {
            bytes += entry?.metadata()?.len();
        }
        Ok(bytes)
    }
}

/// What the demo city needs to be set.
const SETTINGS: &str = "zone = \"Asia/Shanghai\"\nintake_office = \"ld-ydb\"\n";
