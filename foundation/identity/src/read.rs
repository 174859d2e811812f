//! Queries on accounts, grants, tokens and the audit trail.

use crate::rules::account::{GrantId, HeldGrant};
use kernel::permission::Role;
use kernel::text::like_containing;
use kernel::time::{Date, Instant};
use kernel::{AccountId, TokenId, UnitId};
use platform::ui::Locale;
use store::{Query, Row, StoreError, params};
use uuid::Uuid;

/// A row of `account`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Log-in name.
    pub login: String,
    /// The post's title.
    pub name: String,
    /// The same in English; may be empty.
    pub en_name: String,
    /// When it was created.
    pub created_at: Instant,
    /// First day on which it may no longer log in.
    pub disabled_from: Option<Date>,
    /// Whether the password must be changed first.
    pub must_change_password: bool,
    /// How often failed tries were forgiven.
    pub unlocks: i64,
}

impl AccountRow {
    /// The post's title as a reader of that language knows it.
    pub fn named(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en_name.is_empty() => &self.en_name,
            _ => &self.name,
        }
    }

    /// Whether it may log in on a day.
    pub fn enabled(&self, day: &Date) -> bool {
        self.disabled_from.is_none_or(|from| *day < from)
    }
}

/// A grant with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant.
    pub held: HeldGrant,
    /// Short name of its unit.
    pub unit_name: String,
}

/// A token as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// On whose grants it acts.
    pub account: AccountId,
    /// That account's name.
    pub account_name: String,
    /// What it is for.
    pub name: String,
    /// When it was issued.
    pub issued_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailRow {
    /// Its place in the journal.
    pub position: i64,
    /// When.
    pub at: Instant,
    /// Name of the account it is about.
    pub account: String,
    /// The event's kind, e.g. `granted`.
    pub kind: String,
    /// Name of the account that did it.
    pub actor: Option<String>,
    /// `person`, `operator`, `integration`, `system`.
    pub actor_kind: String,
    /// A grant's role.
    pub role: Option<Role>,
    /// A grant's unit, by its short name.
    pub unit: Option<String>,
    /// The day it takes effect.
    pub day: Option<Date>,
    /// The other account of a handover, by its name.
    pub other: Option<String>,
}

/// A line of the access log, with the account's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRow {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Instant,
    /// What: `log_in`, `failed`, `slowed_down`, `log_out`, `password_changed`.
    pub kind: String,
    /// Name of the account, where the log-in name is known.
    pub account: Option<String>,
    /// The first characters of the source's keyed digest: equal sources look equal.
    pub source: String,
}

/// Rows of one page of a list.
pub const PAGE: i64 = 50;

/// The account of a log-in name in lower case.
///
/// # Errors
/// Whatever the store says.
pub fn by_login(q: &mut dyn Query, login: &str) -> Result<Option<AccountRow>, StoreError> {
    let sql = format!("select {ACCOUNT} from account a where a.login = $1");
    q.query_one_opt(&sql, &params![login])?.as_ref().map(account_row).transpose()
}

/// One account.
///
/// # Errors
/// Whatever the store says.
pub fn account(q: &mut dyn Query, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
    let sql = format!("select {ACCOUNT} from account a where a.id = $1");
    q.query_one_opt(&sql, &params![id.to_string()])?.as_ref().map(account_row).transpose()
}

/// Accounts by log-in name after one, holding a text; up to [`PAGE`] and one more.
///
/// # Errors
/// Whatever the store says.
pub fn accounts(q: &mut dyn Query, text: &str, after: &str) -> Result<Vec<AccountRow>, StoreError> {
    let sql = format!(
        "select {ACCOUNT} from account a where a.login > $1 and a.search like $2 escape '!' \
         order by a.login limit $3"
    );
    let rows = q.query(&sql, &params![after, like_containing(text), PAGE + 1])?;
    rows.iter().map(account_row).collect()
}

/// All grants of an account, the newest first.
///
/// # Errors
/// Whatever the store says.
pub fn grants_of(q: &mut dyn Query, account: AccountId, locale: Locale) -> Result<Vec<GrantRow>, StoreError> {
    let unit = unit_named("u", locale);
    let rows = q.query(
        &format!(
            "select g.id, g.role, g.unit, g.from_day, g.to_day, coalesce({unit}, g.unit) \
             from account_grant g left join unit u on u.code = g.unit \
             where g.account = $1 order by g.from_day desc, g.id desc"
        ),
        &params![account.to_string()],
    )?;
    rows.iter().map(grant_row).collect()
}

/// Who holds one of these roles in that very unit on that day, and may log in: those with a
/// grant of their own, and whoever stands in for one of them who is away. Each once.
///
/// # Errors
/// Whatever the store says.
pub fn holders(
    q: &mut dyn Query,
    unit: &UnitId,
    roles: &[Role],
    day: Date,
) -> Result<Vec<AccountId>, StoreError> {
    let roles: Vec<String> = roles.iter().map(|role| format!("'{}'", role.code())).collect();
    let sql = format!(
        "select a.id, b.substitute from account_grant g join account a on a.id = g.account \
         left join account_absence b on b.account = a.id and b.from_day <= $2 and b.to_day >= $2 \
         where g.unit = $1 and g.role in ({}) and g.from_day <= $2 \
         and (g.to_day is null or g.to_day >= $2) \
         and (a.disabled_from is null or a.disabled_from > $2) order by a.login",
        roles.join(", ")
    );
    let mut holders = Vec::new();
    for row in &q.query(&sql, &params![unit.as_str(), day.to_string()])? {
        let substitute = if row.opt_str(1)?.is_some() { Some(uuid(row, 1)?) } else { None };
        for id in [Some(uuid(row, 0)?), substitute].into_iter().flatten().map(AccountId) {
            if !holders.contains(&id) {
                holders.push(id);
            }
        }
    }
    Ok(holders)
}

/// All tokens, the newest first.
///
/// # Errors
/// Whatever the store says.
pub fn tokens(q: &mut dyn Query, locale: Locale) -> Result<Vec<TokenRow>, StoreError> {
    let name = named("a", locale);
    let rows = q.query(
        &format!(
            "select t.id, t.account, {name}, t.name, t.issued_at, t.expires_at, t.revoked_at \
             from account_token t join account a on a.id = t.account order by t.issued_at desc, t.id desc"
        ),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(TokenRow {
                id: TokenId(uuid(row, 0)?),
                account: AccountId(uuid(row, 1)?),
                account_name: row.text(2)?,
                name: row.text(3)?,
                issued_at: row.instant(4)?,
                expires_at: row.instant(5)?,
                revoked_at: row.opt_instant(6)?,
            })
        })
        .collect()
}

/// Since when somebody's secret address of a subject is open; none where there is none.
///
/// # Errors
/// Whatever the store says.
pub fn feed_opened_at(
    q: &mut dyn Query,
    account: AccountId,
    subject: &str,
) -> Result<Option<Instant>, StoreError> {
    let sql = "select opened_at from account_feed where account = $1 and subject = $2";
    q.query_one_opt(sql, &params![account.to_string(), subject])?.map(|row| row.instant(0)).transpose()
}

/// The audit trail before a position (`None`: from the newest), newest first; up to
/// [`PAGE`] and one more.
///
/// # Errors
/// Whatever the store says.
pub fn trail(q: &mut dyn Query, before: Option<i64>, locale: Locale) -> Result<Vec<TrailRow>, StoreError> {
    let [whose, actor, other] = ["a", "b", "o"].map(|account| named(account, locale));
    let unit = unit_named("u", locale);
    let rows = q.query(
        &format!(
            "select t.position, t.at, coalesce({whose}, t.account), t.kind, coalesce({actor}, t.actor), \
             t.actor_kind, t.role, coalesce({unit}, t.unit), t.day, coalesce({other}, t.other) \
             from account_trail t left join account a on a.id = t.account \
             left join account b on b.id = t.actor left join account o on o.id = t.other \
             left join unit u on u.code = t.unit \
             where t.position < $1 order by t.position desc limit $2"
        ),
        &params![before.unwrap_or(i64::MAX), PAGE + 1],
    )?;
    rows.iter()
        .map(|row| {
            Ok(TrailRow {
                position: row.int(0)?,
                at: row.instant(1)?,
                account: row.text(2)?,
                kind: row.text(3)?,
                actor: row.opt_text(4)?,
                actor_kind: row.text(5)?,
                role: row.opt_str(6)?.and_then(Role::parse),
                unit: row.opt_text(7)?,
                day: row.opt_str(8)?.map(day).transpose()?,
                other: row.opt_text(9)?,
            })
        })
        .collect()
}

/// The access log before a line (`None`: from the newest), newest first; up to [`PAGE`]
/// and one more.
///
/// # Errors
/// Whatever the store says.
pub fn access_log(
    q: &mut dyn Query,
    before: Option<(Instant, &str)>,
    locale: Locale,
) -> Result<Vec<AccessRow>, StoreError> {
    let lines = store::access_log::page(q, before, PAGE + 1)?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let id = line.account.as_deref().and_then(|id| id.parse().ok());
        let account = match id {
            Some(id) => account(q, id)?.map(|account| account.named(locale).to_owned()),
            None => None,
        };
        let source = line.source.chars().take(8).collect();
        rows.push(AccessRow { id: line.id, at: line.at, kind: line.kind, account, source });
    }
    Ok(rows)
}

/// Reads a day of the projection.
pub(crate) fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("day {text}")))
}

pub(crate) fn uuid(row: &Row, index: usize) -> Result<Uuid, StoreError> {
    let text = row.str(index)?;
    Uuid::parse_str(text).map_err(|_| StoreError::Corrupt(format!("id {text}")))
}

pub(crate) fn role(code: &str) -> Result<Role, StoreError> {
    Role::parse(code).ok_or_else(|| StoreError::Corrupt(format!("role {code}")))
}

/// A post's title in the reader's language, of an account joined under that name.
pub(crate) fn named(account: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("{account}.name"),
        Locale::En => format!("coalesce(nullif({account}.en_name, ''), {account}.name)"),
    }
}

/// The same of a unit: its short name.
pub(crate) fn unit_named(unit: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("{unit}.short_name"),
        Locale::En => format!("coalesce(nullif({unit}.en_name, ''), {unit}.short_name)"),
    }
}

const ACCOUNT: &str =
    "a.id, a.login, a.name, a.en_name, a.created_at, a.disabled_from, a.must_change_password, a.unlocks";

fn account_row(row: &Row) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        id: AccountId(uuid(row, 0)?),
        login: row.text(1)?,
        name: row.text(2)?,
        en_name: row.text(3)?,
        created_at: row.instant(4)?,
        disabled_from: row.opt_str(5)?.map(day).transpose()?,
        must_change_password: row.bool(6)?,
        unlocks: row.int(7)?,
    })
}

fn grant_row(row: &Row) -> Result<GrantRow, StoreError> {
    Ok(GrantRow {
        held: HeldGrant {
            grant: GrantId(uuid(row, 0)?),
            role: role(row.str(1)?)?,
            unit: row.text(2)?.into(),
            from: day(row.str(3)?)?,
            to: row.opt_str(4)?.map(day).transpose()?,
        },
        unit_name: row.text(5)?,
    })
}
