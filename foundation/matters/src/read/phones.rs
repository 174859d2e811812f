//! Where units are reached while no office works.

use crate::configuration;
use kernel::UnitId;
use kernel::time::{Calendar, Instant, WorkingInterval};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;

/// Whether no office works at that moment.
pub(super) fn is_out_of_hours(calendar: &Calendar, at: Instant) -> bool {
    let local = calendar.zone().local(at);
    let minute = local.hour() as u16 * 60 + local.minute() as u16;
    let within = |hours: &WorkingInterval| (hours.from..hours.to).contains(&minute);
    !calendar.is_working_day(local.date()) || !calendar.working_hours().iter().any(within)
}

/// Whether no office works now.
///
/// # Errors
/// Whatever the store says.
pub fn out_of_hours(query: &mut dyn Query, app: &App) -> Result<bool, Failure> {
    Ok(is_out_of_hours(&*configuration::calendar_in_force(query)?, app.now()))
}

/// The out-of-hours telephones of these units, of those that have one: none while offices work,
/// when their desks are reached.
///
/// # Errors
/// Whatever the store says.
pub fn duty_phones<'a>(
    query: &mut dyn Query,
    app: &App,
    units: impl IntoIterator<Item = &'a UnitId>,
) -> Result<BTreeMap<UnitId, String>, Failure> {
    let mut phones = BTreeMap::new();
    if !out_of_hours(query, app)? {
        return Ok(phones);
    }
    for unit in units {
        if !phones.contains_key(unit) {
            phones.insert(unit.clone(), network::duty_phone(query, unit)?);
        }
    }
    phones.retain(|_, phone| !phone.is_empty());
    Ok(phones)
}
