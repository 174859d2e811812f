//! The figures of calls by local day: every call in exactly one cell.

use super::projection::QUARTER_MICROS;
use kernel::permission::{Grant, Permission, may_ever};
use kernel::time::{Date, Instant};
use matters_rules::{EmergencyService, InvalidCall};
use network::upper_bound;
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Query, Value};

/// The telephone calls of one local day, by when they began. Always
/// `received = filed + emergency + invalid + given_up + open`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallDay {
    /// Calls.
    pub received: u64,
    /// Became an appeal.
    pub filed: u64,
    /// Handed to an emergency service, by service.
    pub emergency: BTreeMap<EmergencyService, u64>,
    /// Were none, by reason.
    pub invalid: BTreeMap<InvalidCall, u64>,
    /// Given up, or left lying until the draft ended.
    pub given_up: u64,
    /// Not over yet.
    pub open: u64,
    /// Of all of them: held at least once.
    pub held: u64,
}

impl CallDay {
    /// Handed to an emergency service, all together.
    pub fn emergencies(&self) -> u64 {
        self.emergency.values().sum()
    }

    /// None, all together.
    pub fn invalids(&self) -> u64 {
        self.invalid.values().sum()
    }

    /// Adds another day's.
    pub fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.filed += other.filed;
        self.given_up += other.given_up;
        self.open += other.open;
        self.held += other.held;
        for (service, n) in &other.emergency {
            *self.emergency.entry(*service).or_default() += n;
        }
        for (reason, n) in &other.invalid {
            *self.invalid.entry(*reason).or_default() += n;
        }
    }

    fn count(&mut self, ending: Option<&str>, detail: &str, n: u64, held: u64) {
        self.received += n;
        self.held += held;
        match ending {
            Some("filed") => self.filed += n,
            Some("emergency") => {
                let service = EmergencyService::parse(detail).unwrap_or(EmergencyService::Other);
                *self.emergency.entry(service).or_default() += n;
            }
            Some("invalid") => {
                *self.invalid.entry(InvalidCall::parse(detail).unwrap_or(InvalidCall::Other)).or_default() +=
                    n;
            }
            Some(_) => self.given_up += n,
            None => self.open += n,
        }
    }
}

/// The days from `from` to `to` on which someone called, as far as these grants reach the
/// office. What came at a counter or by letter is no call.
///
/// # Errors
/// Whatever the store says.
pub fn days(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    from: Date,
    to: Date,
) -> Result<BTreeMap<Date, CallDay>, Failure> {
    let zone = &app.config.zone;
    let (start, end) = (zone.start_of_day(from), zone.end_of_day(to));
    let mut params: Vec<Value> = vec![
        start.micros().div_euclid(QUARTER_MICROS).into(),
        end.micros().div_euclid(QUARTER_MICROS).into(),
    ];
    let mut scope = Vec::new();
    for grant in grants.iter().filter(|grant| reads(grant)) {
        params.push(grant.path.0.as_str().into());
        params.push(upper_bound(&grant.path.0).into());
        scope.push(format!("(u.path >= ${} and u.path < ${})", params.len() - 1, params.len()));
    }
    if scope.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select r.quarter, r.ending, coalesce(r.detail, ''), count(*), \
         cast(sum(case when r.holds > 0 then 1 else 0 end) as bigint) \
         from reception r join unit u on u.code = r.office \
         where r.channel = 'hotline' and r.quarter >= $1 and r.quarter < $2 and ({}) \
         group by r.quarter, r.ending, coalesce(r.detail, '')",
        scope.join(" or ")
    );
    let mut days: BTreeMap<Date, CallDay> = BTreeMap::new();
    for row in query.query(&sql, &params)? {
        let at = Instant::from_micros(row.int(0)? * QUARTER_MICROS);
        let number = |at| row.int(at).map(|n| u64::try_from(n).unwrap_or(0));
        let day = days.entry(zone.date_of(at)).or_default();
        day.count(row.opt_str(1)?, row.str(2)?, number(3)?, number(4)?);
    }
    Ok(days)
}

fn reads(grant: &Grant) -> bool {
    may_ever(grant.role, Permission::MatterFile) || may_ever(grant.role, Permission::FiguresRead)
}
