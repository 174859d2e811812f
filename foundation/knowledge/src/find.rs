//! What fits the words being typed. Full text: terms weighed by how rare they are, a word of
//! the title before one of the answer. Pinyin: initials (in every reading) or full syllables
//! anywhere in the title or a wording of the question. Only what is offered today is found.

use crate::read::{Offered, offered_rows};
use crate::rules::Kind;
use kernel::AreaId;
use kernel::time::Date;
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Query, Value, params};

/// The most terms looked for: the first words of a long story say what it is about.
const TERMS: usize = 60;
/// Rows of terms read at most; a word in more items than this says nothing.
const ROWS: i64 = 20_000;
/// Fewer letters than this are the beginning of too many words.
const LETTERS: usize = 2;
/// Typed words must reach this share of the best score to be shown beside it.
const NEAR: f64 = 0.25;
/// And hold this share of what was looked for, where it is a search and not a story.
const STORY: usize = 12;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// As typed: words, initials or syllables.
    pub text: String,
    /// Of which kinds; none: of any.
    pub kinds: Vec<Kind>,
    /// In force there, or everywhere; none: wherever.
    pub area: Option<AreaId>,
    /// Of that category; none: of any.
    pub category: Option<String>,
}

/// The items offered today that fit best, the best first.
///
/// # Errors
/// Whatever the store says.
pub fn find(q: &mut dyn Query, app: &App, wanted: &Wanted, most: usize) -> Result<Vec<Offered>, Failure> {
    let today = app.config.zone.date_of(app.now());
    let mut scores = by_words(q, &wanted.text, today)?;
    for (item, score) in by_pinyin(q, &wanted.text, today)? {
        *scores.entry(item).or_default() += score;
    }
    let best = scores.values().copied().fold(0.0, f64::max);
    let mut ranked: Vec<(String, f64)> =
        scores.into_iter().filter(|(_, score)| *score >= best * NEAR && *score > 0.0).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let ids: Vec<String> = ranked.into_iter().map(|(id, _)| id).collect();
    let mut rows = offered_rows(q, today, &ids)?;
    rows.retain(|row| fits(row, wanted));
    rows.truncate(most);
    Ok(rows)
}

fn fits(row: &Offered, wanted: &Wanted) -> bool {
    let content = &row.content;
    let there = match (&wanted.area, &content.area) {
        (Some(wanted), Some(area)) => wanted.0.starts_with(area.0.trim_end_matches('0')),
        _ => true,
    };
    there
        && (wanted.kinds.is_empty() || wanted.kinds.contains(&content.kind))
        && (wanted.category.is_none() || wanted.category == content.category)
}

/// Scores by words: each term adds its weight times how rare it is.
fn by_words(q: &mut dyn Query, text: &str, today: Date) -> Result<BTreeMap<String, f64>, Failure> {
    let mut terms = search::terms(text);
    // A single character is the beginning of many words.
    terms.retain(|term| term.chars().count() > 1);
    terms.truncate(TERMS);
    let mut scores = BTreeMap::new();
    if terms.is_empty() {
        return Ok(scores);
    }
    let all = count(q, today)?;
    let marks: Vec<String> = (2..terms.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "select t.term, t.item, t.weight from knowledge_term t join knowledge_item i on i.id = t.item \
         where i.state = 'in_force' and i.valid_from <= $1 and i.valid_until >= $1 and t.term in ({}) \
         limit {ROWS}",
        marks.join(", ")
    );
    let mut values: Vec<Value> = params![today.to_string()];
    values.extend(terms.iter().map(|term| Value::from(term.as_str())));
    let mut holders: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for row in q.query(&sql, &values)? {
        holders.entry(row.text(0)?).or_default().push((row.text(1)?, row.int(2)?));
    }
    // Of a few words nearly all must be there; of a story some are enough.
    let needed = if terms.len() > STORY { 2 } else { terms.len().div_ceil(2) };
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for items in holders.values() {
        let rare = (all as f64 / items.len() as f64).ln_1p();
        for (item, weight) in items {
            *scores.entry(item.clone()).or_insert(0.0) += rare * *weight as f64;
            *held.entry(item.clone()).or_default() += 1;
        }
    }
    scores.retain(|item, _| held.get(item).is_some_and(|held| *held >= needed));
    Ok(scores)
}

/// Scores by pinyin, where what is typed is Latin letters alone.
fn by_pinyin(q: &mut dyn Query, text: &str, today: Date) -> Result<Vec<(String, f64)>, Failure> {
    let letters: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let letters = letters.to_ascii_lowercase();
    if letters.len() < LETTERS || !letters.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(Vec::new());
    }
    let sql = "select id, initials, syllables from knowledge_item where state = 'in_force' \
               and valid_from <= $1 and valid_until >= $1 \
               and (initials like $2 escape '!' or syllables like $2 escape '!') order by id limit 200";
    let pattern = kernel::text::like_containing(&letters);
    let mut found = Vec::new();
    for row in q.query(sql, &params![today.to_string(), pattern])? {
        let begins =
            |column: usize| Ok::<_, Failure>(row.str(column)?.split(' ').any(|w| w.starts_with(&letters)));
        // What begins so is meant before what merely holds it.
        found.push((row.text(0)?, if begins(1)? || begins(2)? { 20.0 } else { 10.0 }));
    }
    Ok(found)
}

fn count(q: &mut dyn Query, today: Date) -> Result<i64, Failure> {
    let sql = "select count(*) from knowledge_item where state = 'in_force' and valid_from <= $1 \
               and valid_until >= $1";
    Ok(q.query_one(sql, &params![today.to_string()])?.int(0)?)
}
