//! Who of one's own unit is away today: told above the queues, first what nobody covers.

use super::words::Words;
use identity::absences;
use kernel::permission::{Grant, Role, UnitPath};
use platform::Failure;
use platform::web::Staff;

/// People at work in a unit; whoever looks over a whole city reads of absences elsewhere.
const AT_WORK: [Role; 6] =
    [Role::UnitHead, Role::UnitLiaison, Role::Intake, Role::Dispatcher, Role::ShiftHead, Role::CallBack];

/// The absences of today, one sentence each.
#[derive(Default)]
pub struct Away {
    /// Nobody stands in.
    pub uncovered: Vec<String>,
    /// Somebody does.
    pub covered: Vec<String>,
}

impl Away {
    /// Of the units that this person has posts of their own in.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn today(staff: &Staff, words: &Words) -> Result<Self, Failure> {
        let at_work = |grant: &&Grant| grant.stands_in_for.is_none() && AT_WORK.contains(&grant.role);
        let posts = staff.person.grants.iter().filter(at_work);
        let mut units: Vec<UnitPath> = posts.map(|grant| grant.path.clone()).collect();
        units.sort();
        units.dedup();
        if units.is_empty() {
            return Ok(Self::default());
        }
        let (today, locale) = (staff.app.config.zone.date_of(staff.app.now()), staff.prefs.locale);
        let rows = staff
            .app
            .read(move |snapshot, _| Ok(absences::away_within(snapshot, &units, today, locale)?))
            .await?;
        let (covered, uncovered): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.covered);
        let say = |rows: Vec<_>| rows.into_iter().map(|row| words.away(row)).collect();
        Ok(Self { uncovered: say(uncovered), covered: say(covered) })
    }
}
