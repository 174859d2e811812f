//! Whom a matter goes to, suggested with its reasons (PRODUCT rule 10): statutory and
//! vertical matters to the city's unit; inside a zone the zone leads and the department works
//! with it; else the county's platform and then its department; a township only by an item of
//! its duty list (rule 9); never the unit complained about, nor one below it (rule 4).
//!
//! A suggestion is no decision: a person takes it, changes it or leaves it. What only a
//! person can know, such as who owns a house, is left open by name.

mod directory;

pub use directory::{Candidate, DepartmentKind, Directory, DutyItem, Nature, UnitSort};

use crate::codes::{NodeRole, RoutingReason};
use kernel::permission::UnitPath;
use kernel::{Level, UnitId};
use std::collections::BTreeSet;

/// More units are not proposed at once.
const MOST_UNITS: usize = 4;
/// Between the numbers of similar matters, in any language.
const PRECEDENT_JOIN: &str = " · ";
/// More alternatives help nobody.
const MOST_ALTERNATIVES: usize = 5;

/// What is asked: one matter, from one place.
#[derive(Clone, Debug)]
pub struct Inquiry {
    /// Who would assign it.
    pub from: Origin,
    /// Kinds of departments that usually lead matters of its category, the first foremost.
    pub leads: Vec<String>,
    /// Kinds that usually work with them.
    pub co: Vec<String>,
    /// Words by which an item of the duty list covers matters of its category.
    pub duty_words: Vec<String>,
    /// Zones that overlay the place it is about.
    pub zones: Vec<UnitId>,
    /// The county government of that place; none where it is about the whole city.
    pub county: Option<UnitPath>,
    /// The township of that place.
    pub township: Option<UnitId>,
    /// 被反映单位
    pub complained_about: Option<UnitPath>,
    /// Units that have it already, or whose objection was upheld.
    pub barred: BTreeSet<UnitId>,
    /// Who led similar matters from the same place, the most often first.
    pub precedents: Vec<Precedent>,
}

/// Who led matters like the one at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedent {
    /// Which unit.
    pub unit: UnitId,
    /// Those matters' numbers.
    pub numbers: Vec<String>,
}

/// Who would assign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The intake office.
    Office(UnitId),
    /// A unit that passes on what it was given. `sideways`: it was given by the office, so
    /// that a county's platform may pass it to the departments beside it.
    Unit {
        /// Where that unit stands.
        path: UnitPath,
        /// Its level.
        level: Level,
        /// See above.
        sideways: bool,
    },
}

/// What is suggested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The lead, then units that work with it; empty where nobody can be named.
    pub units: Vec<Suggested>,
    /// Who else could lead.
    pub alternatives: Vec<Suggested>,
    /// What is left to the dispatcher, and why.
    pub open: Vec<Reason>,
}

/// A unit with its role, and why it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Which.
    pub unit: UnitId,
    /// As what.
    pub role: NodeRole,
    /// The item of the duty list it rests on, for a township.
    pub duty_item: Option<String>,
    /// Why, most weighty first.
    pub reasons: Vec<Reason>,
}

/// A reason: its words stand in the locale files under the code's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub code: RoutingReason,
    /// What its sentence names.
    pub args: Vec<(&'static str, String)>,
}

impl Reason {
    fn new(code: RoutingReason, args: &[(&'static str, &str)]) -> Self {
        Self { code, args: args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect() }
    }
}

/// Whom it would go to.
pub fn suggest(inquiry: &Inquiry, directory: &Directory) -> Suggestion {
    Router { inquiry, directory, open: Vec::new() }.run()
}

struct Router<'a> {
    inquiry: &'a Inquiry,
    directory: &'a Directory,
    open: Vec<Reason>,
}

impl Router<'_> {
    fn run(mut self) -> Suggestion {
        let mut leads = self.leads();
        self.by_precedent(&mut leads);
        if leads.is_empty() {
            return Suggestion { open: self.open, ..Suggestion::default() };
        }
        let lead = leads.remove(0);
        let mut units = vec![lead];
        for co in self.co_units() {
            self.add(&mut units, co);
        }
        let mut alternatives: Vec<Suggested> = Vec::new();
        for other in leads.into_iter().chain(self.elsewhere()) {
            if units.iter().chain(&alternatives).all(|known| known.unit != other.unit) {
                alternatives.push(other);
            }
        }
        alternatives.truncate(MOST_ALTERNATIVES);
        Suggestion { units, alternatives, open: self.open }
    }

    /// Everyone who could lead, the best first: by law or line, by zone, by county, by city.
    fn leads(&mut self) -> Vec<Suggested> {
        let mut found = Vec::new();
        let ordinary = self.by_law(&mut found);
        let zone = self.by_zone(&mut found);
        if !zone || found.is_empty() {
            self.by_county(&ordinary, &mut found);
        }
        self.by_city(&ordinary, &mut found);
        found
    }

    /// 法定或垂直管理: the city's unit, whatever the place; below the city its own branch.
    /// Answers the kinds that are neither that nor a role.
    fn by_law(&mut self, found: &mut Vec<Suggested>) -> Vec<DepartmentKind> {
        let mut ordinary = Vec::new();
        for name in &self.inquiry.leads {
            let Some(kind) = self.directory.kind(name) else {
                self.open.push(Reason::new(RoutingReason::Unknown, &[("kind", name)]));
                continue;
            };
            match kind.nature {
                Nature::Vertical => {
                    let unit = match self.inquiry.from {
                        Origin::Office(_) => self.in_city(&kind),
                        Origin::Unit { .. } => self.in_county(&kind),
                    };
                    let reason = Reason::new(RoutingReason::Statutory, &[("kind", &kind.name)]);
                    self.take(found, unit, NodeRole::Lead, vec![reason]);
                }
                Nature::Role => {
                    let args = [("kind", kind.name.as_str()), ("note", kind.note.as_str())];
                    self.open.push(Reason::new(RoutingReason::Role, &args));
                }
                Nature::Department | Nature::Zone | Nature::Township => ordinary.push(kind),
            }
        }
        ordinary
    }

    /// Inside a zone the zone leads. Whether the place lies in one.
    fn by_zone(&mut self, found: &mut Vec<Suggested>) -> bool {
        for zone in &self.inquiry.zones {
            let zone = self.directory.unit(zone).cloned();
            let name = zone.as_ref().map(|zone| zone.name.clone()).unwrap_or_default();
            let reason = Reason::new(RoutingReason::Zone, &[("zone", &name)]);
            self.take(found, zone, NodeRole::Lead, vec![reason]);
        }
        !self.inquiry.zones.is_empty()
    }

    /// From the office to the county's platform, which passes it on; from there, or from the
    /// city's department, to the department of the county; below that to a township.
    fn by_county(&mut self, kinds: &[DepartmentKind], found: &mut Vec<Suggested>) {
        let Some(county) = self.inquiry.county.clone() else { return };
        match self.inquiry.from {
            Origin::Office(_) => {
                let then = kinds.iter().find_map(|kind| self.in_county(kind));
                let platform = self.directory.platform(&county).cloned();
                let reason = match &then {
                    Some(then) => Reason::new(RoutingReason::CountyPlatform, &[("then", &then.name)]),
                    None => Reason::new(RoutingReason::CountyPlatformAlone, &[]),
                };
                // The platform would have to pass it to whom the complaint is about.
                if then.as_ref().is_none_or(|then| self.is_free_of_conflict(then)) {
                    self.take(found, platform, NodeRole::Lead, vec![reason]);
                } else if let Some(then) = then {
                    self.open.push(Reason::new(RoutingReason::Conflict, &[("unit", &then.name)]));
                }
            }
            Origin::Unit { .. } => {
                for kind in kinds {
                    match kind.nature {
                        Nature::Township => self.by_duty(found, NodeRole::Lead),
                        _ => {
                            let unit = self.in_county(kind);
                            let reason =
                                Reason::new(RoutingReason::CountyDepartment, &[("kind", &kind.name)]);
                            self.take(found, unit, NodeRole::Lead, vec![reason]);
                        }
                    }
                }
            }
        }
    }

    /// The city's department: where no county is named, where the county has none, or where
    /// the county's own stands in the way.
    fn by_city(&mut self, kinds: &[DepartmentKind], found: &mut Vec<Suggested>) {
        if !matches!(self.inquiry.from, Origin::Office(_)) {
            return;
        }
        for kind in kinds.iter().filter(|kind| kind.nature == Nature::Department) {
            let unit = self.in_city(kind);
            let code = match (&self.inquiry.county, &self.inquiry.complained_about) {
                (None, _) => RoutingReason::CityDepartment,
                (Some(_), Some(_)) => RoutingReason::Superior,
                (Some(_), None) => RoutingReason::CityInstead,
            };
            let reason = Reason::new(code, &[("kind", &kind.name)]);
            self.take(found, unit, NodeRole::Lead, vec![reason]);
        }
        let township = kinds.iter().any(|kind| kind.nature == Nature::Township);
        if found.is_empty() && township {
            self.open.push(Reason::new(RoutingReason::PlaceMissing, &[]));
        }
    }

    /// What was done before backs a lead, or names one more: the rules come first.
    fn by_precedent(&mut self, found: &mut Vec<Suggested>) {
        for precedent in &self.inquiry.precedents {
            let reason = Reason::new(
                RoutingReason::Precedent,
                &[("numbers", precedent.numbers.join(PRECEDENT_JOIN).as_str())],
            );
            match found.iter_mut().find(|known| known.unit == precedent.unit) {
                Some(known) => known.reasons.push(reason),
                None => {
                    let unit = self.directory.unit(&precedent.unit).cloned();
                    self.take(found, unit, NodeRole::Lead, vec![reason]);
                }
            }
        }
    }

    /// Beside the lead: the other usual leads, then who usually works with them. To a county's
    /// platform nobody is set beside: it chooses its own.
    fn co_units(&mut self) -> Vec<Suggested> {
        let mut found = Vec::new();
        let office = matches!(self.inquiry.from, Origin::Office(_));
        let by_law = self.leads_by_law();
        let zone_leads = !self.inquiry.zones.is_empty() && !by_law;
        if office && self.inquiry.county.is_some() && !zone_leads && !by_law {
            return found;
        }
        let kinds = self.inquiry.leads.iter().map(|name| (name, RoutingReason::AlsoLead));
        let kinds = kinds.chain(self.inquiry.co.iter().map(|name| (name, RoutingReason::Co)));
        for (name, code) in kinds.collect::<Vec<_>>() {
            let Some(kind) = self.directory.kind(name) else { continue };
            let unit = match (kind.nature, office) {
                (Nature::Department | Nature::Vertical, true) => self.in_city(&kind),
                (Nature::Department | Nature::Vertical, false) => self.in_county(&kind),
                (Nature::Zone, _) => {
                    self.inquiry.zones.iter().find_map(|zone| self.directory.unit(zone)).cloned()
                }
                (Nature::Township, false) => {
                    self.by_duty(&mut found, NodeRole::Co);
                    continue;
                }
                _ => continue,
            };
            let code = if zone_leads { RoutingReason::ZoneDepartment } else { code };
            self.take(&mut found, unit, NodeRole::Co, vec![Reason::new(code, &[("kind", &kind.name)])]);
        }
        found
    }

    fn leads_by_law(&self) -> bool {
        let kinds = self.inquiry.leads.iter().filter_map(|name| self.directory.kind(name));
        kinds.filter(|kind| kind.nature == Nature::Vertical).any(|kind| self.in_city(&kind).is_some())
    }

    /// Who else could have it: from the office the county's platform where somebody else was
    /// found, from a platform the county's zone.
    fn elsewhere(&mut self) -> Vec<Suggested> {
        let mut found = Vec::new();
        if let (Origin::Office(_), Some(county)) = (&self.inquiry.from, self.inquiry.county.clone()) {
            let platform = self.directory.platform(&county).cloned();
            let reason = Reason::new(RoutingReason::CountyPlatformAlone, &[]);
            self.take(&mut found, platform, NodeRole::Lead, vec![reason]);
        }
        let wants_zone = self.inquiry.leads.iter().chain(&self.inquiry.co);
        let wants_zone = wants_zone.filter_map(|name| self.directory.kind(name));
        if wants_zone.into_iter().any(|kind| kind.nature == Nature::Zone)
            && let Some(county) = self.inquiry.county.clone()
        {
            for zone in self.directory.zones(&county) {
                let reason = Reason::new(RoutingReason::MaybeZone, &[("zone", &zone.name)]);
                self.take(&mut found, Some(zone), NodeRole::Lead, vec![reason]);
            }
        }
        found
    }

    /// The township of the place, by the item of its duty list that covers the matter.
    fn by_duty(&mut self, found: &mut Vec<Suggested>, role: NodeRole) {
        let Some(unit) = self.inquiry.township.as_ref().and_then(|id| self.directory.unit(id)).cloned()
        else {
            self.open.push(Reason::new(RoutingReason::PlaceMissing, &[]));
            return;
        };
        let Some(item) = self.directory.duty_item(&self.inquiry.duty_words).cloned() else {
            self.open.push(Reason::new(RoutingReason::NoDutyItem, &[("unit", &unit.name)]));
            return;
        };
        let reason = Reason::new(RoutingReason::Duty, &[("item", &item.code), ("title", &item.title)]);
        if self.take(found, Some(unit), role, vec![reason])
            && let Some(taken) = found.last_mut()
        {
            taken.duty_item = Some(item.code);
        }
    }

    fn in_city(&self, kind: &DepartmentKind) -> Option<Candidate> {
        self.directory.department(kind, Level::City, None).cloned()
    }

    fn in_county(&self, kind: &DepartmentKind) -> Option<Candidate> {
        let county = self.inquiry.county.as_ref()?;
        self.directory.department(kind, Level::County, Some(county)).cloned()
    }

    /// Notes the unit where it may get the matter; says why not where a complaint about it
    /// stands against it.
    fn take(
        &mut self,
        found: &mut Vec<Suggested>,
        unit: Option<Candidate>,
        role: NodeRole,
        reasons: Vec<Reason>,
    ) -> bool {
        let Some(unit) = unit else { return false };
        if !self.is_free_of_conflict(&unit) {
            let conflict = Reason::new(RoutingReason::Conflict, &[("unit", &unit.name)]);
            if !self.open.contains(&conflict) {
                self.open.push(conflict);
            }
            return false;
        }
        let known = found.iter().any(|known| known.unit == unit.id);
        if known || self.inquiry.barred.contains(&unit.id) || !self.is_within_reach(&unit) {
            return false;
        }
        found.push(Suggested { unit: unit.id, role, duty_item: None, reasons });
        true
    }

    fn add(&self, units: &mut Vec<Suggested>, unit: Suggested) {
        if units.len() < MOST_UNITS && units.iter().all(|known| known.unit != unit.unit) {
            units.push(unit);
        }
    }

    /// Rule 4: neither the unit complained about nor one below it.
    fn is_free_of_conflict(&self, unit: &Candidate) -> bool {
        self.inquiry.complained_about.as_ref().is_none_or(|about| !about.holds(&unit.path))
    }

    /// Whether the loop's own rule lets the matter pass from here to there.
    fn is_within_reach(&self, unit: &Candidate) -> bool {
        match &self.inquiry.from {
            Origin::Office(office) => unit.id != *office,
            Origin::Unit { path, level, sideways } => {
                let in_county = self
                    .inquiry
                    .county
                    .as_ref()
                    .is_some_and(|county| county.holds(path) && county.holds(&unit.path));
                path.holds(&unit.path) && *path != unit.path
                    || (*level < Level::County && unit.level > *level)
                    || (in_county && unit.level > *level)
                    || (in_county && *level == Level::County && *sideways && unit.level == Level::County)
            }
        }
    }
}
