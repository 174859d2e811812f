//! An item of the knowledge base is quoted by a click, without scripts, and stands on the matter
//! in the version that was quoted.

use super::support::*;
use kernel::AccountId;
use kernel::permission::{Grant, Role, UnitPath};
use knowledge::rules::{Command, Content, Document, Kind};
use platform::By;
use std::sync::Arc;
use testkit::Engine;

const ANSWER: &str = "增容申请由供电营业厅受理，五个工作日内答复供电方案。";

fn keeper(n: u128) -> By {
    let grant = Grant::own(Role::Knowledge, "city".into(), UnitPath("city/".into()));
    By::Person { account: AccountId(uuid::Uuid::from_u128(n)), grants: Arc::from([grant]), token: None }
}

/// An item that another person approved.
async fn in_force(desk: &Desk) -> String {
    let id = desk.app().fresh().uuid();
    let content = Content {
        kind: Kind::Answer,
        title: "变压器增容怎么申请".into(),
        questions: vec!["增容要多久".into()],
        answer: ANSWER.into(),
        unit: "power".into(),
        source: Document { title: "增容指南".into(), ..Document::default() },
        area: None,
        category: None,
        from: "2022-01-01".parse().expect("a day"),
        until: "2030-12-31".parse().expect("a day"),
        offer: None,
    };
    let written = desk.app().write(move |work| {
        knowledge::act(work, &keeper(8), id, None, &Command::Draft(Box::new(content.clone())))?;
        knowledge::act(work, &keeper(8), id, None, &Command::Submit)?;
        let approve = Command::Review { approve: true, reason: None };
        knowledge::act(work, &keeper(9), id, None, &approve).map(drop)
    });
    written.await.expect("in force");
    format!("{id}:1")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_quoted_by_a_click_and_noted_with_its_version() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let item = in_force(&desk).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let id = screen.rsplit('/').next().expect("an id").to_owned();
        let rail =
            browser.post("/intake/rail", &with(&[("id", id.as_str()), ("look_up", "byqzr")])).await.body;
        assert!(rail.contains("变压器增容怎么申请") && rail.contains(&item), "by initials: {rail}");

        let taken = browser.post(&format!("{screen}/draft"), &with(&[("quote", item.as_str())])).await.body;
        assert!(
            taken.contains(ANSWER) && taken.contains(&format!("name=\"quoted\" value=\"{item}\"")),
            "{taken}"
        );
        let fields =
            [("expected", "告知办法"), ("answer", ANSWER), ("outcome", "explained"), ("quoted", &item)];
        let done = browser.post(&format!("{screen}/direct-answer"), &with(&fields)).await;
        assert_eq!(done.status, 201, "{}", done.body);
        let matter = browser.get(&format!("/matters/{}", desk.rows().await[0].id)).await.body;
        assert!(matter.contains("引用的知识") && matter.contains("第 1 版"), "{matter}");
    }
}
