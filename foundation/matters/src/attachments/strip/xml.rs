//! Empties attributes and elements of an XML part without reading what it means: all else
//! stays byte for byte.

/// The same part with the values of those attributes empty that `clears` names (local name of
/// the element, local name of the attribute), and without the text of elements named
/// `emptied`. `None` where it is not well formed.
pub(super) fn without(part: &str, clears: impl Fn(&str, &str) -> bool, emptied: &str) -> Option<String> {
    let (mut rest, mut out, mut within) = (part, String::with_capacity(part.len()), false);
    while let Some(at) = rest.find('<') {
        if !within {
            out.push_str(&rest[..at]);
        }
        rest = &rest[at..];
        let opaque = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        if let Some((_, ends)) = opaque.iter().find(|(begins, _)| rest.starts_with(begins)) {
            let length = rest.find(ends)? + ends.len();
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let length = tag_length(rest)?;
        let tag = &rest[..length];
        let name = local(tag.trim_start_matches(['<', '/']));
        within = name == emptied && !tag.starts_with("</") && !tag.ends_with("/>");
        cleared(tag, name, &clears, &mut out)?;
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

/// Bytes up to and with the `>` that ends the tag; one within a value does not.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The name up to its end, without its prefix.
fn local(name: &str) -> &str {
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '=')).unwrap_or(name.len());
    name[..end].rsplit(':').next().unwrap_or_default()
}

/// Copies a tag; the values that are to be cleared stay out.
fn cleared(tag: &str, element: &str, clears: &impl Fn(&str, &str) -> bool, out: &mut String) -> Option<()> {
    let mut rest = tag;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = &rest[at..=at];
        let named = rest[..at].trim_end().strip_suffix('=')?.trim_end();
        let attribute = named.rsplit(char::is_whitespace).next()?;
        let length = rest[at + 1..].find(quote)?;
        out.push_str(&rest[..=at]);
        if !clears(element, local(attribute)) {
            out.push_str(&rest[at + 1..][..length]);
        }
        out.push_str(quote);
        rest = &rest[at + 1 + length + 1..];
    }
    out.push_str(rest);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_is_emptied() {
        let part = r#"<?xml version="1.0"?><w:p><!-- w:author="x" --><w:ins w:id="1" w:author="张三 > '李四'" w:date='2026'>
            <w:t>写 w:author="王五" 的字</w:t></w:ins><w:author>名</w:author><author/></w:p>"#;
        let expected = part.replace("张三 > '李四'", "").replace("<w:author>名<", "<w:author><");
        let emptied = without(part, |element, attribute| (element, attribute) == ("ins", "author"), "author");
        assert_eq!(emptied, Some(expected));
    }

    #[test]
    fn what_is_not_well_formed_is_left_alone() {
        for broken in ["<a", "<a b='", "<!-- ", "<a 'x'>"] {
            assert_eq!(without(broken, |_, _| true, ""), None, "{broken}");
        }
    }
}
