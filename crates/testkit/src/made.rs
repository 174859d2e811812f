//! An installation that takes long to make: made once, then copied for each test that starts
//! from it.

use crate::app::{Parts, TestApp};
use crate::postgres::TestServer;
use platform::config::Config;
use platform::directory::Directory;
use platform::feature::Feature;
use std::fs::Permissions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::StoreConfig;
use tempfile::TempDir;

/// What the copies draw from, so that none of them draws what was drawn while it was made.
const SEED: u64 = 2;

/// See the module.
pub struct Made {
    /// Its files, by their place in its folder: keys are for their owner alone.
    files: Vec<File>,
    /// Its database on the test server.
    database: Option<String>,
}

struct File {
    name: PathBuf,
    bytes: Vec<u8>,
    permissions: Permissions,
}

impl Made {
    /// Closes an installation and keeps what it holds.
    pub async fn of(test: TestApp) -> Self {
        // What still lies in SQLite's log beside the file.
        test.app.store.scrub().await.expect("the store answers");
        let (folder, database) = test.close();
        let mut files = Vec::new();
        read_into(&mut files, folder.path(), Path::new(""));
        Self { files, database }
    }

    /// One more like it.
    pub fn copy(
        &self,
        now: &str,
        features: Vec<Feature>,
        directory: Arc<dyn Directory>,
        config: Config,
    ) -> TestApp {
        let folder = TempDir::new().expect("a temporary folder");
        for File { name, bytes, permissions } in &self.files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            std::fs::write(&path, bytes).expect("a file is written");
            std::fs::set_permissions(path, permissions.clone()).expect("the file is ours");
        }
        let database = self.database.as_deref().map(|database| TestServer::shared().copy(database));
        let store = match &database {
            None => StoreConfig::sqlite(folder.path().join(TestApp::DATABASE)),
            Some(address) => StoreConfig::postgres(address.clone()),
        };
        let keys = folder.path().join(TestApp::KEYS);
        TestApp::open(Parts { store, keys, seed: SEED, now, features, directory, config }, folder, database)
    }
}

fn read_into(files: &mut Vec<File>, root: &Path, within: &Path) {
    for entry in std::fs::read_dir(root.join(within)).expect("a folder is read") {
        let entry = entry.expect("an entry");
        let name = within.join(entry.file_name());
        let is_log = ["-wal", "-shm"].iter().any(|end| name.to_string_lossy().ends_with(end));
        if entry.path().is_dir() {
            read_into(files, root, &name);
        } else if !is_log {
            let bytes = std::fs::read(entry.path()).expect("a file is read");
            let permissions = entry.metadata().expect("its metadata").permissions();
            files.push(File { name, bytes, permissions });
        }
    }
}
