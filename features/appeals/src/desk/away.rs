//! Who of one's own unit is away today: shown above the queues, first what nobody covers.

use super::words::Words;
use identity::absences::{self, AbsenceRow};
use kernel::permission::{Grant, Role, UnitPath};
use kernel::time::Date;
use platform::Failure;
use store::Query;

/// People at work in a unit; whoever looks over a whole city reads of absences elsewhere.
const AT_WORK: [Role; 6] = [
    Role::UnitHead,
    Role::UnitLiaison,
    Role::Intake,
    Role::Dispatcher,
    Role::ShiftHead,
    Role::CallBack,
];

/// The absences of today, those first that nobody covers.
///
/// # Errors
/// Whatever the store says.
pub fn today(query: &mut dyn Query, grants: &[Grant], today: Date) -> Result<Vec<AbsenceRow>, Failure> {
    let at_work = |grant: &&Grant| grant.stands_in_for.is_none() && AT_WORK.contains(&grant.role);
    let mut units: Vec<UnitPath> = grants.iter().filter(at_work).map(|grant| grant.path.clone()).collect();
    units.sort();
    units.dedup();
    let mut rows = absences::away_within(query, &units, today)?;
    rows.sort_by_key(|row| row.covered);
    Ok(rows)
}

/// One line each: what nobody covers, and the rest.
pub fn told(words: &Words, rows: &[AbsenceRow]) -> (Vec<String>, Vec<String>) {
    let (covered, uncovered): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.covered);
    let say = |rows: Vec<&AbsenceRow>| rows.into_iter().map(|row| words.away(row)).collect();
    (say(uncovered), say(covered))
}
