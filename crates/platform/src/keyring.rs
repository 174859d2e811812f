//! Where the master key and the list of erasures live: a folder beside the data folder,
//! never inside it, so that no copy of the data carries the key that opens it.

use crate::entropy::Fresh;
use crate::vault::MasterKey;
use kernel::SubjectId;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const KEY_FILE: &str = "master.key";
const NEXT_KEY_FILE: &str = "master.key.next";
const ERASURES_FILE: &str = "erasures.log";

/// What can be wrong with the folder of keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// Not a key.
    #[error("{0}: not a master key (expected two groups of 64 hexadecimal digits joined by a colon)")]
    Malformed(String),
    /// Others can read it.
    #[error("{path}: the master key can be read by others (mode {mode:o}); run: chmod 600 {path}")]
    Exposed {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// There is none, and this command must not make one.
    #[error("{0}: no master key here; give the folder with --keys, or the key in TONGXIN_MASTER_KEY")]
    Missing(PathBuf),
}

/// The folder of keys (mode 700).
#[derive(Clone, Debug)]
pub struct Keyring {
    dir: PathBuf,
    /// From the environment; then no key file is read or written.
    from_environment: Option<String>,
}

impl Keyring {
    /// The folder; `from_environment` is the value of `TONGXIN_MASTER_KEY`, where set.
    pub fn at(dir: PathBuf, from_environment: Option<String>) -> Self {
        Self { dir, from_environment }
    }

    /// Beside a data folder: `DIR` → `DIR.keys`.
    pub fn beside(data: &Path) -> PathBuf {
        let mut name = data.file_name().unwrap_or_else(|| "tongxin".as_ref()).to_owned();
        name.push(".keys");
        data.with_file_name(name)
    }

    /// Reads the key.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn load(&self) -> Result<MasterKey, KeyringError> {
        if let Some(text) = &self.from_environment {
            return MasterKey::parse(text)
                .ok_or_else(|| KeyringError::Malformed("TONGXIN_MASTER_KEY".into()));
        }
        self.read(KEY_FILE)
    }

    /// Reads the key, or makes one where there is none (a new installation).
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn load_or_create(&self, fresh: &mut Fresh) -> Result<MasterKey, KeyringError> {
        if self.from_environment.is_none() && !self.dir.join(KEY_FILE).exists() {
            let key = MasterKey::generate(fresh);
            self.write(KEY_FILE, &key)?;
            return Ok(key);
        }
        self.load()
    }

    /// The key a rotation was about to switch to, if it was cut short.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn load_next(&self) -> Result<Option<MasterKey>, KeyringError> {
        if self.dir.join(NEXT_KEY_FILE).exists() { self.read(NEXT_KEY_FILE).map(Some) } else { Ok(None) }
    }

    /// First half of a rotation: the new key is on disk before anything is wrapped with it.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn prepare_next(&self, key: &MasterKey) -> Result<(), KeyringError> {
        self.write(NEXT_KEY_FILE, key)
    }

    /// Second half: the new key becomes the key.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn adopt_next(&self) -> Result<(), KeyringError> {
        let (from, to) = (self.dir.join(NEXT_KEY_FILE), self.dir.join(KEY_FILE));
        fs::rename(&from, &to).map_err(|source| KeyringError::Io { path: to, source })
    }

    /// Notes an erasure, durably, before anything is erased: a restored backup replays it.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn note_erasure(&self, subject: &SubjectId) -> Result<(), KeyringError> {
        self.make_dir()?;
        let path = self.dir.join(ERASURES_FILE);
        let io = |source| KeyringError::Io { path: path.clone(), source };
        let mut file =
            fs::OpenOptions::new().append(true).create(true).mode(0o600).open(&path).map_err(io)?;
        writeln!(file, "{}", subject.0).and_then(|()| file.sync_all()).map_err(io)
    }

    /// All subjects ever erased here.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn erasures(&self) -> Result<BTreeSet<SubjectId>, KeyringError> {
        let path = self.dir.join(ERASURES_FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| SubjectId(line.to_owned()))
                .collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(source) => Err(KeyringError::Io { path, source }),
        }
    }

    fn read(&self, name: &str) -> Result<MasterKey, KeyringError> {
        let path = self.dir.join(name);
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => KeyringError::Missing(self.dir.clone()),
            _ => KeyringError::Io { path: path.clone(), source },
        };
        let mode = fs::metadata(&path).map_err(io)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyringError::Exposed { path, mode });
        }
        let text = fs::read_to_string(&path).map_err(io)?;
        MasterKey::parse(&text).ok_or_else(|| KeyringError::Malformed(path.display().to_string()))
    }

    fn write(&self, name: &str, key: &MasterKey) -> Result<(), KeyringError> {
        self.make_dir()?;
        let path = self.dir.join(name);
        let io = |source| KeyringError::Io { path: path.clone(), source };
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .map_err(io)?;
        file.write_all(key.to_text().as_bytes()).and_then(|()| file.sync_all()).map_err(io)?;
        fs::File::open(&self.dir).and_then(|dir| dir.sync_all()).map_err(io)
    }

    fn make_dir(&self) -> Result<(), KeyringError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)
            .map_err(|source| KeyringError::Io { path: self.dir.clone(), source })
    }
}
