//! What appeals are about: categories in groups, with the kinds of departments that usually
//! lead and work with them. A retired category stays readable on old matters and is not
//! offered; none is ever removed.

use super::name::Name;
use super::{Document, cached, version_in_force};
use kernel::Refusal;
use kernel::reading::{Reading, written};
use kernel::text::initials;
use kernel::time::Date;
use platform::{App, Failure};
use search::Classes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The list as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/categories.toml");

/// What a word of the group weighs beside one of the category itself.
const SHARED: f64 = 0.4;

/// One version of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Categories {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    groups: Vec<Group>,
    categories: Vec<Category>,
    by_code: BTreeMap<String, usize>,
    classes: Classes,
}

/// A group of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its code, e.g. `ENE`.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// What belongs here, in the words of those who file.
    pub help: Name,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its code, e.g. `ENE-01`: what matters keep.
    pub code: String,
    /// Code of its group, e.g. `ENE`.
    pub group: String,
    /// The group's name.
    pub group_name: Name,
    /// Its name.
    pub name: Name,
    /// What belongs here; may be empty.
    pub help: Name,
    /// Pinyin initials of the Chinese name, lower case: what an officer types.
    pub initials: String,
    /// Kinds of departments that usually lead, as the routing table knows them.
    pub leads: Vec<String>,
    /// Kinds of departments that usually work with them.
    pub co: Vec<String>,
    /// Words by which people speak of it: what a suggestion knows it by.
    pub words: Vec<String>,
    /// No longer offered.
    pub retired: bool,
}

/// The categories in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Categories>, Failure> {
    static PARSED: super::Parsed<Categories> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Categories>> =
        LazyLock::new(|| Arc::new(Categories::parse(DEFAULT).expect("a test reads the delivered list")));
    match version_in_force(query, app, Document::Categories, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Categories::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl Categories {
    /// Reads a list.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.group.iter().map(|group| &group.code), "group.code");
        reading.codes(file.category.iter().map(|category| &category.code), "category.code");
        let groups: Vec<Group> = file.group.into_iter().map(Group::from).collect();
        let names: BTreeMap<String, Name> =
            groups.iter().map(|group| (group.code.clone(), group.name.clone())).collect();
        let mut categories = Vec::with_capacity(file.category.len());
        for line in file.category {
            let group_name = names.get(line.group.get_ref()).cloned().unwrap_or_default();
            if !names.contains_key(line.group.get_ref()) {
                let value = line.group.get_ref().clone();
                reading.wrong("category-group-unknown", &line.group, "group").args.insert("value", value);
            }
            if line.zh.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "zh");
            }
            if line.leads.is_empty() && !line.retired {
                reading.wrong("category-without-lead", &line.code, "leads");
            }
            categories.push(line.into_category(group_name));
        }
        let by_code = categories.iter().enumerate().map(|(at, found)| (found.code.clone(), at)).collect();
        let (version, effective_from) = (file.version, file.effective_from);
        let classes = classes(&groups, &categories);
        reading.finish(Self { version, effective_from, groups, categories, by_code, classes })
    }

    /// The category of that code, retired or not.
    pub fn get(&self, code: &str) -> Option<&Category> {
        self.by_code.get(code).map(|at| &self.categories[*at])
    }

    /// The category of that code if it may be chosen.
    pub fn offer(&self, code: &str) -> Option<&Category> {
        self.get(code).filter(|category| !category.retired)
    }

    /// Those that may be chosen, group by group in the order of the list.
    pub fn offered(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(|category| !category.retired)
    }

    /// All, retired ones too: what a filter over old matters needs.
    pub fn all(&self) -> &[Category] {
        &self.categories
    }

    /// Groups with something to choose in them, in the order of the list.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| self.offered().any(|category| category.group == group.code))
    }

    /// All groups.
    pub fn all_groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of that code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// How a text tells of which of those that may be chosen it speaks.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The same by names and help alone, to measure what the words bring.
    pub fn classes_by_name(&self) -> Classes {
        let named = |category: &Category| Category { words: Vec::new(), ..category.clone() };
        classes(&self.groups, &self.categories.iter().map(named).collect::<Vec<_>>())
    }

    /// Those that may be chosen and match what someone types: part of a name in either
    /// language, of a code, a word for it, or the beginning of the pinyin initials.
    pub fn search(&self, text: &str) -> Vec<&Category> {
        let wanted = kernel::text::fold_for_search(text);
        let holds = |name: &Name| {
            [&name.zh, &name.en].iter().any(|name| kernel::text::fold_for_search(name).contains(&wanted))
        };
        let matches = |category: &&Category| {
            category.initials.starts_with(&wanted)
                || kernel::text::fold_for_search(&category.code).starts_with(&wanted)
                || holds(&category.name)
                || holds(&category.group_name)
                || holds(&category.help)
                || category.words.iter().any(|word| kernel::text::fold_for_search(word) == wanted)
        };
        self.offered().filter(matches).collect()
    }

    /// Codes of `before` that are gone: they may be retired, never removed.
    pub(super) fn removed_since<'a>(&self, before: &'a Categories) -> Vec<&'a str> {
        let gone = |category: &&Category| self.get(&category.code).is_none();
        before.categories.iter().filter(gone).map(|category| category.code.as_str()).collect()
    }

    /// The file it reads from.
    pub fn to_toml(&self) -> String {
        written(&File {
            version: self.version,
            effective_from: self.effective_from,
            group: self.groups.iter().map(GroupLine::from).collect(),
            category: self.categories.iter().map(CategoryLine::from).collect(),
        })
    }
}

/// A category is known by its own name, help and words; a little by those of its group, which
/// it shares with others.
fn classes(groups: &[Group], categories: &[Category]) -> Classes {
    let group = |code: &str| groups.iter().find(|group| group.code == code);
    Classes::of(categories.iter().filter(|category| !category.retired).map(|category| {
        let own = [&category.name.zh, &category.help.zh].into_iter().chain(&category.words);
        let shared = group(&category.group).into_iter().flat_map(|group| [&group.name.zh, &group.help.zh]);
        let own = own.map(|phrase| (phrase.as_str(), 1.0));
        let shared = shared.map(|phrase| (phrase.as_str(), SHARED));
        (category.code.as_str(), own.chain(shared).collect())
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    group: Vec<GroupLine>,
    category: Vec<CategoryLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupLine {
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_en: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryLine {
    code: Spanned<String>,
    group: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_en: String,
    leads: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    co: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
}

impl CategoryLine {
    fn into_category(self, group_name: Name) -> Category {
        Category {
            code: self.code.into_inner(),
            group: self.group.into_inner(),
            group_name,
            initials: initials(&self.zh),
            name: Name { zh: self.zh, en: self.en },
            help: Name { zh: self.help_zh, en: self.help_en },
            leads: self.leads,
            co: self.co,
            words: self.words,
            retired: self.retired,
        }
    }
}

impl From<&Category> for CategoryLine {
    fn from(category: &Category) -> Self {
        Self {
            code: Spanned::new(0..0, category.code.clone()),
            group: Spanned::new(0..0, category.group.clone()),
            zh: category.name.zh.clone(),
            en: category.name.en.clone(),
            help_zh: category.help.zh.clone(),
            help_en: category.help.en.clone(),
            leads: category.leads.clone(),
            co: category.co.clone(),
            words: category.words.clone(),
            retired: category.retired,
        }
    }
}

impl From<GroupLine> for Group {
    fn from(line: GroupLine) -> Self {
        Self {
            code: line.code.into_inner(),
            name: Name { zh: line.zh, en: line.en },
            help: Name { zh: line.help_zh, en: line.help_en },
        }
    }
}

impl From<&Group> for GroupLine {
    fn from(group: &Group) -> Self {
        Self {
            code: Spanned::new(0..0, group.code.clone()),
            zh: group.name.zh.clone(),
            en: group.name.en.clone(),
            help_zh: group.help.zh.clone(),
            help_en: group.help.en.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(&'static str, String)> {
        let problems = Categories::parse(text).expect_err("wrong");
        problems.into_iter().map(|problem| (problem.code, problem.args["line"].clone())).collect()
    }

    #[test]
    fn the_delivered_list_reads_and_is_named_in_both_languages() {
        let list = Categories::parse(DEFAULT).expect("delivered");
        assert_eq!((list.groups().count(), list.offered().count()), (24, 109));
        assert!(list.all().iter().all(|category| !category.name.en.is_empty() && !category.leads.is_empty()));
        assert!(list.all_groups().iter().all(|group| !group.name.en.is_empty() && !group.help.zh.is_empty()));
        let power = list.get("ENE-01").expect("delivered");
        assert_eq!(
            (power.group.as_str(), power.leads.as_slice()),
            ("ENE", ["供电公司".to_owned()].as_slice())
        );
        assert_eq!(power.initials, "ydbzzrygdkkx");
    }

    #[test]
    fn it_reads_back_as_it_was_written() {
        let list = Categories::parse(DEFAULT).expect("delivered");
        assert_eq!(Categories::parse(&list.to_toml()).expect("written by us"), list);
    }

    #[test]
    fn a_retired_category_is_named_and_not_offered() {
        let retired = DEFAULT.replacen("group = \"ENE\"\nzh", "group = \"ENE\"\nretired = true\nzh", 1);
        let list = Categories::parse(&retired).expect("reads");
        assert!(list.get("ENE-01").is_some() && list.offer("ENE-01").is_none());
        assert_eq!(list.offered().count(), 108);
    }

    #[test]
    fn it_is_found_by_initials_by_name_and_by_code() {
        let list = Categories::parse(DEFAULT).expect("delivered");
        let found = |text: &str| list.search(text).iter().map(|found| found.code.clone()).collect::<Vec<_>>();
        assert_eq!(found("ydbz"), ["ENE-01"]);
        assert_eq!(found("水压"), ["ENE-02"]);
        assert_eq!(found("ene-0").len(), 5);
        assert!(found("gas").contains(&"ENE-03".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let head = "version = 1\neffective_from = \"2022-01-01\"\n\n[[group]]\ncode = \"A\"\nzh = \"甲\"\n\n";
        let category = "[[category]]\ncode = \"A-1\"\ngroup = \"A\"\nzh = \"一\"\nleads = [\"财政\"]\n";
        assert!(Categories::parse(&format!("{head}{category}")).is_ok());
        let twice = format!("{head}{category}{category}");
        assert_eq!(wrong(&twice), [("document-code-twice", "14".to_owned())]);
        let lost = format!("{head}{}", category.replace("group = \"A\"", "group = \"B\""));
        assert_eq!(wrong(&lost), [("category-group-unknown", "10".to_owned())]);
        let alone = format!("{head}{}", category.replace("[\"财政\"]", "[]"));
        assert_eq!(wrong(&alone), [("category-without-lead", "9".to_owned())]);
        let misspelt = format!("{head}{}", category.replace("leads", "lead"));
        assert_eq!(wrong(&misspelt)[0].0, "document-unreadable");
    }
}
