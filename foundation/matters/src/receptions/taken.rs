//! Calls and visits that are over: what can be looked at afterwards.

use super::projection::QUARTER_MICROS;
use kernel::permission::UnitPath;
use kernel::time::Instant;
use kernel::{AccountId, MatterId, ReceptionId, UnitId};
use matters_rules::Channel;
use platform::Failure;
use store::{Query, params};

/// A call or visit that is over. Who called is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub id: ReceptionId,
    /// For which office.
    pub office: UnitId,
    /// By whom.
    pub officer: Option<AccountId>,
    /// How they came.
    pub channel: Option<Channel>,
    /// When it began.
    pub begun_at: Instant,
    /// When it was over.
    pub ended_at: Instant,
    /// Times it was held.
    pub holds: u64,
    /// Code of what came of it.
    pub ending: String,
    /// The emergency service, or why it was no call; empty for neither.
    pub detail: String,
    /// The matter that was filed.
    pub matter: Option<MatterId>,
}

/// What was begun within a period at or below a unit and was over at that moment, in the order of
/// the ids; what was given up is left out. Asked again for the same moment it is the same.
///
/// # Errors
/// Whatever the store says.
pub fn over(
    query: &mut dyn Query,
    office: &UnitPath,
    (from, until): (Instant, Instant),
    as_of: Instant,
) -> Result<Vec<ReceptionId>, Failure> {
    let rows = query.query(
        "select r.id from reception r join unit u on u.code = r.office \
         where r.quarter >= $1 and r.quarter <= $2 and r.begun_at >= $3 and r.begun_at < $4 \
         and r.ended_at <= $5 and r.ending <> 'given_up' and u.path >= $6 and u.path < $7 order by r.id",
        &params![
            from.micros().div_euclid(QUARTER_MICROS),
            until.micros().div_euclid(QUARTER_MICROS),
            from,
            until,
            as_of,
            office.0.as_str(),
            network::upper_bound(&office.0)
        ],
    )?;
    rows.iter().map(|row| id(row.str(0)?)).collect()
}

/// One that is over.
///
/// # Errors
/// Whatever the store says.
pub fn taken(query: &mut dyn Query, call: ReceptionId) -> Result<Option<Taken>, Failure> {
    let row = query.query_one_opt(
        "select id, office, officer, channel, begun_at, ended_at, holds, ending, coalesce(detail, ''), matter \
         from reception where id = $1 and ended_at is not null",
        &params![call.to_string()],
    )?;
    row.map(|row| {
        Ok(Taken {
            id: id(row.str(0)?)?,
            office: UnitId(row.text(1)?),
            officer: row.opt_str(2)?.map(id).transpose()?,
            channel: Channel::parse(row.str(3)?),
            begun_at: row.instant(4)?,
            ended_at: row.instant(5)?,
            holds: u64::try_from(row.int(6)?).unwrap_or(0),
            ending: row.text(7)?,
            detail: row.text(8)?,
            matter: row.opt_str(9)?.map(id).transpose()?,
        })
    })
    .transpose()
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Internal("an id of a reception is no UUID".into()))
}
