//! Texts with placeholders in braces, `{number}`: which a text names, and filling them in.

/// The placeholders a text names, in their order. Braces that hold no name are text.
pub fn named(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(close) = rest.find('}')
            && is_name(&rest[..close])
        {
            found.push(&rest[..close]);
            rest = &rest[close + 1..];
        }
    }
    found
}

/// The text with its placeholders filled in; one without a value stays as it is, so that
/// whoever reads it before sending sees what is missing.
pub fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let value = inner.find('}').and_then(|close| {
            let name = &inner[..close];
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((close, &value.1))
        });
        rest = match value {
            Some((close, value)) => {
                out.push_str(value);
                &inner[close + 1..]
            }
            None => {
                out.push('{');
                inner
            }
        };
    }
    out.push_str(rest);
    out
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_filled() {
        assert_eq!(named("编号{number}，{due}前"), ["number", "due"]);
        assert_eq!(named("{ } {X} {} 价格{"), [""; 0]);
        let values = [("number", "A1".to_owned())];
        assert_eq!(filled("编号{number}，{due}前{", &values), "编号A1，{due}前{");
    }

    #[test]
    fn a_value_is_not_read_again() {
        let values = [("name", "{number}".to_owned()), ("number", "A1".to_owned())];
        assert_eq!(filled("{name}", &values), "{number}");
    }
}
