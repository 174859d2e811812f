//! What can go wrong on the way of a request, and how it is told: a page for people,
//! RFC 9457 problem details for programs.

use crate::ui::FieldError;
use crate::vault::VaultError;
use kernel::Refusal;
use store::StoreError;

/// Why a unit of work did not happen. Nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A rule said no; the sender can do something about it. 422.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Several members of the request are refused, each for its own reason. 422.
    #[error("invalid")]
    Invalid(Vec<FieldError>),
    /// Someone else changed it in between. 409.
    #[error("changed by someone else in between")]
    Stale,
    /// The version that `If-Match` names is not the present one (RFC 9110). 412.
    #[error("not at the version named")]
    Overtaken,
    /// Signed in, but not allowed. 403.
    #[error("not permitted")]
    NotPermitted,
    /// Not there, or its existence is not to be known. 404.
    #[error("not found")]
    NotFound,
    /// Not signed in, or the session ended. 401, or a redirect to the log-in page.
    #[error("not signed in")]
    NotSignedIn,
    /// Too many tries. 429.
    #[error("too many requests")]
    TooMany {
        /// Seconds until the next try may succeed.
        retry_after: u32,
    },
    /// The request's body is larger than allowed. 413.
    #[error("request too large")]
    TooLarge,
    /// The request is not of the form its route takes. 400.
    #[error("malformed request: {0}")]
    Malformed(String),
    /// A member of the request cannot be read. 400.
    #[error("unreadable request at {pointer}: {detail}")]
    Unreadable {
        /// Where, as a JSON pointer in a URI fragment (`#/demands/0`).
        pointer: String,
        /// What was expected there; never the value that was sent.
        detail: String,
    },
    /// The body is of another media type than its route takes. 415.
    #[error("unsupported media type")]
    UnsupportedType,
    /// There is no such verb at this address. 405.
    #[error("method not allowed")]
    WrongMethod,
    /// The store failed. 500 (503 where it is merely unreachable or has no room).
    #[error(transparent)]
    Store(StoreError),
    /// A sealed value did not open. 500.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A page could not be rendered or an entry not read: a fault of ours. 500.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("template: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("json: {error}"))
    }
}

impl Failure {
    /// HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(_) | Self::Invalid(_) => 422,
            Self::Stale => 409,
            Self::Overtaken => 412,
            Self::NotPermitted => 403,
            Self::NotFound => 404,
            Self::NotSignedIn => 401,
            Self::TooMany { .. } => 429,
            Self::TooLarge => 413,
            Self::Malformed(_) | Self::Unreadable { .. } => 400,
            Self::UnsupportedType => 415,
            Self::WrongMethod => 405,
            Self::Store(StoreError::Disconnected(_) | StoreError::Closed | StoreError::Storage(_)) => 503,
            Self::Store(_) | Self::Vault(_) | Self::Internal(_) => 500,
        }
    }

    /// Stable code: the refusal's own, or one for the status. Its message stands under
    /// `refusal-<code>` or `failure-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code,
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Overtaken => "overtaken",
            Self::NotPermitted => "not-permitted",
            Self::NotFound => "not-found",
            Self::NotSignedIn => "not-signed-in",
            Self::TooMany { .. } => "too-many",
            Self::TooLarge => "too-large",
            Self::Malformed(_) => "malformed",
            Self::Unreadable { .. } => "unreadable",
            Self::UnsupportedType => "unsupported-type",
            Self::WrongMethod => "wrong-method",
            Self::Store(StoreError::Disconnected(_) | StoreError::Closed) => "unavailable",
            Self::Store(StoreError::Storage(_)) => "storage",
            Self::Store(_) | Self::Vault(_) | Self::Internal(_) => "internal",
        }
    }

    /// Key of the message in the locale files.
    pub fn message_key(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("refusal-{}", refusal.code),
            other => format!("failure-{}", other.code()),
        }
    }
}
