//! The texts that are measured on: a file of appeals, and the demo city's own.

use crate::cli::CliError;
use demo::texts::Text;
use matters::routing::Routing;
use matters::search::measure::Known;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// Marks the made-up texts among all.
pub const MADE_UP: &str = "demo-";

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    category_code: String,
    #[serde(default)]
    department: String,
    dup_group: Option<String>,
}

/// The appeals of a file, one a line.
///
/// # Errors
/// [`CliError::Usage`] with the line that does not read.
pub fn sample(file: &Path, routing: &Routing) -> Result<Vec<Known>, CliError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| CliError::Usage(format!("{}: {error}", file.display())))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let line: Line = serde_json::from_str(line)
                .map_err(|error| CliError::Usage(format!("{}, line {}: {error}", file.display(), at + 1)))?;
            Ok(Known {
                id: line.id,
                text: format!("{} {}", line.title, line.text),
                category: line.category_code,
                // The first named leads; the others work with it.
                leads: kinds_of(routing, line.department.split('、').next().unwrap_or_default()),
                same_as: line.dup_group,
            })
        })
        .collect()
}

/// The demo city's texts, made up by hand for it.
///
/// # Errors
/// [`CliError::Found`] where the demo's own data do not read.
pub fn made_up(routing: &Routing) -> Result<Vec<Known>, CliError> {
    let damaged = |error: demo::DemoError| CliError::Found(error.to_string());
    let texts =
        demo::texts::accepted().map_err(damaged)?.into_iter().chain(demo::texts::outside().map_err(damaged)?);
    let units = demo::city::unit_names();
    let known = |(at, text): (usize, Text)| Known {
        id: format!("{MADE_UP}{at}"),
        text: plain(&format!("{} {} {}", text.title, text.text, text.wanted)),
        category: text.category,
        leads: text.to.iter().flat_map(|to| kinds_of(routing, &named(&units, to))).collect(),
        same_as: None,
    };
    Ok(texts.enumerate().map(known).collect())
}

/// The kinds of departments that a name may be: by the routing table's own words.
fn kinds_of(routing: &Routing, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for department in routing.departments() {
        let words = std::iter::once(&department.kind).chain(&department.also);
        if words.clone().chain(&department.names).any(|word| name.contains(word.as_str())) {
            found.extend(words.cloned());
        }
    }
    // What only the place gives a name to.
    for (word, kinds) in [
        ("管委会", &["园区"][..]),
        ("街道", &["属地", "属地乡镇街道", "乡镇"]),
        ("乡镇", &["属地", "属地乡镇街道", "乡镇"]),
    ] {
        if name.contains(word) {
            found.extend(kinds.iter().map(|kind| (*kind).to_owned()));
        }
    }
    found
}

/// The name of a unit as a text of the demo gives it: `ld-gd`, `county/scjg`, `township/…`.
fn named(units: &[(String, String)], to: &str) -> String {
    let wanted = |code: &str| match to.split_once('/') {
        Some(("county", part)) => code.ends_with(&format!("-{part}")) && !code.starts_with("ld-"),
        _ => code == to,
    };
    match to.split_once('/') {
        Some(("township", _)) => "乡镇".to_owned(),
        Some(("county", "zone")) => "管委会".to_owned(),
        _ => units.iter().find(|(code, _)| wanted(code)).map(|(_, name)| name.clone()).unwrap_or_default(),
    }
}

/// A text with the first of its wordings and without what is filled in.
fn plain(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(['[', '{']) {
        out.push_str(before);
        let choices = rest[before.len()..].starts_with('[');
        let (inside, tail) = after.split_once(if choices { ']' } else { '}' }).unwrap_or((after, ""));
        if choices {
            out.push_str(inside.split('|').next().unwrap_or_default());
        }
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_a_text() {
        assert_eq!(plain("[我们|公司]在{place}，{n}台压力机[急|等]"), "我们在，台压力机急");
        assert_eq!(plain("没有记号"), "没有记号");
    }

    #[test]
    fn departments_are_told_by_their_names() {
        let routing = Routing::parse(matters::routing::DEFAULT).expect("delivered");
        assert!(kinds_of(&routing, "公安局交警支队").contains("公安交警"));
        assert!(kinds_of(&routing, "住建局(物业)").contains("住建"));
        assert!(kinds_of(&routing, "高新区管委会").contains("园区"));
        assert!(kinds_of(&routing, "某某办").is_empty());
    }
}
