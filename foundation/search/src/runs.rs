//! A text as runs of characters that belong together: Chinese on the one hand, Latin words
//! and numbers on the other. What identifies a person or an account is left out.

use kernel::text::fold_for_search;
use kernel::time::Date;

/// Digits from which on a number may be a telephone, a card or an account.
const PERSONAL_DIGITS: usize = 7;

/// A stretch of one kind, folded ([`fold_for_search`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Chinese characters.
    Han(String),
    /// A Latin word, a number, or both as in `380v`.
    Word(String),
}

/// Whether it is a Chinese character (not punctuation).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '々' | '〇')
}

/// The runs of a text, in order. Numbers of seven digits or more (however they are spaced
/// or hyphenated, dates excepted) and whatever holds an `@` are left out.
pub fn runs(text: &str) -> Vec<Run> {
    let folded = fold_for_search(text);
    let mut found = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let length = if is_han(first) {
            let length = end(rest, is_han);
            found.push(Run::Han(rest[..length].to_owned()));
            length
        } else if is_of_word(first) {
            let length = end(rest, |c| is_of_word(c) || matches!(c, '-' | ' ' | '@' | '.' | '_' | '+'));
            latin(&rest[..length], &mut found);
            length
        } else {
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// Words and numbers between Chinese characters or punctuation: `ev-7 充电` gives `ev`, `7`.
fn latin(stretch: &str, found: &mut Vec<Run>) {
    let pieces: Vec<&str> = stretch.split(' ').filter(|piece| !piece.is_empty()).collect();
    let mut at = 0;
    while at < pieces.len() {
        let numbers = pieces[at..].iter().take_while(|piece| is_number(piece)).count();
        if numbers > 0 {
            let spaced = &pieces[at..at + numbers];
            if !is_personal(spaced) {
                found.extend(spaced.iter().flat_map(|piece| split(piece)));
            }
            at += numbers;
        } else {
            if !pieces[at].contains('@') && digits(pieces[at]) < PERSONAL_DIGITS {
                found.extend(split(pieces[at]));
            }
            at += 1;
        }
    }
}

fn split(piece: &str) -> impl Iterator<Item = Run> {
    piece.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()).map(|word| Run::Word(word.to_owned()))
}

/// Several numbers beside each other count as one: `139 1234 5678` is a telephone.
fn is_personal(numbers: &[&str]) -> bool {
    let rest = numbers.iter().filter(|number| number.parse::<Date>().is_err());
    rest.map(|number| digits(number)).sum::<usize>() >= PERSONAL_DIGITS
}

fn is_number(piece: &str) -> bool {
    piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '+')) && digits(piece) > 0
}

fn digits(piece: &str) -> usize {
    piece.chars().filter(char::is_ascii_digit).count()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn end(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let text_of = |run| match run {
            Run::Han(text) => format!("汉{text}"),
            Run::Word(text) => text,
        };
        runs(text).into_iter().map(text_of).collect()
    }

    #[test]
    fn kinds_are_kept_apart() {
        assert_eq!(shown("ＬＥＤ灯380V，充电站 EV-7"), ["led", "汉灯", "380v", "汉充电站", "ev", "7"]);
    }

    #[test]
    fn what_identifies_someone_is_left_out() {
        for text in ["13912345678", "139 1234 5678", "139-1234-5678", "+86 139-1234-5678", "0738-8312345"] {
            assert_eq!(shown(&format!("电话{text}。")), ["汉电话"], "{text}");
        }
        assert_eq!(shown("431302199001011234"), Vec::<String>::new());
        assert_eq!(shown("43130219900101123x"), Vec::<String>::new());
        assert_eq!(shown("写信 wang.li@example.cn 或来电"), ["汉写信", "汉或来电"]);
    }

    #[test]
    fn dates_and_short_numbers_stay() {
        assert_eq!(shown("2022-08-22 受理 380 伏"), ["2022", "08", "22", "汉受理", "380", "汉伏"]);
    }
}
