//! What an answer's words lack, looked at before it is sent 答复质量提示: phrases that say
//! nothing, no date and no act, a demand that is not spoken of, the same words as in another
//! answer. It hints and never forbids: the unit may send it all the same and says why.

use crate::codes::Lack;
use std::collections::BTreeSet;

/// What was found, with what it was found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// What is lacking.
    pub lack: Lack,
    /// The phrase, the number of the demand, how many answers are the same; else empty.
    pub what: String,
}

/// Words too common to show that a demand is spoken of.
const COMMON: &str = "的了是在我们你您请求要希望尽快给予予以进行关于有不为和与及对把就能可以是否诉求问题解决办理企业公司单位告知进度情况反馈";
/// Demands with fewer characters that tell something are left alone.
const FEWEST: usize = 3;
/// Shares of a demand's characters of which one must occur in the answer.
const SHARE: usize = 8;
/// Characters below which two answers are the same by chance.
const SHORTEST_PRINT: usize = 15;

/// Looks at an answer. `phrases` are the office's empty phrases; `same` says how many other
/// answers of the unit have the same words. None where the office answers directly: what is
/// asked often it answers alike, and whoever asked hears at once whether that was an answer.
pub fn lacking(words: &str, demands: &[String], phrases: &[String], same: Option<usize>) -> Vec<Lacking> {
    let bare = bare(words);
    let found = |lack, what: String| Lacking { lack, what };
    let mut lacking: Vec<Lacking> = phrases
        .iter()
        .filter(|phrase| bare.contains(&self::bare(phrase)))
        .map(|phrase| found(Lack::EmptyPhrase, phrase.clone()))
        .collect();
    if same.is_some() && !(names_date(&bare) || names_act(&bare)) {
        lacking.push(found(Lack::NoDateOrAct, String::new()));
    }
    let said: BTreeSet<char> = bare.chars().collect();
    for (demand, number) in demands.iter().zip(1..).filter(|_| same.is_some()) {
        if is_unanswered(demand, &said) {
            lacking.push(found(Lack::DemandUnanswered, number.to_string()));
        }
    }
    if let Some(same) = same.filter(|same| *same > 0) {
        lacking.push(found(Lack::SameAsOther, same.to_string()));
    }
    lacking
}

/// The words by which two answers are told to be the same: letters and digits alone. None
/// where they are too few.
pub fn comparable(words: &str) -> Option<String> {
    let letters: String = words.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    (letters.chars().count() >= SHORTEST_PRINT).then_some(letters)
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// `6月14日`, `十四日`, `5月底`, `2022-06-14`, `14 June`.
fn names_date(bare: &str) -> bool {
    let chars: Vec<char> = bare.chars().collect();
    let numeral = |c: &char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(*c);
    let counted = chars.windows(2).any(|pair| numeral(&pair[0]) && matches!(pair[1], '月' | '日' | '号'));
    let iso = chars.windows(4).any(|at| {
        at[0].is_ascii_digit()
            && at[1].is_ascii_digit()
            && matches!(at[2], '-' | '/' | '.')
            && at[3].is_ascii_digit()
    });
    let english = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    counted || iso || english.iter().any(|month| bare.contains(month))
}

/// `《条例》`, `〔2022〕5号`, `第三条`.
fn names_act(bare: &str) -> bool {
    bare.contains('《') || bare.contains('〔') || (bare.contains('第') && bare.contains('条'))
}

fn is_unanswered(demand: &str, said: &BTreeSet<char>) -> bool {
    let telling = |c: &char| c.is_alphanumeric() && !COMMON.contains(*c);
    let asked: BTreeSet<char> = demand.to_lowercase().chars().filter(telling).collect();
    let spoken_of = asked.intersection(said).count();
    asked.len() >= FEWEST && spoken_of * SHARE < asked.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacks(words: &str, demands: &[&str], same: usize) -> Vec<Lack> {
        let demands: Vec<String> = demands.iter().map(|demand| (*demand).to_owned()).collect();
        let phrases = ["正在处理".to_owned(), "已收悉".to_owned()];
        lacking(words, &demands, &phrases, Some(same)).into_iter().map(|found| found.lack).collect()
    }

    #[test]
    fn an_answer_with_dates_that_speaks_of_each_demand_lacks_nothing() {
        let answer = "6月14日供电公司到场勘查，6月16日完成增容并送电；押金已于6月17日退还。";
        assert_eq!(lacks(answer, &["请尽快恢复供电", "退还押金"], 0), []);
        assert_eq!(
            lacks("依据《电力供应与使用条例》第二十八条，增容费用由用户承担。", &["增容费用谁承担"], 0),
            []
        );
    }

    #[test]
    fn what_says_nothing_is_named() {
        let all = lacks("您反映的情况已收悉，我局正在处理，请耐心等待。", &["退还押金"], 2);
        assert_eq!(
            all,
            [
                Lack::EmptyPhrase,
                Lack::EmptyPhrase,
                Lack::NoDateOrAct,
                Lack::DemandUnanswered,
                Lack::SameAsOther
            ]
        );
        let one = lacking("正在 处理，6月14日答复。", &[], &["正在处理".to_owned()], Some(0));
        assert_eq!(one, [Lacking { lack: Lack::EmptyPhrase, what: "正在处理".into() }]);
    }

    #[test]
    fn what_the_office_says_at_once_needs_no_date() {
        assert_eq!(
            lacking("可到政务大厅三楼窗口办理，带上营业执照。", &["营业地址变更".to_owned()], &[], None),
            []
        );
    }

    #[test]
    fn only_words_count_when_answers_are_compared() {
        let one = comparable("已经到场处理，押金已退还，请您放心。 谢谢！");
        assert_eq!(one, comparable("已经到场处理, 押金已退还; 请您放心 谢谢"));
        assert_eq!(comparable("已退还。"), None);
    }
}
