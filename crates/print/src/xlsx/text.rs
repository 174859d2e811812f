//! What the format allows in texts and names.

use std::collections::BTreeSet;

/// The most characters a cell holds; Excel counts UTF-16 units.
const CELL: usize = 32_767;
/// The most characters of a sheet's name.
const NAME: usize = 31;

/// The text without characters that XML cannot hold, cut with an ellipsis where a cell
/// could hold no more.
pub(super) fn for_cell(text: &str) -> String {
    let clean = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    // A cut leaves room for the ellipsis.
    let whole = text.chars().filter(clean).map(char::len_utf16).sum::<usize>() <= CELL;
    let room = if whole { CELL } else { CELL - 1 };
    let mut used = 0;
    let mut out: String = text
        .chars()
        .filter(clean)
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    if !whole {
        out.push('…');
    }
    out
}

/// Whether a spreadsheet would take the text for a formula if somebody typed it.
pub(super) fn looks_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// `wanted` as a sheet may be called, and as none of `taken` (in lower case) is.
pub(super) fn free_name(wanted: &str, taken: &BTreeSet<String>) -> String {
    let clean: String =
        wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let base = if clean.is_empty() { "1" } else { clean };
    (1..)
        .map(|round| match round {
            1 => cut(base, NAME),
            _ => {
                let suffix = format!(" ({round})");
                format!("{}{suffix}", cut(base, NAME - suffix.len()))
            }
        })
        .find(|name| !taken.contains(&name.to_lowercase()))
        .expect("numbers do not end")
}

fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_what_the_format_cannot_hold_and_say_where_they_were_cut() {
        assert_eq!(for_cell("a\u{0}b\nc"), "ab\nc");
        let long = for_cell(&"文".repeat(40_000));
        assert_eq!(long.chars().count(), CELL);
        assert!(long.ends_with('…'));
        assert_eq!(for_cell(&"文".repeat(CELL)), "文".repeat(CELL));
    }

    #[test]
    fn names_of_sheets_are_legal_and_differ() {
        let mut taken = BTreeSet::new();
        assert_eq!(free_name("a/b: [c]?", &taken), "a b   c");
        assert_eq!(free_name("''", &taken), "1");
        assert_eq!(free_name(&"长".repeat(40), &taken), "长".repeat(31));
        taken.insert("by unit".to_owned());
        assert_eq!(free_name("By unit", &taken), "By unit (2)");
    }
}
