//! How often suggestions are right, and where their thresholds should stand: the product's
//! own suggestions, asked about texts of which the answer is known, each left out of what is
//! known of the others. Pure; `tongxin suggestions` writes it down.

use super::asked::telling;
use super::fitting::{CASES, Case, Fitting, few, weighed};
use super::similar::{CANDIDATES, WINDOW, WORTH_A_LOOK};
use crate::configuration::categories::Categories;
use search::{Alike, Classes, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A text of which it is known what it is.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What it is called in a report.
    pub id: String,
    /// Title and story.
    pub text: String,
    /// Code of its category.
    pub category: String,
    /// Kinds of departments that may lead it; empty where that is not known.
    pub leads: BTreeSet<String>,
    /// Texts with the same word here tell of the same thing.
    pub same_as: Option<String>,
}

/// On what a category is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Names and help of categories and groups.
    Names,
    /// And the words people use.
    Words,
    /// And similar cases.
    Cases,
}

/// How often a category was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Texts asked about.
    pub of: usize,
    /// The first one is of the right group (level 1).
    pub group: usize,
    /// One of those offered is.
    pub group_offered: usize,
    /// The first one is the very category.
    pub category: usize,
    /// One of those offered is.
    pub category_offered: usize,
    /// Texts whose lead is known.
    pub lead_of: usize,
    /// The first usual lead of the first category is right.
    pub lead: usize,
    /// One of its usual leads, or of those that work with them, is.
    pub lead_offered: usize,
    /// The first usual lead of the category that is known to be right is: what the routing
    /// table does once an officer has chosen.
    pub lead_of_right: usize,
}

/// What a least score would let through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeastScore {
    /// The least score.
    pub least: f64,
    /// Texts for which a first category is offered.
    pub offered: usize,
    /// Of those, of the right group.
    pub right: usize,
}

/// What a least likeness would let through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeastLikeness {
    /// The least likeness.
    pub least: f64,
    /// Duplicates that are found, of all pairs that tell of the same thing.
    pub found: usize,
    /// All those pairs, each asked from both sides.
    pub pairs: usize,
    /// Pairs that tell of different things and are offered all the same.
    pub others: usize,
    /// All those pairs.
    pub other_pairs: usize,
}

/// Texts, and how alike each is to the others.
pub struct Measure<'a> {
    known: &'a [Known],
    categories: &'a Categories,
    alike: Vec<Vec<Alike>>,
}

impl<'a> Measure<'a> {
    /// Compares each text with all the others, as the full-text index would.
    pub fn of(known: &'a [Known], categories: &'a Categories) -> Self {
        let index = Index::of(known);
        let alike = (0..known.len()).map(|at| index.alike(at as i64, &known[at].text)).collect();
        Self { known, categories, alike }
    }

    /// How often the category is right on that basis, among the texts that `asked` picks; the
    /// others only serve as cases.
    pub fn hits(&self, basis: Basis, asked: impl Fn(&Known) -> bool) -> Hits {
        let classes = self.classes(basis);
        let mut hits = Hits::default();
        for (at, known) in self.known.iter().enumerate().filter(|(_, known)| asked(known)) {
            let fitting = self.fitting(&classes, basis, at);
            let group = |code: &str| self.categories.get(code).map(|category| category.group.clone());
            let right_group = group(&known.category);
            let is_group = |fitting: &&Fitting| group(&fitting.code) == right_group;
            let is_category = |fitting: &&Fitting| fitting.code == known.category;
            hits.of += 1;
            hits.group += usize::from(fitting.first().filter(is_group).is_some());
            hits.group_offered += usize::from(fitting.iter().any(|fitting| is_group(&fitting)));
            hits.category += usize::from(fitting.first().filter(is_category).is_some());
            hits.category_offered += usize::from(fitting.iter().any(|fitting| is_category(&fitting)));
            if !known.leads.is_empty() {
                let (first, any) = self.leads(fitting.first().map(|fitting| fitting.code.as_str()), known);
                hits.lead_of += 1;
                hits.lead += usize::from(first);
                hits.lead_offered += usize::from(any);
                hits.lead_of_right += usize::from(self.leads(Some(&known.category), known).0);
            }
        }
        hits
    }

    /// What each least score would let through, on all that is known.
    pub fn scores(&self, leasts: &[f64], asked: impl Fn(&Known) -> bool) -> Vec<LeastScore> {
        let classes = self.classes(Basis::Cases);
        let group = |code: &str| self.categories.get(code).map(|category| category.group.clone());
        let firsts: Vec<(f64, bool)> = (0..self.known.len())
            .filter(|at| asked(&self.known[*at]))
            .filter_map(|at| {
                let first = self.fitting(&classes, Basis::Cases, at).into_iter().next()?;
                Some((first.score, group(&first.code) == group(&self.known[at].category)))
            })
            .collect();
        let row = |least: &f64| {
            let offered: Vec<_> = firsts.iter().filter(|(score, _)| score >= least).collect();
            let right = offered.iter().filter(|(_, right)| *right).count();
            LeastScore { least: *least, offered: offered.len(), right }
        };
        leasts.iter().map(row).collect()
    }

    /// What each least likeness would let through, among the texts that `asked` picks.
    pub fn likenesses(&self, leasts: &[f64], asked: impl Fn(&Known) -> bool) -> Vec<LeastLikeness> {
        let picked: Vec<usize> = (0..self.known.len()).filter(|at| asked(&self.known[*at])).collect();
        let mut pairs: Vec<(bool, f64)> = Vec::new();
        for at in &picked {
            let likeness: BTreeMap<i64, f64> =
                self.alike[*at].iter().map(|alike| (alike.document, alike.score)).collect();
            for other in picked.iter().filter(|other| *other != at) {
                let same = &self.known[*at].same_as;
                let same = same.is_some() && *same == self.known[*other].same_as;
                pairs.push((same, likeness.get(&(*other as i64)).copied().unwrap_or(0.0)));
            }
        }
        let count = |wanted: bool, least: f64| {
            pairs.iter().filter(|(same, likeness)| *same == wanted && *likeness >= least).count()
        };
        let row = |least: &f64| LeastLikeness {
            least: *least,
            found: count(true, *least),
            pairs: count(true, f64::MIN),
            others: count(false, *least),
            other_pairs: count(false, f64::MIN),
        };
        leasts.iter().map(row).collect()
    }

    fn classes(&self, basis: Basis) -> Classes {
        match basis {
            Basis::Names => self.categories.classes_by_name(),
            Basis::Words | Basis::Cases => self.categories.classes().clone(),
        }
    }

    fn fitting(&self, classes: &Classes, basis: Basis, at: usize) -> Vec<Fitting> {
        let told = classes.told(&self.known[at].text, super::fitting::TOLD);
        let cases: Vec<Case> = match basis {
            Basis::Cases => self.cases(at),
            Basis::Names | Basis::Words => Vec::new(),
        };
        few(weighed(told, &cases))
    }

    fn cases(&self, at: usize) -> Vec<Case> {
        let near = self.alike[at].iter().filter(|alike| alike.score >= WORTH_A_LOOK).take(CASES);
        near.map(|alike| {
            let known = &self.known[alike.document as usize];
            Case { number: known.id.clone(), category: known.category.clone(), likeness: alike.score }
        })
        .collect()
    }

    /// Whether the first usual lead of the category may lead the text, and whether any of its
    /// departments may.
    fn leads(&self, category: Option<&str>, known: &Known) -> (bool, bool) {
        let Some(category) = category.and_then(|code| self.categories.get(code)) else {
            return (false, false);
        };
        let first = category.leads.first().is_some_and(|lead| known.leads.contains(lead));
        (first, category.leads.iter().chain(&category.co).any(|kind| known.leads.contains(kind)))
    }
}

/// The full-text index in little.
struct Index {
    terms: BTreeMap<String, BTreeSet<i64>>,
}

impl Index {
    fn of(known: &[Known]) -> Self {
        let mut terms: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        for (at, known) in known.iter().enumerate() {
            for term in search::terms(&known.text) {
                terms.entry(term).or_default().insert(at as i64);
            }
        }
        Self { terms }
    }

    /// Documents like a text, but for itself.
    fn alike(&self, itself: i64, text: &str) -> Vec<Alike> {
        let mut found = Vec::new();
        for word in telling(text) {
            let mut documents = self.holding(&search::terms_of_word(&word));
            documents.remove(&itself);
            let newest = documents.into_iter().rev().take(WINDOW).collect();
            found.push((word, newest));
        }
        let mut alike = search::alike(&found, WINDOW);
        alike.truncate(CANDIDATES);
        alike
    }

    fn holding(&self, terms: &[Term]) -> BTreeSet<i64> {
        let of = |term: &Term| -> BTreeSet<i64> {
            match term {
                Term::Exact(term) => self.terms.get(term).cloned().unwrap_or_default(),
                Term::Prefix(start) => {
                    let from = self.terms.range(start.clone()..);
                    from.take_while(|(term, _)| term.starts_with(start))
                        .flat_map(|(_, docs)| docs)
                        .copied()
                        .collect()
                }
            }
        };
        terms.iter().map(of).reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::categories::DEFAULT;

    fn known(id: &str, category: &str, text: &str, lead: &str) -> Known {
        Known {
            id: id.into(),
            text: text.into(),
            category: category.into(),
            leads: [lead.to_owned()].into(),
            same_as: id.split_once('-').map(|(group, _)| group.to_owned()),
        }
    }

    #[test]
    fn what_is_known_of_a_text_does_not_help_with_itself() {
        let categories = Categories::parse(DEFAULT).expect("delivered");
        let texts = [
            known("a-1", "ENE-01", "铸造车间变压器增容迟迟不批，订单压着发不出去", "供电公司"),
            known("a-2", "ENE-01", "铸造车间的变压器增容还是没有批，订单发不出去", "供电公司"),
            known("b-1", "OTH-99", "无人知晓的一句闲话", "税务"),
        ];
        let measure = Measure::of(&texts, &categories);
        let hits = measure.hits(Basis::Cases, |_| true);
        assert_eq!((hits.of, hits.group, hits.category, hits.lead), (3, 2, 2, 2));
        let rows = measure.likenesses(&[0.1, 0.9], |_| true);
        assert_eq!((rows[0].found, rows[0].pairs, rows[0].others, rows[0].other_pairs), (2, 2, 0, 4));
        assert!(rows[1].found < 2, "alike is asked from both sides");
    }
}
