//! Every string a user sees has a key in every locale, and every key that is used exists.

use crate::support::{files, rust_files};
use platform::ui::{Locale, Locales, Source};
use std::collections::BTreeSet;
use tongxin::features;

fn sources() -> Vec<Source> {
    let mut sources = vec![platform::ui::LOCALES];
    sources.extend(features::all().into_iter().flat_map(|feature| feature.locales));
    sources
}

#[test]
fn both_locales_have_the_same_keys_and_none_twice() {
    let mut seen = BTreeSet::new();
    for source in sources() {
        let (zh, en) = (source.keys(Locale::ZhCn), source.keys(Locale::En));
        let missing: Vec<_> = zh.symmetric_difference(&en).collect();
        assert!(missing.is_empty(), "{}: only in one locale: {missing:?}", source.name);
        for key in zh {
            assert!(seen.insert(key), "{}: {key} is defined twice", source.name);
        }
    }
}

#[test]
fn every_key_that_is_named_exists() {
    let translator = Locales::new(&sources()).translator(Locale::ZhCn);
    let mut missing = BTreeSet::new();
    for (file, text) in rust_files().chain(files(".html")) {
        if file.contains("/gallery") {
            continue;
        }
        let product =
            text.split("{#").map(|part| part.rsplit("#}").next().unwrap_or_default()).collect::<String>();
        for opening in [
            "page.t(\"",
            "page.ta(\"",
            "page.t1(\"",
            "page.t2(\"",
            "ctx.t(\"",
            ".titled(\"",
            "page.t1(\n",
            "ctx.page(\"",
            "translator.t(\"",
        ] {
            for rest in product.split(opening).skip(1) {
                let argument = rest.trim_start();
                // A key put together at run time cannot be looked up here.
                if opening.ends_with('\n') && !argument.starts_with('"') {
                    continue;
                }
                let key = argument.trim_start_matches('"').split('"').next().unwrap_or_default();
                if !key.is_empty() && !translator.has(key) {
                    missing.insert(format!("{file}: {key}"));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "keys without a text:\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_refusal_has_words() {
    let translator = Locales::new(&sources()).translator(Locale::ZhCn);
    let mut missing = BTreeSet::new();
    for (file, text) in rust_files() {
        let whole = text.split("Refusal::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let field = text.split("Refusal::field(\"").skip(1).filter_map(second_word);
        let beside = text.split("FieldError::new(\"").skip(1).filter_map(second_word);
        for code in whole.chain(field).chain(beside) {
            if !translator.has(&format!("refusal-{code}")) {
                missing.insert(format!("{file}: refusal-{code}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "refusals without words:\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_failure_and_role_has_words() {
    let translator = Locales::new(&sources()).translator(Locale::En);
    for failure in [
        "refused",
        "stale",
        "not-permitted",
        "not-found",
        "not-signed-in",
        "too-many",
        "too-large",
        "malformed",
        "internal",
    ] {
        assert!(translator.has(&format!("failure-{failure}")), "failure-{failure}");
    }
    for role in kernel::permission::Role::ALL {
        assert!(translator.has(&format!("role-{}", role.code())), "role-{}", role.code());
    }
}

/// The second quoted word of `field", "code"`; none where the code is not a literal.
fn second_word(rest: &str) -> Option<&str> {
    let (_, after) = rest.split_once("\",")?;
    after.trim_start().strip_prefix('"')?.split('"').next()
}
