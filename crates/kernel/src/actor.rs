//! Who did it: stands in every journal entry.

use crate::permission::Role;
use crate::{AccountId, MatterId, TokenId, UnitId};
use serde::{Deserialize, Serialize};

/// The doer of a command. Holds ids only, never a name: names are looked up where shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// Someone signed in, acting through a role in a unit.
    Person {
        /// Whose account.
        account: AccountId,
        /// The unit acted for.
        unit: UnitId,
        /// The role that permitted it.
        role: Role,
    },
    /// The one who filed the matter, known by its number and code or secret link.
    Appellant {
        /// The matter they proved to hold; nothing else is known of them here.
        matter: MatterId,
    },
    /// Anyone on the public pages, before a matter exists.
    Public,
    /// A timer or another job of the platform.
    System {
        /// The kind of job, e.g. `timer.deemed_acceptance`.
        job: String,
    },
    /// A staff system with a bearer token, acting for the account it was issued to.
    Integration {
        /// Which token.
        token: TokenId,
        /// On whose grants.
        account: AccountId,
        /// The unit acted for.
        unit: UnitId,
        /// The role that permitted it.
        role: Role,
    },
    /// The operator at the shell of the server (imports, set-up).
    Operator,
}

impl Actor {
    /// The account behind it, if a person or their system acted.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person { account, .. } | Self::Integration { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// The unit acted for, if any.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Person { unit, .. } | Self::Integration { unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// The role that permitted it, if any.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Person { role, .. } | Self::Integration { role, .. } => Some(*role),
            _ => None,
        }
    }

    /// Whether this is the appellant of the matter.
    pub fn is_appellant(&self) -> bool {
        matches!(self, Self::Appellant { .. })
    }
}
