//! What an appellant seems to want, sentence by sentence: a draft of the demands that the
//! officer checks. Nothing is invented: every line stands in what was written.

/// More lines would be no list of demands.
const MOST: usize = 6;
/// A shorter sentence says nothing.
const SHORTEST: usize = 3;
/// Words by which a sentence asks for something.
const ASKING: [&str; 27] = [
    "请",
    "希望",
    "要求",
    "恳请",
    "恳求",
    "能否",
    "能不能",
    "可否",
    "可不可以",
    "是否",
    "尽快",
    "建议",
    "盼",
    "想问",
    "请问",
    "怎么办",
    "什么时候",
    "何时",
    "多久",
    "?",
    "？",
    "please",
    "want",
    "would like",
    "when ",
    "could ",
    "should ",
];
/// What ends a sentence.
const ENDS: [char; 9] = ['。', '！', '？', '；', '!', '?', ';', '\n', '\r'];

/// The sentences of `expected` and then of `text` that ask for something; those of
/// `expected`, where it says anything, are taken as they are.
pub fn suggested_demands(text: &str, expected: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let asked = sentences(text).into_iter().filter(|sentence| asks(sentence));
    for sentence in sentences(expected).into_iter().chain(asked) {
        let sentence = tidy(&sentence);
        let long = sentence.chars().count() >= SHORTEST;
        if long && !holds_number(&sentence) && !found.iter().any(|known| known.contains(&sentence)) {
            found.push(sentence);
        }
    }
    found.truncate(MOST);
    found
}

fn sentences(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let western_stop = c == '.' && chars.peek().is_none_or(|next| next.is_whitespace());
        if let Some(last) = found.last_mut().filter(|_| !c.is_control()) {
            last.push(c);
        }
        if ENDS.contains(&c) || western_stop {
            found.push(String::new());
        }
    }
    found
}

fn asks(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ASKING.iter().any(|word| lower.contains(word))
}

/// Without the numbering and the full stop around it.
fn tidy(sentence: &str) -> String {
    let numbering = |c: char| c.is_whitespace() || "0123456789.、)）(（①②③④⑤⑥一二三四五六".contains(c);
    let head = sentence.trim_start_matches(numbering);
    // A numeral that belongs to the words stays: only what a list mark follows is numbering.
    let cut = sentence.len() - head.len();
    let marked = sentence[..cut].contains(['.', '、', ')', '）', '①', '②', '③', '④', '⑤', '⑥']);
    let kept = if marked { head } else { sentence };
    kept.trim().trim_end_matches(['。', '；', ';', '.', '!', '！']).trim().to_owned()
}

/// Units read the demands: a line with a telephone number in it is none.
fn holds_number(sentence: &str) -> bool {
    sentence.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_ask_become_lines() {
        let text = "我厂在万宝新区，六月起每天跳闸三四次。供电所说要等。请尽快查明原因；希望七月前完成增容！线路是谁的？";
        assert_eq!(suggested_demands(text, ""), ["请尽快查明原因", "希望七月前完成增容", "线路是谁的？"]);
    }

    #[test]
    fn what_is_expected_comes_first_and_whole() {
        let demands = suggested_demands("路坏了。请修路。", "1. 修好进厂路\n2. 赔偿轮胎");
        assert_eq!(demands, ["修好进厂路", "赔偿轮胎", "请修路"]);
    }

    #[test]
    fn numbers_to_call_and_repeats_are_left_out() {
        let text = "请打13800001234找我。请尽快处理。请尽快处理";
        assert_eq!(suggested_demands(text, "请尽快处理。"), ["请尽快处理"]);
    }

    #[test]
    fn a_numeral_of_the_words_stays() {
        assert_eq!(suggested_demands("", "三个月内退还保证金"), ["三个月内退还保证金"]);
        assert_eq!(suggested_demands("", "三、退还保证金"), ["退还保证金"]);
    }

    #[test]
    fn english_sentences_end_at_full_stops() {
        let demands = suggested_demands("It trips at 3.5 kW. Please mend it. Thanks.", "");
        assert_eq!(demands, ["Please mend it"]);
        assert!(suggested_demands("", "").is_empty());
    }
}
