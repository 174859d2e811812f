//! Lists and searches as staff meet them: what is found, kept and taken away as a workbook,
//! and that nobody is shown more than they may see.

use crate::support::{city, person, signed_in};
use axum::http::StatusCode;
use calamine::{Reader, Xlsx};
use kernel::permission::Role;
use matters::{FileRequest, Receipt, TextSealer};
use matters_rules::command::{Accept, Assignee};
use matters_rules::{AppealType, Channel, Command, NodeRole, Urgency};
use platform::By;
use std::io::Cursor;
use testkit::{Answer, Engine, TestApp};

const POWER: &str = "ld-gd";

async fn file(test: &TestApp, title: &str, text: &str, shielded: bool) -> Receipt {
    let request = FileRequest {
        category: Some("ENE-01".into()),
        title: title.into(),
        text: text.into(),
        shielded,
        ..FileRequest::new(demo::cast::OFFICE.into(), Channel::Online, AppealType::Help)
    };
    test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed")
}

/// Accepted and given to the power company.
async fn assign(test: &TestApp, receipt: &Receipt) {
    let head = person(&test.app, Role::ShiftHead, demo::cast::OFFICE).await;
    let id = receipt.id;
    let assigned = test.app.write(move |work| {
        let demands = vec![TextSealer::of(work, id)?.text(work, "办好")];
        let accept =
            Accept { urgency: Urgency::Urgent, natural_time: false, category: "ENE-01".into(), demands };
        matters::act(work, &head, id, None, &Command::Accept(accept))?;
        let to =
            vec![Assignee { unit: POWER.into(), role: NodeRole::Lead, duty_item: None, instruction: None }];
        matters::act(work, &head, id, None, &Command::Assign { parent: None, to })
    });
    assigned.await.expect("assigned");
}

/// The texts of a workbook's cells, row by row.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut book = Xlsx::new(Cursor::new(answer.bytes.clone())).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("that reads");
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

fn holds(rows: &[Vec<String>], text: &str) -> bool {
    rows.iter().flatten().any(|cell| cell.contains(text))
}

#[tokio::test]
async fn lists_filter_search_and_leave_as_workbooks() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let first = file(&test, "变压器增容迟迟不批", "=cmd|四月递交的申请没有回音", false).await;
        let second = file(&test, "门口道路积水", "货车进不来", false).await;
        let hidden = file(&test, "被刁难", "增容要收好处费", true).await;
        assign(&test, &first).await;
        test.catch_up().await;

        let office = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
        let page = office.get("/desk?tab=all&q=%E5%A2%9E%E5%AE%B9").await.body;
        assert!(page.contains(&first.number) && !page.contains(&second.number), "{engine:?}");
        assert!(!page.contains(&hidden.number), "what a shielded matter says is found by nobody");
        let page = office.get("/desk?tab=all&urgency=urgent&category=ENE&light=green").await.body;
        assert!(page.contains(&first.number) && !page.contains(&second.number));
        test.at("2026-12-30T02:00:00Z");
        let office = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
        let page = office.get("/desk?tab=all&light=gross").await.body;
        assert!(page.contains(&first.number) && page.contains(&second.number) && page.contains("严重逾期"));
        assert!(!office.get("/desk?tab=all&light=yellow").await.body.contains(&first.number));

        let all = rows(&office.get("/desk/export?tab=all&q=%E5%A2%9E%E5%AE%B9").await);
        assert!(
            holds(&all, "变压器增容迟迟不批") && holds(&all, &first.number) && !holds(&all, &second.number)
        );
        assert!(holds(&all, "编号或文字：增容"), "the workbook says what was filtered: {all:?}");
        let form = [("tab", "all"), ("assignment", &second.id.to_string())];
        let chosen = rows(&office.post("/desk/export", &form).await);
        assert!(holds(&chosen, &second.number) && !holds(&chosen, &first.number));
        let none = office.post("/desk/export", &[("tab", "all")]).await;
        assert_eq!(none.location.as_deref(), Some("/desk?tab=all"));

        let power = signed_in(&test, Role::UnitLiaison, POWER).await;
        let theirs = rows(&power.get("/desk/export?tab=all").await);
        assert!(
            holds(&theirs, &first.number) && !holds(&theirs, &second.number),
            "a workbook keeps to the scope"
        );
        assert_eq!(power.get("/desk/export?tab=review").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn filters_and_columns_are_kept_for_their_owner_alone() {
    let test = city(Engine::Sqlite).await;
    let receipt = file(&test, "变压器增容", "没有回音", false).await;
    let office = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
    let named =
        [("tab", "all"), ("q", "增容"), ("light", "red"), ("name", "  逾期的增容 "), ("first", "yes")];
    let saved = office.post("/desk/filters", &named).await;
    assert_eq!(saved.location.as_deref(), Some("/desk?tab=all&q=%E5%A2%9E%E5%AE%B9&light=red"));
    let first = office.get("/desk").await;
    assert_eq!(first.location, saved.location, "the default comes first");
    let page = office.get("/desk?tab=all").await.body;
    assert!(page.contains("逾期的增容") && page.contains(&receipt.number));

    assert!(!page.contains("data-label=\"类别\""));
    office.post("/desk/columns", &[("tab", "all"), ("column", "category"), ("column", "nonsense")]).await;
    let page = office.get("/desk?tab=all").await.body;
    assert!(page.contains("data-label=\"类别\"") && !page.contains("data-label=\"承办单位\""));
    let sheet = rows(&office.get("/desk/export?tab=all").await);
    assert!(holds(&sheet, "类别") && !holds(&sheet, "承办单位"), "a workbook has the columns of the page");

    let other = signed_in(&test, Role::ShiftHead, demo::cast::OFFICE).await;
    let page = other.get("/desk").await;
    assert!(page.status == StatusCode::OK && !page.body.contains("逾期的增容"));
    assert!(page.body.contains("data-label=\"承办单位\""));

    office.post("/desk/filters/0/removal", &[("tab", "all")]).await;
    assert_eq!(office.get("/desk").await.status, StatusCode::OK);
    let unnamed = office.post("/desk/filters", &[("tab", "all"), ("name", " ")]).await;
    assert!(
        unnamed.status.is_redirection()
            && !office.get("/desk?tab=all").await.body.contains("class=\"saved\"")
    );
    let file = std::fs::read(test.folder().join("tongxin.db")).expect("the database");
    let needle = "逾期的增容".as_bytes();
    assert!(!file.windows(needle.len()).any(|window| window == needle), "what is kept is sealed");
}

#[tokio::test]
async fn a_search_shows_where_the_words_stand_and_only_to_whom_it_may() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let first = file(&test, "变压器增容迟迟不批", "四月递交的申请没有回音", false).await;
        file(&test, "门口道路积水", "货车进不来", false).await;
        test.catch_up().await;
        let office = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
        let page = office.get("/search?q=%E5%9B%9E%E9%9F%B3").await.body;
        assert!(page.contains("<mark>回音</mark>") && page.contains(&first.number), "{engine:?}");
        let straight = office.get(&format!("/search?q={}", first.number)).await;
        assert_eq!(straight.location, Some(format!("/matters/{}", first.id)));
        assert!(office.get("/search?q=13800001111").await.body.contains("不能查找"));
        assert!(office.get("/search?q=%E4%B8%8D%E5%AD%98%E5%9C%A8").await.body.contains("没有找到"));
        assert_eq!(office.get("/search").await.status, StatusCode::OK);

        let power = signed_in(&test, Role::UnitLiaison, POWER).await;
        assert!(!power.get("/search?q=%E5%9B%9E%E9%9F%B3").await.body.contains(&first.number));
        let unseen = power.get(&format!("/search?q={}", first.number)).await;
        assert!(unseen.status == StatusCode::OK && !unseen.body.contains(&first.id.to_string()));
        assign(&test, &first).await;
        assert!(power.get("/search?q=%E5%9B%9E%E9%9F%B3").await.body.contains(&first.number));
    }
}
