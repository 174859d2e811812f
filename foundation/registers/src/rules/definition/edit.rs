//! One change at a time, as a form makes it: what the whole says stays for the checker of the
//! file to judge.

use super::{
    Becomes, Coverage, Definition, Field, FlowKind, FollowUp, Grade, Indicator, Kind, Measure, Stage,
};
use crate::rules::definition::check::OWN_COLUMNS;
use crate::rules::{Cadence, Name};
use kernel::time::Date;

/// What a form may change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// What the register is called and for, and what makes its records.
    Basics(Basics),
    /// A new field, at the end, or another state of one there is.
    Put(Field),
    /// A field one place up or down.
    Shift {
        /// Which.
        field: String,
        /// Towards the beginning.
        up: bool,
    },
    /// A field that was never published goes.
    Drop(String),
    /// The stages, in their order.
    Stages(Vec<Stage>),
    /// A stage: a new one at the end, or another state of one there is. The same of the parts
    /// below.
    PutStage(Stage),
    /// A kind of dated lines.
    PutFlow(FlowKind),
    /// A level.
    PutLevel(Grade),
    /// A figure.
    PutFigure(Indicator),
    /// What records may become.
    PutBecoming(Becomes),
    /// Of which areas each should have a record.
    PutCoverage(Coverage),
    /// A part one place up or down.
    ShiftPart {
        /// What it is.
        part: Part,
        /// Which, see [`Part`].
        code: String,
        /// Towards the beginning.
        up: bool,
    },
    /// A part goes. Nothing of it may be in records: that is for whoever asks to know.
    DropPart(Part, String),
}

kernel::codes! {
    /// What a definition has beside fields. Each has a code of its own, what records become
    /// `register.link`, what is covered none.
    Part, "register-part" {
        /// See [`Stage`].
        Stage = "stages",
        /// See [`FlowKind`].
        Flow = "flows",
        /// See [`Grade`].
        Level = "levels",
        /// See [`Indicator`].
        Figure = "figures",
        /// See [`Becomes`].
        Becoming = "becomings",
        /// See [`Coverage`].
        Coverage = "coverage",
    }
}

impl Part {
    /// Whether records may hold it: what was published of it stays.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Stage | Self::Flow | Self::Level)
    }
}

impl Becomes {
    /// What it is told apart by from the others.
    pub fn code(&self) -> String {
        format!("{}.{}", self.register, self.link)
    }
}

/// See [`Edit::Basics`].
#[derive(Clone, Debug)]
pub struct Basics {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    pub about: Name,
    /// Under which heading it is listed.
    pub group: Name,
    /// The fields that make a title.
    pub title: Vec<String>,
    /// The fields of which no two records hold the same; empty: none.
    pub unique: Vec<String>,
    /// What a contact is called; `None`: no contacts are kept.
    pub contacts: Option<Name>,
    /// How often one is due.
    pub cadence: Option<Cadence>,
}

impl Definition {
    /// A register that is not there yet: a name per record, and how many there are.
    pub fn begun(code: String, name: Name, today: Date) -> Self {
        let field = Field {
            code: "name".to_owned(),
            name: Name { zh: "名称".to_owned(), en: "Name".to_owned() },
            hint: Name::default(),
            kind: Kind::Text { long: false, max: 100, credit_code: false, sealed: false },
            required: true,
            listed: true,
            filtered: false,
            retired: false,
        };
        let all = Indicator {
            code: "all".to_owned(),
            name: Name { zh: "条目数".to_owned(), en: "Records".to_owned() },
            measure: Measure::Count,
            condition: None,
            condition_text: String::new(),
            period: None,
        };
        Self {
            code,
            version: 1,
            effective_from: today,
            name,
            about: Name::default(),
            icon: "list".to_owned(),
            group: Name::default(),
            owner: None,
            title: vec![field.code.clone()],
            fields: vec![field],
            stages: Vec::new(),
            flows: Vec::new(),
            follow_up: None,
            levels: Vec::new(),
            unique: Vec::new(),
            indicators: vec![all],
            coverage: None,
            becomes: Vec::new(),
        }
    }

    /// The definition after a change.
    #[must_use]
    pub fn edited(mut self, edit: Edit) -> Self {
        match edit {
            Edit::Basics(basics) => self.with_basics(basics),
            Edit::Put(field) => match self.fields.iter_mut().find(|known| known.code == field.code) {
                Some(known) => *known = field,
                None => self.fields.push(field),
            },
            Edit::Shift { field, up } => {
                let at = self.fields.iter().position(|known| known.code == field);
                let to = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
                if let (Some(at), Some(to)) = (at, to.filter(|to| *to < self.fields.len())) {
                    self.fields.swap(at, to);
                }
            }
            Edit::Drop(field) => {
                self.fields.retain(|known| known.code != field);
                self.title.retain(|known| *known != field);
                for fields in &mut self.unique {
                    fields.retain(|known| *known != field);
                }
                self.unique.retain(|fields| !fields.is_empty());
                for stage in &mut self.stages {
                    stage.requires.retain(|known| *known != field);
                }
            }
            Edit::Stages(stages) => self.stages = stages,
            Edit::PutStage(stage) => put(&mut self.stages, stage, |stage| stage.code.clone()),
            Edit::PutFlow(flow) => put(&mut self.flows, flow, |flow| flow.code.clone()),
            Edit::PutLevel(level) => put(&mut self.levels, level, |level| level.code.clone()),
            Edit::PutFigure(figure) => put(&mut self.indicators, figure, |figure| figure.code.clone()),
            Edit::PutBecoming(becomes) => put(&mut self.becomes, becomes, Becomes::code),
            Edit::PutCoverage(coverage) => self.coverage = Some(coverage),
            Edit::ShiftPart { part, code, up } => self.shift_part(part, &code, up),
            Edit::DropPart(part, code) => self.drop_part(part, &code),
        }
        self
    }

    /// The codes of a part, in order.
    pub fn codes_of(&self, part: Part) -> Vec<String> {
        match part {
            Part::Stage => self.stages.iter().map(|stage| stage.code.clone()).collect(),
            Part::Flow => self.flows.iter().map(|flow| flow.code.clone()).collect(),
            Part::Level => self.levels.iter().map(|level| level.code.clone()).collect(),
            Part::Figure => self.indicators.iter().map(|figure| figure.code.clone()).collect(),
            Part::Becoming => self.becomes.iter().map(Becomes::code).collect(),
            Part::Coverage => self.coverage.iter().map(|_| Part::Coverage.code().to_owned()).collect(),
        }
    }

    fn shift_part(&mut self, part: Part, code: &str, up: bool) {
        let codes = self.codes_of(part);
        let at = codes.iter().position(|known| known == code);
        let to = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
        let (Some(at), Some(to)) = (at, to.filter(|to| *to < codes.len())) else { return };
        match part {
            Part::Stage => self.stages.swap(at, to),
            Part::Flow => self.flows.swap(at, to),
            Part::Level => self.levels.swap(at, to),
            Part::Figure => self.indicators.swap(at, to),
            Part::Becoming => self.becomes.swap(at, to),
            Part::Coverage => {}
        }
    }

    fn drop_part(&mut self, part: Part, code: &str) {
        match part {
            Part::Stage => {
                self.stages.retain(|stage| stage.code != code);
                for stage in &mut self.stages {
                    stage.to.retain(|to| to != code);
                }
            }
            Part::Flow => self.flows.retain(|flow| flow.code != code),
            Part::Level => self.levels.retain(|level| level.code != code),
            Part::Figure => self.indicators.retain(|figure| figure.code != code),
            Part::Becoming => self.becomes.retain(|becomes| becomes.code() != code),
            Part::Coverage => self.coverage = None,
        }
    }

    fn with_basics(&mut self, basics: Basics) {
        self.name = basics.name;
        self.about = basics.about;
        self.group = basics.group;
        self.title = basics.title;
        // A form shows the first rule; further ones stay as the file has them.
        let further = self.unique.drain(..).skip(1).collect::<Vec<_>>();
        self.unique =
            Some(basics.unique).filter(|fields| !fields.is_empty()).into_iter().chain(further).collect();
        let since = self.follow_up.take().and_then(|follow_up| follow_up.since);
        self.follow_up = basics.contacts.map(|name| FollowUp { name, cadence: basics.cadence, since });
    }
}

/// In the place of what has its code, or at the end.
fn put<T>(list: &mut Vec<T>, new: T, code: impl Fn(&T) -> String) {
    match list.iter().position(|known| code(known) == code(&new)) {
        Some(at) => list[at] = new,
        None => list.push(new),
    }
}

/// A code for something that is called so: the first letters of its pinyin, numbered where
/// another one has them already.
pub fn fresh_code<'c>(name: &str, taken: impl IntoIterator<Item = &'c str>) -> String {
    let taken: Vec<&str> = taken.into_iter().collect();
    let letters = kernel::initials::readings(name);
    let letters: String = letters.split(' ').next().unwrap_or_default().chars().take(30).collect();
    let stem = match letters.chars().next() {
        Some(first) if first.is_ascii_lowercase() => letters,
        _ => format!("f{letters}"),
    };
    let free = |code: &String| !taken.contains(&code.as_str()) && !OWN_COLUMNS.contains(&code.as_str());
    let numbered = (2..).map(|n| format!("{stem}{n}"));
    std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun() -> Definition {
        let name = Name { zh: "走访台账".to_owned(), en: String::new() };
        Definition::begun("zftz".to_owned(), name, Date::constant(2026, 11, 26))
    }

    fn date_field(code: &str) -> Field {
        Field { code: code.to_owned(), kind: Kind::Date, required: false, ..begun().fields[0].clone() }
    }

    #[test]
    fn what_a_form_begins_with_reads() {
        let written = begun().to_toml();
        assert_eq!(Definition::parse(&written).expect("reads"), begun());
    }

    #[test]
    fn fields_come_move_and_go() {
        let definition = begun().edited(Edit::Put(date_field("on"))).edited(Edit::Put(date_field("until")));
        let order = |definition: &Definition| {
            definition.fields.iter().map(|field| field.code.clone()).collect::<Vec<_>>().join(" ")
        };
        let up = definition.clone().edited(Edit::Shift { field: "until".into(), up: true });
        assert_eq!(order(&up), "name until on");
        let still = definition.clone().edited(Edit::Shift { field: "until".into(), up: false });
        assert_eq!(order(&still), "name on until");
        assert_eq!(order(&definition.edited(Edit::Drop("on".into()))), "name until");
    }

    #[test]
    fn parts_come_move_and_go() {
        let level = |code: &str| {
            let name = Name { zh: code.to_owned(), en: String::new() };
            Edit::PutLevel(Grade { code: code.to_owned(), name })
        };
        let two = begun().edited(level("county")).edited(level("city"));
        assert_eq!(two.codes_of(Part::Level), ["county", "city"]);
        let shift = Edit::ShiftPart { part: Part::Level, code: "city".into(), up: true };
        assert_eq!(two.clone().edited(shift).codes_of(Part::Level), ["city", "county"]);
        assert_eq!(two.edited(Edit::DropPart(Part::Level, "county".into())).codes_of(Part::Level), ["city"]);
        let stage = |code: &str, to: &[&str]| {
            let name = Name { zh: code.to_owned(), en: String::new() };
            let to = to.iter().map(|to| (*to).to_owned()).collect();
            Edit::PutStage(Stage { code: code.to_owned(), name, to, requires: Vec::new(), check: false })
        };
        let staged = begun().edited(stage("begun", &["done"])).edited(stage("done", &[]));
        let left = staged.edited(Edit::DropPart(Part::Stage, "done".into()));
        assert_eq!(left.stages[0].to, Vec::<String>::new(), "nothing leads where there is nothing");
        assert!(Definition::parse(&left.to_toml()).is_ok());
    }

    #[test]
    fn codes_come_of_names() {
        assert_eq!(fresh_code("企业名称", []), "qymc");
        assert_eq!(fresh_code("企业名称", ["qymc", "qymc2"]), "qymc3");
        assert_eq!(fresh_code("2022年产值", []), "f2022ncz");
        assert_eq!(fresh_code("！", []), "f");
    }
}
