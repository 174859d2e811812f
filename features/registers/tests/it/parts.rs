//! What a definition has beside fields is made by forms too: stages, dated lines, levels,
//! figures, coverage, what records become; and publishing says what it does to records.

use crate::support::{City, id_of, on_both_engines};

on_both_engines! {
    every_part_comes_of_a_form_and_counts;
    what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost;
    what_records_become_is_chosen_from_registers_that_link_back;
}

const BASE: &str = "/registers/zczdtz/definition";

async fn head(city: &City) -> String {
    let page = city.browser.get(&format!("{BASE}/form")).await;
    let start = page.body.find("name=\"head\" value=\"").expect("a form") + "name=\"head\" value=\"".len();
    page.body[start..].split('"').next().unwrap_or_default().to_owned()
}

async fn sends(city: &City, path: &str, fields: &[(&str, &str)]) {
    let at = head(city).await;
    let mut all = vec![("head", at.as_str())];
    all.extend(fields);
    let answer = city.browser.post(&format!("{BASE}/{path}"), &all).await;
    assert!(answer.status.is_redirection(), "{path}: {} {}", answer.status, answer.body);
}

async fn refused(city: &City, path: &str, fields: &[(&str, &str)], words: &[&str]) {
    let at = head(city).await;
    let mut all = vec![("head", at.as_str())];
    all.extend(fields);
    let answer = city.browser.post(&format!("{BASE}/{path}"), &all).await;
    assert_eq!(answer.status, 422, "{path}");
    for word in words {
        assert!(answer.body.contains(word), "{path}: {word} in {}", answer.body);
    }
}

async fn review(city: &City) -> String {
    city.browser.get(&format!("{BASE}/publication")).await.body
}

async fn publishes(city: &City) {
    sends(city, "publication", &[("from", "2022-08-22")]).await;
}

async fn every_part_comes_of_a_form_and_counts(city: City) {
    let begun =
        city.browser.post("/registers/definitions/form", &[("zh", "招商重点台账"), ("code", "zczdtz")]).await;
    assert_eq!(begun.location.as_deref(), Some("/registers/zczdtz/definition/form"));
    sends(&city, "fields", &[("kind", "area"), ("zh", "所在乡镇"), ("code", "town"), ("level", "township")])
        .await;
    sends(&city, "fields", &[("kind", "money"), ("zh", "总投资"), ("code", "total"), ("unit", "wan")]).await;
    let kind = [("kind", "choice"), ("zh", "产业"), ("code", "trade"), ("options", "茶业\n农机")];
    sends(&city, "fields", &kind).await;
    sends(&city, "fields", &[("kind", "date"), ("zh", "签约日期"), ("code", "signed_on")]).await;

    sends(&city, "parts/stages", &[("zh", "洽谈")]).await;
    sends(&city, "parts/stages", &[("zh", "签约"), ("requires", "total"), ("requires", "signed_on")]).await;
    sends(&city, "parts/stages/qt", &[("zh", "洽谈"), ("en", "Talks"), ("to", "qy")]).await;
    let paid = [("zh", "到位资金"), ("money", "wan"), ("evidence", "yes"), ("verified", "yes")];
    sends(&city, "parts/flows", &paid).await;
    sends(&city, "parts/levels", &[("zh", "市级重点")]).await;
    sends(&city, "parts/levels", &[("zh", "县级重点")]).await;
    sends(&city, "parts/levels/xjzd/position", &[("to", "up")]).await;
    let big = [
        ("zh", "大项目总投资"),
        ("measure", "sum.total"),
        ("period", "field.signed_on"),
        ("if-1-field", "total"),
        ("if-1-is", "at_least"),
        ("if-1-value", "1亿元"),
        ("if-2-field", "trade"),
        ("if-2-is", "equal"),
        ("if-2-value", "茶业"),
    ];
    sends(&city, "parts/figures", &big).await;
    sends(&city, "parts/figures", &[("zh", "到位"), ("measure", "flow.dwzj")]).await;
    let cover = [("zh", "一镇一项目"), ("field", "town"), ("level", "township"), ("unit_kind", "township")];
    sends(&city, "parts/coverage", &cover).await;

    let page = city.browser.get(&format!("{BASE}/form")).await.body;
    for words in [
        "可去往：签约",
        "须先填写：总投资、签约日期",
        "必须写明依据；核验后才计入",
        "“总投资”合计",
        "“总投资” ≥ 1 亿元，且“产业”为“茶业”",
        "按“所在乡镇”，每个乡级区划至少一条",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let order = ["县级重点", "市级重点"].map(|level| page.find(&format!(">{level}</a>")).expect(level));
    assert!(order.is_sorted(), "the lowest level stands first");
    // A condition comes back as the rows it was made of.
    let figure = city.browser.get(&format!("{BASE}/parts/figures/dxmztz")).await.body;
    assert!(figure.contains("value=\"茶业\"") && figure.contains("value=\"10000万元\""), "{figure}");
    publishes(&city).await;

    let made = [
        ("unit", "甲县"),
        ("name", "示例茶厂"),
        ("town", "甲一镇"),
        ("total", "1.2亿元"),
        ("trade", "cy"),
        ("signed_on", "2022-08-01"),
    ];
    let made = city.browser.post("/registers/zczdtz/records", &made).await;
    let record = id_of(made.location.as_deref());
    let small = [("unit", "甲县"), ("name", "示例农机厂"), ("total", "900万元"), ("trade", "nj")];
    assert!(city.browser.post("/registers/zczdtz/records", &small).await.status.is_redirection());
    let figures = city.browser.get("/registers/zczdtz/figures").await.body;
    assert!(figures.contains("1.2 亿元"), "{figures}");
    let covered = city.browser.get("/registers/zczdtz/coverage").await.body;
    assert!(covered.contains("甲二镇"), "the town without a record is named: {covered}");

    // What a change does to the records there are is told before it is published.
    let looser =
        [("zh", "大项目总投资"), ("measure", "sum.total"), ("if-1-field", "total"), ("if-1-is", "filled")];
    sends(&city, "parts/figures/dxmztz", &looser).await;
    sends(&city, "parts/stages/qt", &[("zh", "洽谈")]).await;
    sends(&city, "parts/flows/dwzj", &[("zh", "到位资金"), ("money", "wan")]).await;
    sends(&city, "parts/figures/dw/removal", &[]).await;
    sends(&city, "parts/coverage/coverage/removal", &[]).await;
    let told = review(&city).await;
    for words in [
        "由 1.2 亿元 变为 1.29 亿元",
        "阶段“洽谈”的去向、须填字段或核验要求有变，2 条正处于该阶段",
        "流水“到位资金”的计入办法有变",
        "不再统计指标“到位”",
        "不再检查覆盖",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    publishes(&city).await;
    let page = city.browser.get(&format!("/registers/zczdtz/records/{record}")).await.body;
    assert!(page.contains("示例茶厂"), "nothing is lost: {page}");
    assert!(city.test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(city: City) {
    let begun = [("zh", "招商重点台账"), ("code", "zczdtz")];
    city.browser.post("/registers/definitions/form", &begun).await;
    sends(&city, "fields", &[("kind", "money"), ("zh", "总投资"), ("code", "total"), ("unit", "wan")]).await;
    let kind = [("kind", "choice"), ("zh", "产业"), ("code", "trade"), ("options", "茶业\n农机")];
    sends(&city, "fields", &kind).await;
    let wrong = |value| {
        [
            ("zh", "大项目"),
            ("measure", "count"),
            ("if-1-field", "total"),
            ("if-1-is", "more"),
            ("if-1-value", value),
        ]
    };
    refused(&city, "parts/figures", &wrong("很多"), &["if-1-value-error", "很多", "大项目"]).await;
    refused(&city, "parts/figures", &wrong(""), &["if-1-value-error"]).await;
    let choice = [
        ("zh", "茶"),
        ("measure", "count"),
        ("if-1-field", "trade"),
        ("if-1-is", "equal"),
        ("if-1-value", "锑业"),
    ];
    refused(&city, "parts/figures", &choice, &["茶业、农机", "锑业"]).await;
    let text = [("zh", "大项目"), ("measure", "count"), ("where", "total >")];
    refused(&city, "parts/figures", &text, &["第 8 个字符", "total &#62;"]).await;
    refused(&city, "parts/levels", &[("zh", "")], &["zh-error"]).await;
    refused(
        &city,
        "parts/flows",
        &[("zh", "党员捐款"), ("money", "yuan")],
        &["任何台账都不得采集", "党员捐款"],
    )
    .await;
    refused(&city, "parts/coverage", &[("zh", "一镇一点"), ("level", "township")], &["field-error"]).await;

    sends(&city, "parts/levels", &[("zh", "县级")]).await;
    publishes(&city).await;
    refused(&city, "parts/levels/xj/removal", &[], &["不能删除"]).await;
    assert_eq!(city.browser.get(&format!("{BASE}/parts/nothing/new")).await.status, 404);
    assert_eq!(city.browser.get(&format!("{BASE}/parts/levels/none")).await.status, 404);
}

async fn what_records_become_is_chosen_from_registers_that_link_back(city: City) {
    city.browser.post("/registers/definitions/form", &[("zh", "招商重点台账"), ("code", "zczdtz")]).await;
    publishes(&city).await;
    let none = city.browser.get(&format!("{BASE}/parts/becomings/new")).await.body;
    assert!(none.contains("还没有台账能链接到"), "{none}");

    // Leads link to nothing here; projects name leads.
    let leads = "/registers/leads/definition";
    let page = city.browser.get(&format!("{leads}/parts/becomings/projects.lead")).await.body;
    assert!(page.contains("带过去的内容") && page.contains("give-name"), "{page}");
    let at = page
        .split("name=\"head\" value=\"")
        .nth(1)
        .expect("a form")
        .split('"')
        .next()
        .expect("a head")
        .to_owned();
    let fields = [("head", at.as_str()), ("to", "projects.lead"), ("give-name", "name")];
    let kept = city.browser.post(&format!("{leads}/parts/becomings/projects.lead"), &fields).await;
    assert!(kept.status.is_redirection(), "{}", kept.body);
    let told = city.browser.get(&format!("{leads}/publication")).await.body;
    assert!(told.contains("转入“投资项目”时带过去的内容或阶段有变"), "{told}");
}
