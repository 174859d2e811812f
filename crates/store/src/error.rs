//! What can go wrong in the store, sorted by what the caller can do about it.

/// An error of the store; none of them carries personal data of its own making.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The stream has moved on since the caller read it: somebody else was first.
    #[error("stream {stream} is at version {found}, not at {expected}")]
    Conflict {
        /// The stream that was to be appended to.
        stream: String,
        /// The version the caller had seen.
        expected: i64,
        /// The version found; when the race was lost inside the engine, at least this.
        found: i64,
    },
    /// A unique key exists already. The transaction cannot go on.
    #[error("already there: {0}")]
    Unique(String),
    /// Concurrent transactions stood in each other's way; running again may succeed.
    #[error("concurrent change: {0}")]
    Contention(String),
    /// The server cannot be reached, or went away before anything was committed.
    #[error("database connection lost: {0}")]
    Disconnected(String),
    /// The connection broke while committing: it may or may not be written.
    #[error("connection lost while committing, outcome unknown: {0}")]
    CommitUnknown(String),
    /// The closure panicked; its changes are rolled back.
    #[error("a unit of work panicked: {0}")]
    Panicked(String),
    /// A column was read as something it is not.
    #[error("column {index}: expected {expected}, found {found}")]
    Column {
        /// Place in the select list, from 0.
        index: usize,
        /// What the caller asked for.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// Stored data contradicts itself or cannot be read.
    #[error(
        "damaged data: {0}. Stop, keep the damaged files, restore the last backup beside them and compare"
    )]
    Corrupt(String),
    /// The disk or the server's rights do not let it write (or read); nothing acknowledged is
    /// lost.
    #[error(
        "storage: {0}. Check the free space, the health and the rights of the disk that holds the database: it \
         must be writable by the user who runs it. What was acknowledged is kept; no restart is needed"
    )]
    Storage(String),
    /// The operation is not allowed as things stand (a restore into a full store …).
    #[error("refused: {0}")]
    Refused(String),
    /// The engine refused a statement, or the disk failed.
    #[error("database: {0}")]
    Engine(String),
    /// The store has been closed, or the unit of work was abandoned on the way.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    /// Whether running the same closure again may succeed without anybody's help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Contention(_) | Self::Disconnected(_))
    }
}
