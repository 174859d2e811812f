//! Away from one's post: from when to when, why in one word, and who stands in 代. A
//! substitute gets what the holder's own posts allow, for that time, and nothing more:
//! what is lent cannot be lent on.

use super::account::{AccountEvent, AccountFacts, AccountState};
use kernel::time::Date;
use kernel::{AccountId, Refusal, codes};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whoever is away longer hands over (PRODUCT: a post has one holder).
const DAYS_MAX: i32 = 180;

codes! {
    /// Why someone is away. Coarse on purpose: it is shown to colleagues, and illness or
    /// family are nobody's business.
    AbsenceKind, "absence-kind" {
        /// 公出
        Duty = "duty",
        /// 休假
        Leave = "leave",
        /// 培训
        Training = "training",
        /// 其他
        Other = "other",
    }
}

/// An absence, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AbsenceId(pub Uuid);

impl std::fmt::Display for AbsenceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for AbsenceId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// See the module. Both days are included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its id.
    pub absence: AbsenceId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub kind: AbsenceKind,
    /// Who stands in; none: nobody does.
    pub substitute: Option<AccountId>,
}

impl Absence {
    /// Whether the two share a day.
    pub fn overlaps(&self, from: Date, until: Date) -> bool {
        self.from <= until && from <= self.until && self.from <= self.until
    }
}

/// What the rules must know of whoever is to stand in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubstituteFact {
    /// May log in on the first day.
    pub enabled: bool,
    /// Is away themselves on one of the days.
    pub away: bool,
    /// Has a post of their own within the unit, or below it, of a post that is lent.
    pub within: bool,
}

pub(super) fn note(
    state: &AccountState,
    absence: &Absence,
    facts: &AccountFacts,
) -> Result<Vec<AccountEvent>, Refusal> {
    let Absence { from, until, substitute, .. } = absence;
    if !state.enabled(facts.today) {
        return Err(Refusal::new("account-disabled"));
    }
    if *from < facts.today {
        return Err(Refusal::field("from", "absence-in-the-past"));
    }
    if until < from {
        return Err(Refusal::field("until", "absence-dates-reversed"));
    }
    if days_between(*from, *until) > DAYS_MAX {
        return Err(Refusal::field("until", "absence-too-long").with("days", DAYS_MAX));
    }
    if state.absences.iter().any(|known| known.overlaps(*from, *until)) {
        return Err(Refusal::field("from", "absence-overlaps"));
    }
    if let Some(substitute) = substitute {
        stand_in(state, *substitute, facts)?;
    }
    Ok(vec![AccountEvent::AbsenceNoted(absence.clone())])
}

fn stand_in(state: &AccountState, substitute: AccountId, facts: &AccountFacts) -> Result<(), Refusal> {
    let refuse = |code| Err(Refusal::field("substitute", code));
    let known = facts.substitute.unwrap_or_default();
    if state.id == Some(substitute) {
        refuse("substitute-is-oneself")
    } else if facts.actor.account() == Some(substitute) {
        // An administrator who notes another's absence does not put themselves in.
        refuse("grant-to-self")
    } else if !known.enabled {
        refuse("substitute-unknown")
    } else if known.away {
        refuse("substitute-away")
    } else if !known.within {
        refuse("substitute-outside")
    } else {
        Ok(())
    }
}

/// Back early, or called off: what is over stays as it was.
pub(super) fn end(
    state: &AccountState,
    absence: AbsenceId,
    last_day: Date,
) -> Result<Vec<AccountEvent>, Refusal> {
    let known = state.absences.iter().find(|known| known.absence == absence);
    let known = known.ok_or_else(|| Refusal::new("absence-unknown"))?;
    if known.until <= last_day || known.until < known.from {
        return Err(Refusal::new("absence-over"));
    }
    Ok(vec![AccountEvent::AbsenceEnded { absence, last_day }])
}

fn days_between(from: Date, until: Date) -> i32 {
    (until - from).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(days_between(day("2022-01-31"), day("2022-08-01")), 182);
    }
}
