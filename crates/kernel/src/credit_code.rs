//! 统一社会信用代码, the unified social credit code of GB 32100-2015: 18 characters, the last
//! of which checks the others.

/// Digits and letters it may hold: those that look like digits (I, O, S, V, Z) are left out.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters.
const LENGTH: usize = 18;

/// The code in its normal form (capitals, half width, no space), if it is one: of 18
/// characters of the standard's alphabet with the right check character.
pub fn normal_credit_code(raw: &str) -> Option<String> {
    let code = letters(raw);
    let values: Option<Vec<usize>> = code.bytes().map(value).collect();
    let values = values.filter(|values| values.len() == LENGTH)?;
    (check_value(&values[..LENGTH - 1]) == values[LENGTH - 1]).then_some(code)
}

/// The check character that belongs behind the first 17; none where they are not of the
/// standard's alphabet or not 17.
pub fn check_character(first: &str) -> Option<char> {
    let values: Option<Vec<usize>> = letters(first).bytes().map(value).collect();
    let values = values.filter(|values| values.len() == LENGTH - 1)?;
    Some(char::from(ALPHABET[check_value(&values)]))
}

/// GB 32100 §4.2.5: weights are the powers of 3 modulo 31, the sum with the check value is
/// a multiple of 31.
fn check_value(values: &[usize]) -> usize {
    let (sum, _) = values.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    (31 - sum % 31) % 31
}

fn value(letter: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == letter)
}

fn letters(raw: &str) -> String {
    let folded = crate::text::fold_for_search(raw);
    folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_tells_a_slip_of_the_finger() {
        // Made up: region 999999 is nobody's.
        let first = "91999999MA0000001";
        let code = format!("{first}{}", check_character(first).expect("seventeen characters"));
        assert_eq!(normal_credit_code(&code), Some(code.clone()));
        for at in 0..LENGTH {
            let mut slip = code.clone().into_bytes();
            slip[at] = if slip[at] == b'9' { b'8' } else { b'9' };
            assert_eq!(normal_credit_code(&String::from_utf8(slip).expect("ASCII")), None, "at {at}");
        }
    }

    #[test]
    fn the_standards_own_weights() {
        // Weights of the standard: 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28.
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        for (at, weight) in weights.into_iter().enumerate() {
            let mut values = [0; 17];
            values[at] = 1;
            assert_eq!(check_value(&values), 31 - weight);
        }
    }

    #[test]
    fn however_it_is_written() {
        let code = format!("91999999MA0000001{}", check_character("91999999MA0000001").expect("sound"));
        assert_eq!(normal_credit_code(&format!(" {} ", code.to_lowercase())), Some(code.clone()));
        assert_eq!(normal_credit_code(&format!("{}-{}", &code[..8], &code[8..])), Some(code.clone()));
        for wrong in ["", "91999999", "9199999 9IA00000010", "一二三四五六七八九十一二三四五六七八"]
        {
            assert_eq!(normal_credit_code(wrong), None, "{wrong}");
        }
    }
}
