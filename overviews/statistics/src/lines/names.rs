//! Rows that are a short list of codes, and which keys a row of a tree stands for.

use super::{Line, NONE};
use kernel::{AreaId, UnitId};
use matters_rules::figures::{Breakdown, By, Figures};
use matters_rules::{AppealType, Channel, ClosingType, ExpressLine, Urgency};
use network::UnitFilter;
use platform::ui::Translator;
use platform::{App, Failure};
use std::collections::BTreeSet;

/// One row for each code of the list, in its order, and one for what has none.
pub(super) fn coded(words: &Translator, breakdown: &Breakdown) -> Vec<Line> {
    let mut codes: Vec<(String, String)> = match breakdown.by {
        Some(By::Channel) => list(words, Channel::ALL, |code| (code.code(), code.key())),
        Some(By::Line) => list(words, ExpressLine::ALL, |code| (code.code(), code.key())),
        Some(By::Urgency) => list(words, Urgency::ALL, |code| (code.code(), code.key())),
        Some(By::Type) => list(words, AppealType::ALL, |code| (code.code(), code.key())),
        Some(By::Closing) => list(words, ClosingType::ALL, |code| (code.code(), code.key())),
        _ => Vec::new(),
    };
    if breakdown.rows().contains_key("") {
        codes.push((NONE.to_owned(), none(words, breakdown.by)));
    }
    codes.into_iter().map(|(key, name)| line(breakdown, key, name)).collect()
}

fn list<T: Copy>(
    words: &Translator,
    all: &[T],
    code: fn(T) -> (&'static str, &'static str),
) -> Vec<(String, String)> {
    let named = |item: &T| {
        let (code, key) = code(*item);
        (code.to_owned(), words.t(key))
    };
    all.iter().map(named).collect()
}

fn line(breakdown: &Breakdown, key: String, name: String) -> Line {
    let code = if key == NONE { "" } else { key.as_str() };
    let empty = || Figures::new(breakdown.as_of, breakdown.from);
    let own = breakdown.rows().get(code).cloned().unwrap_or_else(empty);
    Line { key, name, depth: 0, level: None, sum: own.clone(), own, branch: false }
}

/// What a row of matters without the trait is called.
pub(super) fn none(words: &Translator, by: Option<By>) -> String {
    words.t(match by {
        Some(By::Line) => "statistics-none-line",
        Some(By::Area) => "statistics-none-area",
        Some(By::Urgency) => "statistics-none-urgency",
        _ => "statistics-none-category",
    })
}

/// The keys of a row and of everything below it.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn keys_below(
    q: &mut dyn store::Query,
    app: &App,
    by: By,
    key: &str,
) -> Result<BTreeSet<String>, Failure> {
    let mut keys = BTreeSet::from([key.to_owned()]);
    match by {
        By::Unit => {
            if let Some(unit) = network::unit(q, &UnitId::from(key))? {
                let filter = UnitFilter { with_closed: true, ..UnitFilter::default() };
                let below = network::units_below(q, &unit.path, &filter)?;
                keys.extend(below.into_iter().map(|unit| unit.code.0));
            }
        }
        By::Area => {
            let mut next = vec![AreaId::from(key)];
            while let Some(area) = next.pop() {
                for below in network::areas_below(q, Some(&area))? {
                    keys.insert(below.code.as_str().to_owned());
                    next.push(below.code);
                }
            }
        }
        By::Category => {
            let categories = matters::categories::in_force(q, app)?;
            let below = categories.all().iter().filter(|category| category.group == key);
            keys.extend(below.map(|category| category.code.clone()));
        }
        _ => {}
    }
    Ok(keys)
}
