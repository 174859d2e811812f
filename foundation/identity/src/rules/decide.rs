//! What an account may be asked. The three administrators stay three persons, and nobody
//! grants anything to themselves.

use super::absence;
use super::account::{AccountCommand, AccountEvent, AccountFacts, AccountState, HeldGrant, Title, Token};
use kernel::permission::Role;
use kernel::time::Date;
use kernel::{AccountId, Refusal, TokenId};

/// How long a token may last: rotate it at least once a year.
const TOKEN_DAYS_MAX: i64 = 366;
/// Longest English title of a post, in characters.
const EN_NAME_MAX: usize = 100;

/// See [`super::account::Account`].
pub(super) fn decide(
    state: &AccountState,
    command: &AccountCommand,
    facts: &AccountFacts,
) -> Result<Vec<AccountEvent>, Refusal> {
    if let AccountCommand::Create { id, login, title } = command {
        return create(state, *id, login, title, facts);
    }
    let own = state.id.ok_or_else(|| Refusal::new("account-unknown"))?;
    let is_own = facts.actor.account() == Some(own);
    match command {
        AccountCommand::Create { .. } => Err(Refusal::new("account-exists")),
        AccountCommand::ChangePassword => Ok(vec![AccountEvent::PasswordSet]),
        AccountCommand::ResetPassword => Ok(vec![AccountEvent::PasswordResetRequired]),
        AccountCommand::Disable if is_own => Err(Refusal::new("account-disables-itself")),
        AccountCommand::Disable if !state.enabled(facts.today) => Ok(Vec::new()),
        AccountCommand::Disable => Ok(vec![AccountEvent::AccountDisabled { from: facts.today }]),
        AccountCommand::Enable if state.disabled_from.is_none() => Ok(Vec::new()),
        AccountCommand::Enable => Ok(vec![AccountEvent::AccountEnabled]),
        AccountCommand::Unlock => Ok(vec![AccountEvent::AccountUnlocked]),
        AccountCommand::Grant(_) | AccountCommand::TakeOver { .. } if is_own => {
            Err(Refusal::new("grant-to-self"))
        }
        AccountCommand::Grant(grant) => grant_one(state, grant, facts),
        AccountCommand::EndGrant { grant, last_day } => {
            let held = state.grants.iter().find(|held| held.grant == *grant);
            end_grant(held.ok_or_else(|| Refusal::new("grant-unknown"))?, *last_day)
        }
        AccountCommand::HandOver { to, from } => hand_over(state, own, *to, *from, facts),
        AccountCommand::TakeOver { of, .. } => take_over(state, *of, &facts.inherited),
        AccountCommand::NoteAbsence(absence) => absence::note(state, absence, facts),
        AccountCommand::EndAbsence { absence, last_day } => absence::end(state, *absence, *last_day),
        AccountCommand::IssueToken(token) => issue(state, token, facts),
        AccountCommand::RevokeToken { token } => revoke(state, *token),
        AccountCommand::OpenFeed(_) if !state.enabled(facts.today) => Err(Refusal::new("account-disabled")),
        AccountCommand::OpenFeed(feed) => Ok(vec![AccountEvent::FeedOpened(feed.clone())]),
        AccountCommand::CloseFeed { subject } => {
            let open = state.feeds.iter().any(|feed| feed.subject == *subject);
            let closed = AccountEvent::FeedClosed { subject: subject.clone() };
            Ok(if open { vec![closed] } else { Vec::new() })
        }
    }
}

/// The normal form of a log-in name, or why it is none: 3 to 40 letters, digits, `.`, `-`
/// and `_`, beginning with a letter.
///
/// # Errors
/// [`Refusal`] on the field `login`.
pub fn normal_login(raw: &str) -> Result<String, Refusal> {
    let login = raw.trim().to_ascii_lowercase();
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let well_formed = (3..=40).contains(&login.len())
        && login.bytes().all(letters)
        && login.starts_with(|c: char| c.is_ascii_alphabetic());
    if well_formed { Ok(login) } else { Err(Refusal::field("login", "login-malformed")) }
}

fn create(
    state: &AccountState,
    id: AccountId,
    login: &str,
    title: &Title,
    facts: &AccountFacts,
) -> Result<Vec<AccountEvent>, Refusal> {
    if state.id.is_some() {
        return Err(Refusal::new("account-exists"));
    }
    let login = normal_login(login)?;
    if facts.login_taken {
        return Err(Refusal::field("login", "login-taken").with("login", login));
    }
    let (name, en_name) = (title.name.trim().to_owned(), title.en_name.trim().to_owned());
    if name.is_empty() || name.chars().count() > 40 {
        return Err(Refusal::field("name", "account-name-length"));
    }
    if en_name.chars().count() > EN_NAME_MAX {
        return Err(Refusal::field("en_name", "account-en-name-length").with("max", EN_NAME_MAX));
    }
    Ok(vec![AccountEvent::AccountCreated { id, login, name, en_name }, AccountEvent::PasswordResetRequired])
}

fn grant_one(
    state: &AccountState,
    grant: &HeldGrant,
    facts: &AccountFacts,
) -> Result<Vec<AccountEvent>, Refusal> {
    if grant.role == Role::Appellant {
        return Err(Refusal::field("role", "grant-role-not-for-staff"));
    }
    if !facts.unit_open {
        return Err(Refusal::field("unit", "grant-unit-unknown").with("unit", &grant.unit));
    }
    if grant.to.is_some_and(|to| to < grant.from) {
        return Err(Refusal::field("to", "grant-dates-reversed"));
    }
    if !state.enabled(facts.today) {
        return Err(Refusal::new("account-disabled"));
    }
    let same = |held: &&HeldGrant| held.role == grant.role && held.unit == grant.unit && held.overlaps(grant);
    if state.grants.iter().any(|held| same(&held)) {
        return Err(Refusal::field("role", "grant-held-already"));
    }
    admins_apart(&state.grants, grant)?;
    Ok(vec![AccountEvent::Granted(grant.clone())])
}

/// System, security and audit administration are never in one hand at one time.
fn admins_apart(held: &[HeldGrant], new: &HeldGrant) -> Result<(), Refusal> {
    let is_admin = |role| matches!(role, Role::AdminSystem | Role::AdminSecurity | Role::AdminAudit);
    let clash = |other: &&HeldGrant| {
        is_admin(other.role) && is_admin(new.role) && other.role != new.role && other.overlaps(new)
    };
    match held.iter().find(clash) {
        Some(_) => Err(Refusal::field("role", "grant-admins-apart")),
        None => Ok(()),
    }
}

/// A grant may be ended for good (its last day before its first), or shortened; never
/// made longer: that is a new grant.
fn end_grant(held: &HeldGrant, last_day: Date) -> Result<Vec<AccountEvent>, Refusal> {
    if held.to.is_some_and(|to| to <= last_day) {
        return Err(Refusal::field("last_day", "grant-ends-before"));
    }
    Ok(vec![AccountEvent::GrantEnded { grant: held.grant, last_day }])
}

fn hand_over(
    state: &AccountState,
    own: AccountId,
    to: AccountId,
    from: Date,
    facts: &AccountFacts,
) -> Result<Vec<AccountEvent>, Refusal> {
    if to == own {
        return Err(Refusal::field("to", "handover-to-itself"));
    }
    if facts.actor.account() == Some(to) {
        return Err(Refusal::field("to", "grant-to-self"));
    }
    if from < facts.today {
        return Err(Refusal::field("from", "handover-in-the-past"));
    }
    if !facts.successor_enabled {
        return Err(Refusal::field("to", "handover-to-disabled"));
    }
    if !state.enabled(facts.today) {
        return Err(Refusal::new("account-disabled"));
    }
    let grants = handed_over(state, from).iter().map(|grant| grant.grant).collect();
    Ok(vec![AccountEvent::HandedOver { to, from, grants }])
}

/// The grants that go over on a day: what is in force then or will be later.
pub fn handed_over(state: &AccountState, from: Date) -> Vec<HeldGrant> {
    let going = state.grants.iter().filter(|grant| grant.not_over(from));
    going.map(|grant| HeldGrant { from: grant.from.max(from), ..grant.clone() }).collect()
}

fn take_over(
    state: &AccountState,
    of: AccountId,
    grants: &[HeldGrant],
) -> Result<Vec<AccountEvent>, Refusal> {
    let held_already = |grant: &&HeldGrant| {
        state
            .grants
            .iter()
            .any(|held| held.role == grant.role && held.unit == grant.unit && held.overlaps(grant))
    };
    let taken: Vec<HeldGrant> = grants.iter().filter(|grant| !held_already(grant)).cloned().collect();
    for grant in &taken {
        admins_apart(&state.grants, grant)?;
    }
    Ok(vec![AccountEvent::TookOver { of, grants: taken }])
}

fn issue(state: &AccountState, token: &Token, facts: &AccountFacts) -> Result<Vec<AccountEvent>, Refusal> {
    if token.name.trim().is_empty() || token.name.chars().count() > 40 {
        return Err(Refusal::field("name", "token-name-length"));
    }
    if token.expires_at <= facts.now || token.expires_at > facts.now.plus_days(TOKEN_DAYS_MAX) {
        return Err(Refusal::field("expires", "token-expiry").with("days", TOKEN_DAYS_MAX));
    }
    if !state.enabled(facts.today) {
        return Err(Refusal::new("account-disabled"));
    }
    Ok(vec![AccountEvent::TokenIssued(token.clone())])
}

fn revoke(state: &AccountState, token: TokenId) -> Result<Vec<AccountEvent>, Refusal> {
    match state.tokens.iter().any(|held| held.token == token) {
        true => Ok(vec![AccountEvent::TokenRevoked { token }]),
        false => Err(Refusal::new("token-unknown")),
    }
}
