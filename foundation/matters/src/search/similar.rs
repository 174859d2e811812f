//! What is like a text: likely duplicates and similar cases that were answered, each with
//! the reason why it is offered. A suggestion decides nothing.

use super::INDEX;
use super::asked::{Asked, Why};
use super::index::said;
use crate::filing::PHONE;
use crate::read::{READ, Row, UnitName, rows};
use kernel::permission::Grant;
use kernel::{AreaId, MatterId};
use platform::{App, Failure};
use search::{Alike, Term};
use std::collections::{BTreeMap, BTreeSet};
use store::fulltext::Wanted;
use store::{Query, Value, params};

/// The newest matters that are looked at for each word.
pub(super) const WINDOW: usize = 300;
/// Candidates that are looked at closely.
pub(super) const CANDIDATES: usize = 60;
/// Days for which an ended matter may still be what a caller means.
const RECENT_DAYS: i64 = 90;
/// The least likeness of words that is worth a look: measured, see docs/suggestions.md.
pub const WORTH_A_LOOK: f64 = 0.18;
/// The same where the caller or the enterprise is the same.
pub const WORTH_A_LOOK_OF_SAME: f64 = 0.08;

/// A matter that may be the same one.
#[derive(Clone, Debug)]
pub struct Similar {
    /// As in lists: number, title, phase, who has it.
    pub row: Row,
    /// Why it is offered.
    pub why: Why,
}

/// A similar case with what was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// As in lists.
    pub row: Row,
    /// Why it is offered.
    pub why: Why,
    /// The answers, each with who gave it.
    pub answers: Vec<(UnitName, String)>,
}

/// What shares words, caller or firm with what is asked about: looked up once, for all the
/// questions that are put to it.
pub struct Compared<'a> {
    pub(super) asked: &'a Asked,
    alike: BTreeMap<i64, Alike>,
    callers: BTreeSet<String>,
    place: Option<String>,
}

impl<'a> Compared<'a> {
    /// Looks it up.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn look_up(query: &mut dyn Query, app: &App, asked: &'a Asked) -> Result<Self, Failure> {
        let alike = by_words(query, &asked.words)?.into_iter().map(|alike| (alike.document, alike));
        Ok(Self {
            alike: alike.collect(),
            callers: callers(query, app, asked.phone.as_deref())?,
            place: match &asked.area {
                Some(area) => network::area(query, area)?.map(|area| area.path),
                None => None,
            },
            asked,
        })
    }
}

/// Likely duplicates: open or recent matters within the reader's scope, the likeliest first.
///
/// # Errors
/// Whatever the store says.
pub fn similar(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
    limit: usize,
) -> Result<Vec<Similar>, Failure> {
    let since = app.now().plus_days(-RECENT_DAYS);
    let condition = "(m.filed_at >= $1 or m.phase not in ('declined', 'left_early', 'closed', 'archived'))";
    let best = best(query, app, grants, like, condition, params![since], limit)?;
    Ok(best.into_iter().map(|(row, why)| Similar { row, why }).collect())
}

/// Similar cases that were answered, within the reader's scope, the most alike first.
///
/// # Errors
/// Whatever the store says.
pub fn answered_like(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
    limit: usize,
) -> Result<Vec<Answered>, Failure> {
    let condition = "m.phase in ('call_back', 'closed', 'archived') and coalesce(m.closing, '') <> $1";
    let withdrawn = params![matters_rules::ClosingType::Withdrawn.code()];
    let mut found = Vec::with_capacity(limit);
    for (row, why) in best(query, app, grants, like, condition, withdrawn, CANDIDATES)? {
        if found.len() == limit {
            break;
        }
        let answers = match said(query, app, &row.id.to_string())? {
            Some(said) => said.answers,
            None => Vec::new(),
        };
        let mut named = Vec::with_capacity(answers.len());
        for (unit, text) in answers {
            named.push((UnitName::of(query, &unit)?, text));
        }
        if !named.is_empty() {
            found.push(Answered { row, why, answers: named });
        }
    }
    Ok(found)
}

/// What is known of a candidate beside its words.
struct Candidate {
    doc: i64,
    subject: String,
    area: Option<String>,
    category: Option<String>,
}

/// The likeliest matters within the scope and under the condition, each with why.
pub(super) fn best(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
    condition: &str,
    values: Vec<Value>,
    limit: usize,
) -> Result<Vec<(Row, Why)>, Failure> {
    let Compared { asked, alike, callers, place } = like;
    let enterprise: BTreeSet<&str> = asked.enterprise.iter().map(|subject| subject.0.as_str()).collect();
    let known: BTreeSet<&str> =
        callers.iter().map(String::as_str).chain(enterprise.iter().copied()).collect();
    let candidates = candidates(query, grants, alike.keys().copied().collect(), &known, condition, values)?;
    let mut reasons: BTreeMap<MatterId, Why> = BTreeMap::new();
    for (id, candidate) in candidates {
        let words = alike.get(&candidate.doc);
        let why = Why {
            words: words.map(|alike| alike.words.clone()).unwrap_or_default(),
            same_place: same_place(query, place.as_deref(), candidate.area)?,
            same_category: asked.category.is_some() && asked.category == candidate.category,
            same_caller: callers.contains(&candidate.subject),
            same_enterprise: enterprise.contains(candidate.subject.as_str()),
            likeness: words.map_or(0.0, |alike| alike.score),
        };
        let least = if why.same_caller || why.same_enterprise { WORTH_A_LOOK_OF_SAME } else { WORTH_A_LOOK };
        if why.likeness >= least && Some(id) != asked.except {
            reasons.insert(id, weighed(why));
        }
    }
    let ids: Vec<MatterId> = reasons.keys().copied().collect();
    let mut found: Vec<(Row, Why)> = rows(query, app, grants, &ids)?
        .into_iter()
        .filter_map(|row| reasons.remove(&row.id).map(|why| (row, why)))
        .collect();
    found.sort_by(|(_, a), (_, b)| b.likeness.total_cmp(&a.likeness));
    found.truncate(limit);
    Ok(found)
}

/// What else is the same makes the words weigh more.
fn weighed(why: Why) -> Why {
    let others = [
        (why.same_caller, 0.25),
        (why.same_enterprise, 0.2),
        (why.same_place, 0.1),
        (why.same_category, 0.1),
    ];
    let more: f64 = others.iter().filter(|(same, _)| *same).map(|(_, weight)| weight).sum();
    Why { likeness: (why.likeness + more).min(1.0), ..why }
}

fn by_words(query: &mut dyn Query, words: &[String]) -> Result<Vec<Alike>, Failure> {
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let terms = wanted(&search::terms_of_word(word));
        found.push((word.clone(), store::fulltext::newest(query, INDEX, &terms, None, WINDOW)?));
    }
    let mut alike = search::alike(&found, WINDOW);
    alike.truncate(CANDIDATES);
    Ok(alike)
}

/// Terms as the store asks for them.
pub(crate) fn wanted(terms: &[Term]) -> Vec<Wanted> {
    let one = |term: &Term| match term {
        Term::Exact(term) => Wanted::Exact(term.clone()),
        Term::Prefix(term) => Wanted::Prefix(term.clone()),
    };
    terms.iter().map(one).collect()
}

fn callers(query: &mut dyn Query, app: &App, phone: Option<&str>) -> Result<BTreeSet<String>, Failure> {
    match phone {
        Some(phone) => {
            Ok(store::subjects::find(query, &app.vault.blind(PHONE, phone), PHONE)?.into_iter().collect())
        }
        None => Ok(BTreeSet::new()),
    }
}

/// Those that share words or come from the same, within the scope and under the condition.
/// What a shielded matter says is nobody's to compare.
fn candidates(
    query: &mut dyn Query,
    grants: &[Grant],
    docs: Vec<i64>,
    subjects: &BTreeSet<&str>,
    condition: &str,
    mut values: Vec<Value>,
) -> Result<BTreeMap<MatterId, Candidate>, Failure> {
    let (scope, scoped) = identity::scope::matter_filter(grants, READ, values.len() + 1);
    values.extend(scoped);
    let mut list = |items: Vec<Value>| {
        let first = values.len() + 1;
        let places: Vec<String> = (first..first + items.len()).map(|n| format!("${n}")).collect();
        values.extend(items);
        places.join(", ")
    };
    let mut any = Vec::new();
    if !docs.is_empty() {
        any.push(format!("m.doc in ({})", list(docs.into_iter().map(Value::from).collect())));
    }
    if !subjects.is_empty() {
        any.push(format!("m.subject in ({})", list(subjects.iter().map(|s| Value::from(*s)).collect())));
    }
    if any.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select m.id, m.doc, m.subject, m.area, m.category from matter m where ({}) and {condition} \
         and m.shielded = 0 and {scope} order by m.doc desc limit {}",
        any.join(" or "),
        2 * CANDIDATES
    );
    let mut found = BTreeMap::new();
    for row in query.query(&sql, &values)? {
        let candidate = Candidate {
            doc: row.int(1)?,
            subject: row.text(2)?,
            area: row.opt_text(3)?,
            category: row.opt_text(4)?,
        };
        found.insert(MatterId(crate::read::uuid(row.str(0)?)?), candidate);
    }
    Ok(found)
}

fn same_place(query: &mut dyn Query, place: Option<&str>, area: Option<String>) -> Result<bool, Failure> {
    let (Some(place), Some(area)) = (place, area) else {
        return Ok(false);
    };
    let other = network::area(query, &AreaId(area))?.map(|area| area.path);
    Ok(other.is_some_and(|other| other.starts_with(place) || place.starts_with(&other)))
}
