//! Which categories a text may be of, and who led what was like it: by the words of the
//! categories and by what people decided in similar cases. Each says on what it rests.

use super::similar::{CANDIDATES, Compared, best};
use crate::configuration::categories;
use kernel::UnitId;
use kernel::permission::Grant;
use matters_rules::routing::Precedent;
use platform::{App, Failure};
use search::Told;
use std::collections::BTreeMap;
use store::{Query, params};

/// Categories that are offered at most.
pub const OFFERED: usize = 3;
/// The least score that is offered: measured, see docs/suggestions.md.
pub const WORTH_OFFERING: f64 = 6.0;
/// Beside the first only what comes this close to it.
const CLOSE: f64 = 0.4;
/// What a case with the very same words weighs beside the words of the categories.
const CASE: f64 = 10.0;
/// Similar cases that count.
pub(super) const CASES: usize = 5;
/// Categories whose words are looked at.
pub(super) const TOLD: usize = 12;

/// A category that may fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitting {
    /// Its code.
    pub code: String,
    /// For the order; 0 stands for nothing at all.
    pub score: f64,
    /// What in the text speaks for it, the most telling first.
    pub words: Vec<String>,
    /// Numbers of similar matters that were accepted under it, the most alike first.
    pub cases: Vec<String>,
}

/// A similar matter of which people decided the category.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its number.
    pub number: String,
    /// Its category.
    pub category: String,
    /// How alike its words are, 0 to 1.
    pub likeness: f64,
}

/// The categories in force that may fit what is asked about, the likeliest first; none where
/// nothing speaks loudly enough.
///
/// # Errors
/// Whatever the store says.
pub fn fitting(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
) -> Result<Vec<Fitting>, Failure> {
    let categories = categories::in_force(query, app)?;
    let decided =
        "m.category is not null and m.phase not in ('draft', 'registered', 'declined', 'left_early')";
    let cases: Vec<Case> = best(query, app, grants, like, decided, Vec::new(), CASES)?
        .into_iter()
        .filter_map(|(row, why)| {
            Some(Case { number: row.number, category: row.category?, likeness: why.likeness })
        })
        .collect();
    let told = categories.classes().told(&like.asked.text, TOLD);
    let mut fitting = weighed(told, &cases);
    fitting.retain(|fitting| fitting.score >= WORTH_OFFERING && categories.offer(&fitting.code).is_some());
    Ok(few(fitting))
}

/// What an officer is shown of it.
pub(super) fn few(mut fitting: Vec<Fitting>) -> Vec<Fitting> {
    let first = fitting.first().map_or(0.0, |first| first.score);
    fitting.retain(|fitting| fitting.score >= CLOSE * first);
    fitting.truncate(OFFERED);
    fitting
}

/// Words and cases together, the likeliest first.
pub(super) fn weighed(told: Vec<Told>, cases: &[Case]) -> Vec<Fitting> {
    let mut found: BTreeMap<String, Fitting> = BTreeMap::new();
    for Told { code, score, words } in told {
        found.insert(code.clone(), Fitting { code, score, words, cases: Vec::new() });
    }
    for case in cases {
        let fitting = found.entry(case.category.clone()).or_default();
        fitting.code.clone_from(&case.category);
        fitting.score += CASE * case.likeness;
        fitting.cases.push(case.number.clone());
    }
    let mut found: Vec<Fitting> = found.into_values().collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// Who led, for the office, matters like this one that came to a result: for a routing that
/// knows what was done before. Nothing of a matter whose words are shielded.
///
/// # Errors
/// Whatever the store says.
pub fn precedents(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    like: &Compared<'_>,
) -> Result<Vec<Precedent>, Failure> {
    let condition = "m.phase in ('call_back', 'closed', 'archived') and coalesce(m.closing, '') <> $1";
    let withdrawn = params![matters_rules::ClosingType::Withdrawn.code()];
    let mut found: Vec<Precedent> = Vec::new();
    for (row, _) in best(query, app, grants, like, condition, withdrawn, CANDIDATES)?.into_iter().take(CASES)
    {
        let sql = "select unit from matter_node where matter = $1 and parent is null and role = 'lead' \
                   and state <> 'reassigned'";
        let Some(lead) = query.query_one_opt(sql, &params![row.id.to_string()])? else { continue };
        let unit = UnitId(lead.text(0)?);
        match found.iter_mut().find(|known| known.unit == unit) {
            Some(known) => known.numbers.push(row.number),
            None => found.push(Precedent { unit, numbers: vec![row.number] }),
        }
    }
    found.sort_by_key(|precedent| std::cmp::Reverse(precedent.numbers.len()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: &str, score: f64) -> Told {
        Told { code: code.into(), score, words: vec!["增容".into()] }
    }

    fn case(category: &str, likeness: f64) -> Case {
        Case { number: format!("N-{category}"), category: category.into(), likeness }
    }

    #[test]
    fn words_lead_and_cases_back_them() {
        let found = weighed(vec![told("A", 9.0), told("B", 8.5)], &[case("B", 0.3), case("C", 0.2)]);
        let codes: Vec<_> = found.iter().map(|fitting| fitting.code.as_str()).collect();
        assert_eq!(codes, ["B", "A", "C"]);
        assert_eq!((found[0].words.len(), found[0].cases.as_slice()), (1, ["N-B".to_owned()].as_slice()));
        assert!(found[2].words.is_empty(), "a case alone is a reason too");
    }
}
