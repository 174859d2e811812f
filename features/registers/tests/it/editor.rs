//! A county office defines a register by forms alone.

use crate::support::{City, on_both_engines};
use kernel::permission::Role;

/// The version of the definition's stream, as the forms of the page send it back.
async fn head(city: &City, path: &str) -> String {
    let page = city.browser.get(path).await;
    let start = page.body.find("name=\"head\" value=\"").expect("a form") + "name=\"head\" value=\"".len();
    page.body[start..].split('"').next().unwrap_or_default().to_owned()
}

async fn sends(city: &City, path: &str, fields: &[(&str, &str)]) {
    let answer = city.browser.post(path, fields).await;
    assert!(answer.status.is_redirection(), "{path}: {} {}", answer.status, answer.body);
}

on_both_engines! {
    a_register_comes_of_forms_alone;
    the_data_rule_holds_for_forms_too_and_nothing_typed_is_lost;
    who_only_records_defines_nothing_by_forms;
    a_county_office_defines_its_own_register_and_touches_no_other;
    a_draft_by_text_that_does_not_read_stays_its_offices;
}

async fn a_register_comes_of_forms_alone(city: City) {
    assert!(city.browser.get("/registers").await.body.contains("/registers/definitions/form"));
    let begun = city.browser.post("/registers/definitions/form", &[("zh", "招商走访台账")]).await;
    let editor = begun.location.expect("it leads on to the fields");
    assert_eq!(editor, "/registers/zszftz/definition/form");
    let base = "/registers/zszftz/definition";

    let page = city.browser.get(&format!("{base}/fields/new?kind=choice")).await;
    assert!(page.body.contains("新选项") && !page.body.contains("计算公式"), "{}", page.body);
    let at = head(&city, &editor).await;
    let kind = [
        ("head", at.as_str()),
        ("kind", "choice"),
        ("zh", "走访方式"),
        ("options", "上门\n电话 | Phone"),
        ("required", "yes"),
    ];
    sends(&city, &format!("{base}/fields"), &kind).await;
    let at = head(&city, &editor).await;
    let day = [("head", at.as_str()), ("kind", "date"), ("zh", "走访日期"), ("listed", "yes")];
    sends(&city, &format!("{base}/fields"), &day).await;
    let at = head(&city, &editor).await;
    sends(&city, &format!("{base}/fields/zfrq/position"), &[("head", &at), ("to", "up")]).await;
    let at = head(&city, &editor).await;
    sends(
        &city,
        &format!("{base}/stages"),
        &[("head", &at), ("stages", "计划 → 完成、取消\n完成 →\n取消 →")],
    )
    .await;
    let at = head(&city, &editor).await;
    let basics = [
        ("head", at.as_str()),
        ("zh", "招商走访台账"),
        ("title", "name"),
        ("title", "zfrq"),
        ("unique", "name"),
        ("contacts_zh", "走访记录"),
        ("every", "30"),
        ("unit", "days"),
    ];
    sends(&city, &editor, &basics).await;

    let page = city.browser.get(&editor).await;
    let order =
        ["名称", "走访日期", "走访方式"].map(|label| page.body.find(&format!(">{label}</a>")).expect(label));
    assert!(order.is_sorted(), "the day was moved up");
    assert!(page.body.contains("上门、电话"), "the preview shows the options");
    let publication = format!("{base}/publication");
    let at = head(&city, &publication).await;
    sends(&city, &publication, &[("from", "2022-08-22"), ("head", &at)]).await;
    let made = [("unit", "甲县"), ("name", "示例企业"), ("zffs", "dh"), ("zfrq", "2022-08-20")];
    sends(&city, "/registers/zszftz/records", &made).await;
    assert!(city.browser.get("/registers/zszftz").await.body.contains("示例企业 · 2022-08-20"));

    // What is published is retired, never dropped; options keep their codes.
    let at = head(&city, &editor).await;
    let dropped = city.browser.post(&format!("{base}/fields/zffs/removal"), &[("head", &at)]).await;
    assert!(dropped.status == 422 && dropped.body.contains("只能停用"), "{}", dropped.body);
    let changed = [
        ("head", at.as_str()),
        ("kind", "choice"),
        ("zh", "走访方式"),
        ("option-sm-zh", "上门走访"),
        ("option-dh-zh", "电话"),
        ("option-dh-retired", "yes"),
        ("options", "视频"),
    ];
    sends(&city, &format!("{base}/fields/zffs"), &changed).await;
    let review = city.browser.get(&publication).await;
    assert!(!review.body.contains("丢失"), "{}", review.body);
    let at = head(&city, &publication).await;
    sends(&city, &publication, &[("from", "2022-08-22"), ("head", &at)]).await;
    let form = city.browser.get("/registers/zszftz/new").await;
    assert!(form.body.contains("上门走访") && form.body.contains("视频") && !form.body.contains(">电话<"));
}

async fn the_data_rule_holds_for_forms_too_and_nothing_typed_is_lost(city: City) {
    let begun =
        city.browser.post("/registers/definitions/form", &[("zh", "代表人士台账"), ("code", "people")]).await;
    let editor = begun.location.expect("it leads on");
    let at = head(&city, &editor).await;
    for label in ["政治面貌", "民族", "宗教信仰"] {
        let field = [("head", at.as_str()), ("kind", "text"), ("zh", label), ("hint_zh", "按登记填写")];
        let refused = city.browser.post("/registers/people/definition/fields", &field).await;
        assert_eq!(refused.status, 422, "{label}");
        assert!(
            refused.body.contains("任何台账都不得采集") && refused.body.contains("按登记填写"),
            "{}",
            refused.body
        );
        // A form has no lines: the message stands beside the name that was typed.
        assert!(
            refused.body.contains("id=\"zh-error\"") && !refused.body.contains("行 field"),
            "{}",
            refused.body
        );
        assert!(refused.body.contains(&format!("“{label}”：“{label}”涉及")), "{}", refused.body);
    }
    let options =
        [("head", at.as_str()), ("kind", "choice"), ("zh", "联系方式"), ("options", "上门\n党员活动")];
    let refused = city.browser.post("/registers/people/definition/fields", &options).await;
    assert!(
        refused.status == 422
            && refused.body.contains("id=\"options-error\"")
            && refused.body.contains("“联系方式”：“党员活动”涉及"),
        "{}",
        refused.body
    );
    let formula = [("head", at.as_str()), ("kind", "derived"), ("zh", "合计"), ("expression", "1 +")];
    let refused = city.browser.post("/registers/people/definition/fields", &formula).await;
    assert!(refused.status == 422 && refused.body.contains("第 4 个字符"), "{}", refused.body);
    let stale = [("head", "0"), ("kind", "date"), ("zh", "日期")];
    let overtaken = city.browser.post("/registers/people/definition/fields", &stale).await;
    assert_eq!(overtaken.status, 422, "somebody else changed it meanwhile");
}

async fn who_only_records_defines_nothing_by_forms(city: City) {
    city.on_duty(Role::UnitLiaison, "cc/xx/", 6);
    for path in [
        "/registers/definitions/form",
        "/registers/sites/definition/form",
        "/registers/sites/definition/stages",
    ] {
        assert_eq!(city.browser.get(path).await.status, 403, "{path}");
    }
}

async fn a_county_office_defines_its_own_register_and_touches_no_other(city: City) {
    city.on_duty(Role::Registers, "cc/xx/", 7);
    let begun = city.browser.post("/registers/definitions/form", &[("zh", "甲县走访台账")]).await;
    let editor = begun.location.unwrap_or_else(|| panic!("it is begun: {} {}", begun.status, begun.body));
    let base = editor.trim_end_matches("/form").to_owned();
    let at = head(&city, &editor).await;
    let day = [("head", at.as_str()), ("kind", "date"), ("zh", "走访日期"), ("listed", "yes")];
    sends(&city, &format!("{base}/fields"), &day).await;
    let publication = format!("{base}/publication");
    let at = head(&city, &publication).await;
    sends(&city, &publication, &[("from", "2022-08-22"), ("head", &at)]).await;
    let register = base.trim_end_matches("/definition").to_owned();
    let made =
        city.browser.post(&format!("{register}/records"), &[("unit", "甲县"), ("name", "示例企业")]).await;
    assert!(made.status.is_redirection(), "{}", made.body);

    // A draft of its own goes at will; the city's registers and another county's are not its own.
    let begun = city.browser.post("/registers/definitions/form", &[("zh", "草稿台账")]).await;
    let draft = begun.location.expect("begun").trim_end_matches("/form").to_owned();
    sends(&city, &format!("{draft}/discard"), &[]).await;
    touches_not(&city, "/registers/sites/definition").await;
    let own = city.browser.get(&base).await;
    assert!(own.body.contains("修改定义"), "{}", own.body);
    city.on_duty(Role::Registers, "cc/yy/", 8);
    touches_not(&city, &base).await;
    city.on_duty(Role::Registers, "cc/", 1);
    assert!(city.browser.get(&base).await.body.contains("修改定义"), "the city may help out");
}

/// What may not be changed is not offered, and no way leads to it.
async fn touches_not(city: &City, base: &str) {
    let shown = city.browser.get(base).await;
    assert!(shown.status.is_success() && !shown.body.contains("修改定义"), "{}", shown.body);
    for path in ["form", "source", "stages", "fields/new?kind=date", "parts/levels/new", "publication"] {
        let path = format!("{base}/{path}");
        assert!([403, 404].contains(&city.browser.get(&path).await.status.as_u16()), "{path}");
    }
    let field = [("head", "1"), ("kind", "date"), ("zh", "日期")];
    assert_eq!(city.browser.post(&format!("{base}/fields"), &field).await.status, 403);
}

async fn a_draft_by_text_that_does_not_read_stays_its_offices(city: City) {
    city.on_duty(Role::Registers, "cc/xx/", 7);
    let page = city.browser.get("/registers/definitions/new").await;
    assert!(
        page.body.contains("owner = &#34;xx&#34;"),
        "a county begins a register of its own: {}",
        page.body
    );
    let text = include_str!("../../beginning.toml");
    let refused = city.browser.post("/registers/definitions", &[("intent", "draft"), ("toml", text)]).await;
    assert!(
        refused.status == 422
            && refused.body.contains("只能定义本单位的台账")
            && refused.body.contains("my_register"),
        "nothing typed is lost: {} {}",
        refused.status,
        refused.body
    );
    let own = text.replacen("\ntitle = ", "\nowner = \"xx\"\ntitle = ", 1);
    let drafted = city.browser.post("/registers/definitions", &[("intent", "draft"), ("toml", &own)]).await;
    assert!(drafted.status.is_redirection(), "{}", drafted.body);
    let source = "/registers/my_register/definition/source";
    let broken = own.replace("kind = \"text\"", "kind = \"poem\"");
    let kept = city.browser.post(source, &[("intent", "draft"), ("toml", &broken), ("head", "1")]).await;
    assert!(kept.status.is_redirection(), "a draft may be wrong: {}", kept.body);
    assert!(city.browser.get(source).await.body.contains("poem"), "and be taken up again");
    assert!(city.browser.get("/registers").await.body.contains("my_register"));
    city.on_duty(Role::Registers, "cc/yy/", 8);
    assert_eq!(city.browser.get(source).await.status, 403);
    assert!(!city.browser.get("/registers").await.body.contains("my_register"), "none of theirs to know of");
}
