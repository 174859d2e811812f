//! Who is behind a session or a token: one query over session, account, grants and units,
//! so that every request is judged by what is in force at that moment.

use crate::read::{self, uuid};
use kernel::permission::{Grant, UnitPath};
use kernel::time::{Instant, Zone};
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
                "select {PERSON}, s.created_at, s.last_seen_at \
                 from sessions s join account a on a.id = s.account {GRANTS} \
                 where s.token_hash = $2 and s.expires_at > $3 {ENABLED} order by g.from_day, g.id"
            ),
            &params![today, digest, now],
        )?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let (created_at, last_seen_at) = (first.instant(6)?, first.instant(7)?);
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
                "select {PERSON}, t.id from account_token t join account a on a.id = t.account {GRANTS} \
                 where t.digest = $2 and t.expires_at > $3 and t.revoked_at is null {ENABLED} \
                 order by g.from_day, g.id"
            ),
            &params![today, digest, now],
        )?;
        let Some(first) = rows.first() else {
            return Ok(None);
        };
        let token = TokenId(uuid(first, 6)?);
        // A program cannot change a password, so it is not asked to.
        let person = SignedIn { token: Some(token), must_change_password: false, ..person(&rows)? };
        Ok(Some(person))
    }
}

/// When a session ends that began at `created_at` and is used now.
pub(crate) fn ends(created_at: Instant, now: Instant) -> Instant {
    now.plus_hours(IDLE_HOURS).min(created_at.plus_hours(LONGEST_HOURS))
}

const PERSON: &str = "a.id, a.name, a.must_change_password, g.role, g.unit, u.path";
/// A grant counts where its unit stands now; `$1` is today.
const GRANTS: &str = "left join account_grant g on g.account = a.id and g.from_day <= $1 \
                      and (g.to_day is null or g.to_day >= $1) left join unit u on u.code = g.unit";
const ENABLED: &str = "and (a.disabled_from is null or a.disabled_from > $1)";

/// Gathers the rows of one person: one per grant, or one without any.
fn person(rows: &[Row]) -> Result<SignedIn, StoreError> {
    let first = &rows[0];
    let mut grants = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(role), Some(unit), Some(path)) = (row.opt_str(3)?, row.opt_text(4)?, row.opt_text(5)?) {
            grants.push(Grant { role: read::role(role)?, unit: unit.into(), path: UnitPath(path) });
        }
    }
    Ok(SignedIn {
        account: AccountId(uuid(first, 0)?),
        name: first.text(1)?,
        grants: Arc::from(grants),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: first.bool(2)?,
    })
}
