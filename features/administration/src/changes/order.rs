//! An order as it was typed, and the steps it takes: one command on one unit each.

use kernel::time::Date;
use kernel::{AreaId, Level, Refusal, UnitId};
use network::rules::dated::Dated;
use network::rules::unit::{UnitCommand, UnitDetails};
use network::{UnitKind, UnitRow};
use platform::Failure;
use platform::ui::{FieldError, Form};
use store::{Query, StoreError};

/// What is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A new unit below one, or at the top.
    Open,
    /// Other names.
    Rename,
    /// Another parent.
    Move,
    /// A new unit beside one takes over a part of those below it.
    Split,
    /// Others end in one.
    Merge,
    /// One ends in another.
    Close,
}

impl Kind {
    const ALL: [Self; 6] = [Self::Open, Self::Rename, Self::Move, Self::Split, Self::Merge, Self::Close];

    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Rename => "rename",
            Self::Move => "move",
            Self::Split => "split",
            Self::Merge => "merge",
            Self::Close => "close",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "network-order-open",
            Self::Rename => "network-order-rename",
            Self::Move => "network-order-move",
            Self::Split => "network-order-split",
            Self::Merge => "network-order-merge",
            Self::Close => "network-order-close",
        }
    }

    /// Key of what it does.
    pub fn about(self) -> &'static str {
        match self {
            Self::Open => "network-about-open",
            Self::Rename => "network-about-rename",
            Self::Move => "network-about-move",
            Self::Split => "network-about-split",
            Self::Merge => "network-about-merge",
            Self::Close => "network-about-close",
        }
    }
}

/// A command on a unit.
pub(super) struct Step {
    pub unit: UnitId,
    pub command: UnitCommand,
}

/// What was typed, read.
pub(super) struct Order {
    kind: Kind,
    /// The unit it is about; a new one has only what it stands below.
    unit: Option<UnitId>,
    code: UnitId,
    names: [String; 3],
    level: Option<Level>,
    unit_kind: Option<UnitKind>,
    area: Option<AreaId>,
    /// The new parent, or who goes on.
    other: Option<UnitId>,
    /// Units that go along, or end.
    ticked: Vec<UnitId>,
    dated: Dated,
}

impl Order {
    /// Reads the form; names of units are looked up.
    pub fn read(q: &mut dyn Query, kind: Kind, form: &Form) -> Result<Self, Failure> {
        let text = |field: &str| form.value(field).trim().to_owned();
        let named = match kind {
            Kind::Move => "parent",
            _ => "successor",
        };
        let other = match text(named).as_str() {
            "" => None,
            name => Some(found(q, named, name)?.code),
        };
        let on = match text("on").as_str() {
            "" => None,
            typed => Some(typed.parse::<Date>().map_err(|_| Refusal::field("on", "date-malformed"))?),
        };
        Ok(Self {
            kind,
            unit: form.text("unit").map(UnitId::from),
            code: UnitId::from(text("code").as_str()),
            names: [text("name"), text("short_name"), text("en_name")],
            level: Level::parse(form.value("level")),
            unit_kind: UnitKind::parse(form.value("unit_kind")),
            area: form.text("area").map(AreaId::from),
            other,
            ticked: form.all("ticked").iter().map(|code| UnitId::from(code.as_str())).collect(),
            dated: Dated { on, document: text("document"), reason: text("reason") },
        })
    }

    /// The unit whose page shows what was done.
    pub fn shows(&self) -> &UnitId {
        match (self.kind, &self.unit, &self.other) {
            (Kind::Open | Kind::Split, ..) | (_, None, _) => &self.code,
            (Kind::Close, _, Some(successor)) => successor,
            (_, Some(unit), _) => unit,
        }
    }

    /// The unit that is split, and the one split off.
    pub fn splits(&self) -> Option<(&UnitId, &UnitId)> {
        self.unit.as_ref().filter(|_| self.kind == Kind::Split).map(|unit| (unit, &self.code))
    }

    /// What is to be done, in this order.
    pub fn steps(&self, q: &mut dyn Query) -> Result<Vec<Step>, Failure> {
        match self.kind {
            Kind::Open => {
                let [name, short_name, en_name] = self.typed_names();
                let details = UnitDetails {
                    name,
                    short_name,
                    en_name,
                    parent: self.unit.clone(),
                    level: self.level.ok_or_else(|| missing("level"))?,
                    kind: self.unit_kind.ok_or_else(|| missing("unit_kind"))?,
                    area: self.area.clone(),
                    overlays: Vec::new(),
                };
                Ok(vec![self.opens(details, None)])
            }
            Kind::Rename => {
                let (unit, details) = self.subject(q)?;
                Ok(vec![self.changes(unit, self.named(details))])
            }
            Kind::Move => {
                let (unit, details) = self.subject(q)?;
                let parent = Some(self.other.clone().ok_or_else(|| missing("parent"))?);
                Ok(vec![self.changes(unit, UnitDetails { parent, ..details })])
            }
            Kind::Split => {
                let (unit, details) = self.subject(q)?;
                let area = self.area.clone().or_else(|| details.area.clone());
                let new = UnitDetails { area, overlays: Vec::new(), ..self.named(details) };
                let mut steps = vec![self.opens(new, Some(unit))];
                for child in &self.ticked {
                    steps.push(self.moves(q, child, &self.code)?);
                }
                Ok(steps)
            }
            Kind::Merge => {
                let (unit, _) = self.subject(q)?;
                if self.ticked.is_empty() {
                    return Err(missing("ticked").into());
                }
                let mut steps = Vec::new();
                for ending in &self.ticked {
                    steps.extend(self.ends(q, ending, &unit)?);
                }
                Ok(steps)
            }
            Kind::Close => {
                let (unit, _) = self.subject(q)?;
                let successor = self.other.clone().ok_or_else(|| missing("successor"))?;
                self.ends(q, &unit, &successor)
            }
        }
    }

    fn subject(&self, q: &mut dyn Query) -> Result<(UnitId, UnitDetails), Failure> {
        let unit = self.unit.clone().ok_or(Failure::NotFound)?;
        let details = network::details(q, &unit)?.ok_or(Failure::NotFound)?;
        Ok((unit, details))
    }

    /// With the names that were typed.
    fn named(&self, details: UnitDetails) -> UnitDetails {
        let [name, short_name, en_name] = self.typed_names();
        UnitDetails { name, short_name, en_name, ..details }
    }

    /// Full, short and English name; the full one serves where there is no shorter.
    fn typed_names(&self) -> [String; 3] {
        let [name, short_name, en_name] = self.names.clone();
        let short_name = if short_name.is_empty() { name.clone() } else { short_name };
        [name, short_name, en_name]
    }

    fn opens(&self, details: UnitDetails, split_from: Option<UnitId>) -> Step {
        let (code, dated) = (self.code.clone(), self.dated.clone());
        Step { unit: code.clone(), command: UnitCommand::Open { code, details, split_from, dated } }
    }

    fn changes(&self, unit: UnitId, details: UnitDetails) -> Step {
        Step { unit, command: UnitCommand::Change { details, dated: self.dated.clone() } }
    }

    fn moves(&self, q: &mut dyn Query, unit: &UnitId, parent: &UnitId) -> Result<Step, Failure> {
        let details = network::details(q, unit)?.ok_or(Failure::NotFound)?;
        Ok(self.changes(unit.clone(), UnitDetails { parent: Some(parent.clone()), ..details }))
    }

    /// What stands below a unit that ends goes to who goes on.
    fn ends(&self, q: &mut dyn Query, unit: &UnitId, successor: &UnitId) -> Result<Vec<Step>, Failure> {
        let mut steps = Vec::new();
        for child in network::children(q, Some(unit))?.into_iter().filter(|child| child.open) {
            // Who goes on may stand below what ends: it takes that one's place.
            let parent = match child.code == *successor {
                true => network::details(q, unit)?.and_then(|details| details.parent),
                false => Some(successor.clone()),
            };
            let details = network::details(q, &child.code)?.ok_or(Failure::NotFound)?;
            steps.push(self.changes(child.code, UnitDetails { parent, ..details }));
        }
        let (successor, dated) = (successor.clone(), self.dated.clone());
        steps.push(Step { unit: unit.clone(), command: UnitCommand::Dissolve { successor, dated } });
        Ok(steps)
    }
}

fn missing(field: &'static str) -> Refusal {
    Refusal::field(field, "unit-order-missing")
}

fn found(q: &mut dyn Query, field: &str, name: &str) -> Result<UnitRow, Failure> {
    let alike = match network::find_unit(q, name).map_err(|error: StoreError| Failure::from(error))? {
        Ok(unit) => return Ok(unit),
        Err(alike) => alike,
    };
    let names: Vec<String> =
        alike.iter().take(5).map(|unit| format!("{} {}", unit.short_name, unit.code)).collect();
    let error = FieldError::new(field, "unit-order-unknown").with("names", names.join("、"));
    Err(Failure::Invalid(vec![error]))
}
