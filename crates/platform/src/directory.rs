//! Who is behind a session cookie or a bearer token. `identity` implements it; the
//! platform only asks.

use crate::act::By;
use crate::error::Failure;
use kernel::permission::{Grant, Permission, may_ever};
use kernel::time::Instant;
use kernel::{AccountId, TokenId};
use std::sync::Arc;
use store::Snapshot;

/// Someone signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Whose account.
    pub account: AccountId,
    /// Display name: the post, as set by the administrator.
    pub name: String,
    /// The same in English; may be empty.
    pub en_name: String,
    /// Grants in force now.
    pub grants: Arc<[Grant]>,
    /// The token, where a staff system asks.
    pub token: Option<TokenId>,
    /// Digest of the session's secret, where a browser asks.
    pub session: Option<String>,
    /// Until when the session lasts now that it is in use; none where that was noted a
    /// moment ago.
    pub renew_until: Option<Instant>,
    /// Nothing but changing the password is possible before that is done.
    pub must_change_password: bool,
}

impl SignedIn {
    /// As the sender of commands.
    pub fn by(&self) -> By {
        By::Person { account: self.account, grants: self.grants.clone(), token: self.token }
    }

    /// Whether any grant has the permission in any relation.
    pub fn may_ever(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| may_ever(grant.role, permission))
    }
}

/// Looks people up by digest; raw secrets never get here.
pub trait Directory: Send + Sync {
    /// The person of a session that has not ended.
    ///
    /// # Errors
    /// Whatever the store says.
    fn by_session(
        &self,
        snapshot: &mut Snapshot,
        digest: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, Failure>;

    /// The staff system of a bearer token that has not been revoked.
    ///
    /// # Errors
    /// Whatever the store says.
    fn by_token(
        &self,
        snapshot: &mut Snapshot,
        digest: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, Failure>;
}
