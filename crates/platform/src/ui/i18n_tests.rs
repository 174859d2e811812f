//! The two languages stay level, and what they promise to every page.

use super::*;
use crate::ui::LOCALES;

const WORDS: Source = Source {
    name: "words",
    zh_cn: "greeting = 你好，{ $name }\ndays = { $count } 个工作日\nrefusal-too-late = 已过 { $days } 天",
    en: "greeting = Hello { $name }\ndays = { $count ->\n    [one] { $count } working day\n   *[other] { $count } working days\n }\nrefusal-too-late = { $days } days late",
};

fn translator(locale: Locale) -> Translator {
    Locales::new(&[LOCALES, WORDS]).translator(locale)
}

#[test]
fn both_languages_have_the_same_keys() {
    for source in [LOCALES, WORDS] {
        assert_eq!(source.keys(Locale::ZhCn), source.keys(Locale::En), "{}", source.name);
    }
    assert!(LOCALES.keys(Locale::En).contains("shell-skip"));
}

#[test]
fn values_stand_in_the_sentence_without_invisible_marks() {
    let args = [("name", Arg::from("甲"))];
    assert_eq!(translator(Locale::ZhCn).ta("greeting", &args), "你好，甲");
}

#[test]
fn english_knows_one_day_from_two() {
    let days = |count: i64| translator(Locale::En).ta("days", &[("count", Arg::from(count))]);
    assert_eq!(days(1), "1 working day");
    assert_eq!(days(2), "2 working days");
}

#[test]
fn a_refusal_speaks_with_its_values() {
    let refusal = kernel::Refusal::new("too-late").with("days", 3);
    assert_eq!(translator(Locale::En).refusal(&refusal), "3 days late");
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "no message \"nowhere\" in en")]
fn a_missing_key_is_a_defect() {
    let translator = translator(Locale::En);
    assert!(!translator.has("nowhere"));
    translator.t("nowhere");
}

#[test]
fn the_reader_s_first_language_we_speak_is_taken() {
    for (wish, locale) in [
        ("en-GB,en;q=0.9", Locale::En),
        ("fr, en;q=0.5, zh;q=0.8", Locale::ZhCn),
        ("fr", Locale::ZhCn),
        ("zh;q=0, en;q=0.1", Locale::En),
    ] {
        assert_eq!(Locale::negotiate(wish), locale, "{wish}");
    }
}
