//! Who is away and who stands in: commands for pages and the demo, and what colleagues and
//! the head of a unit are shown.

use crate::read::{day, named, unit_named, uuid};
use crate::rules::absence::{Absence, AbsenceId, AbsenceKind};
use crate::rules::account::{Account, AccountCommand};
use kernel::AccountId;
use kernel::permission::{Role, UnitPath, may_be_stood_in_for};
use kernel::time::Date;
use platform::ui::Locale;
use platform::{App, By, Failure};
use std::collections::BTreeSet;
use store::{Query, Row, StoreError, Value, params};

/// What a new absence says.
#[derive(Clone, Debug)]
pub struct NewAbsence {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub kind: AbsenceKind,
    /// Who stands in; none: nobody does.
    pub substitute: Option<AccountId>,
}

/// An absence with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceRow {
    /// The absence.
    pub absence: Absence,
    /// Whose.
    pub account: AccountId,
    /// Their post's title.
    pub name: String,
    /// The title of the post of whoever stands in.
    pub substitute: Option<String>,
    /// Whether somebody really stands in on the day asked about: named, not disabled, and
    /// not away themselves.
    pub covered: bool,
}

impl AbsenceRow {
    /// Whether it lies in the future or runs on that day, and was not called off.
    pub fn not_over(&self, day: Date) -> bool {
        self.absence.from <= self.absence.until && day <= self.absence.until
    }
}

/// Someone who could stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Their account.
    pub account: AccountId,
    /// Their post's title.
    pub name: String,
    /// Short name of the unit of that post.
    pub unit: String,
}

/// The most people offered as substitutes, the nearest first.
const CANDIDATES: usize = 100;

/// Notes one's own absence, or as the security administrator another's.
///
/// # Errors
/// [`kernel::Refusal`] on `from`, `until` or `substitute`: see the rules.
pub async fn note(app: &App, by: &By, account: AccountId, new: NewAbsence) -> Result<AbsenceId, Failure> {
    let by = by.clone();
    app.write(move |work| {
        let absence = AbsenceId(work.fresh.uuid());
        let NewAbsence { from, until, kind, substitute } = new.clone();
        let noted = Absence { absence, from, until, kind, substitute };
        work.act::<Account>(&account.to_string(), &by, None, &AccountCommand::NoteAbsence(noted))?;
        Ok(absence)
    })
    .await
}

/// Ends an absence after a day; a day before its first calls it off.
///
/// # Errors
/// [`kernel::Refusal`] for an unknown absence, or one that is over.
pub async fn end(
    app: &App,
    by: &By,
    account: AccountId,
    absence: AbsenceId,
    last_day: Date,
) -> Result<(), Failure> {
    let by = by.clone();
    app.write(move |work| {
        let command = AccountCommand::EndAbsence { absence, last_day };
        work.act::<Account>(&account.to_string(), &by, None, &command).map(drop)
    })
    .await
}

/// All absences of an account, the newest first; whether they are covered is judged on
/// their first day, or today where they run.
///
/// # Errors
/// Whatever the store says.
pub fn of_account(
    q: &mut dyn Query,
    account: AccountId,
    today: Date,
    locale: Locale,
) -> Result<Vec<AbsenceRow>, StoreError> {
    let absence = absence(locale);
    let sql =
        format!("select {absence} {WITH_NAMES} where b.account = $1 order by b.from_day desc, b.id desc");
    rows(q, &sql, &params![account.to_string()], today)
}

/// Whom this account stands in for today.
///
/// # Errors
/// Whatever the store says.
pub fn stood_in_by(
    q: &mut dyn Query,
    account: AccountId,
    today: Date,
    locale: Locale,
) -> Result<Vec<AbsenceRow>, StoreError> {
    let absence = absence(locale);
    let sql = format!(
        "select {absence} {WITH_NAMES} where b.substitute = $1 and b.from_day <= $2 and b.to_day >= $2 \
         order by b.from_day, b.id"
    );
    rows(q, &sql, &params![account.to_string(), today.to_string()], today)
}

/// Who is away today of the people with a post in one of these subtrees.
///
/// # Errors
/// Whatever the store says.
pub fn away_within(
    q: &mut dyn Query,
    posts: &[UnitPath],
    today: Date,
    locale: Locale,
) -> Result<Vec<AbsenceRow>, StoreError> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut params: Vec<Value> = params![today.to_string()];
    let within = within("u.path", posts, &mut params);
    let absence = absence(locale);
    let sql = format!(
        "select {absence} {WITH_NAMES} where b.from_day <= $1 and b.to_day >= $1 and exists (\
         select 1 from account_grant g join unit u on u.code = g.unit where g.account = b.account \
         and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1) and {within}) \
         order by b.to_day, b.id"
    );
    rows(q, &sql, &params, today)
}

/// Who could stand in for an account today: those with a post of their own in the units of
/// its posts or below them, the nearest first.
///
/// # Errors
/// Whatever the store says.
pub fn candidates(
    q: &mut dyn Query,
    account: AccountId,
    today: Date,
    locale: Locale,
) -> Result<Vec<Candidate>, StoreError> {
    let held = q.query(
        "select g.role, u.path from account_grant g join unit u on u.code = g.unit where g.account = $1 \
         and g.from_day <= $2 and (g.to_day is null or g.to_day >= $2)",
        &params![account.to_string(), today.to_string()],
    )?;
    let mut posts = Vec::new();
    for row in &held {
        if may_be_stood_in_for(crate::read::role(row.str(0)?)?) {
            posts.push(UnitPath(row.text(1)?));
        }
    }
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut params: Vec<Value> = params![today.to_string(), account.to_string()];
    let within = within("u.path", &posts, &mut params);
    let lendable: Vec<String> = Role::ALL
        .iter()
        .filter(|role| may_be_stood_in_for(**role))
        .map(|role| format!("'{}'", role.code()))
        .collect();
    let found = q.query(
        &format!(
            "select a.id, {}, {} from account a join account_grant g on g.account = a.id \
             join unit u on u.code = g.unit where a.id <> $2 and (a.disabled_from is null or a.disabled_from > $1) \
             and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1) and g.role in ({}) and {within} \
             order by length(u.path), u.path, a.login limit 400",
            named("a", locale),
            unit_named("u", locale),
            lendable.join(", ")
        ),
        &params,
    )?;
    let mut seen = BTreeSet::new();
    let mut candidates = Vec::new();
    for row in &found {
        let account = AccountId(uuid(row, 0)?);
        if candidates.len() < CANDIDATES && seen.insert(account) {
            candidates.push(Candidate { account, name: row.text(1)?, unit: row.text(2)? });
        }
    }
    Ok(candidates)
}

fn absence(locale: Locale) -> String {
    let (holder, substitute) = (named("a", locale), named("s", locale));
    format!(
        "b.id, b.account, b.kind, b.from_day, b.to_day, b.substitute, {holder}, {substitute}, s.disabled_from"
    )
}

const WITH_NAMES: &str = "from account_absence b join account a on a.id = b.account \
                          left join account s on s.id = b.substitute";

fn rows(q: &mut dyn Query, sql: &str, params: &[Value], today: Date) -> Result<Vec<AbsenceRow>, StoreError> {
    let found = q.query(sql, params)?;
    let mut absences = Vec::with_capacity(found.len());
    for row in &found {
        let mut absence = absence_row(row)?;
        let judged = absence.absence.from.max(today);
        absence.covered = match absence.absence.substitute {
            Some(substitute) => {
                let disabled = row.opt_str(8)?.map(day).transpose()?;
                disabled.is_none_or(|from| judged < from) && !is_away(q, substitute, judged)?
            }
            None => false,
        };
        absences.push(absence);
    }
    Ok(absences)
}

fn is_away(q: &mut dyn Query, account: AccountId, day: Date) -> Result<bool, StoreError> {
    let sql = "select count(*) from account_absence where account = $1 and from_day <= $2 and to_day >= $2";
    Ok(q.query_one(sql, &params![account.to_string(), day.to_string()])?.int(0)? > 0)
}

fn absence_row(row: &Row) -> Result<AbsenceRow, StoreError> {
    let kind = row.str(2)?;
    let kind = AbsenceKind::parse(kind).ok_or_else(|| StoreError::Corrupt(format!("absence {kind}")))?;
    let substitute = if row.opt_str(5)?.is_some() { Some(AccountId(uuid(row, 5)?)) } else { None };
    Ok(AbsenceRow {
        absence: Absence {
            absence: AbsenceId(uuid(row, 0)?),
            from: day(row.str(3)?)?,
            until: day(row.str(4)?)?,
            kind,
            substitute,
        },
        account: AccountId(uuid(row, 1)?),
        name: row.text(6)?,
        substitute: row.opt_text(7)?,
        covered: false,
    })
}

/// A condition that a path lies in one of these subtrees: a range each, as an index serves it.
fn within(column: &str, posts: &[UnitPath], params: &mut Vec<Value>) -> String {
    let mut any = Vec::with_capacity(posts.len());
    for post in posts {
        params.push(post.0.as_str().into());
        params.push(network::upper_bound(&post.0).into());
        any.push(format!("({column} >= ${} and {column} < ${})", params.len() - 1, params.len()));
    }
    format!("({})", any.join(" or "))
}
