//! Every word that pages ask for is there.

use platform::ui::Locale;
use std::fs;
use std::path::Path;
use tongxin_appeals::portal;

#[test]
fn every_word_that_pages_ask_for_is_there() {
    let keys = portal::LOCALES.keys(Locale::ZhCn);
    let mut asked = 0;
    for folder in ["src/portal", "templates/portal"] {
        for text in texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            for rest in text.split("\"portal-").skip(1) {
                let key = format!("portal-{}", rest.split('"').next().unwrap_or_default());
                // Keys put together at run time have their own tests.
                let known = key.contains('{') || keys.contains(key.as_str());
                assert!(known || keys.contains(format!("refusal-{key}").as_str()), "{key}");
                asked += 1;
            }
        }
    }
    assert!(asked > 150, "only {asked} keys were found");
}

fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder of this crate").flatten().map(|entry| entry.path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let own = files.iter().map(|path| fs::read_to_string(path).expect("a text"));
    own.chain(folders.iter().flat_map(|folder| texts(folder))).collect()
}
