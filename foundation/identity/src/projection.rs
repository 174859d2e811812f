//! Tables of accounts, made from the journal alone.

use crate::rules::account::{Account, AccountEvent, HeldGrant, day_before};
use kernel::text::fold_for_search;
use kernel::time::Date;
use kernel::{Actor, Aggregate};
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// Keeps `account`, `account_grant`, `account_token`, `account_feed`, `account_absence` and
/// `account_trail`.
pub struct IdentityProjection;

/// Accounts. Days are texts `YYYY-MM-DD` in the city's time zone; `unlocks` counts how
/// often failed tries were forgiven and names the buckets in which they are counted.
const ACCOUNT: &str = "
create table account (
    id text primary key,
    login text not null unique,
    name text not null,
    en_name text not null,
    search text not null,
    created_at bigint not null,
    disabled_from text,
    must_change_password bigint not null,
    unlocks bigint not null
);
";

/// Grants, ended ones too. In force on the days from `from_day` to `to_day`, both included.
const ACCOUNT_GRANT: &str = "
create table account_grant (
    id text primary key,
    account text not null,
    role text not null,
    unit text not null,
    from_day text not null,
    to_day text
);
create index account_grant_account on account_grant (account, id);
create index account_grant_unit on account_grant (unit);
";

/// Bearer tokens, by keyed digest.
const ACCOUNT_TOKEN: &str = "
create table account_token (
    id text primary key,
    account text not null,
    name text not null,
    digest text not null unique,
    issued_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create index account_token_account on account_token (account, id);
";

/// Secret addresses that are open, by keyed digest.
const ACCOUNT_FEED: &str = "
create table account_feed (
    account text not null,
    subject text not null,
    digest text not null unique,
    opened_at bigint not null,
    primary key (account, subject)
);
";

/// Absences, ended ones too: away on the days from `from_day` to `to_day`, both included;
/// none where `to_day` lies before `from_day`.
const ACCOUNT_ABSENCE: &str = "
create table account_absence (
    id text primary key,
    account text not null,
    kind text not null,
    from_day text not null,
    to_day text not null,
    substitute text
);
create index account_absence_account on account_absence (account, from_day);
create index account_absence_substitute on account_absence (substitute, to_day);
";

/// Everything that happened to accounts, for the audit administrator; `position` is the
/// journal's. `role` and `unit` name a grant's, `other` the other account of a handover.
const ACCOUNT_TRAIL: &str = "
create table account_trail (
    position {int_key},
    at bigint not null,
    account text not null,
    kind text not null,
    actor text,
    actor_kind text not null,
    role text,
    unit text,
    day text,
    other text
);
";

impl Projection for IdentityProjection {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn version(&self) -> u32 {
        4
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "account", ddl: ACCOUNT, order_by: "id" },
            TableDef { name: "account_grant", ddl: ACCOUNT_GRANT, order_by: "id" },
            TableDef { name: "account_token", ddl: ACCOUNT_TOKEN, order_by: "id" },
            TableDef { name: "account_feed", ddl: ACCOUNT_FEED, order_by: "account, subject" },
            TableDef { name: "account_absence", ddl: ACCOUNT_ABSENCE, order_by: "id" },
            TableDef { name: "account_trail", ddl: ACCOUNT_TRAIL, order_by: "position" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((Account::KIND, id)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let unreadable = |error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version));
        let event: AccountEvent = serde_json::from_str(&entry.body).map_err(unreadable)?;
        let actor: Actor = serde_json::from_str(&entry.actor).map_err(unreadable)?;
        trail(tx, entry, id, &actor, &event)?;
        change(tx, entry, id, event)
    }
}

fn change(tx: &mut Tx, entry: &Entry, id: &str, event: AccountEvent) -> Result<(), StoreError> {
    match event {
        AccountEvent::AccountCreated { login, name, en_name, .. } => {
            let search = fold_for_search(&format!("{login} {name} {en_name}"));
            tx.execute_later(
                "insert into account (id, login, name, en_name, search, created_at, must_change_password, \
                 unlocks) values ($1, $2, $3, $4, $5, $6, 0, 0)",
                params![id, login, name, en_name, search, entry.recorded_at],
            )
        }
        AccountEvent::PasswordSet => must_change(tx, id, false),
        AccountEvent::PasswordResetRequired => must_change(tx, id, true),
        AccountEvent::AccountDisabled { from } => disable(tx, id, Some(from)),
        AccountEvent::AccountEnabled => disable(tx, id, None),
        AccountEvent::AccountUnlocked => {
            tx.execute_later("update account set unlocks = unlocks + 1 where id = $1", params![id])
        }
        AccountEvent::Granted(grant) => insert_grant(tx, id, &grant),
        AccountEvent::GrantEnded { grant, last_day } => end_grant(tx, &grant.to_string(), last_day),
        AccountEvent::HandedOver { from, grants, .. } => {
            for grant in grants {
                end_grant(tx, &grant.to_string(), day_before(from))?;
            }
            disable(tx, id, Some(from))
        }
        AccountEvent::TookOver { grants, .. } => {
            grants.iter().try_for_each(|grant| insert_grant(tx, id, grant))
        }
        AccountEvent::TokenIssued(token) => tx.execute_later(
            "insert into account_token (id, account, name, digest, issued_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6)",
            params![
                token.token.to_string(),
                id,
                token.name,
                token.digest,
                entry.recorded_at,
                token.expires_at
            ],
        ),
        AccountEvent::TokenRevoked { token } => tx.execute_later(
            "update account_token set revoked_at = $2 where id = $1",
            params![token.to_string(), entry.recorded_at],
        ),
        AccountEvent::FeedOpened(feed) => {
            close_feed(tx, id, &feed.subject)?;
            tx.execute_later(
                "insert into account_feed (account, subject, digest, opened_at) values ($1, $2, $3, $4)",
                params![id, feed.subject, feed.digest, entry.recorded_at],
            )
        }
        AccountEvent::FeedClosed { subject } => close_feed(tx, id, &subject),
        AccountEvent::AbsenceNoted(absence) => tx.execute_later(
            "insert into account_absence (id, account, kind, from_day, to_day, substitute) \
             values ($1, $2, $3, $4, $5, $6)",
            params![
                absence.absence.to_string(),
                id,
                absence.kind.code(),
                absence.from.to_string(),
                absence.until.to_string(),
                absence.substitute.map(|account| account.to_string())
            ],
        ),
        AccountEvent::AbsenceEnded { absence, last_day } => tx.execute_later(
            "update account_absence set to_day = $2 where id = $1 and to_day > $2",
            params![absence.to_string(), last_day.to_string()],
        ),
    }
}

fn close_feed(tx: &mut Tx, id: &str, subject: &str) -> Result<(), StoreError> {
    tx.execute_later("delete from account_feed where account = $1 and subject = $2", params![id, subject])
}

fn must_change(tx: &mut Tx, id: &str, must: bool) -> Result<(), StoreError> {
    tx.execute_later("update account set must_change_password = $2 where id = $1", params![id, must])
}

fn disable(tx: &mut Tx, id: &str, from: Option<Date>) -> Result<(), StoreError> {
    let from = from.map(|day| day.to_string());
    tx.execute_later("update account set disabled_from = $2 where id = $1", params![id, from])
}

fn insert_grant(tx: &mut Tx, id: &str, grant: &HeldGrant) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into account_grant (id, account, role, unit, from_day, to_day) \
         values ($1, $2, $3, $4, $5, $6)",
        params![
            grant.grant.to_string(),
            id,
            grant.role.code(),
            grant.unit.as_str(),
            grant.from.to_string(),
            grant.to.map(|day| day.to_string())
        ],
    )
}

fn end_grant(tx: &mut Tx, grant: &str, last_day: Date) -> Result<(), StoreError> {
    tx.execute_later(
        "update account_grant set to_day = $2 where id = $1 and (to_day is null or to_day > $2)",
        params![grant, last_day.to_string()],
    )
}

fn trail(
    tx: &mut Tx,
    entry: &Entry,
    id: &str,
    actor: &Actor,
    event: &AccountEvent,
) -> Result<(), StoreError> {
    let (mut role, mut unit, mut day, mut other) = (None, None, None, None);
    match event {
        AccountEvent::Granted(grant) => {
            role = Some(grant.role.code());
            unit = Some(grant.unit.as_str());
            day = Some(grant.from);
        }
        AccountEvent::GrantEnded { last_day, .. } => day = Some(*last_day),
        AccountEvent::HandedOver { to, from, .. } => {
            other = Some(to.to_string());
            day = Some(*from);
        }
        AccountEvent::TookOver { of, .. } => other = Some(of.to_string()),
        AccountEvent::AbsenceNoted(absence) => {
            other = absence.substitute.map(|account| account.to_string());
            day = Some(absence.from);
        }
        AccountEvent::AbsenceEnded { last_day, .. } => day = Some(*last_day),
        AccountEvent::AccountDisabled { from } => day = Some(*from),
        _ => {}
    }
    let actor_kind = match actor {
        Actor::Person { .. } => "person",
        Actor::Integration { .. } => "integration",
        Actor::Operator => "operator",
        Actor::System { .. } | Actor::Platform { .. } => "system",
        Actor::Appellant { .. } | Actor::Public => "public",
    };
    tx.execute_later(
        "insert into account_trail (position, at, account, kind, actor, actor_kind, role, unit, day, other) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            entry.position,
            entry.recorded_at,
            id,
            &entry.kind,
            actor.account().map(|account| account.to_string()),
            actor_kind,
            role,
            unit,
            day.map(|day| day.to_string()),
            other
        ],
    )
}
