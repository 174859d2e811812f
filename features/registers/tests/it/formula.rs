//! A computed field is made by choosing, tried on records there are, and refused beside what is
//! wrong with it.

use crate::support::{City, on_both_engines};

const FIELDS: &str = "/registers/projects/definition/fields";

on_both_engines! {
    a_formula_is_made_by_choosing_and_tried_on_records;
    what_does_not_fit_is_said_beside_what_was_chosen;
}

async fn project(city: &City, name: &str, total: &str) {
    let fields =
        [("unit", "甲县"), ("name", name), ("scope", "returning"), ("area", "甲县"), ("total", total)];
    let made = city.browser.post("/registers/projects/records", &fields).await;
    assert!(made.status.is_redirection(), "{}", made.body);
}

async fn answer(city: &City, fields: &[(&str, &str)]) -> testkit::Answer {
    let beside = [("kind", "derived"), ("zh", "试用"), ("gives", "number")];
    let fields: Vec<(&str, &str)> = beside.iter().chain(fields).copied().collect();
    city.browser.post(FIELDS, &fields).await
}

async fn a_formula_is_made_by_choosing_and_tried_on_records(city: City) {
    project(&city, "示例项目", "2.5").await;
    let form = city.browser.get(&format!("{FIELDS}/new?kind=derived")).await.body;
    for words in ["选着写公式", "总投资", "流水“到位资金”", "相差天数", "试算"] {
        assert!(form.contains(words), "{words}: {form}");
    }
    let compose = |how, first, second, number| {
        [
            ("intent", "compose"),
            ("compose-how", how),
            ("compose-first", first),
            ("compose-second", second),
            ("compose-number", number),
        ]
    };
    let tripled = answer(&city, &compose("times", "total", "", "3")).await;
    assert!(tripled.status.is_success(), "{}", tripled.body);
    assert!(tripled.body.contains(">total * 3</textarea>"), "it stands as text too: {}", tripled.body);
    assert!(tripled.body.contains("示例项目") && tripled.body.contains("7.5 亿元"), "{}", tripled.body);
    let reached = answer(&city, &compose("at_least", "total", "", "100000000")).await;
    assert!(reached.body.contains("<strong>1</strong>"), "{}", reached.body);
    let days = answer(&city, &compose("days", "signed_on", "listed_on", "")).await;
    assert!(
        days.body.contains("days(signed_on, listed_on)") && days.body.contains("无结果"),
        "{}",
        days.body
    );
    let paid = answer(&city, &compose("sum", "flow:paid_in", "", "")).await;
    assert!(paid.body.contains("sum(paid_in)"), "{}", paid.body);

    let tried = answer(&city, &[("intent", "try"), ("expression", "round(total / 4, 0)")]).await;
    assert!(tried.body.contains("62,500,000") && tried.body.contains("尚未保存"), "{}", tried.body);
    let source = city.browser.get("/registers/projects/definition/source").await.body;
    assert!(!source.contains("试用"), "what was tried is not kept: {source}");
}

async fn what_does_not_fit_is_said_beside_what_was_chosen(city: City) {
    let refused = |fields: Vec<(&'static str, &'static str)>, at: &'static str, words: &'static str| {
        let city = &city;
        async move {
            let answer = answer(city, &fields).await;
            let error = format!("id=\"{at}-error\"");
            assert_eq!(answer.status, 422, "{fields:?}");
            assert!(answer.body.contains(&error) && answer.body.contains(words), "{words}: {}", answer.body);
        }
    };
    let compose = |how, first, second| {
        vec![
            ("intent", "compose"),
            ("compose-how", how),
            ("compose-first", first),
            ("compose-second", second),
        ]
    };
    refused(compose("", "total", ""), "compose-how", "").await;
    refused(compose("plus", "signed_on", "total"), "compose-first", "请选数字或金额字段").await;
    refused(compose("days", "signed_on", "total"), "compose-second", "请选两个日期字段").await;
    refused(compose("sum", "total", ""), "compose-first", "请选一种流水").await;
    let typed = |text| vec![("intent", "try"), ("expression", text)];
    refused(typed("total +"), "expression", "第 8 个字符处应为数字、单引号中的文字、字段代码或函数").await;
    refused(typed("total * turnover"), "expression", "没有“turnover”").await;
    refused(typed("(total"), "expression", "右括号").await;
}
