//! The terms of the index: pairs of Chinese characters, Latin words, numbers.

use crate::runs::{Run, runs};
use crate::words::cut;
use std::collections::BTreeSet;

/// The longest Latin word or number that is told apart, in characters.
const LONGEST: usize = 40;
/// The most terms one search asks for; more are passed over.
const MOST_WANTED: usize = 32;
/// From this length on a Latin word also finds what begins with it.
const PREFIX_FROM: usize = 3;

/// Characters that join words and are none themselves.
const PARTICLES: &[&str] =
    &["的", "了", "是", "在", "和", "与", "及", "等", "被", "把", "也", "都", "就", "吗", "呢", "吧", "啊"];

/// What a search asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Exactly that term.
    Exact(String),
    /// Any term that begins so.
    Prefix(String),
}

/// The terms under which a text is found, each once, in order. The last character of a run
/// stands by itself too, so that any single character is found as the beginning of a term.
pub fn terms(text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Han(run) => {
                let characters: Vec<char> = run.chars().collect();
                found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
                found.extend(characters.last().map(char::to_string));
            }
            Run::Word(word) => {
                found.insert(clipped(&word));
            }
        }
    }
    found.into_iter().collect()
}

/// What a text must hold to be found by a search as typed: every word of it. Empty where
/// nothing in it can be looked for.
pub fn wanted(search: &str) -> Vec<Term> {
    let mut found = BTreeSet::new();
    for run in runs(search) {
        match run {
            Run::Han(run) => {
                found.extend(joined(cut(&run)).iter().flat_map(|word| pairs(word)));
            }
            Run::Word(word) => {
                found.extend(terms_of_word(&word));
            }
        }
    }
    found.into_iter().take(MOST_WANTED).collect()
}

/// A single character says little by itself: it is looked for together with the word before
/// it (after it, at the beginning), as in 充电 + 桩. Particles are passed over.
fn joined(words: Vec<String>) -> Vec<String> {
    let single = |word: &str| word.chars().nth(1).is_none();
    let mut found: Vec<String> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        if single(&word) && PARTICLES.contains(&word.as_str()) {
            open = false;
            continue;
        }
        match found.last_mut().filter(|last| open && (single(&word) || single(last))) {
            Some(last) => last.push_str(&word),
            None => found.push(word),
        }
        open = true;
    }
    found
}

/// What a text must hold to be found by one word of [`crate::words`].
pub fn terms_of_word(word: &str) -> Vec<Term> {
    if word.chars().all(crate::runs::is_han) {
        return pairs(word);
    }
    let word = clipped(word);
    vec![if word.chars().count() >= PREFIX_FROM { Term::Prefix(word) } else { Term::Exact(word) }]
}

/// The pairs of a Chinese word; a single character is found as the beginning of any.
fn pairs(word: &str) -> Vec<Term> {
    let characters: Vec<char> = word.chars().collect();
    match characters.as_slice() {
        [single] => vec![Term::Prefix(single.to_string())],
        several => several.windows(2).map(|pair| Term::Exact(pair.iter().collect())).collect(),
    }
}

fn clipped(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether the text is found by the search, as the index would say.
    fn finds(search: &str, text: &str) -> bool {
        let held = terms(text);
        let wanted = wanted(search);
        let holds = |term: &Term| match term {
            Term::Exact(exact) => held.contains(exact),
            Term::Prefix(start) => held.iter().any(|term| term.starts_with(start)),
        };
        !wanted.is_empty() && wanted.iter().all(holds)
    }

    const TEXT: &str = "冷水江某锑品厂充电站增容报装LED照明380V，4月递交至今无回音";

    #[test]
    fn words_of_two_characters_are_found_wherever_they_stand() {
        for search in [
            "增容",
            "报装",
            "锑品",
            "容报",
            "回音",
            "充电站 报装",
            "报装充电站",
            "led",
            "LED照",
            "380v",
            "380",
            "音",
            "锑",
        ] {
            assert!(finds(search, TEXT), "{search}: {:?}", wanted(search));
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for search in ["供水", "充电桩", "le", "", "，。", "13912345678"] {
            assert!(!finds(search, TEXT), "{search}: {:?}", wanted(search));
        }
    }

    proptest! {
        #[test]
        fn any_two_neighbouring_characters_are_found(text in "[\u{4e00}-\u{4e7f}a-z0-9，。 ]{2,40}") {
            let characters: Vec<char> = text.chars().collect();
            for pair in characters.windows(2).filter(|pair| pair.iter().all(|c| crate::runs::is_han(*c))) {
                let pair: String = pair.iter().collect();
                prop_assert!(finds(&pair, &text), "{pair} in {text}");
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let (_, _) = (terms(&text), wanted(&text));
        }
    }
}
