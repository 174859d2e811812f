//! How alike texts are by the words they share: rare words tell more than frequent ones.

use std::collections::BTreeMap;

/// What a word weighs that stands in no document looked at.
const UNSEEN: f64 = 2.0;

/// A document that shares words with a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Its number.
    pub document: i64,
    /// The part of the text's weight that it shares, 0 to 1.
    pub score: f64,
    /// The words shared, the most telling first.
    pub words: Vec<String>,
}

/// Documents by how much they share with a text, the most alike first, then the newest.
/// `found` holds each word of the text with the newest documents it stands in, of which no
/// more than `window` were asked for.
pub fn alike(found: &[(String, Vec<i64>)], window: usize) -> Vec<Alike> {
    let weight = |documents: &[i64]| match documents.len() {
        0 => UNSEEN,
        n => (1.0 + window as f64 / n as f64).ln(),
    };
    let whole: f64 = found.iter().map(|(_, documents)| weight(documents)).sum();
    let mut shared: BTreeMap<i64, Vec<(f64, &str)>> = BTreeMap::new();
    for (word, documents) in found {
        for document in documents {
            shared.entry(*document).or_default().push((weight(documents), word));
        }
    }
    let mut alike: Vec<Alike> = shared
        .into_iter()
        .map(|(document, mut words)| {
            words.sort_by(|a, b| b.0.total_cmp(&a.0));
            let score = words.iter().map(|(weight, _)| weight).sum::<f64>() / whole;
            Alike { document, score, words: words.into_iter().map(|(_, word)| word.to_owned()).collect() }
        })
        .collect();
    alike.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.document.cmp(&a.document)));
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_tell_more() {
        let found = [
            ("电费".to_owned(), (1..=100).collect::<Vec<i64>>()),
            ("锑品厂".to_owned(), vec![7, 200]),
            ("增容".to_owned(), vec![7]),
        ];
        let alike = alike(&found, 100);
        assert_eq!(alike[0].document, 7);
        assert_eq!(alike[0].words, ["增容", "锑品厂", "电费"]);
        assert!((alike[0].score - 1.0).abs() < 1e-9);
        assert_eq!(alike[1].document, 200, "one rare word outweighs a frequent one");
        assert!(alike[2].score < 0.1);
        assert_eq!(alike[2].document, 100, "equal ones: the newest first");
    }

    #[test]
    fn nothing_is_like_no_words() {
        assert_eq!(alike(&[], 100), []);
        assert_eq!(alike(&[("无".into(), Vec::new())], 100), []);
    }
}
