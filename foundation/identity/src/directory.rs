//! Who is behind a session or a token: one query over session, account, grants and units,
//! so that every request is judged by what is in force at that moment.

use crate::read::{self, uuid};
use kernel::permission::{Grant, UnitPath, may_be_stood_in_for};
use kernel::time::{Date, Instant, Zone};
use kernel::{AccountId, TokenId};
use platform::Failure;
use platform::directory::{Directory, SignedIn};
use std::sync::Arc;
use store::{Query, Row, Snapshot, StoreError, params};

/// A session ends after this long without a request, in hours.
pub const IDLE_HOURS: i64 = 2;
/// A session ends this long after the log-in, however busy, in hours.
pub const LONGEST_HOURS: i64 = 12;
/// Use is noted at most this often, in seconds: a read should seldom cost a write.
const NOTE_SECONDS: i64 = 300;

/// Looks people up in the store.
pub struct StoreDirectory {
    zone: Zone,
}

impl StoreDirectory {
    /// Grants run from day to day in this time zone.
    pub fn new(zone: Zone) -> Self {
        Self { zone }
    }
}

impl Directory for StoreDirectory {
    fn by_session(
        &self,
        snapshot: &mut Snapshot,
        digest: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, Failure> {
        let today = self.zone.date_of(now).to_string();
        let rows = snapshot.query(
            &format!(
                "with {POSTS} select {PERSON}, g.holder, s.created_at, s.last_seen_at \
                 from sessions s join account a on a.id = s.account left join posts g on g.account = a.id \
                 left join unit u on u.code = g.unit where s.token_hash = $2 and s.expires_at > $3 {ENABLED} \
                 order by g.holder nulls first, g.from_day, g.id"
            ),
            &params![today, digest, now],
        )?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let (created_at, last_seen_at) = (first.instant(8)?, first.instant(9)?);
        let renew_until = (now >= last_seen_at.plus_seconds(NOTE_SECONDS)).then(|| ends(created_at, now));
        let mut person = person(&rows)?;
        person.session = Some(digest.to_owned());
        person.renew_until = renew_until;
        Ok(Some(person))
    }

    fn by_token(
        &self,
        snapshot: &mut Snapshot,
        digest: &str,
        now: Instant,
    ) -> Result<Option<SignedIn>, Failure> {
        let today = self.zone.date_of(now).to_string();
        let rows = snapshot.query(
            &format!(
                "select {PERSON}, cast(null as text), t.id from account_token t join account a on a.id = t.account {GRANTS} \
                 where t.digest = $2 and t.expires_at > $3 and t.revoked_at is null {ENABLED} \
                 order by g.from_day, g.id"
            ),
            &params![today, digest, now],
        )?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let token = TokenId(uuid(first, 8)?);
        // A program cannot change a password, so it is not asked to.
        let person = SignedIn { token: Some(token), must_change_password: false, ..person(&rows)? };
        Ok(Some(person))
    }
}

/// Whose open address that is, with what they may do themselves today; none where it was closed
/// or its holder was disabled.
///
/// # Errors
/// Whatever the store says.
pub fn by_feed(
    q: &mut dyn Query,
    subject: &str,
    digest: &str,
    today: Date,
) -> Result<Option<SignedIn>, StoreError> {
    let rows = q.query(
        &format!(
            "select {PERSON}, cast(null as text) from account_feed f join account a on a.id = f.account \
             {GRANTS} where f.subject = $2 and f.digest = $3 {ENABLED} order by g.from_day, g.id"
        ),
        &params![today.to_string(), subject, digest],
    )?;
    if rows.is_empty() { Ok(None) } else { person(&rows).map(Some) }
}

/// When a session ends that began at `created_at` and is used now.
pub(crate) fn ends(created_at: Instant, now: Instant) -> Instant {
    now.plus_hours(IDLE_HOURS).min(created_at.plus_hours(LONGEST_HOURS))
}

const PERSON: &str = "a.id, a.name, a.must_change_password, g.role, g.unit, u.path, a.en_name";
/// A grant counts where its unit stands now; `$1` is today.
const GRANTS: &str = "left join account_grant g on g.account = a.id and g.from_day <= $1 \
                      and (g.to_day is null or g.to_day >= $1) left join unit u on u.code = g.unit";
/// What whoever has the session `$2` may act on today, `$1`: posts of their own, and those
/// of holders who are away and named them, for as long as the holder has them.
const POSTS: &str = "posts as (\
    select g.account, g.role, g.unit, g.from_day, g.id, cast(null as text) as holder \
    from sessions s join account_grant g on g.account = s.account \
    where s.token_hash = $2 and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1) \
    union all \
    select s.account, g.role, g.unit, g.from_day, g.id, g.account \
    from sessions s join account_absence b on b.substitute = s.account \
    and b.from_day <= $1 and b.to_day >= $1 \
    join account h on h.id = b.account and (h.disabled_from is null or h.disabled_from > $1) \
    join account_grant g on g.account = h.id and g.from_day <= $1 and (g.to_day is null or g.to_day >= $1) \
    where s.token_hash = $2)";
const ENABLED: &str = "and (a.disabled_from is null or a.disabled_from > $1)";

/// Gathers the rows of one person: one per grant, or one without any.
fn person(rows: &[Row]) -> Result<SignedIn, StoreError> {
    let first = &rows[0];
    let mut grants = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(role), Some(unit), Some(path)) = (row.opt_str(3)?, row.opt_text(4)?, row.opt_text(5)?) {
            let own = Grant::own(read::role(role)?, unit.into(), UnitPath(path));
            grants.push(match row.opt_str(7)? {
                None => own,
                Some(_) => Grant { stands_in_for: Some(AccountId(uuid(row, 7)?)), ..own },
            });
        }
    }
    keep_within(&mut grants);
    Ok(SignedIn {
        account: AccountId(uuid(first, 0)?),
        name: first.text(1)?,
        en_name: first.text(6)?,
        grants: Arc::from(grants),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: first.bool(2)?,
    })
}

/// A post is lent within its unit: to someone with a post of their own there or below it, as
/// units stand now. Administrators' posts are not lent.
fn keep_within(grants: &mut Vec<Grant>) {
    let own: Vec<UnitPath> = grants
        .iter()
        .filter(|grant| grant.stands_in_for.is_none() && may_be_stood_in_for(grant.role))
        .map(|grant| grant.path.clone())
        .collect();
    grants.retain(|grant| {
        grant.stands_in_for.is_none()
            || (may_be_stood_in_for(grant.role) && own.iter().any(|post| grant.path.holds(post)))
    });
}
