//! 拼音首字母 of names whose characters may be read in several ways: what an officer types who
//! has a name in the ear and both hands on the keys.

use pinyin::{ToPinyin, ToPinyinMulti};

/// The most readings given of a name whose characters can be read in several ways.
const READINGS: usize = 16;

/// The first letters of a text's pinyin in small letters, letters and digits as they are,
/// all else left out. Where characters have several readings (行 h or x), every combination
/// up to sixteen, separated by spaces, the usual reading first.
///
/// ```
/// assert_eq!(tongxin_kernel::initials::readings("甲县A1小微企业"), "jxa1xwqy");
/// ```
pub fn readings(text: &str) -> String {
    let mut so_far = vec![String::new()];
    for letter in text.chars() {
        let letters = first_letters(letter);
        let Some(usual) = letters.first() else { continue };
        if so_far.len() * letters.len() <= READINGS {
            so_far = so_far
                .iter()
                .flat_map(|reading| letters.iter().map(move |letter| format!("{reading}{letter}")))
                .collect();
        } else {
            so_far.iter_mut().for_each(|reading| reading.push_str(usual));
        }
    }
    so_far.join(" ")
}

fn first_letters(letter: char) -> Vec<String> {
    if letter.is_ascii_alphanumeric() {
        return vec![letter.to_ascii_lowercase().to_string()];
    }
    let Some(usual) = letter.to_pinyin() else { return Vec::new() };
    let mut letters = vec![usual.first_letter().to_owned()];
    for reading in letter.to_pinyin_multi().into_iter().flatten() {
        let other = reading.first_letter();
        if !letters.iter().any(|known| known == other) {
            letters.push(other.to_owned());
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn a_character_with_two_readings_is_found_by_both() {
        let found = readings("银行贷款");
        let readings: Vec<&str> = found.split(' ').collect();
        assert!(readings.contains(&"yhdk") && readings.contains(&"yxdk"), "{readings:?}");
    }

    #[test]
    fn readings_do_not_multiply_without_end() {
        assert!(readings(&"行".repeat(40)).split(' ').count() <= 16);
        assert!(readings("甲（乙）·丙").starts_with("jyb"), "brackets are passed over");
    }
}
