//! What differs between two versions of a document, field by field and readable: an entry
//! is known by its code, wherever it stands in the file.

use std::collections::BTreeMap;
use toml::{Table, Value};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The list or table it is in, e.g. `category` or `limits.signing`; empty for the head.
    pub place: String,
    /// The entry's code with its name, where it is in a list.
    pub entry: String,
    /// The field; empty where a whole entry came or went.
    pub field: String,
    /// How it was; none where it is new.
    pub before: Option<String>,
    /// How it is; none where it is gone.
    pub after: Option<String>,
}

/// The differences from one text to another, in the order of the later one; `None` where
/// one of them is no TOML.
pub fn differences(before: &str, after: &str) -> Option<Vec<Difference>> {
    let (before, after): (Table, Table) = (before.parse().ok()?, after.parse().ok()?);
    let mut found = Vec::new();
    tables("", "", &before, &after, &mut found);
    Some(found)
}

/// What names an entry, before its other fields: kind and code, or either.
const KEYS: [&str; 2] = ["kind", "code"];
const NAMES: [&str; 2] = ["zh", "subject_zh"];

fn tables(place: &str, entry: &str, before: &Table, after: &Table, found: &mut Vec<Difference>) {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    for key in after.keys().chain(gone) {
        match (before.get(key), after.get(key)) {
            (Some(was), Some(is)) if was == is => {}
            (Some(Value::Table(was)), Some(Value::Table(is))) => {
                tables(&inside(place, key), entry, was, is, found);
            }
            (was, is) if is_list(was) || is_list(is) => lists(&inside(place, key), was, is, found),
            (was, is) => found.push(Difference {
                place: place.to_owned(),
                entry: entry.to_owned(),
                field: key.clone(),
                before: was.map(text),
                after: is.map(text),
            }),
        }
    }
}

/// Arrays of tables are compared entry by entry, arrays of arrays element by element.
fn lists(place: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let (before, after) = (elements(before), elements(after));
    let whole = |key: &str, before: Option<String>, after: Option<String>| Difference {
        place: place.to_owned(),
        entry: key.to_owned(),
        field: String::new(),
        before,
        after,
    };
    for (key, is) in &after {
        match before.iter().find(|(known, _)| known == key) {
            None => found.push(whole(key, None, Some(text(is)))),
            Some((_, Value::Table(was))) if let Value::Table(is) = is => {
                tables(place, &titled(key, is), was, is, found);
            }
            Some(_) => {}
        }
    }
    for (key, was) in before.iter().filter(|(key, _)| !after.iter().any(|(known, _)| known == key)) {
        found.push(whole(key, Some(text(was)), None));
    }
}

fn elements(list: Option<&Value>) -> Vec<(String, &Value)> {
    let list = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    list.iter()
        .map(|element| {
            let key = match element {
                Value::Table(table) => {
                    let parts = KEYS.iter().filter_map(|key| table.get(*key)).map(text);
                    parts.collect::<Vec<_>>().join(" ")
                }
                other => text(other),
            };
            // A code that stands twice is wrong, but is to be seen.
            let n = seen.entry(key.clone()).or_insert(0);
            *n += 1;
            (if *n > 1 { format!("{key} ({n})") } else { key }, element)
        })
        .collect()
}

fn titled(key: &str, table: &Table) -> String {
    match NAMES.iter().find_map(|name| table.get(*name)).and_then(Value::as_str) {
        Some(name) => format!("{key} {name}"),
        None => key.to_owned(),
    }
}

fn is_list(value: Option<&Value>) -> bool {
    value
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|one| one.is_table() || one.is_array()))
}

fn inside(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// A value in one line, without the marks of the file format.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let between = if list.iter().any(Value::is_array) { "；" } else { "、" };
            list.iter().map(text).collect::<Vec<_>>().join(between)
        }
        Value::Table(table) => table
            .iter()
            .filter(|(key, _)| !KEYS.contains(&key.as_str()))
            .map(|(_, value)| text(value))
            .collect::<Vec<_>>()
            .join(" · "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let none = || "–".to_owned();
        differences(before, after)
            .expect("both read")
            .into_iter()
            .map(|d| {
                let (was, is) = (d.before.unwrap_or_else(none), d.after.unwrap_or_else(none));
                format!("{}/{}/{}: {was} → {is}", d.place, d.entry, d.field)
            })
            .collect()
    }

    #[test]
    fn nothing_differs_from_itself() {
        let text = super::super::categories::DEFAULT;
        assert_eq!(told(text, text), [""; 0]);
    }

    #[test]
    fn limits_entries_and_days_are_told_one_by_one() {
        assert_eq!(
            told(
                "[limits]\nreview = \"2wd\"\nredo = \"5wd\"\n",
                "[limits]\nreview = \"3wd\"\nredo = \"5wd\"\n"
            ),
            ["limits//review: 2wd → 3wd"]
        );
        let before = "[[category]]\ncode = \"A\"\nzh = \"甲\"\nleads = [\"财政\"]\n\n[[category]]\ncode = \"B\"\nzh = \"乙\"\n";
        let after = "[[category]]\ncode = \"C\"\nzh = \"丙\"\n\n[[category]]\ncode = \"A\"\nzh = \"甲\"\nleads = [\"财政\", \"住建\"]\n";
        assert_eq!(
            told(before, after),
            ["category/C/: – → 丙", "category/A 甲/leads: 财政 → 财政、住建", "category/B/: 乙 → –"]
        );
        assert_eq!(
            told("[2026]\nrest = [[\"2026-01-01\", \"2026-01-01\", \"元旦\"]]\n", "[2026]\nrest = []\n"),
            ["2026.rest/2026-01-01、2026-01-01、元旦/: 2026-01-01、2026-01-01、元旦 → –"]
        );
    }

    #[test]
    fn what_is_no_toml_has_no_differences() {
        assert_eq!(differences("a = ", "a = 1"), None);
    }
}
