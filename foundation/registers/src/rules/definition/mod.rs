//! A register as its definition says: fields, stages, flows, follow-ups, levels, what must
//! be unique, what is counted. `file` reads the TOML an office writes, `check` says what is
//! wrong with it and where; `edit` changes one thing at a time, `write` writes it down again.

pub mod edit;

mod check;
mod file;
mod place;
mod write;

pub use place::{Place, owner_of};

use super::expression::Expression;
use super::{Cadence, MoneyUnit, Name};
use kernel::time::Date;
use kernel::{Level, Refusal, UnitId};

/// One version of a register's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The register's code: lower-case letters, digits and `_`. Never changes.
    pub code: String,
    /// Rises with each version.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub about: Name,
    /// An icon of the platform's.
    pub icon: String,
    /// Under which heading the index lists it; may be empty.
    pub group: Name,
    /// The unit whose register it is; none: the city's.
    pub owner: Option<UnitId>,
    /// The fields that make a record's title, in order.
    pub title: Vec<String>,
    /// In the order of the form.
    pub fields: Vec<Field>,
    /// In the order they are usually passed; empty where records have none.
    pub stages: Vec<Stage>,
    /// Kinds of dated lines.
    pub flows: Vec<FlowKind>,
    /// Whether contacts are kept, and how often one is due.
    pub follow_up: Option<FollowUp>,
    /// Levels, the lowest first.
    pub levels: Vec<Grade>,
    /// Sets of fields of which no two records hold the same.
    pub unique: Vec<Vec<String>>,
    /// What is counted.
    pub indicators: Vec<Indicator>,
    /// Of which areas each should have a record, e.g. 一镇一基地.
    pub coverage: Option<Coverage>,
    /// What its records may become in other registers, e.g. a lead an investment project.
    pub becomes: Vec<Becomes>,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its code; also its column's name.
    pub code: String,
    /// Its label.
    pub name: Name,
    /// What helps filling it in; may be empty.
    pub hint: Name,
    /// What it holds.
    pub kind: Kind,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// Whether lists show it.
    pub listed: bool,
    /// Whether lists filter by it.
    pub filtered: bool,
    /// No longer asked for; what records hold stays and is shown.
    pub retired: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Words; several lines where `long`, a credit code of GB 32100 where `credit_code`.
    Text {
        /// Several lines.
        long: bool,
        /// The most characters.
        max: usize,
        /// A unified social credit code.
        credit_code: bool,
        /// Kept sealed: personal, or what may hurt.
        sealed: bool,
    },
    /// A number.
    Number {
        /// Digits after the point.
        decimals: u8,
        /// Whether "at least" and "at most" may be said.
        bounds: bool,
        /// What is counted or measured; may be empty.
        suffix: Name,
    },
    /// Money, kept in fen.
    Money {
        /// Whether "at least" and "at most" may be said.
        bounds: bool,
        /// The unit of what is typed without one.
        unit: MoneyUnit,
    },
    /// A day.
    Date,
    /// One, or some, of a list.
    Choice {
        /// The list, retired ones too.
        options: Vec<Choice>,
        /// Whether several may be chosen.
        many: bool,
    },
    /// A unit of the network.
    Unit,
    /// An area.
    Area {
        /// Of this level only.
        level: Option<Level>,
    },
    /// Records of a register.
    Reference {
        /// Which register.
        register: String,
        /// Whether several may be named.
        many: bool,
    },
    /// A place by longitude and latitude.
    Point,
    /// Files.
    Attachment,
    /// A day that comes again each month.
    Recurrence,
    /// Computed from the others.
    Derived {
        /// How.
        expression: Expression,
        /// What comes out.
        gives: Gives,
    },
}

/// What a derived field gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Gives {
    /// A number with that many digits after the point.
    Number(u8),
    /// Money.
    Money,
    /// A day.
    Date,
    /// Words.
    Text,
    /// A code of this list.
    Choice(Vec<Choice>),
}

/// One of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its label.
    pub name: Name,
    /// No longer offered.
    pub retired: bool,
}

/// A stage of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its code.
    pub code: String,
    /// Its label.
    pub name: Name,
    /// Where a record may go from here.
    pub to: Vec<String>,
    /// Fields a record must hold to get here.
    pub requires: Vec<String>,
    /// Whether it takes somebody else's check to get here: one who may verify and had no hand
    /// in what the record says. What was checked stays as it was.
    pub check: bool,
}

/// That every area of a level should have a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// What it is called.
    pub name: Name,
    /// The field that says where a record is.
    pub field: String,
    /// The level whose areas should each have one, themselves or within them.
    pub level: Level,
    /// Only areas that a unit of this kind governs, e.g. `township`; none: any unit.
    pub unit_kind: Option<String>,
    /// Which records count; none: all.
    pub condition: Option<Expression>,
}

/// What a record may become: a record of another register that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Becomes {
    /// The other register. It need not exist yet: then nothing is offered.
    pub register: String,
    /// The other register's field that names this record.
    pub link: String,
    /// The stage this record reaches with it.
    pub stage: Option<String>,
    /// What the other record begins with: its field, and the field here that gives it.
    pub fields: Vec<(String, String)>,
}

/// A kind of dated lines, e.g. funds in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowKind {
    /// Its code.
    pub code: String,
    /// Its label.
    pub name: Name,
    /// Whether amounts are money; else plain numbers.
    pub money: Option<MoneyUnit>,
    /// Whether only verified lines count.
    pub verified: bool,
    /// Whether a line must name its evidence.
    pub evidence: bool,
}

/// A log of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// What a contact is called.
    pub name: Name,
    /// How often one is due; none: whenever.
    pub cadence: Option<Cadence>,
    /// The field that says since when the first one is awaited; none: since it was recorded.
    pub since: Option<String>,
}

/// A level a record may be awarded, e.g. city level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Its code.
    pub code: String,
    /// Its label.
    pub name: Name,
}

/// A figure of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its code.
    pub code: String,
    /// Its label.
    pub name: Name,
    /// What is counted.
    pub measure: Measure,
    /// Which records count; none: all.
    pub condition: Option<Expression>,
    /// The condition as written, for the formula.
    pub condition_text: String,
    /// The field by whose date a record falls into a period; none: it does not.
    pub period: Option<Period>,
}

/// What an indicator counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Records.
    Count,
    /// A field's sum.
    Sum(String),
    /// Different values of a field.
    Distinct(String),
    /// The sum of flow lines of that kind, by their own dates.
    Flow(String),
    /// Contacts, by their own dates.
    Contacts,
    /// Records whose current highest level it is.
    Level(String),
    /// Records that were ever awarded it.
    EverLevel(String),
}

/// By what date a record falls into a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// A field's.
    Field(String),
    /// When it first reached a stage.
    Stage(String),
}

impl Definition {
    /// Reads a definition.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(toml: &str) -> Result<Self, Vec<Refusal>> {
        file::parse(toml)
    }

    /// A field by its code.
    pub fn field(&self, code: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// Fields that forms ask for.
    pub fn asked(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.retired && !field.is_derived())
    }

    /// A stage by its code.
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.code == code)
    }

    /// A kind of flow by its code.
    pub fn flow(&self, code: &str) -> Option<&FlowKind> {
        self.flows.iter().find(|flow| flow.code == code)
    }

    /// A level with its rank, 1 the lowest.
    pub fn level(&self, code: &str) -> Option<(i64, &Grade)> {
        (1..).zip(&self.levels).find(|(_, level)| level.code == code)
    }

    /// An indicator by its code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// Fields of that kind that are in use.
    pub fn of_kind(&self, is: impl Fn(&Kind) -> bool) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| !field.retired && is(&field.kind))
    }

    /// The table its records stand in.
    pub fn table(&self) -> String {
        format!("reg_{}", self.code)
    }
}

impl Field {
    /// Whether it is computed.
    pub fn is_derived(&self) -> bool {
        matches!(self.kind, Kind::Derived { .. })
    }

    /// Whether what it holds is kept sealed.
    pub fn is_sealed(&self) -> bool {
        matches!(self.kind, Kind::Text { sealed: true, .. })
    }

    /// The choices of a field that has some, computed ones included.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice { options, .. } | Kind::Derived { gives: Gives::Choice(options), .. } => options,
            _ => &[],
        }
    }

    /// The label of one of its choices.
    pub fn option(&self, code: &str) -> Option<&Choice> {
        self.options().iter().find(|option| option.code == code)
    }
}

impl Kind {
    /// Its word in a definition.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Number { .. } => "number",
            Self::Money { .. } => "money",
            Self::Date => "date",
            Self::Choice { .. } => "choice",
            Self::Unit => "unit",
            Self::Area { .. } => "area",
            Self::Reference { .. } => "reference",
            Self::Point => "point",
            Self::Attachment => "attachment",
            Self::Recurrence => "recurrence",
            Self::Derived { .. } => "derived",
        }
    }
}
