//! The demo's words are its own: no twelve characters in a row stand in a real appeal.
//! `TONGXIN_REFERENCE_DATA` names the folder of the reference data; without it nothing can
//! be compared.

use std::collections::HashSet;
use std::path::PathBuf;
use tongxin_demo::Layers;

/// As many characters in a row as can be the same by chance in official Chinese.
const RUN: usize = 12;

#[test]
fn no_sentence_is_taken_from_a_real_appeal() {
    let Some(folder) = std::env::var_os("TONGXIN_REFERENCE_DATA").map(PathBuf::from) else {
        eprintln!("not compared: TONGXIN_REFERENCE_DATA is not set");
        return;
    };
    let file = folder.join("appeals_sample.jsonl");
    let real = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut runs = HashSet::new();
    for line in real.lines() {
        let appeal: serde_json::Value = serde_json::from_str(line).expect("one JSON object a line");
        for field in ["title", "text", "official_reply_head"] {
            runs.extend(cut(appeal[field].as_str().unwrap_or_default()));
        }
    }
    assert!(!runs.is_empty(), "{} holds appeals", file.display());
    for story in tongxin_demo::stories(Layers::All).expect("the texts read") {
        for words in [&story.title, &story.text, &story.expected, &story.answer, &story.redo_answer] {
            let taken: Vec<String> = cut(words).filter(|run| runs.contains(run)).collect();
            assert!(taken.is_empty(), "\"{}\": {taken:?}", story.title);
        }
    }
}

/// All runs of [`RUN`] characters, without blanks.
fn cut(text: &str) -> impl Iterator<Item = String> {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = (characters.len() + 1).saturating_sub(RUN);
    (0..count).map(move |at| characters[at..at + RUN].iter().collect())
}
