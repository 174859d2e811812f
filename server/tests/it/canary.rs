//! A planted telephone number is hunted through everything the product writes: it must be
//! nowhere in the clear. And after an erasure, the words of the person's matters are gone.

use crate::support::{city, person};
use kernel::UnitId;
use kernel::permission::Role;
use matters::erasure::{Person, erase_person, replay_erasures};
use matters::{FileRequest, TextSealer, Upload};
use matters_rules::command::{Accept, Assignee, ContactCard};
use matters_rules::{AppealType, Channel, Command, NodeRole, Urgency};
use platform::By;
use std::path::Path;
use store::fulltext::Wanted;
use testkit::{Engine, TestApp};
use tongxin::features;

/// In contact fields and in the text of a confidential matter.
const CANARY: &str = "13912345678";
/// In the title of a matter that is not confidential: plain in a working table until erased.
const WORDS: &str = "金丝雀牌打印纸堆在门口";

fn request(shielded: bool, title: &str) -> FileRequest {
    FileRequest {
        category: Some("ENE-01".into()),
        title: title.into(),
        text: format!("请打我电话 {CANARY}，门口堆满了货。"),
        expected: format!("回电 {CANARY}"),
        contact: ContactCard {
            name: "测试人".into(),
            phone: CANARY.into(),
            second_phone: CANARY.into(),
            convenient_time: format!("晚上打 {CANARY}"),
            filed_by_name: "代理人".into(),
            filed_by_phone: CANARY.into(),
            ..ContactCard::default()
        },
        shielded,
        place: format!("{CANARY} 门口"),
        recording: CANARY.into(),
        ..FileRequest::new(UnitId::from(demo::cast::OFFICE), Channel::Online, AppealType::Help)
    }
}

async fn file_and_assign(test: &TestApp, shielded: bool, title: &str) -> kernel::MatterId {
    let dispatcher = person(&test.app, Role::ShiftHead, demo::cast::OFFICE).await;
    let paper = Upload { name: format!("{CANARY}.pdf"), bytes: format!("%PDF-1.4 {CANARY}").into_bytes() };
    let uploads = vec![matters::attachments::seal(&test.app, paper).await.expect("a paper")];
    let request = FileRequest { uploads, ..request(shielded, title) };
    test.app
        .write(move |work| {
            let receipt = matters::file(work, &By::Public, &request)?;
            let id = receipt.id;
            let sealer = TextSealer::of(work, id)?;
            if shielded {
                let (title, text) = (sealer.text(work, "某企业反映"), sealer.text(work, "已脱敏"));
                matters::act(work, &dispatcher, id, None, &Command::Redact { title, text })?;
            }
            let demand = sealer.text(work, CANARY);
            let accept = Accept {
                urgency: Urgency::General,
                natural_time: false,
                category: "ENE-01".into(),
                demands: vec![demand],
            };
            matters::act(work, &dispatcher, id, None, &Command::Accept(accept))?;
            let to = vec![Assignee {
                unit: "ld-gd".into(),
                role: NodeRole::Lead,
                duty_item: None,
                instruction: Some(sealer.text(work, CANARY)),
            }];
            matters::act(work, &dispatcher, id, None, &Command::Assign { parent: None, to })?;
            Ok(id)
        })
        .await
        .expect("files and assigns")
}

/// How many documents of the full-text index a search finds.
async fn indexed(test: &TestApp, words: &str) -> usize {
    let wanted: Vec<Wanted> = search::wanted(words)
        .into_iter()
        .map(|term| match term {
            search::Term::Exact(term) => Wanted::Exact(term),
            search::Term::Prefix(term) => Wanted::Prefix(term),
        })
        .collect();
    let found = test
        .app
        .read(move |snapshot, _| Ok(store::fulltext::newest(snapshot, "matters", &wanted, None, 10)?));
    found.await.expect("reads").len()
}

/// Files below a folder that hold these bytes.
fn holding(folder: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(holding(&path, needle));
        } else {
            let bytes = std::fs::read(&path).expect("a readable file");
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[tokio::test]
async fn a_phone_number_is_nowhere_in_the_clear() {
    let test = city(Engine::Sqlite).await;
    file_and_assign(&test, true, "保密的诉求").await;
    file_and_assign(&test, false, "不保密的诉求").await;
    let browser = test.browser();
    let body = serde_json::json!({ "contact": { "phone": CANARY }, "text": CANARY, "nonsense": CANARY });
    let answer = browser.post_json("/api/v1/appeals", &body).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(!answer.body.contains(CANARY), "a problem repeats personal data: {}", answer.body);
    test.run_jobs().await;
    test.catch_up().await;
    let texts = test.app.read(|snapshot, _| Ok(store::fulltext::documents(snapshot, "matters")?));
    assert_eq!(texts.await.expect("reads").len(), 1, "the confidential one is in no index");
    assert_eq!(indexed(&test, "打印纸").await + indexed(&test, CANARY).await, 0);
    assert_eq!(indexed(&test, "堆满").await, 1, "the other one is found");
    test.app.store.scrub().await.expect("scrubs");
    assert_eq!(holding(test.folder(), CANARY), Vec::<String>::new());
}

#[tokio::test]
async fn an_erased_person_is_gone_from_every_copy_and_stays_gone_after_a_restore() {
    let test = city(Engine::Sqlite).await;
    let id = file_and_assign(&test, false, WORDS).await;
    assert!(!holding(test.folder(), WORDS).is_empty(), "the working title is plain before");
    test.catch_up().await;
    assert_eq!(indexed(&test, "打印纸").await, 1);
    let backup = test.folder().parent().expect("a parent").join(format!("{id}.backup"));
    store::backup::write(&test.app.store, &backup).await.expect("backs up");

    let draft = format!("{{\"phone\":\"{}\"}}", "139 1234 5678");
    test.app
        .write(move |work| {
            let sealed = work.app().vault.seal_own("draft", draft.as_bytes(), &mut work.fresh.clone());
            let now = work.now();
            Ok(store::drafts::put(work.tx, "draft", &sealed, now, now.plus_days(1))?)
        })
        .await
        .expect("keeps a draft");

    let erased = erase_person(&test.app, Person::Phone(CANARY.into())).await.expect("erases");
    assert_eq!(erased, 1);
    let drafts =
        test.app.read(|snapshot, _| Ok(store::drafts::all_after(snapshot, "", 10)?)).await.expect("reads");
    assert!(drafts.is_empty(), "a draft with the number is left");
    assert_eq!(holding(test.folder(), WORDS), Vec::<String>::new());
    assert_eq!(indexed(&test, "打印纸").await, 0);
    assert!(test.app.store.rebuild_check().await.expect("answers").is_empty());
    let findings = test.app.store.read(|snapshot| store::doctor::check(snapshot)).await.expect("answers");
    assert!(findings.is_empty(), "the journal is whole: {findings:?}");

    let again = test.restored(&backup, features::all()).await;
    replay_erasures(&again.app).await.expect("replays");
    again.catch_up().await;
    assert_eq!(indexed(&again, "打印纸").await, 0, "a restored index does not bring it back");
    let file = again.folder().join("restored.db");
    assert!(file.exists());
    let left = holding(again.folder(), WORDS);
    assert_eq!(left, Vec::<String>::new());
    std::fs::remove_file(&backup).expect("cleans up");
}
