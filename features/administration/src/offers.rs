//! What the fields of an entry are chosen from, in the reader's language.

use kernel::UnitId;
use kernel::permission::Role;
use matters::configuration::editing::{Entry, FieldKind, Options, Shape, entries};
use matters::configuration::grounds::GroundKind;
use matters::configuration::{Document, authority, routing, templates};
use matters_rules::authority::Granting;
use matters_rules::{Addressee, Colour, Measure};
use network::{Level, UnitKind, UnitRow};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use std::collections::BTreeMap;

/// The lists that a shape's fields choose from.
pub(crate) struct Offers(BTreeMap<&'static str, Vec<Choice>>);

impl Offers {
    /// Those of a shape; `toml` is the document as edited.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn of(staff: &Staff, page: &Page, toml: &str, shape: &Shape) -> Result<Self, Failure> {
        let mut lists = BTreeMap::new();
        for options in shape.fields.iter().filter_map(|(_, kind)| offered(*kind)) {
            let list = match options {
                Options::Groups => groups(page, toml),
                Options::Departments => departments(staff, page).await?,
                Options::Units => units(staff, page).await?,
                Options::UnitKinds => labelled(page, "unit-kind", UnitKind::ALL, UnitKind::code),
                Options::GroundKinds => coded(page, GroundKind::ALL, GroundKind::code, GroundKind::key),
                Options::Verbs => {
                    let code = matters_rules::ActionCode::code;
                    coded(page, &templates::VERBS, code, matters_rules::ActionCode::key)
                }
                Options::Measures => coded(page, Measure::ALL, Measure::code, Measure::key),
                Options::Addressees => coded(page, Addressee::ALL, Addressee::code, Addressee::key),
                Options::Colours => coded(page, Colour::ALL, Colour::code, Colour::key),
                Options::Deciders => labelled(page, "role", &authority::ROLES, Role::code),
                Options::Levels => labelled(page, "level", &Level::ALL[1..], Level::code),
                Options::Grantings => coded(page, Granting::ALL, Granting::code, Granting::key),
            };
            lists.insert(name(options), list);
        }
        Ok(Self(lists))
    }

    /// What is offered, and what the field holds besides: nothing is lost by opening a form.
    pub fn choices(&self, options: Options, held: &[String]) -> Vec<Choice> {
        let mut choices = self.0.get(name(options)).cloned().unwrap_or_default();
        for value in held.iter().filter(|value| !value.trim().is_empty()) {
            if !choices.iter().any(|choice| choice.value == *value) {
                choices.push(Choice::new(value, value));
            }
        }
        choices
    }
}

/// A unit that is named and does not exist would never match: it is said beside the field.
///
/// # Errors
/// Whatever the store says.
pub(crate) async fn checked(staff: &Staff, shape: &Shape, mut form: Form) -> Result<Form, Failure> {
    let fields = shape.fields.iter().filter(|(_, kind)| offered(*kind) == Some(Options::Units));
    for (field, _) in fields {
        let codes: Vec<UnitId> = form
            .all(field)
            .iter()
            .map(|code| code.trim())
            .filter(|code| !code.is_empty())
            .map(UnitId::from)
            .collect();
        let unknown = staff
            .app
            .read(move |query, _| {
                for code in &codes {
                    if network::unit(query, code)?.is_none() {
                        return Ok::<_, Failure>(Some(code.clone()));
                    }
                }
                Ok(None)
            })
            .await?;
        if let Some(code) = unknown {
            form.refuse(FieldError::new(field, "config-unit-unknown").with("value", code.as_str()));
        }
    }
    Ok(form)
}

fn offered(kind: FieldKind) -> Option<Options> {
    match kind {
        FieldKind::One(options) | FieldKind::Any(options) | FieldKind::Ranked(options) => Some(options),
        _ => None,
    }
}

fn name(options: Options) -> &'static str {
    match options {
        Options::Groups => "groups",
        Options::Departments => "departments",
        Options::Units => "units",
        Options::UnitKinds => "unit_kinds",
        Options::GroundKinds => "ground_kinds",
        Options::Verbs => "verbs",
        Options::Measures => "measures",
        Options::Addressees => "addressees",
        Options::Colours => "colours",
        Options::Deciders => "deciders",
        Options::Levels => "levels",
        Options::Grantings => "grantings",
    }
}

fn coded<T: Copy>(
    page: &Page,
    all: &[T],
    code: fn(T) -> &'static str,
    key: fn(T) -> &'static str,
) -> Vec<Choice> {
    all.iter().map(|item| Choice::new(code(*item), page.t(key(*item)))).collect()
}

/// The same of words whose labels stand under another prefix.
fn labelled<T: Copy>(page: &Page, prefix: &str, all: &[T], code: fn(T) -> &'static str) -> Vec<Choice> {
    let choice = |item: &T| Choice::new(code(*item), page.t(&format!("{prefix}-{}", code(*item))));
    all.iter().map(choice).collect()
}

fn groups(page: &Page, toml: &str) -> Vec<Choice> {
    let shape = Document::Categories.shape("group");
    let said = |entry: &Entry| {
        let word = |field: &str| entry.get(field).cloned().unwrap_or_default();
        let name = match page.locale() {
            platform::ui::Locale::En if !word("en").is_empty() => word("en"),
            _ => word("zh"),
        };
        Choice::new(word("code"), format!("{} {name}", word("code")))
    };
    shape.map(|shape| entries(toml, shape).iter().map(said).collect()).unwrap_or_default()
}

async fn departments(staff: &Staff, page: &Page) -> Result<Vec<Choice>, Failure> {
    let table = staff.app.read(|query, app| routing::in_force(query, app)).await?;
    let choice = |department: &routing::Department| {
        let name = department.name.in_locale(page.locale());
        let words = std::iter::once(&department.kind).chain(&department.also);
        let label = |word: &String| if *word == *name { word.clone() } else { format!("{word} · {name}") };
        words.map(|word| Choice::new(word, label(word))).collect::<Vec<_>>()
    };
    Ok(table.departments().iter().flat_map(choice).collect())
}

/// The units of city and counties: townships and villages are reached by their kind.
async fn units(staff: &Staff, page: &Page) -> Result<Vec<Choice>, Failure> {
    let rows = staff
        .app
        .read(|query, _| {
            let mut rows = network::units_on(query, Level::City)?;
            rows.extend(network::units_on(query, Level::County)?);
            Ok::<_, Failure>(rows)
        })
        .await?;
    let name = |row: &UnitRow| match page.locale() {
        platform::ui::Locale::En if !row.en_name.is_empty() => row.en_name.clone(),
        _ => row.name.clone(),
    };
    Ok(rows.iter().map(|row| Choice::new(&row.code, name(row))).collect())
}
