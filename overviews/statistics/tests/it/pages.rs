//! The figures' pages: for everyone without small groups, for staff with the rows they may
//! see, in both languages.

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn everyone_sees_figures_that_add_up_and_no_small_groups() {
    let (test, _) = city().await;
    let empty = test.browser().get("/figures").await;
    assert_eq!(empty.status, 200);
    assert!(empty.body.contains("截至这一天还没有诉求"));
    for _ in 0..3 {
        accepted(&test.app).await;
    }
    let few = test.browser().get("/figures").await;
    assert!(few.body.contains("一件不少，一件不重"));
    assert!(few.body.contains("少于 5 件，不公开"), "a rate of 3 is withheld");
    assert!(!few.body.contains("0/3"));
    for _ in 0..3 {
        accepted(&test.app).await;
    }
    let enough = test.browser().get("/figures?lang=en").await;
    assert!(
        enough.body.contains("0/6") && enough.body.contains("closed ÷ accepted"),
        "the formula stands beside it"
    );
    let before = test.browser().get("/figures?as_of=2022-06-14").await;
    assert!(before.body.contains("截至这一天还没有诉求"));
    let wrong = test.browser().get("/figures?as_of=soon").await;
    assert!(wrong.body.contains("日期有误"));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_follow_a_number_to_its_rows_and_see_only_their_own() {
    let (test, duty) = city().await;
    let id = accepted(&test.app).await;
    assert_eq!(test.browser().get("/statistics").await.status, 303, "signed in only");
    let city = test.browser().with_header("authorization", "Bearer token");
    let page = city.get("/statistics?as_of=2022-06-15").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("/statistics/rows?cell=accepted&#38;as_of=2022-06-15"), "{}", page.body);
    let rows = city.get("/statistics/rows?cell=accepted&as_of=2022-06-15").await;
    assert!(rows.body.contains(&format!("/matters/{id}")) && rows.body.contains("充电站报装"));
    let period = city.get("/statistics?from=2022-06-15&lang=en").await;
    assert!(period.body.contains("Carried over"), "{}", period.body);
    assert_eq!(city.get("/statistics/rows?cell=nothing").await.status, 404);
    assert_eq!(city.get("/statistics?unit=nowhere").await.status, 404);

    duty.relieve(person("cc/xx/"));
    let rows = city.get("/statistics/rows?cell=accepted").await;
    assert!(
        rows.status == 200
            && !rows.body.contains(&id.to_string())
            && rows.body.contains("没有可以查看的明细")
    );
}
