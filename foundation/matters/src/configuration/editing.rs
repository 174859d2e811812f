//! Editing a document entry by entry: which tables and fields it has, and a text with one
//! entry changed. The text need not be valid meanwhile; it is checked when published.

use super::document::Document;
use kernel::time::Date;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// A list of entries in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its name in the file, e.g. `category`.
    pub table: &'static str,
    /// The fields that together name an entry.
    pub key: &'static [&'static str],
    /// Its fields, in the order a form shows them.
    pub fields: &'static [(&'static str, FieldKind)],
    /// The fields a list shows.
    pub columns: &'static [&'static str],
}

/// What is entered into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line.
    Line,
    /// A longer text.
    Text,
    /// Several words, separated by 、 or commas.
    List,
    /// Yes or no.
    Flag,
    /// One of those.
    One(Options),
    /// Any of those.
    Any(Options),
    /// Some of those, the most fitting first.
    Ranked(Options),
}

/// What a field chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Options {
    /// The document's own groups.
    Groups,
    /// The departments of the routing table.
    Departments,
    /// Units, by code.
    Units,
    /// [`network::UnitKind`].
    UnitKinds,
    /// [`super::grounds::GroundKind`].
    GroundKinds,
    /// [`super::templates::VERBS`].
    Verbs,
    /// [`matters_rules::Measure`].
    Measures,
    /// [`matters_rules::Addressee`].
    Addressees,
    /// [`matters_rules::Colour`].
    Colours,
    /// [`super::authority::ROLES`].
    Deciders,
    /// [`kernel::Level`], from city to village.
    Levels,
    /// [`matters_rules::authority::Granting`].
    Grantings,
}

impl FieldKind {
    /// Whether it holds several values.
    pub fn is_many(self) -> bool {
        matches!(self, List | Any(_) | Ranked(_))
    }
}

use FieldKind::{Any, Flag, Line, List, One, Ranked, Text};
use Options::{
    Addressees, Colours, Deciders, Departments, Grantings, GroundKinds, Groups, Levels, Measures, UnitKinds,
    Units, Verbs,
};

const GROUP: Shape = Shape {
    table: "group",
    key: &["code"],
    fields: &[("code", Line), ("zh", Line), ("en", Line), ("help_zh", Text), ("help_en", Text)],
    columns: &["code", "zh", "en"],
};

const CATEGORY: Shape = Shape {
    table: "category",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("group", One(Groups)),
        ("zh", Line),
        ("en", Line),
        ("help_zh", Text),
        ("help_en", Text),
        ("leads", Ranked(Departments)),
        ("co", Ranked(Departments)),
        ("retired", Flag),
    ],
    columns: &["code", "zh", "en", "leads", "co", "retired"],
};

const DEPARTMENT: Shape = Shape {
    table: "department",
    key: &["kind"],
    fields: &[
        ("kind", Line),
        ("en", Line),
        ("also", List),
        ("names", List),
        ("unit_kinds", Any(UnitKinds)),
        ("units", Ranked(Units)),
        ("except", Ranked(Units)),
        ("vertical", Flag),
        ("role", Flag),
        ("note_zh", Text),
        ("note_en", Text),
    ],
    columns: &["kind", "also", "names", "units", "vertical", "role"],
};

const GROUND: Shape = Shape {
    table: "ground",
    key: &["kind", "code"],
    fields: &[
        ("kind", One(GroundKinds)),
        ("code", Line),
        ("zh", Line),
        ("en", Line),
        ("basis_zh", Line),
        ("basis_en", Line),
        ("way_zh", Text),
        ("way_en", Text),
        ("retired", Flag),
    ],
    columns: &["kind", "code", "zh", "basis_zh", "retired"],
};

const TEMPLATE: Shape = Shape {
    table: "template",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("zh", Line),
        ("en", Line),
        ("verbs", Any(Verbs)),
        ("unit", One(Units)),
        ("text", Text),
    ],
    columns: &["code", "zh", "verbs", "unit"],
};

const NOTICE: Shape = Shape {
    table: "notice",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("subject_zh", Line),
        ("text_zh", Text),
        ("subject_en", Line),
        ("text_en", Text),
    ],
    columns: &["code", "subject_zh", "subject_en"],
};

const RULE: Shape = Shape {
    table: "rule",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("zh", Line),
        ("en", Line),
        ("when", List),
        ("measure", One(Measures)),
        ("to", One(Addressees)),
        ("colour", One(Colours)),
        ("retired", Flag),
    ],
    columns: &["code", "zh", "when", "measure", "to", "retired"],
};

const PHRASE: Shape = Shape {
    table: "phrase",
    key: &["code"],
    fields: &[("code", Line), ("text", Line), ("retired", Flag)],
    columns: &["code", "text", "retired"],
};

const THRESHOLD: Shape = Shape {
    table: "threshold",
    key: &["code"],
    fields: &[("code", Line), ("value", Line)],
    columns: &["code", "value"],
};

const OWN_LIMIT: Shape = Shape {
    table: "limit",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("post", One(Deciders)),
        ("level", One(Levels)),
        ("granting", One(Grantings)),
        ("most", Line),
    ],
    columns: &["post", "level", "granting", "most"],
};

const SURGE: Shape = Shape {
    table: "rule",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("zh", Line),
        ("en", Line),
        ("hours", Line),
        ("minimum", Line),
        ("factor", Line),
        ("weeks", Line),
        ("retired", Flag),
    ],
    columns: &["code", "zh", "hours", "minimum", "factor", "weeks", "retired"],
};

const CALL_ITEM: Shape = Shape {
    table: "item",
    key: &["code"],
    fields: &[
        ("code", Line),
        ("zh", Line),
        ("en", Line),
        ("points", Line),
        ("help_zh", Text),
        ("help_en", Text),
        ("retired", Flag),
    ],
    columns: &["code", "zh", "points", "retired"],
};

const CALL_SHIFT: Shape = Shape {
    table: "shift",
    key: &["code"],
    fields: &[("code", Line), ("zh", Line), ("en", Line), ("from", Line)],
    columns: &["code", "zh", "from"],
};

impl Document {
    /// The lists of entries it consists of; none for what has a page of its own.
    pub fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Procedure
            | Self::TaskProcedure
            | Self::RectificationProcedure
            | Self::InstructionProcedure
            | Self::Calendar => &[],
            Self::Categories => &[GROUP, CATEGORY],
            Self::Routing => &[DEPARTMENT],
            Self::Grounds => &[GROUND],
            Self::Templates => &[TEMPLATE],
            Self::Notices => &[NOTICE],
            Self::Supervision => &[RULE],
            Self::Evaluation => &[PHRASE, THRESHOLD],
            Self::Authority => &[OWN_LIMIT],
            Self::HotTopics => &[SURGE],
            Self::CallQuality => &[CALL_ITEM, CALL_SHIFT],
        }
    }

    /// The list of that name.
    pub fn shape(self, table: &str) -> Option<&'static Shape> {
        self.shapes().iter().find(|shape| shape.table == table)
    }

    /// The text with the next version after `last` and the date from which it holds.
    pub fn headed(self, toml: &str, last: &str, from: Date) -> Option<String> {
        match self {
            Self::Calendar => with_line(toml, "version", &quoted(&next_name(last))),
            _ => {
                let next = last.parse::<u32>().ok()?.checked_add(1)?;
                let text = with_line(toml, "version", &next.to_string())?;
                with_line(&text, "effective_from", &quoted(&from.to_string()))
            }
        }
    }
}

/// The values of one entry as a form shows them.
pub type Entry = BTreeMap<String, String>;

/// The entries of a list, as far as the text can be read.
pub fn entries(toml: &str, shape: &Shape) -> Vec<Entry> {
    let Ok(root) = toml.parse::<Table>() else { return Vec::new() };
    let Some(Value::Array(list)) = root.get(shape.table) else { return Vec::new() };
    list.iter().filter_map(Value::as_table).map(|table| shown(table, shape)).collect()
}

/// The text with the entry at that place changed, or added where there is none there yet;
/// `None` where the text cannot be read at all.
pub fn with_entry(toml: &str, shape: &Shape, at: usize, entry: &Entry) -> Option<String> {
    let mut root: Table = toml.parse().ok()?;
    let list = root.entry(shape.table).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
    let mut table = Table::new();
    for (field, kind) in shape.fields {
        let value = entry.get(*field).map_or("", |value| value.trim());
        let value = match kind {
            Line | Text | One(_) if value.is_empty() && !needed(shape, field) => continue,
            Line | Text | One(_) => Value::String(value.replace("\r\n", "\n")),
            List | Any(_) | Ranked(_) if value.is_empty() && !["leads", "verbs", "when"].contains(field) => {
                continue;
            }
            List | Any(_) | Ranked(_) => Value::Array(words(value).map(Value::String).collect()),
            Flag if value.is_empty() => continue,
            Flag => Value::Boolean(true),
        };
        table.insert((*field).to_owned(), value);
    }
    match list.get_mut(at) {
        Some(known) => *known = Value::Table(table),
        None => list.push(Value::Table(table)),
    }
    toml::to_string(&root).ok()
}

/// The text with the value at a path of keys set, where the table is there.
pub fn with_value(toml: &str, path: &[&str], value: Value) -> Option<String> {
    let mut root: Table = toml.parse().ok()?;
    let (last, above) = path.split_last()?;
    let mut table = &mut root;
    for key in above {
        table = table.get_mut(*key)?.as_table_mut()?;
    }
    table.insert((*last).to_owned(), value);
    toml::to_string(&root).ok()
}

/// Fields that the readers of the documents require; the others are left out when empty.
fn needed(shape: &Shape, field: &str) -> bool {
    shape.table == "notice"
        || shape.key.contains(&field)
        || ["zh", "text", "group", "measure", "to", "post", "granting", "most"].contains(&field)
}

fn shown(table: &Table, shape: &Shape) -> Entry {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、"),
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => String::new(),
        other => other.to_string(),
    };
    let field = |name: &str| table.get(name).map(text).unwrap_or_default();
    shape.fields.iter().map(|(name, _)| ((*name).to_owned(), field(name))).collect()
}

/// The values of a field that holds several.
pub fn words(list: &str) -> impl Iterator<Item = String> {
    list.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned)
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// Sets a key of the file's head, line by line, so that the rest stays as it was written.
fn with_line(toml: &str, key: &str, value: &str) -> Option<String> {
    let is_key = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
    let head = toml.lines().take_while(|line| !line.trim_start().starts_with('['));
    let at = head.enumerate().find(|(_, line)| is_key(line)).map(|(at, _)| at);
    let set = format!("{key} = {value}");
    let mut lines: Vec<&str> = toml.lines().collect();
    match at {
        Some(at) => lines[at] = &set,
        None => lines.insert(0, &set),
    }
    Some(lines.join("\n") + "\n")
}

/// `cn-2004-2026/1` is followed by `cn-2004-2026/2`; a name without a number by `name/2`.
fn next_name(last: &str) -> String {
    match last.rsplit_once('/').and_then(|(name, n)| Some((name, n.parse::<u32>().ok()?))) {
        Some((name, n)) => format!("{name}/{}", n.saturating_add(1)),
        None => format!("{last}/2"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Categories, categories};
    use super::*;

    #[test]
    fn every_entry_of_every_delivered_document_is_edited_without_loss() {
        for document in Document::ALL {
            for shape in document.shapes() {
                let all = entries(document.delivered(), shape);
                assert!(!all.is_empty(), "{} {}", document.code(), shape.table);
                let mut text = document.delivered().to_owned();
                for (at, entry) in all.iter().enumerate().step_by(7) {
                    text = with_entry(&text, shape, at, entry).expect("reads");
                }
                document.check(&text).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", document.code()));
                assert_eq!(entries(&text, shape), all);
            }
        }
    }

    #[test]
    fn an_entry_is_changed_and_one_is_added() {
        let mut entry = entries(categories::DEFAULT, &CATEGORY)[0].clone();
        entry.insert("retired".into(), "yes".into());
        entry.insert("leads".into(), "供电公司，发改".into());
        let text = with_entry(categories::DEFAULT, &CATEGORY, 0, &entry).expect("reads");
        entry.insert("code".into(), "ENE-06".into());
        let text = with_entry(&text, &CATEGORY, 999, &entry).expect("reads");
        let list = Categories::parse(&text).expect("valid");
        assert_eq!(list.get("ENE-01").expect("there").leads, ["供电公司", "发改"]);
        assert!(list.get("ENE-01").expect("there").retired && list.get("ENE-06").is_some());
    }

    #[test]
    fn a_new_head_leaves_the_rest_as_it_was() {
        let from: Date = "2026-12-01".parse().expect("a date");
        let text = Document::Categories.headed(categories::DEFAULT, "1", from).expect("a number");
        assert!(text.contains("version = 2\neffective_from = \"2026-12-01\"\n"));
        assert_eq!(text.lines().count(), categories::DEFAULT.lines().count());
        let calendar = Document::Calendar.delivered();
        let text = Document::Calendar.headed(calendar, "cn-2004-2026/1", from).expect("named");
        assert!(text.contains("version = \"cn-2004-2026/2\""));
        Document::Calendar.check(&text).expect("reads");
    }
}
