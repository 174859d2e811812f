//! 全拼 of a text: every syllable after the other without spaces or tones, as an officer types
//! it. Of a character with several readings the most usual counts; initials, in which all
//! readings are found, are `kernel::initials`.

use pinyin::ToPinyin;

/// `贴息` gives `tiexi`; letters and digits as they are, all else left out.
pub(crate) fn syllables(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter.to_pinyin() {
            Some(pinyin) => out.push_str(pinyin.plain()),
            None if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_lowercase()),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn syllables_stand_one_after_the_other() {
        assert_eq!(syllables("小微企业（贷款）A1"), "xiaoweiqiyedaikuana1");
    }
}
