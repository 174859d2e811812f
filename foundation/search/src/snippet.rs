//! The part of a text where a search was found.

use crate::runs::{Run, runs};
use crate::words::cut;

/// Characters shown before the first hit.
const LEAD: usize = 12;

/// A stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its characters.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// About `length` characters of the text around the first place where a word of the search
/// stands, cut into what was looked for and what was not. From the beginning where the
/// words stand nowhere as typed.
pub fn snippet(text: &str, search: &str, length: usize) -> Vec<Piece> {
    let line: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let folded: Vec<char> = line.iter().map(|c| fold(*c)).collect();
    let hits = marked(&folded, &needles(search));
    let first = hits.iter().position(|hit| *hit).unwrap_or(0);
    let start = if first + length / 2 < length { 0 } else { first.saturating_sub(LEAD) };
    let end = line.len().min(start + length);
    let mut pieces = Vec::new();
    let mut push = |text: String, hit: bool| match pieces.last_mut() {
        Some(Piece { text: last, hit: was }) if *was == hit => last.push_str(&text),
        _ => pieces.push(Piece { text, hit }),
    };
    if start > 0 {
        push("…".into(), false);
    }
    for at in start..end {
        push(line[at].to_string(), hits[at]);
    }
    if end < line.len() {
        push("…".into(), false);
    }
    pieces
}

/// What to mark: the words of the search, and each run as typed.
fn needles(search: &str) -> Vec<Vec<char>> {
    let mut found: Vec<Vec<char>> = Vec::new();
    for run in runs(search) {
        match run {
            Run::Han(run) => {
                let words = cut(&run).into_iter().filter(|word| word.chars().nth(1).is_some());
                found.extend(words.map(|word| word.chars().collect()));
                found.push(run.chars().collect());
            }
            Run::Word(word) => found.push(word.chars().collect()),
        }
    }
    found
}

fn marked(text: &[char], needles: &[Vec<char>]) -> Vec<bool> {
    let mut hits = vec![false; text.len()];
    for needle in needles.iter().filter(|needle| !needle.is_empty()) {
        for (at, window) in text.windows(needle.len()).enumerate() {
            if window == needle.as_slice() {
                hits[at..at + needle.len()].fill(true);
            }
        }
    }
    hits
}

/// Character by character, so that places stay the same.
fn fold(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    half.to_lowercase().next().unwrap_or(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, search: &str, length: usize) -> String {
        let pieces = snippet(text, search, length);
        pieces
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect()
    }

    #[test]
    fn the_words_are_marked() {
        assert_eq!(
            shown("四月递交的增容申请，ＬＥＤ照明。", "增容 led", 40),
            "四月递交的[增容]申请，[ＬＥＤ]照明。"
        );
    }

    #[test]
    fn a_long_text_is_shown_around_the_first_hit() {
        let text = format!("{}充电站还没有通电{}", "前".repeat(80), "后".repeat(80));
        let snippet = shown(&text, "充电站", 30);
        assert!(
            snippet.starts_with("…前") && snippet.contains("[充电站]还") && snippet.ends_with("后…"),
            "{snippet}"
        );
    }

    #[test]
    fn without_a_hit_it_begins_at_the_beginning() {
        assert_eq!(shown("一二三四五", "六七", 3), "一二三…");
        assert_eq!(shown("", "六七", 3), "");
    }
}
