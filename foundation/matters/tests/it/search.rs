//! Full text of matters: found by anyone who may see them and by nobody else, gone with the
//! person, the same after a rebuild; suggestions say why.

use crate::support::*;
use kernel::permission::Role;
use platform::App;
use platform::directory::SignedIn;
use std::slice::from_ref;
use testkit::Engine;
use tongxin_matters::erasure::{Person, erase_person};
use tongxin_matters::search::INDEX;
use tongxin_matters::{self as matters, Asked, Compared, FileRequest, Filter};

fn about(title: &str, text: &str, phone: &str) -> FileRequest {
    FileRequest { title: title.into(), text: text.into(), expected: String::new(), ..request(phone) }
}

async fn found(app: &App, who: &SignedIn, text: &str) -> Vec<String> {
    let (grants, text) = (who.grants.clone(), text.to_owned());
    app.read(move |snapshot, app| {
        let filter = Filter { text: Some(text.clone()), ..Filter::default() };
        let page = matters::list(snapshot, app, &grants, &filter, None, 50)?;
        Ok(page.rows.into_iter().map(|row| row.number).collect())
    })
    .await
    .expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_titles_texts_and_answers_within_the_scope() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let first =
            file(app, about("锑品厂变压器增容", "去年递交的申请一直压着，LED照明也停了。", "13800001111"))
                .await;
        let second = file(app, about("门口道路积水", "货车进不来，增加了运费。", "13800002222")).await;
        let shielded = FileRequest {
            shielded: true,
            ..about("锑品厂被刁难", "增容要收好处费", "13800003333")
        };
        file(app, shielded).await;
        test.catch_up().await;
        let office = person(Role::Intake, "c-office");
        assert_eq!(found(app, &office, "增容").await, from_ref(&first.number), "{engine:?}");
        assert_eq!(found(app, &office, "增容 锑品").await, from_ref(&first.number));
        assert_eq!(found(app, &office, "led").await, from_ref(&first.number));
        assert_eq!(found(app, &office, "积水").await, from_ref(&second.number));
        assert_eq!(found(app, &office, &second.number).await, from_ref(&second.number));
        assert_eq!(
            found(app, &office, "刁难").await,
            Vec::<String>::new(),
            "a shielded matter is in no index"
        );
        assert_eq!(found(app, &office, "13800001111").await, Vec::<String>::new());

        let power = person(Role::UnitLiaison, "x-power");
        assert_eq!(found(app, &power, "增容").await, Vec::<String>::new(), "not theirs yet");
        let (top, leaf) = at_work(app, &first).await;
        assert_eq!(found(app, &power, "增容").await, from_ref(&first.number));
        assert_eq!(found(app, &person(Role::UnitLiaison, "y-power"), "增容").await, Vec::<String>::new());
        to_result(app, &first, top, leaf).await;
        test.catch_up().await;
        assert_eq!(found(app, &office, "当日下午").await, from_ref(&first.number), "the answer's words");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_gone_from_the_index_and_a_rebuild_gives_the_same() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let office = person(Role::Intake, "c-office");
        let gone = file(app, about("金丝雀词句", "zanzibarcanary", "13800001111")).await;
        let kept = file(app, about("金丝雀别处", "另一件", "13800002222")).await;
        test.catch_up().await;
        assert_eq!(found(app, &office, "金丝雀").await.len(), 2, "{engine:?}");
        erase_person(app, Person::Phone("13800001111".into())).await.expect("erases");
        assert_eq!(found(app, &office, "金丝雀").await, from_ref(&kept.number));
        accept(app, kept.id).await;
        test.catch_up().await;
        assert_eq!(found(app, &office, "词句").await, Vec::<String>::new());
        platform::texts::rebuild(app).await.expect("rebuilds");
        assert_eq!(platform::texts::check(app).await.expect("compares"), Vec::<&str>::new());
        assert_eq!(found(app, &office, "金丝雀").await, from_ref(&kept.number));
        assert_rebuilt_alike(app).await;
        app.store.scrub().await.expect("scrubs");
        if engine == Engine::Sqlite {
            let file = std::fs::read(test.folder().join("tongxin.db")).expect("the database");
            assert!(!file.windows(8).any(|window| window == b"zanzibar"), "{}", gone.number);
        }
        let lost = app.store.write(|tx| {
            let held = store::fulltext::documents(tx, INDEX)?;
            store::fulltext::forget(tx, INDEX, &held)
        });
        lost.await.expect("takes out");
        assert_eq!(platform::texts::check(app).await.expect("compares"), [INDEX]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_say_why_and_keep_to_the_scope() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let office = person(Role::Intake, "c-office");
        let first = file(
            app,
            about("锑品厂变压器增容迟迟不批", "变压器增容申请四月递交，供电公司一直不批。", "13800001111"),
        )
        .await;
        file(app, about("门口道路积水", "货车进不来，运费增加。", "13800002222")).await;
        let (top, leaf) = at_work(app, &first).await;
        test.catch_up().await;
        let asked = Asked::about("变压器增容的申请还没有批下来")
            .of_category(Some("ENE-01".into()))
            .by_phone("138 0000 1111");
        let offered = similar(app, &office, &asked).await;
        assert_eq!(offered.len(), 1, "{engine:?}");
        let (number, why) = &offered[0];
        assert_eq!(*number, first.number);
        assert!(why.same_caller && why.same_category && !why.same_place);
        assert!(why.words.contains(&"变压器".to_owned()), "{:?}", why.words);
        assert!(similar(app, &person(Role::UnitLiaison, "y-power"), &asked).await.is_empty());
        assert!(similar(app, &office, &asked.clone().except(first.id)).await.is_empty());
        assert!(similar(app, &office, &Asked::about("完全无关的一句话")).await.is_empty());

        assert!(answers(app, &office, &asked).await.is_empty(), "not answered yet");
        to_result(app, &first, top, leaf).await;
        test.catch_up().await;
        let answers = answers(app, &office, &asked).await;
        assert_eq!(answers.len(), 1);
        assert!(answers[0].contains("送电"), "{answers:?}");
    }
}

async fn similar(app: &App, who: &SignedIn, asked: &Asked) -> Vec<(String, matters::Why)> {
    let (grants, asked) = (who.grants.clone(), asked.clone());
    let found = app
        .read(move |snapshot, app| {
            let like = Compared::look_up(snapshot, app, &asked)?;
            matters::similar(snapshot, app, &grants, &like, 5)
        })
        .await
        .expect("reads");
    found.into_iter().map(|similar| (similar.row.number, similar.why)).collect()
}

async fn answers(app: &App, who: &SignedIn, asked: &Asked) -> Vec<String> {
    let (grants, asked) = (who.grants.clone(), asked.clone());
    let found = app.read(move |snapshot, app| {
        let like = Compared::look_up(snapshot, app, &asked)?;
        matters::answered_like(snapshot, app, &grants, &like, 5)
    });
    found.await.expect("reads").into_iter().flat_map(|found| found.answers).map(|(_, text)| text).collect()
}
