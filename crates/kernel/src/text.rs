//! Small pure functions on text: normal forms for look-up, masks for display.

use pinyin::ToPinyin;

/// The normal form of a Chinese telephone number for look-up: digits only, without the
/// country code. `None` where fewer than 7 or more than 15 digits are left.
pub fn normal_phone(raw: &str) -> Option<String> {
    let mut digits: String = raw.chars().filter_map(to_ascii_digit).collect();
    if raw.trim_start().starts_with('+') || digits.starts_with("0086") {
        let rest = digits.trim_start_matches("00");
        if let Some(national) = rest.strip_prefix("86") {
            digits = national.to_owned();
        }
    } else if digits.len() == 13 && digits.starts_with("861") {
        digits = digits.split_off(2);
    }
    (7..=15).contains(&digits.len()).then_some(digits)
}

/// The normal form of an e-mail address for look-up: half-width, lower case. `None` where it
/// is none. Mail servers tell the case of the part before the @ no more (RFC 5321 §2.4 lets
/// them), and people do not.
pub fn normal_email(raw: &str) -> Option<String> {
    let email: String = raw.trim().chars().map(half_width).flat_map(char::to_lowercase).collect();
    let (name, host) = email.split_once('@')?;
    let whole = !name.is_empty() && host.contains('.') && !host.contains('@');
    (whole && !email.contains(char::is_whitespace)).then_some(email)
}

/// Whether it is a mainland mobile number in normal form.
pub fn is_mobile(normal: &str) -> bool {
    normal.len() == 11 && normal.starts_with('1') && normal.as_bytes()[1] >= b'3'
}

/// A number as it may be shown: the first three and last four digits, the rest starred.
pub fn mask_phone(normal: &str) -> String {
    let n = normal.chars().count();
    if n < 8 {
        return "*".repeat(n);
    }
    let head: String = normal.chars().take(3).collect();
    let tail: String = normal.chars().skip(n - 4).collect();
    format!("{head}{}{tail}", "*".repeat(n - 7))
}

/// An e-mail address as it may be shown: its first letter, and the host; nothing of what is none.
pub fn mask_email(email: &str) -> String {
    let Some((name, host)) = email.split_once('@') else { return String::new() };
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{host}")
}

/// A text in which whatever could be a telephone, identity or account number is masked:
/// seven digits or more, written together or in groups. Dates stay.
pub fn mask_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        let goes_on = to_ascii_digit(c).is_some() || (!run.is_empty() && is_separator(c));
        if goes_on {
            run.push(c);
        } else {
            flush(&mut out, &mut run);
            out.push(c);
        }
    }
    flush(&mut out, &mut run);
    out
}

fn flush(out: &mut String, run: &mut String) {
    let written = run.trim_end_matches(is_separator);
    let digits: String = written.chars().filter_map(to_ascii_digit).collect();
    if digits.len() < 7 || is_date(written) {
        out.push_str(written);
    } else {
        out.push_str(&mask_phone(&digits));
    }
    out.push_str(&run[written.len()..]);
    run.clear();
}

fn is_separator(c: char) -> bool {
    matches!(half_width(c), ' ' | '-')
}

/// Year, month and day between dashes.
fn is_date(written: &str) -> bool {
    let parts: Vec<&str> = written.split('-').collect();
    matches!(parts[..], [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2)
}

/// A form for comparing and searching: full-width forms to half-width, lower case,
/// white space run together.
pub fn fold_for_search(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut space = false;
    for c in raw.trim().chars().map(half_width) {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// The pinyin initials of a Chinese name, lower case, letters and digits kept as they are:
/// 供电公司 gives `gdgs`. Of a character with several readings the most usual counts.
pub fn initials(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c.to_pinyin() {
            Some(pinyin) => pinyin.first_letter().chars().next(),
            None => half_width(c).is_ascii_alphanumeric().then(|| half_width(c).to_ascii_lowercase()),
        })
        .collect()
}

/// A pattern for `like $n escape '!'` on a column of folded text: whatever holds `text`.
pub fn like_containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold_for_search(text).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The first `max` characters, with an ellipsis where something was cut.
pub fn clip(text: &str, max: usize) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() { format!("{head}…") } else { head }
}

/// Words over several lines as they are kept: without the space around them, and without
/// control and direction characters, which hide or reorder what is shown. NUL is among
/// them, which PostgreSQL cannot keep.
pub fn plain(typed: &str) -> String {
    typed.trim().chars().filter(|c| *c == '\n' || !is_invisible_trick(*c)).collect()
}

/// The same on one line.
pub fn plain_line(typed: &str) -> String {
    plain(&typed.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The longest name of a file that is kept, in characters.
pub const FILE_NAME_MAX: usize = 80;

/// A file's name as it is kept: the last part of the path, on one line, shortened so that
/// its ending stays.
pub fn file_name(sent: &str) -> String {
    let last = plain_line(sent.rsplit(['/', '\\']).next().unwrap_or_default());
    let letters: Vec<char> = last.chars().collect();
    if letters.len() <= FILE_NAME_MAX {
        return last;
    }
    let (head, tail) = (&letters[..FILE_NAME_MAX - 12], &letters[letters.len() - 11..]);
    head.iter().chain(&['…']).chain(tail).collect()
}

fn is_invisible_trick(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn to_ascii_digit(c: char) -> Option<char> {
    let c = half_width(c);
    c.is_ascii_digit().then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_written_many_ways_are_one_number() {
        for raw in
            ["13800001234", "138 0000 1234", "+86 138-0000-1234", "8613800001234", "１３８００００１２３４"]
        {
            assert_eq!(normal_phone(raw).as_deref(), Some("13800001234"), "{raw}");
        }
        assert_eq!(normal_phone("0738-8312345").as_deref(), Some("07388312345"));
        assert_eq!(normal_phone("12345"), None);
        assert!(is_mobile("13800001234") && !is_mobile("07388312345"));
    }

    #[test]
    fn words_lose_what_hides_or_reorders_them() {
        assert_eq!(plain(" 第一行\n第二\u{202e}行\0 "), "第一行\n第二行");
        assert_eq!(plain_line("a\r\nSet-Cookie: x"), "a Set-Cookie: x");
    }

    #[test]
    fn file_names_lose_their_folders() {
        assert_eq!(file_name("C:\\fake\\现场.JPG"), "现场.JPG");
        assert_eq!(file_name("../../etc/x\r\n.jpg"), "x .jpg");
        let long = file_name(&format!("{}.jpeg", "长".repeat(200)));
        assert!(long.chars().count() <= FILE_NAME_MAX && long.ends_with(".jpeg"));
    }

    #[test]
    fn masks_keep_no_middle() {
        assert_eq!(mask_phone("13800001234"), "138****1234");
        assert_eq!(mask_phone("1234567"), "*******");
        assert_eq!(mask_email("owner@example.cn"), "o***@example.cn");
    }

    #[test]
    fn numbers_in_a_text_are_masked_and_dates_stay() {
        for (text, masked) in [
            ("请拨 138 0000 1234 找我", "请拨 138****1234 找我"),
            ("0738-8312345，6月1日 14:00", "073****2345，6月1日 14:00"),
            ("身份证１１０１０１１９９００１０１１２３４", "110***********1234"),
        ] {
            assert!(mask_numbers(text).contains(masked), "{text}: {}", mask_numbers(text));
        }
        for plain in ["2022-06-01 前办结", "园区 3 号楼 12 户", "2022年", ""] {
            assert_eq!(mask_numbers(plain), plain);
        }
    }

    #[test]
    fn folding_joins_widths_cases_and_spaces() {
        assert_eq!(fold_for_search(" ＡＢｃ　　报装 "), "abc 报装");
        assert_eq!(clip("充电站报装", 3), "充电站…");
        assert_eq!(clip("充电站", 3), "充电站");
    }
}
