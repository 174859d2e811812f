//! The words of a text: what it is about, for suggestions and for cutting a search.

use crate::runs::{Run, runs};
use jieba_rs::Jieba;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The dictionary, read once (some hundred milliseconds).
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Words that appeals have in common and that therefore say nothing about one.
const COMMON: &[&str] = &[
    "我们", "你们", "他们", "我司", "公司", "企业", "单位", "部门", "有关", "相关", "反映", "诉求", "问题",
    "情况", "希望", "请求", "要求", "咨询", "投诉", "建议", "求助", "举报", "处理", "解决", "办理", "答复",
    "回复", "领导", "尽快", "及时", "目前", "现在", "已经", "一直", "没有", "不能", "无法", "可以", "需要",
    "进行", "由于", "因为", "所以", "但是", "如果", "以及", "或者", "这个", "那个", "什么", "怎么", "如何",
    "是否", "多次", "至今", "今年", "去年", "本人", "本地", "你好", "您好", "谢谢", "感谢", "工作", "人员",
    "政府", "the", "and", "for", "not",
];

/// Reads the dictionary now, so that nobody's first search waits for it.
pub fn warm_up() {
    LazyLock::force(&JIEBA);
}

/// The words that say what a text is about, each once, in the order they appear: Chinese
/// words of two characters or more and Latin words, without those all appeals have.
pub fn words(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for run in runs(text) {
        let cut = match run {
            Run::Han(run) => cut(&run),
            Run::Word(word) => vec![word],
        };
        for word in cut {
            let telling = word.chars().nth(1).is_some() && !COMMON.contains(&word.as_str());
            if telling && seen.insert(word.clone()) {
                found.push(word);
            }
        }
    }
    found
}

/// A run of Chinese characters cut into words, unknown ones guessed.
pub(crate) fn cut(run: &str) -> Vec<String> {
    JIEBA.cut(run, true).into_iter().map(|token| token.word.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_it_is_about() {
        let found = words("我们公司反映充电站报装问题，充电站 380V 至今没有通电。");
        assert!(found.contains(&"充电站".to_owned()) && found.contains(&"380v".to_owned()), "{found:?}");
        assert_eq!(found.iter().filter(|word| *word == "充电站").count(), 1);
        assert!(
            !found.iter().any(|word| ["我们", "公司", "反映", "问题"].contains(&word.as_str())),
            "{found:?}"
        );
    }
}
