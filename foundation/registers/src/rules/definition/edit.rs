//! One change at a time, as a form makes it: what the whole says stays for the checker of the
//! file to judge.

use super::{Definition, Field, FollowUp, Indicator, Kind, Measure, Stage};
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
        }
        self
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
    fn codes_come_of_names() {
        assert_eq!(fresh_code("企业名称", []), "qymc");
        assert_eq!(fresh_code("企业名称", ["qymc", "qymc2"]), "qymc3");
        assert_eq!(fresh_code("2022年产值", []), "f2022ncz");
        assert_eq!(fresh_code("！", []), "f");
    }
}
