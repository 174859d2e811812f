//! The routing table: which units the departments of the categories are. A department is a
//! kind of unit, found by name on every level; or a role that the dispatcher resolves.

use super::name::Name;
use super::{Document, cached, version_in_force};
use kernel::reading::{Reading, written};
use kernel::time::Date;
use kernel::{AreaId, Refusal, UnitId};
use network::{Level, UnitFilter, UnitKind, UnitRow};
use platform::{App, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The table as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/routing.toml");

/// One version of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routing {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    departments: Vec<Department>,
    by_kind: BTreeMap<String, usize>,
}

/// A department as categories name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// What categories call it, e.g. 发改.
    pub kind: String,
    /// Its name in both languages.
    pub name: Name,
    /// What categories also call it, e.g. 发改(信用).
    pub also: Vec<String>,
    /// Parts of unit names by which its units are known.
    pub names: Vec<String>,
    /// Only units of these kinds; empty: of any but governments and intake offices.
    pub unit_kinds: Vec<UnitKind>,
    /// Units of this kind whatever their name.
    pub units: Vec<UnitId>,
    /// Units that are not, whatever their name.
    pub except: Vec<UnitId>,
    /// A statutory or vertical body: always the city's unit (PRODUCT rule 10).
    pub vertical: bool,
    /// Not an office but a part someone plays in the case; the dispatcher finds out who.
    pub role: bool,
    /// How the dispatcher finds out; may be empty.
    pub note: Name,
}

/// The table in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Routing>, Failure> {
    static PARSED: super::Parsed<Routing> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Routing>> =
        LazyLock::new(|| Arc::new(Routing::parse(DEFAULT).expect("a test reads the delivered table")));
    match version_in_force(query, app, Document::Routing, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Routing::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

/// The open units of a department on a level: all of them, or those that serve a place (the
/// area itself or one it lies in; zones also by the areas they overlay). A vertical body is
/// looked for in the city, whatever the level asked for.
///
/// # Errors
/// Whatever the store says.
pub fn units_of(
    query: &mut dyn Query,
    department: &Department,
    level: Level,
    place: Option<&AreaId>,
) -> Result<Vec<UnitRow>, Failure> {
    let level = if department.vertical { Level::City } else { level };
    let mut found = Vec::new();
    for root in network::children(query, None)?.into_iter().filter(|root| root.open) {
        let filter = UnitFilter { level: Some(level), ..UnitFilter::default() };
        found.extend(network::units_below(query, &root.path, &filter)?);
    }
    found.retain(|unit| department.is(unit));
    if let Some(place) = place {
        let path = network::area(query, place)?.map(|area| area.path).unwrap_or_default();
        let zones = network::zones_over(query, place)?;
        let serves = |unit: &UnitRow| {
            unit.area.as_ref().is_some_and(|area| path.split('/').any(|part| part == area.as_str()))
        };
        found.retain(|unit| match unit.kind {
            UnitKind::Zone => zones.iter().any(|zone| zone.code == unit.code),
            _ => serves(unit),
        });
    }
    Ok(found)
}

impl Routing {
    /// Reads a table.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(
            file.department.iter().flat_map(|line| std::iter::once(&line.kind).chain(&line.also)),
            "department.kind",
        );
        for line in &file.department {
            let kinds = line.unit_kinds.iter().find(|kind| UnitKind::parse(kind.get_ref()).is_none());
            if let Some(kind) = kinds {
                let value = kind.get_ref().clone();
                reading.wrong("routing-unit-kind-unknown", kind, "unit_kinds").args.insert("value", value);
            }
            if !line.role && line.names.is_empty() && line.units.is_empty() && line.unit_kinds.is_empty() {
                reading.wrong("routing-finds-nothing", &line.kind, "names");
            }
        }
        let departments: Vec<Department> = file.department.into_iter().map(Department::from).collect();
        let mut by_kind = BTreeMap::new();
        for (at, department) in departments.iter().enumerate() {
            for kind in std::iter::once(&department.kind).chain(&department.also) {
                by_kind.insert(kind.clone(), at);
            }
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, departments, by_kind })
    }

    /// The department that categories call by that name. One the table does not know is a
    /// role to the dispatcher.
    pub fn department(&self, kind: &str) -> Option<&Department> {
        self.by_kind.get(kind).map(|at| &self.departments[*at])
    }

    /// All, in the order of the table.
    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// What a department of a category is called for a reader; its own word where the table
    /// does not know it.
    pub fn name<'a>(&'a self, kind: &'a str, locale: platform::ui::Locale) -> &'a str {
        self.department(kind).map_or(kind, |department| department.name.in_locale(locale))
    }

    /// The departments that a unit is.
    pub fn kinds_of(&self, unit: &UnitRow) -> impl Iterator<Item = &Department> {
        self.departments.iter().filter(|department| department.is(unit))
    }

    /// The file it reads from.
    pub fn to_toml(&self) -> String {
        written(&File {
            version: self.version,
            effective_from: self.effective_from,
            department: self.departments.iter().map(Line::from).collect(),
        })
    }
}

impl Department {
    /// Whether that unit is one of its units.
    pub fn is(&self, unit: &UnitRow) -> bool {
        if self.except.contains(&unit.code) {
            return false;
        }
        if self.units.contains(&unit.code) {
            return true;
        }
        let of_kind = match self.unit_kinds.as_slice() {
            [] => !matches!(unit.kind, UnitKind::Government | UnitKind::IntakeOffice | UnitKind::Platform),
            kinds => kinds.contains(&unit.kind),
        };
        let named = |part: &String| unit.name.contains(part) || unit.short_name.contains(part);
        // Without a name to go by, the kind of unit alone decides (zones, townships).
        let by_kind = self.names.is_empty() && !self.unit_kinds.is_empty();
        of_kind && (by_kind || self.names.iter().any(named))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    department: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: Spanned<String>,
    #[serde(default)]
    en: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<Spanned<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unit_kinds: Vec<Spanned<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    units: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    except: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    vertical: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    role: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note_zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note_en: String,
}

impl From<Line> for Department {
    fn from(line: Line) -> Self {
        let unit = |code: String| UnitId::from(code.as_str());
        Self {
            name: Name { zh: line.kind.get_ref().clone(), en: line.en },
            kind: line.kind.into_inner(),
            also: line.also.into_iter().map(Spanned::into_inner).collect(),
            names: line.names,
            unit_kinds: line.unit_kinds.iter().filter_map(|kind| UnitKind::parse(kind.get_ref())).collect(),
            units: line.units.into_iter().map(unit).collect(),
            except: line.except.into_iter().map(unit).collect(),
            vertical: line.vertical,
            role: line.role,
            note: Name { zh: line.note_zh, en: line.note_en },
        }
    }
}

impl From<&Department> for Line {
    fn from(department: &Department) -> Self {
        let text = |text: &str| Spanned::new(0..0, text.to_owned());
        Self {
            kind: text(&department.kind),
            en: department.name.en.clone(),
            also: department.also.iter().map(|also| text(also)).collect(),
            names: department.names.clone(),
            unit_kinds: department.unit_kinds.iter().map(|kind| text(kind.code())).collect(),
            units: department.units.iter().map(ToString::to_string).collect(),
            except: department.except.iter().map(ToString::to_string).collect(),
            vertical: department.vertical,
            role: department.role,
            note_zh: department.note.zh.clone(),
            note_en: department.note.en.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Categories;
    use super::*;

    #[test]
    fn the_delivered_table_knows_every_department_of_the_delivered_categories() {
        let routing = Routing::parse(DEFAULT).expect("delivered");
        let categories = Categories::parse(super::super::categories::DEFAULT).expect("delivered");
        for category in categories.all() {
            for kind in category.leads.iter().chain(&category.co) {
                assert!(routing.department(kind).is_some(), "{}: {kind} is not in the table", category.code);
            }
        }
        assert!(routing.departments().iter().all(|department| !department.name.en.is_empty()));
    }

    #[test]
    fn it_reads_back_as_it_was_written() {
        let routing = Routing::parse(DEFAULT).expect("delivered");
        assert_eq!(Routing::parse(&routing.to_toml()).expect("written by us"), routing);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let head = "version = 1\neffective_from = \"2022-01-01\"\n\n[[department]]\nkind = \"财政\"\n";
        let code = |text: String| Routing::parse(&text).expect_err("wrong")[0].code;
        assert!(Routing::parse(&format!("{head}names = [\"财政局\"]\n")).is_ok());
        assert_eq!(code(head.to_owned()), "routing-finds-nothing");
        assert_eq!(code(format!("{head}unit_kinds = [\"bank\"]\n")), "routing-unit-kind-unknown");
        assert_eq!(code(format!("{head}names = [\"财政局\"]\nalso = [\"财政\"]\n")), "document-code-twice");
    }
}
