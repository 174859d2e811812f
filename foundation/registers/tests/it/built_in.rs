//! The registers that come with the product are published once, on both engines.

use crate::support::{city, rebuilds};
use testkit::Engine;
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
fn every_text_stands_in_both_languages() {
    use platform::ui::Locale;
    let texts = tongxin_registers::LOCALES;
    assert_eq!(texts.keys(Locale::ZhCn), texts.keys(Locale::En));
}
