//! What a password must be: long, not the log-in name, not one that everybody tries
//! first. No rules on kinds of letters and no forced changes (NIST SP 800-63B, 3.1.1).

use kernel::Refusal;

/// The fewest characters.
pub const MIN_CHARACTERS: usize = 10;
/// The most characters: enough for any sentence, too few to keep the hasher busy.
pub const MAX_CHARACTERS: usize = 200;

/// Checks a new password.
///
/// # Errors
/// [`Refusal`] on the field given.
pub fn check(field: &'static str, password: &str, login: &str) -> Result<(), Refusal> {
    let characters = password.chars().count();
    if characters < MIN_CHARACTERS {
        return Err(Refusal::field(field, "password-too-short").with("min", MIN_CHARACTERS));
    }
    if characters > MAX_CHARACTERS {
        return Err(Refusal::field(field, "password-too-long").with("max", MAX_CHARACTERS));
    }
    let plain = plain(password);
    if plain == self::plain(login) || password.to_lowercase().contains(&login.to_lowercase()) {
        return Err(Refusal::field(field, "password-is-login"));
    }
    if COMMON.contains(&plain.as_str()) || repeats(&plain) || runs(&plain) {
        return Err(Refusal::field(field, "password-common"));
    }
    Ok(())
}

/// What people type first, in their plain form; lists of leaked passwords begin so.
const COMMON: &[&str] = &[
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "a123456789",
    "aa123456789",
    "abc123456789",
    "abcd123456",
    "abcd1234567",
    "admin12345",
    "admin123456",
    "administrator",
    "asdfghjkl1",
    "iloveyou123",
    "password01",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "q123456789",
    "qq123456789",
    "qwer123456",
    "qwertyuiop",
    "qwerty12345",
    "qwerty123456",
    "tongxin123",
    "tongxin1234",
    "welcome123",
    "woaini1314",
    "woaini520",
    "woaini1314520",
    "zxcvbnm123",
    "zz123456789",
];

/// Without case and punctuation, which people add to a common password.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `aaaaaaaaaa`, `abababab`: nothing but one to three characters over and over.
fn repeats(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    (1..=3).any(|period| {
        letters.len() > period && letters.iter().zip(letters.iter().skip(period)).all(|(a, b)| a == b)
    })
}

/// `1234567890`, `abcdefghij`, `0987654321`: steps of one, up or down.
fn runs(plain: &str) -> bool {
    let codes: Vec<i64> = plain.chars().map(|c| i64::from(u32::from(c))).collect();
    let step = |a: i64, b: i64| b - a;
    [1, -1].iter().any(|way| {
        // 9 is followed by 0 on a keyboard.
        let wrap = -9 * way;
        codes.windows(2).all(|pair| [*way, wrap].contains(&step(pair[0], pair[1])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<&'static str> {
        check("password", password, "fgj.lianluo").err().map(|refusal| refusal.code)
    }

    #[test]
    fn long_and_unusual_is_all_it_takes() {
        assert_eq!(code("短"), Some("password-too-short"));
        assert_eq!(code("资水东去锑都晨雾山高"), None);
        assert_eq!(code("correct horse battery"), None);
        assert_eq!(code(&"长句子".repeat(70)), Some("password-too-long"));
    }

    #[test]
    fn what_everybody_tries_first_is_refused_however_dressed() {
        for password in
            ["1234567890", "0987654321", "aaaaaaaaaaaa", "Password!123", "abcabcabcabc", "Qwer@123456"]
        {
            assert_eq!(code(password), Some("password-common"), "{password}");
        }
        assert_eq!(code("FGJ.lianluo1"), Some("password-is-login"));
    }
}
