//! The registers that come with the product are published once, on both engines.

use crate::support::{city, rebuilds};
use testkit::Engine;
use tongxin_registers::rules::definition::Kind;
use tongxin_registers::{BUILT_IN, read, seed};

#[tokio::test(flavor = "multi_thread")]
async fn every_built_in_register_is_published_once() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        seed(&test.app).await.expect("published");
        seed(&test.app).await.expect("nothing to do");
        for (code, _) in BUILT_IN {
            let versions = test.app.read(move |q, _| Ok(read::versions(q, code)?)).await.expect("reads");
            assert_eq!(versions.len(), 1, "{code}");
        }
        rebuilds(&test).await;
    }
}

#[test]
fn every_name_of_a_definition_stands_in_both_languages() {
    use tongxin_registers::rules::{Definition, Name};
    for (code, text) in BUILT_IN {
        let definition = Definition::parse(text).expect("a definition");
        let mut names: Vec<(&str, &Name)> = vec![
            ("the register", &definition.name),
            ("what it is for", &definition.about),
            ("its heading", &definition.group),
        ];
        for field in &definition.fields {
            names.push((&field.code, &field.name));
            names.extend(field.options().iter().map(|option| (option.code.as_str(), &option.name)));
            // A hint may be left out, not left in one language.
            names.extend((field.hint != Name::default()).then_some((field.code.as_str(), &field.hint)));
            if let Kind::Number { suffix, .. } = &field.kind {
                names.extend((*suffix != Name::default()).then_some((field.code.as_str(), suffix)));
            }
        }
        names.extend(definition.stages.iter().map(|stage| (stage.code.as_str(), &stage.name)));
        names.extend(definition.flows.iter().map(|flow| (flow.code.as_str(), &flow.name)));
        names.extend(definition.levels.iter().map(|level| (level.code.as_str(), &level.name)));
        names.extend(definition.indicators.iter().map(|figure| (figure.code.as_str(), &figure.name)));
        names.extend(definition.follow_up.iter().map(|log| ("contacts", &log.name)));
        names.extend(definition.coverage.iter().map(|coverage| ("coverage", &coverage.name)));
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (what, name) in names {
            assert!(chinese(&name.zh), "{code} {what}: {name:?}");
            let foreign = name.en.trim().is_empty() || chinese(&name.en);
            assert!(!foreign, "{code} {what}: {name:?}");
        }
    }
}

#[test]
fn every_text_stands_in_both_languages() {
    use platform::ui::Locale;
    let texts = tongxin_registers::LOCALES;
    assert_eq!(texts.keys(Locale::ZhCn), texts.keys(Locale::En));
}
