//! Which class a text belongs to, by what is known to be said of each class: a small model
//! that is read off words, learns nothing about persons and can say why.
//!
//! A class is told by pairs of neighbouring characters (and Latin words) of its phrases. A
//! pair counts the more the fewer classes know it, and more, but less than twice as much,
//! where the text says it again.

use crate::runs::{Run, runs};
use std::collections::{BTreeMap, HashMap};

/// Words given as the reason for a class.
const REASONS: usize = 5;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Classes {
    codes: Vec<String>,
    /// Each pair with the classes that know it, and how much it tells of each.
    pairs: HashMap<String, Vec<(usize, f64)>>,
}

/// A class a text may belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// How strongly the text speaks for it; 0 stands for nothing at all. Only comparable
    /// among answers of the same classes.
    pub score: f64,
    /// What in the text speaks for it, the most telling first, as the text says it (folded).
    pub words: Vec<String>,
}

impl Classes {
    /// Classes by code, each with phrases and what a phrase weighs (1 for one of its own).
    pub fn of<'a>(classes: impl IntoIterator<Item = (&'a str, Vec<(&'a str, f64)>)>) -> Self {
        let mut found = Self::default();
        let mut known: BTreeMap<(String, usize), f64> = BTreeMap::new();
        for (code, phrases) in classes {
            let class = found.codes.len();
            found.codes.push(code.to_owned());
            for (phrase, weight) in phrases {
                for pair in runs(phrase).iter().flat_map(pairs) {
                    let heaviest = known.entry((pair, class)).or_insert(0.0);
                    *heaviest = heaviest.max(weight);
                }
            }
        }
        for ((pair, class), weight) in known {
            found.pairs.entry(pair).or_default().push((class, weight));
        }
        for classes in found.pairs.values_mut() {
            let rarity = (1.0 + found.codes.len() as f64 / classes.len() as f64).ln();
            classes.iter_mut().for_each(|(_, weight)| *weight *= rarity);
        }
        found
    }

    /// The `most` classes that something in the text speaks for, the likeliest first.
    pub fn told(&self, text: &str, most: usize) -> Vec<Told> {
        let runs: Vec<Vec<String>> = runs(text).iter().map(pairs).collect();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for pair in runs.iter().flatten() {
            *times.entry(pair).or_default() += 1;
        }
        let mut scores = vec![0.0; self.codes.len()];
        for (pair, times) in times {
            let said = 2.0 * times as f64 / (times as f64 + 1.0);
            for (class, weight) in self.pairs.get(pair).into_iter().flatten() {
                scores[*class] += weight * said;
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).filter(|class| scores[*class] > 0.0).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let told = |class: usize| Told {
            code: self.codes[class].clone(),
            score: scores[class],
            words: self.reasons(class, &runs),
        };
        order.into_iter().take(most).map(told).collect()
    }

    /// Stretches of the text whose pairs this class knows.
    fn reasons(&self, class: usize, runs: &[Vec<String>]) -> Vec<String> {
        let mut found: BTreeMap<String, f64> = BTreeMap::new();
        for run in runs {
            let (mut stretch, mut weight) = (String::new(), 0.0);
            for pair in run.iter().map(Some).chain([None]) {
                match pair.and_then(|pair| Some((pair, self.weight(pair, class)?))) {
                    Some((pair, more)) => {
                        // Neighbouring pairs share a character.
                        let from = if stretch.is_empty() { 0 } else { 1 };
                        stretch.extend(pair.chars().skip(from));
                        weight += more;
                    }
                    None if stretch.is_empty() => {}
                    None => {
                        found.insert(std::mem::take(&mut stretch), std::mem::take(&mut weight));
                    }
                }
            }
        }
        let mut found: Vec<(String, f64)> = found.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.into_iter().take(REASONS).map(|(stretch, _)| stretch).collect()
    }

    fn weight(&self, pair: &str, class: usize) -> Option<f64> {
        let classes = self.pairs.get(pair)?;
        classes.iter().find(|(known, _)| *known == class).map(|(_, weight)| *weight)
    }
}

/// The pairs of a run in their order; a Latin word is one by itself.
fn pairs(run: &Run) -> Vec<String> {
    match run {
        Run::Han(run) => {
            let characters: Vec<char> = run.chars().collect();
            characters.windows(2).map(|pair| pair.iter().collect()).collect()
        }
        Run::Word(word) => vec![word.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn classes() -> Classes {
        Classes::of([
            ("power", vec![("用电报装增容", 1.0), ("变压器", 1.0), ("停电", 1.0), ("用电用水用气", 0.4)]),
            ("water", vec![("供水与水压", 1.0), ("停水", 1.0), ("用电用水用气", 0.4)]),
            ("network", vec![("通信网络", 1.0), ("5G", 1.0)]),
        ])
    }

    #[test]
    fn a_class_is_told_by_its_words_and_says_which() {
        let told = classes().told("新车间变压器申请增容，三个月没有批；上周还停电两次。", 9);
        assert_eq!(told[0].code, "power");
        assert_eq!(told[0].words, ["变压器", "停电", "增容"]);
        assert_eq!(told.len(), 1, "nothing speaks for another: {told:?}");
    }

    #[test]
    fn what_few_classes_know_tells_more() {
        let told = classes().told("用水的事：水压上不去", 9);
        assert_eq!(told[0].code, "water");
        assert!(told[0].score > 2.0 * told[1].score, "{told:?}");
    }

    #[test]
    fn latin_words_and_case_count() {
        assert_eq!(classes().told("厂区没有５ｇ信号", 9)[0].words, ["5g"]);
    }

    #[test]
    fn saying_it_again_counts_less_than_twice() {
        let (once, often) = (classes().told("停电", 9), classes().told("停电，停电，停电，停电", 9));
        assert!(often[0].score > once[0].score && often[0].score < 2.0 * once[0].score);
        assert_eq!(often[0].words, ["停电"]);
    }

    #[test]
    fn nothing_is_told_by_nothing() {
        assert_eq!(classes().told("", 9), []);
        assert_eq!(Classes::default().told("停电", 9), []);
    }

    proptest! {
        #[test]
        fn reasons_stand_in_the_text(text in "[停电水压变压器用网a-z5G，。]{0,60}") {
            let folded = kernel::text::fold_for_search(&text);
            for told in classes().told(&text, 9) {
                prop_assert!(told.score > 0.0 && !told.words.is_empty());
                for word in told.words {
                    prop_assert!(folded.contains(&word), "{word} in {text}");
                }
            }
        }
    }
}
