//! Keeps the sums: of every matter that was written to, what it came to is taken out and what
//! it comes to is added.

use super::super::book;
use super::table::{self, Place};
use kernel::time::Zone;
use kernel::{Aggregate, MatterId};
use matters_rules::MatterRules;
use matters_rules::figures::Fact;
use matters_rules::figures::days::{Course, Odd, Signed, add};
use platform::config::Config;
use platform::followers::{Follower, Gathered};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Entry, Projection, Query, StoreError, TableDef, Tx, Value};

/// The sums' name as a follower.
pub(super) const NAME: &str = "figure_days";

/// Follows the journal with the sums of days.
#[derive(Clone, Copy, Debug)]
pub struct FigureDays;

impl Follower for FigureDays {
    fn name(&self) -> &'static str {
        NAME
    }

    /// The facts are the matters' projection's, the days those of the zone.
    fn version(&self, config: &Config) -> String {
        let facts = crate::projection::MatterProjection::default().version();
        format!("1 facts {facts} {}", config.zone.name())
    }

    fn tables(&self) -> &'static [TableDef] {
        table::ALL
    }

    fn gather(
        &self,
        query: &mut dyn Query,
        app: &App,
        entries: &[Entry],
    ) -> Result<Box<dyn Gathered>, Failure> {
        let mut written: BTreeMap<MatterId, (i64, i64)> = BTreeMap::new();
        for entry in entries {
            if let Some((MatterRules::KIND, id)) = entry.stream.split_once(':') {
                let span = written.entry(book::matter_id(id)?).or_insert((entry.version, entry.version));
                *span = (span.0.min(entry.version), span.1.max(entry.version));
            }
        }
        let mut gathering = Gathering::default();
        let ids: Vec<MatterId> = written.keys().copied().collect();
        for (id, facts) in book::facts_of(query, &ids)? {
            let (first, last) = written[&id];
            gathering.add(&known(&facts, first - 1), &app.config.zone, -1);
            let odd = gathering.add(&known(&facts, last), &app.config.zone, 1);
            gathering.odd.push((id, odd));
        }
        Ok(Box::new(gathering))
    }
}

/// What is to be added to the sums.
#[derive(Default)]
pub struct Gathering {
    sums: BTreeMap<Place, Signed>,
    odd: Vec<(MatterId, Vec<Odd>)>,
}

impl Gathering {
    /// Adds a matter so many times; gives its odd days.
    pub fn add(&mut self, facts: &[Fact], zone: &Zone, times: i64) -> Vec<Odd> {
        let course = Course::of(facts, zone);
        for step in course.steps() {
            for span in table::spans(step.day) {
                let sums = self.sums.entry((step.by, step.side, span, step.key.clone())).or_default();
                add(sums, &step.cells, times);
            }
        }
        course.odd()
    }

    /// The rows of the odd days of a matter, for [`Gathering::ODD`].
    pub fn odd_rows(matter: &str, odd: &[Odd]) -> Vec<Vec<Value>> {
        table::odd_rows(matter, odd)
    }

    /// Table and columns of the odd days.
    pub const ODD: (&'static str, [&'static str; 5]) =
        ("figure_odd", ["part", "stretch", "matter", "first", "last"]);

    /// The name under which the cursor stands.
    pub const FOLLOWER: &'static str = NAME;
}

impl Gathered for Gathering {
    fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        table::write(tx, &self.sums)?;
        self.odd.iter().try_for_each(|(matter, odd)| table::write_odd(tx, &matter.to_string(), odd))
    }
}

/// A matter's facts up to a version.
pub(super) fn known(facts: &[(i64, Fact)], version: i64) -> Vec<Fact> {
    facts.iter().filter(|(at, _)| *at <= version).map(|(_, fact)| fact.clone()).collect()
}

/// The facts of all these matters, some at a time.
pub(super) fn each_of(
    q: &mut dyn Query,
    ids: &[MatterId],
    each: &mut dyn FnMut(MatterId, Vec<(i64, Fact)>),
) -> Result<(), Failure> {
    for some in ids.chunks(book::CHUNK) {
        for (id, facts) in book::facts_of(q, some)? {
            each(id, facts);
        }
    }
    Ok(())
}
