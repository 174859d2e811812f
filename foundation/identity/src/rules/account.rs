//! An account: what it is, what may be wanted of it and what happened to it. The
//! decisions stand in [`super::decide`].

use super::absence::{Absence, AbsenceId, SubstituteFact};
use kernel::permission::Role;
use kernel::time::{Date, Instant};
use kernel::{AccountId, Actor, Aggregate, Recorded, Refusal, TokenId, UnitId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The pure rules of one account.
pub struct Account;

/// A grant, by id: the same role may be held twice, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GrantId(pub Uuid);

impl std::fmt::Display for GrantId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A role held in a unit and all below it, from a day to a day (both included).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldGrant {
    /// Its id.
    pub grant: GrantId,
    /// What.
    pub role: Role,
    /// Where: the root of the subtree.
    pub unit: UnitId,
    /// First day.
    pub from: Date,
    /// Last day; none: until it is ended.
    pub to: Option<Date>,
}

impl HeldGrant {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Whether it is in force on `day` or will be after it.
    pub fn not_over(&self, day: Date) -> bool {
        self.to.is_none_or(|last| day <= last && self.from <= last)
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |one: &Self, two: &Self| two.to.is_none_or(|last| one.from <= last);
        let lasts = |one: &Self| one.to.is_none_or(|last| one.from <= last);
        lasts(self) && lasts(other) && starts_in_time(self, other) && starts_in_time(other, self)
    }
}

/// A bearer token of a staff system, acting on the account's grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its id.
    pub token: TokenId,
    /// Keyed digest of its secret.
    pub digest: String,
    /// What it is for.
    pub name: String,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// A secret address under which a program reads what its holder may see and nobody logs in: a
/// calendar, say. One of each subject is open at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// What is read, e.g. `calendar:liaison`.
    pub subject: String,
    /// Keyed digest of its secret.
    pub digest: String,
}

/// State of an account's stream; the default is an account not created yet.
#[derive(Clone, Debug, Default)]
pub struct AccountState {
    /// Its id once created.
    pub id: Option<AccountId>,
    /// Log-in name, in lower case.
    pub login: String,
    /// The post's title, e.g. 发改局联络员: not a person's name.
    pub name: String,
    /// First day on which it may no longer log in.
    pub disabled_from: Option<Date>,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// Every grant there was, ended ones too.
    pub grants: Vec<HeldGrant>,
    /// Tokens not revoked.
    pub tokens: Vec<Token>,
    /// Addresses that are open.
    pub feeds: Vec<Feed>,
    /// Every absence there was or will be.
    pub absences: Vec<Absence>,
}

impl AccountState {
    /// Whether it may log in on a day.
    pub fn enabled(&self, day: Date) -> bool {
        self.id.is_some() && self.disabled_from.is_none_or(|from| day < from)
    }
}

/// A post's title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// In Chinese, e.g. 发改局联络员.
    pub name: String,
    /// In English; may be empty.
    pub en_name: String,
}

impl<T: AsRef<str> + ?Sized> From<&T> for Title {
    fn from(name: &T) -> Self {
        Self { name: name.as_ref().to_owned(), en_name: String::new() }
    }
}

/// What someone may want of an account.
#[derive(Clone, Debug)]
pub enum AccountCommand {
    /// Create it, with a password that must be changed at the first log-in.
    Create {
        /// Its id.
        id: AccountId,
        /// Log-in name.
        login: String,
        /// The post's title.
        title: Title,
    },
    /// Note that the holder chose a new password.
    ChangePassword,
    /// Note that an administrator set a one-time password.
    ResetPassword,
    /// Disable it at once.
    Disable,
    /// Enable it again.
    Enable,
    /// Forget failed tries: whoever was slowed down may try again at once.
    Unlock,
    /// Grant a role.
    Grant(HeldGrant),
    /// End a grant after a day.
    EndGrant {
        /// Which.
        grant: GrantId,
        /// Its last day.
        last_day: Date,
    },
    /// The officer leaves: all grants go to the successor from a day on.
    HandOver {
        /// The successor.
        to: AccountId,
        /// First day of the successor.
        from: Date,
    },
    /// The other half of a handover: take the leaver's grants.
    TakeOver {
        /// The leaver.
        of: AccountId,
        /// First day.
        from: Date,
    },
    /// Note an absence, with whoever stands in.
    NoteAbsence(Absence),
    /// End an absence after a day: back early, or called off.
    EndAbsence {
        /// Which.
        absence: AbsenceId,
        /// Its last day; one before its first calls it off.
        last_day: Date,
    },
    /// Issue a token.
    IssueToken(Token),
    /// Revoke a token.
    RevokeToken {
        /// Which.
        token: TokenId,
    },
    /// Open a secret address; another of the same subject is closed by it.
    OpenFeed(Feed),
    /// Close the one of a subject.
    CloseFeed {
        /// What was read there.
        subject: String,
    },
}

/// What happened to an account. No password and no hash ever stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are those of the commands, documented there")]
pub enum AccountEvent {
    AccountCreated {
        id: AccountId,
        login: String,
        name: String,
        #[serde(default)]
        en_name: String,
    },
    PasswordSet,
    PasswordResetRequired,
    AccountDisabled {
        from: Date,
    },
    AccountEnabled,
    AccountUnlocked,
    Granted(HeldGrant),
    GrantEnded {
        grant: GrantId,
        last_day: Date,
    },
    HandedOver {
        to: AccountId,
        from: Date,
        grants: Vec<GrantId>,
    },
    TookOver {
        of: AccountId,
        grants: Vec<HeldGrant>,
    },
    TokenIssued(Token),
    TokenRevoked {
        token: TokenId,
    },
    FeedOpened(Feed),
    FeedClosed {
        subject: String,
    },
    AbsenceNoted(Absence),
    AbsenceEnded {
        absence: AbsenceId,
        last_day: Date,
    },
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    /// Who acts.
    pub actor: Actor,
    /// The day in the city's time zone.
    pub today: Date,
    /// The moment, for the end of tokens.
    pub now: Instant,
    /// Whether another account has the log-in name.
    pub login_taken: bool,
    /// Whether the unit of a grant is there and open.
    pub unit_open: bool,
    /// Whether the successor of a handover may log in on the first day.
    pub successor_enabled: bool,
    /// What the leaver of a takeover hands over, under ids of its own.
    pub inherited: Vec<HeldGrant>,
    /// Of whoever is to stand in; none where there is no such account.
    pub substitute: Option<SubstituteFact>,
}

impl Aggregate for Account {
    type State = AccountState;
    type Command = AccountCommand;
    type Event = AccountEvent;
    type Facts = AccountFacts;

    const KIND: &'static str = "account";

    fn event_kind(event: &AccountEvent) -> &'static str {
        match event {
            AccountEvent::AccountCreated { .. } => "account_created",
            AccountEvent::PasswordSet => "password_set",
            AccountEvent::PasswordResetRequired => "password_reset_required",
            AccountEvent::AccountDisabled { .. } => "account_disabled",
            AccountEvent::AccountEnabled => "account_enabled",
            AccountEvent::AccountUnlocked => "account_unlocked",
            AccountEvent::Granted(_) => "granted",
            AccountEvent::GrantEnded { .. } => "grant_ended",
            AccountEvent::HandedOver { .. } => "handed_over",
            AccountEvent::TookOver { .. } => "took_over",
            AccountEvent::TokenIssued(_) => "token_issued",
            AccountEvent::TokenRevoked { .. } => "token_revoked",
            AccountEvent::FeedOpened(_) => "feed_opened",
            AccountEvent::FeedClosed { .. } => "feed_closed",
            AccountEvent::AbsenceNoted(_) => "absence_noted",
            AccountEvent::AbsenceEnded { .. } => "absence_ended",
        }
    }

    fn decide(
        state: &AccountState,
        command: &AccountCommand,
        facts: &AccountFacts,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        super::decide::decide(state, command, facts)
    }

    fn fold(mut state: AccountState, recorded: &Recorded<AccountEvent>) -> AccountState {
        match &recorded.event {
            AccountEvent::AccountCreated { id, login, name, .. } => {
                state.id = Some(*id);
                state.login.clone_from(login);
                state.name.clone_from(name);
            }
            AccountEvent::PasswordSet => state.must_change_password = false,
            AccountEvent::PasswordResetRequired => state.must_change_password = true,
            AccountEvent::AccountDisabled { from } => state.disabled_from = Some(*from),
            AccountEvent::AccountEnabled => state.disabled_from = None,
            AccountEvent::AccountUnlocked => {}
            AccountEvent::Granted(grant) => state.grants.push(grant.clone()),
            AccountEvent::GrantEnded { grant, last_day } => end(&mut state.grants, &[*grant], *last_day),
            AccountEvent::HandedOver { from, grants, .. } => {
                end(&mut state.grants, grants, day_before(*from));
                state.disabled_from = Some(*from);
            }
            AccountEvent::TookOver { grants, .. } => state.grants.extend(grants.iter().cloned()),
            AccountEvent::TokenIssued(token) => state.tokens.push(token.clone()),
            AccountEvent::TokenRevoked { token } => state.tokens.retain(|held| held.token != *token),
            AccountEvent::FeedOpened(feed) => {
                state.feeds.retain(|open| open.subject != feed.subject);
                state.feeds.push(feed.clone());
            }
            AccountEvent::FeedClosed { subject } => state.feeds.retain(|open| open.subject != *subject),
            AccountEvent::AbsenceNoted(absence) => state.absences.push(absence.clone()),
            AccountEvent::AbsenceEnded { absence, last_day } => {
                for known in state.absences.iter_mut().filter(|known| known.absence == *absence) {
                    known.until = known.until.min(*last_day);
                }
            }
        }
        state
    }
}

/// The last day before a handover's first.
pub fn day_before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

fn end(grants: &mut [HeldGrant], ids: &[GrantId], last_day: Date) {
    for grant in grants.iter_mut().filter(|grant| ids.contains(&grant.grant)) {
        grant.to = Some(grant.to.map_or(last_day, |to| to.min(last_day)));
    }
}
