//! Commands on accounts, for pages, the shell and the demo: each one transaction.

use crate::login::hash_password;
use crate::rules::account::{Account, AccountCommand, Feed, GrantId, HeldGrant, Title, Token};
use crate::rules::password;
use kernel::permission::Role;
use kernel::time::{Date, Instant};
use kernel::{AccountId, Refusal, TokenId, UnitId};
use platform::{App, By, Failure, Work};
use store::{credentials, sessions};

/// An account with its one-time password: shown once, kept nowhere.
#[derive(Clone)]
pub struct OneTime {
    /// The account.
    pub id: AccountId,
    /// Log-in name.
    pub login: String,
    /// The password for the first log-in.
    pub password: String,
}

/// What a new grant says.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// What.
    pub role: Role,
    /// Where: the root of the subtree.
    pub unit: UnitId,
    /// First day.
    pub from: Date,
    /// Last day; none: until it is ended.
    pub to: Option<Date>,
}

/// Log-in names of the three administrators and the post each is.
pub const ADMINS: [(&str, &str, &str, Role); 3] = [
    ("sysadmin", "系统管理员", "System administrator", Role::AdminSystem),
    ("secadmin", "安全管理员", "Security administrator", Role::AdminSecurity),
    ("auditadmin", "审计管理员", "Audit administrator", Role::AdminAudit),
];

/// Creates an account with a one-time password.
///
/// # Errors
/// [`Refusal`] on `login` or `name`.
pub async fn create(app: &App, by: &By, login: &str, name: impl Into<Title>) -> Result<OneTime, Failure> {
    let password = app.fresh().code();
    let id = create_hashed(app, by, login, name, hash_password(app, password.clone()).await?, true).await?;
    Ok(OneTime { id, login: login.trim().to_ascii_lowercase(), password })
}

/// Creates an account whose password is given and need not be changed: for the operator
/// at the shell and the demo.
///
/// # Errors
/// [`Refusal`] on `login`, `name` or `password`; [`Failure::NotPermitted`] for anyone but
/// the operator.
pub async fn create_with_password(
    app: &App,
    by: &By,
    login: &str,
    name: impl Into<Title>,
    password: &str,
) -> Result<AccountId, Failure> {
    password::check("password", password, login)?;
    let hash = hash_password(app, password.to_owned()).await?;
    create_hashed(app, by, login, name, hash, false).await
}

/// Creates an account whose password was hashed by [`crate::login::hash_password`]: for the
/// demo, whose accounts share one password.
///
/// # Errors
/// As [`create_with_password`].
pub async fn create_with_hash(
    app: &App,
    by: &By,
    login: &str,
    name: impl Into<Title>,
    hash: String,
) -> Result<AccountId, Failure> {
    create_hashed(app, by, login, name, hash, false).await
}

/// Sets a new one-time password and ends all sessions.
///
/// # Errors
/// [`Refusal`] for an unknown account.
pub async fn reset_password(app: &App, by: &By, id: AccountId) -> Result<String, Failure> {
    let password = app.fresh().code();
    let hash = hash_password(app, password.clone()).await?;
    let by = by.clone();
    app.write(move |work| {
        act(work, &by, id, &AccountCommand::ResetPassword)?;
        credentials::put(work.tx, &id.to_string(), &hash, work.now())?;
        sessions::delete_of_account(work.tx, &id.to_string(), None)?;
        Ok(())
    })
    .await?;
    Ok(password)
}

/// Disables an account at once; its sessions end and its tokens are refused.
///
/// # Errors
/// [`Refusal`] for one's own account.
pub async fn disable(app: &App, by: &By, id: AccountId) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::Disable).await
}

/// Enables an account again. Grants that were handed over do not come back.
///
/// # Errors
/// [`Refusal`] for an unknown account.
pub async fn enable(app: &App, by: &By, id: AccountId) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::Enable).await
}

/// Lets whoever was slowed down try again at once.
///
/// # Errors
/// [`Refusal`] for an unknown account.
pub async fn unlock(app: &App, by: &By, id: AccountId) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::Unlock).await
}

/// Grants a role on a unit's subtree.
///
/// # Errors
/// [`Refusal`] on `role`, `unit` or `to`: see the rules.
pub async fn grant(app: &App, by: &By, id: AccountId, new: NewGrant) -> Result<GrantId, Failure> {
    let by = by.clone();
    app.write(move |work| {
        let grant = GrantId(work.fresh.uuid());
        let NewGrant { role, unit, from, to } = new.clone();
        act(work, &by, id, &AccountCommand::Grant(HeldGrant { grant, role, unit, from, to }))?;
        Ok(grant)
    })
    .await
}

/// Ends a grant after a day; a day before today ends it at once.
///
/// # Errors
/// [`Refusal`] for an unknown grant, or one that ends before.
pub async fn end_grant(
    app: &App,
    by: &By,
    id: AccountId,
    grant: GrantId,
    last_day: Date,
) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::EndGrant { grant, last_day }).await
}

/// The officer leaves: from a day on the successor holds every grant, and the leaver's
/// account is disabled. Open work belongs to units, so none is lost.
///
/// # Errors
/// [`Refusal`] on `to` or `from`; where the successor may not hold one of the grants,
/// nothing happens at all.
pub async fn hand_over(
    app: &App,
    by: &By,
    leaver: AccountId,
    successor: AccountId,
    from: Date,
) -> Result<(), Failure> {
    let by = by.clone();
    app.write(move |work| {
        // The successor first: what the leaver holds is read before it ends.
        if successor != leaver {
            act(work, &by, successor, &AccountCommand::TakeOver { of: leaver, from })?;
        }
        act(work, &by, leaver, &AccountCommand::HandOver { to: successor, from })
    })
    .await
}

/// Issues a bearer token for a staff system; the secret is shown once and kept nowhere.
///
/// # Errors
/// [`Refusal`] on `name` or `expires`.
pub async fn issue_token(
    app: &App,
    by: &By,
    id: AccountId,
    name: &str,
    expires_at: Instant,
) -> Result<(TokenId, String), Failure> {
    let (by, name) = (by.clone(), name.trim().to_owned());
    app.write(move |work| {
        let token = TokenId(work.fresh.uuid());
        let secret = work.fresh.token();
        let digest = work.vault().token_digest(&secret);
        let issued = Token { token, digest, name: name.clone(), expires_at };
        act(work, &by, id, &AccountCommand::IssueToken(issued))?;
        Ok((token, secret))
    })
    .await
}

/// Revokes a token at once.
///
/// # Errors
/// [`Refusal`] for an unknown token.
pub async fn revoke_token(app: &App, by: &By, id: AccountId, token: TokenId) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::RevokeToken { token }).await
}

/// Opens a secret address of one's own for a subject, in place of one that was open before; the
/// secret is shown once and kept nowhere.
///
/// # Errors
/// [`Failure::NotPermitted`] for anyone but the holder, signed in.
pub async fn open_feed(app: &App, by: &By, id: AccountId, subject: &str) -> Result<String, Failure> {
    let (by, subject) = (by.clone(), subject.to_owned());
    app.write(move |work| {
        let secret = work.fresh.token();
        let digest = work.vault().token_digest(&secret);
        act(work, &by, id, &AccountCommand::OpenFeed(Feed { subject: subject.clone(), digest }))?;
        Ok(secret)
    })
    .await
}

/// Closes it at once.
///
/// # Errors
/// As [`open_feed`].
pub async fn close_feed(app: &App, by: &By, id: AccountId, subject: &str) -> Result<(), Failure> {
    command(app, by, id, AccountCommand::CloseFeed { subject: subject.to_owned() }).await
}

/// Makes the three administrators of a new installation, granted on `root`, each with a
/// one-time password: to be handed to three persons.
///
/// # Errors
/// [`Refusal`] where the unit is unknown or one of the names is taken; nothing is made then.
pub async fn create_admins(app: &App, root: &UnitId) -> Result<Vec<OneTime>, Failure> {
    let mut admins = Vec::with_capacity(ADMINS.len());
    for (login, name, en_name, role) in ADMINS {
        let password = app.fresh().code();
        let hash = hash_password(app, password.clone()).await?;
        let title = Title { name: name.to_owned(), en_name: en_name.to_owned() };
        admins.push((login, title, role, password, hash));
    }
    let root = root.clone();
    app.write(move |work| {
        let from = work.app().config.zone.date_of(work.now());
        let mut made = Vec::with_capacity(admins.len());
        for (login, title, role, password, hash) in &admins {
            let id = create_in(work, &By::Operator, login, title, hash, true)?;
            let grant = HeldGrant {
                grant: GrantId(work.fresh.uuid()),
                role: *role,
                unit: root.clone(),
                from,
                to: None,
            };
            act(work, &By::Operator, id, &AccountCommand::Grant(grant))?;
            made.push(OneTime { id, login: (*login).to_owned(), password: password.clone() });
        }
        Ok(made)
    })
    .await
}

async fn create_hashed(
    app: &App,
    by: &By,
    login: &str,
    name: impl Into<Title>,
    hash: String,
    one_time: bool,
) -> Result<AccountId, Failure> {
    let (by, login, title) = (by.clone(), login.to_owned(), name.into());
    app.write(move |work| create_in(work, &by, &login, &title, &hash, one_time)).await
}

fn create_in(
    work: &mut Work<'_>,
    by: &By,
    login: &str,
    title: &Title,
    hash: &str,
    one_time: bool,
) -> Result<AccountId, Failure> {
    let id = AccountId(work.fresh.uuid());
    act(work, by, id, &AccountCommand::Create { id, login: login.to_owned(), title: title.clone() })?;
    credentials::put(work.tx, &id.to_string(), hash, work.now())?;
    if !one_time {
        act(work, by, id, &AccountCommand::ChangePassword)?;
    }
    Ok(id)
}

async fn command(app: &App, by: &By, id: AccountId, command: AccountCommand) -> Result<(), Failure> {
    let by = by.clone();
    app.write(move |work| act(work, &by, id, &command)).await
}

fn act(work: &mut Work<'_>, by: &By, id: AccountId, command: &AccountCommand) -> Result<(), Failure> {
    work.act::<Account>(&id.to_string(), by, None, command).map(drop)
}

/// Reads a day as forms send it.
///
/// # Errors
/// [`Refusal`] on the field.
pub fn parse_day(field: &'static str, text: &str) -> Result<Date, Refusal> {
    text.trim().parse().map_err(|_| Refusal::field(field, "day-malformed"))
}
