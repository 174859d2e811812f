//! What a template names that cannot be filled in, said with its place and what was meant.

use super::Vocabulary;
use super::scan::{Mark, Paragraph, Scan};
use std::collections::BTreeSet;

/// The longest quotation of a paragraph, in characters.
const EXCERPT: usize = 40;

/// One thing wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// How the paragraph begins.
    pub excerpt: String,
    /// What stands in the braces.
    pub name: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A paragraph of the body that is not empty, from 1; tables do not count.
    Paragraph(usize),
    /// A row of a table of the body, both from 1.
    Table(usize, usize),
    /// A head, a foot or a note.
    Margin,
}

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It stands for nothing; with what may have been meant.
    Unknown(Option<String>),
    /// The braces do not close in the paragraph.
    Unclosed,
    /// A field of a list outside a table row.
    NotInRow,
    /// A row that names two lists, of which it can repeat one.
    TwoLists,
    /// A name of several paragraphs that does not stand alone in its own.
    NotAlone,
}

/// Everything wrong, in the order of the parts.
pub(super) fn problems(parts: &[(String, Scan)], vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    for (n, (_, scan)) in parts.iter().enumerate() {
        let mut counted = 0;
        let lists = scan.lists(|list| vocabulary.lists.contains_key(list));
        let mut mixed: BTreeSet<usize> =
            lists.into_iter().filter(|(_, lists)| lists.len() > 1).map(|(row, _)| row).collect();
        for paragraph in &scan.paragraphs {
            let text = &paragraph.text;
            counted += usize::from(paragraph.row.is_none() && !text.trim().is_empty());
            let place = match paragraph.row {
                _ if n > 0 => Place::Margin,
                Some(row) => Place::Table(scan.rows[row].at.0, scan.rows[row].at.1),
                None => Place::Paragraph(counted),
            };
            for mark in &paragraph.marks {
                // A row of two lists is said once.
                let twice = || paragraph.row.filter(|row| mixed.remove(row)).map(|_| Wrong::TwoLists);
                let Some(wrong) = wrong(mark, paragraph, vocabulary).or_else(twice) else { continue };
                let excerpt = text.trim().chars().take(EXCERPT).collect();
                let problem = Problem { place, excerpt, name: mark.name.clone(), wrong };
                // Word writes text boxes twice, for itself and for older programs.
                if found.last() != Some(&problem) {
                    found.push(problem);
                }
            }
        }
    }
    found
}

fn wrong(mark: &Mark, paragraph: &Paragraph, vocabulary: &Vocabulary) -> Option<Wrong> {
    if !mark.closed {
        return Some(Wrong::Unclosed);
    }
    if vocabulary.names.contains(&mark.name) {
        return None;
    }
    if vocabulary.texts.contains(&mark.name) {
        return paragraph.alone().is_none().then_some(Wrong::NotAlone);
    }
    let field = mark.name.split_once('.');
    let known = field.and_then(|(list, field)| Some(vocabulary.lists.get(list)?.contains(field)));
    match known {
        Some(true) if paragraph.row.is_none() => Some(Wrong::NotInRow),
        Some(true) => None,
        _ => Some(Wrong::Unknown(suggestion(&mark.name, vocabulary))),
    }
}

/// The name that is called so, or the nearest one that is written much like it.
fn suggestion(written: &str, vocabulary: &Vocabulary) -> Option<String> {
    if let Some(name) = vocabulary.labels.get(written) {
        return Some(name.clone());
    }
    let fields = vocabulary
        .lists
        .iter()
        .flat_map(|(list, fields)| fields.iter().map(move |field| format!("{list}.{field}")));
    let all = vocabulary.names.iter().chain(&vocabulary.texts).cloned().chain(fields);
    let lower = written.to_lowercase();
    let near = all.map(|name| (distance(&lower, &name), name)).min()?;
    (near.0 <= written.chars().count().div_ceil(3)).then_some(near.1)
}

/// Letters put in, left out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, one) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(one != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
