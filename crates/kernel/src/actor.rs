//! Who did it: stands in every journal entry.

use crate::permission::Role;
use crate::{AccountId, MatterId, TokenId, UnitId};
use serde::{Deserialize, Serialize};

/// Whose work something is: nobody decides on their own, neither themselves nor through
/// whoever stands in for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hands {
    /// The account that acted; none for timers and the appellant.
    pub account: Option<AccountId>,
    /// The account it stood in for, if it did.
    pub stood_in_for: Option<AccountId>,
}

impl IntoIterator for Hands {
    type Item = AccountId;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<AccountId>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        [self.account, self.stood_in_for].into_iter().flatten()
    }
}

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
        /// Whose post it is, where its holder is away and someone stands in 代.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stands_in_for: Option<AccountId>,
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
    /// Another platform of the exchange 对接平台: one that hands matters down to this one, or
    /// one that handles them for a unit.
    Platform {
        /// Its code here.
        code: String,
        /// What it was called then.
        name: String,
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

    /// Whose post it was done in, where the one who acted stood in for another.
    pub fn stands_in_for(&self) -> Option<AccountId> {
        match self {
            Self::Person { stands_in_for, .. } => *stands_in_for,
            _ => None,
        }
    }

    /// All whose work it is: whoever acted, and whoever they stood in for.
    pub fn hands(&self) -> Hands {
        Hands { account: self.account(), stood_in_for: self.stands_in_for() }
    }

    /// The same person acting in that post: one of their own, or another's.
    #[must_use]
    pub fn in_post_of(self, holder: Option<AccountId>) -> Self {
        match self {
            Self::Person { account, unit, role, .. } => {
                Self::Person { account, unit, role, stands_in_for: holder }
            }
            other => other,
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
