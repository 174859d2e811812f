//! The canary: a phone number and words planted in a matter are nowhere to be found, in
//! any table or file, once the person is erased; before that, nowhere in the clear but in
//! the working title.

use crate::support::*;
use kernel::permission::Role;
use matters_rules::Phase;
use platform::{App, Failure};
use std::path::Path;
use testkit::Engine;
use tongxin_matters::erasure::{Person, erase_person, replay_erasures};
use tongxin_matters::{self as matters, Filter};

const CANARY: &str = "13899990000";
const WORDS: &str = "金丝雀词句";

fn canary(shielded: bool) -> matters::FileRequest {
    matters::FileRequest {
        shielded,
        title: format!("{WORDS}报装"),
        text: format!("请联系{CANARY}，{WORDS}。"),
        ..request(CANARY)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_gone_and_the_journal_stays_whole() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let receipt = file(app, canary(false)).await;
        let other = file(app, request("13800001234")).await;
        at_work(app, &receipt).await;
        let erased = erase_person(app, Person::Phone("138 9999 0000".into())).await.expect("known");
        assert_eq!(erased, 1, "{engine:?}");
        let seen =
            view(app, receipt.id, Some(&person(Role::Intake, "c-office"))).await.expect("the matter stays");
        assert!(
            seen.erased && seen.title.is_empty() && seen.text.is_empty() && seen.phase == Phase::Assigned
        );
        assert_eq!(titles(app).await, [None, Some("充电站报装迟迟没有回音".to_owned())], "{engine:?}");
        assert!(!view(app, other.id, None).await.expect("untouched").title.is_empty());
        assert_rebuilt_alike(app).await;
        let again = erase_person(app, Person::Phone(CANARY.into())).await;
        assert!(matches!(again, Err(Failure::NotFound)), "{again:?}");
        assert_eq!(replay_erasures(app).await.expect("replays"), 0, "nothing was brought back");
        if engine == Engine::Sqlite {
            assert_nowhere(test.folder(), &[CANARY, WORDS]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shielded_matter_stands_nowhere_in_the_clear() {
    let test = city(Engine::Sqlite).await;
    let receipt = file(&test.app, canary(true)).await;
    accept(&test.app, receipt.id).await;
    test.app.store.scrub().await.expect("the log is written to the file");
    assert_nowhere(test.folder(), &[CANARY, WORDS, &receipt.code]);
}

/// Titles of what the office lists, those that are gone first.
async fn titles(app: &App) -> Vec<Option<String>> {
    let grants = person(Role::Intake, "c-office").grants;
    let page = app
        .read(move |snapshot, app| matters::list(snapshot, app, &grants, &Filter::default(), None, 9))
        .await
        .expect("lists");
    let mut titles: Vec<_> = page.rows.into_iter().map(|row| row.title).collect();
    titles.sort();
    titles
}

fn assert_nowhere(folder: &Path, needles: &[&str]) {
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            assert_nowhere(&path, needles);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        for needle in needles {
            let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{needle} stands in {}", path.display());
        }
    }
}
