//! Filing question by question, and following by number and code.

use crate::support::*;
use axum::http::StatusCode;
use testkit::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_is_filed_question_by_question_and_tracked_by_number_and_code() {
    for engine in Engine::BOTH {
        let test = start(engine).await;
        let phone = test.browser();
        answer_all(&phone).await;
        let check = phone.get("/appeals/new/check").await.body;
        for shown in [STORY, "恢复供电", "单位 power", "甲县乙镇", "用电报装", "现场.jpg", "王先生", PHONE]
        {
            assert!(check.contains(shown), "{shown} on the check");
        }
        let unticked = phone.post("/appeals/new/check", &[]).await;
        assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
        step(&phone, "/appeals/new/check", &[("declaration", "yes")]).await;
        let (number, code) = receipt(&phone.get("/appeals/receipt").await);
        assert!(number.starts_with("20220601") && code.len() == 14, "{number} {code}");
        assert_eq!(
            receipt(&phone.get("/appeals/receipt").await),
            (number.clone(), code.clone()),
            "a reload shows it again"
        );

        let other = test.browser();
        assert_eq!(other.get("/track/matter").await.location.as_deref(), Some("/track?again"));
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(step(&other, "/track", &[("number", &number), ("code", &typed)]).await, "/track/matter");
        let page = other.get("/track/matter").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for shown in [number.as_str(), "单位 office", "2022年6月6日", STORY, "现场.jpg", "端午节"] {
            assert!(page.body.contains(shown), "{shown} on the matter's page: {}", page.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_answers_are_said_beside_their_fields_and_what_was_typed_stays() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    assert_eq!(
        browser.get("/appeals/new/contact").await.location.as_deref(),
        Some("/appeals/new/type"),
        "not yet"
    );
    let empty = browser.post("/appeals/new/type", &[("type", "bribe")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("id=\"type-error\"") && empty.body.contains("<title>有误："));
    answer_all(&browser).await;
    let short = browser.post("/appeals/new/story", &[("story", "没电"), ("about", "elsewhere")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in [">没电</textarea>", "id=\"story-error\"", "id=\"about-error\""] {
        assert!(short.body.contains(shown), "{shown}: {}", short.body);
    }
    let contact =
        [("name", "王先生"), ("phone", "123"), ("credit_code", "91350100M000100Y44"), ("shielded", "yes")];
    let wrong = browser.post("/appeals/new/contact", &contact).await;
    for shown in
        ["value=\"123\"", "id=\"phone-error\"", "id=\"credit_code-error\"", "value=\"91350100M000100Y44\""]
    {
        assert!(wrong.body.contains(shown), "{shown}");
    }
    let program =
        send_file(&browser, "/appeals/new/files", "files", "tool.jpg", b"MZ\x90\x00", ("then", "next")).await;
    assert_eq!(program.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(program.body.contains("tool.jpg") && program.body.contains("现场.jpg"), "{}", program.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_gives_one_appeal_and_one_receipt() {
    for engine in Engine::BOTH {
        let test = start(engine).await;
        let browser = test.browser();
        answer_all(&browser).await;
        let send = || browser.post("/appeals/new/check", &[("declaration", "yes")]);
        let (one, two) = tokio::join!(send(), send());
        assert_eq!(
            (one.location.as_deref(), two.location.as_deref()),
            (Some("/appeals/receipt"), Some("/appeals/receipt"))
        );
        let first = receipt(&browser.get("/appeals/receipt").await);
        send().await;
        assert_eq!(receipt(&browser.get("/appeals/receipt").await), first);
        let next = test.browser();
        let (number, _) = file(&next).await;
        assert!(first.0.ends_with("0001") && number.ends_with("0002"), "{} then {number}", first.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_lie_sealed_and_end_by_themselves() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    answer_all(&browser).await;
    for entry in std::fs::read_dir(test.folder()).expect("its folder").flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        for secret in [PHONE, STORY, "王先生", "rest of a picture"] {
            assert!(
                !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{secret} in {entry:?}"
            );
        }
    }
    assert!(browser.get("/appeals/new").await.body.contains("/appeals/new/check"), "it offers to go on");
    test.at("2022-06-02T09:00:01+08:00");
    assert_eq!(browser.get("/appeals/new").await.location.as_deref(), Some("/appeals/new/type"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_number_answers_like_a_wrong_code_and_tries_are_limited() {
    let test = start(Engine::Sqlite).await;
    let (number, code) = file(&test.browser()).await;
    let stranger = test.browser();
    let wrong = stranger.post("/track", &[("number", &number), ("code", "AAAA-AAAA-AAAA")]).await;
    let unknown = stranger.post("/track", &[("number", "209901010001"), ("code", "AAAA-AAAA-AAAA")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace(&number, "209901010001"), unknown.body);
    for _ in 0..10 {
        stranger.post("/track", &[("number", &number), ("code", "AAAA-AAAA-AAAA")]).await;
    }
    let limited = stranger.post("/track", &[("number", &number), ("code", &code)]).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(limited.body.contains("15 分钟"), "it says when to try again");
    test.at("2022-06-01T09:16:00+08:00");
    step(&stranger, "/track", &[("number", &number), ("code", &code)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_appellant_writes_adds_material_and_withdraws() {
    let test = start(Engine::Sqlite).await;
    let (number, code) = file(&test.browser()).await;
    let browser = test.browser();
    step(&browser, "/track", &[("number", &number), ("code", &code)]).await;
    assert_eq!(step(&browser, "/track/message", &[("message", "请先打电话")]).await, "/track/matter");
    let added =
        send_file(&browser, "/track/material", "files", "合同.jpg", JPEG, ("material", "这是合同")).await;
    assert_eq!(added.location.as_deref(), Some("/track/matter"), "{}", added.body);
    let page = browser.get("/track/matter").await.body;
    for shown in ["请先打电话", "这是合同", "合同.jpg", "补充材料已提交"] {
        assert!(page.contains(shown), "{shown}");
    }
    let file =
        page.split("/track/attachments/").nth(1).and_then(|rest| rest.split('"').next()).expect("a file");
    let download = browser.get(&format!("/track/attachments/{file}")).await;
    assert_eq!(
        (download.status, download.content_type.as_str()),
        (StatusCode::OK, "application/octet-stream")
    );
    assert_eq!(
        browser.get("/track/rating").await.location.as_deref(),
        Some("/track/matter"),
        "nothing to rate yet"
    );

    assert_eq!(browser.get("/track/withdrawal").await.status, StatusCode::OK);
    step(&browser, "/track/withdrawal", &[("withdrawal", "已经通电")]).await;
    assert!(browser.get("/track/matter").await.body.contains("您已撤回"));
    assert_eq!(
        browser.get("/track/withdrawal").await.location.as_deref(),
        Some("/track/matter"),
        "only once"
    );

    step(&browser, "/track/exit", &[]).await;
    assert_eq!(browser.get("/track/matter").await.location.as_deref(), Some("/track?again"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_speaks_both_languages() {
    let test = start(Engine::Sqlite).await;
    let (number, code) = file(&test.browser()).await;
    for (language, html) in [("zh-CN", "<html lang=\"zh-CN\""), ("en", "<html lang=\"en\"")] {
        let browser = test.browser().with_header("accept-language", language);
        for path in ["/", "/track"] {
            assert!(browser.get(path).await.body.contains(html), "{path}");
        }
        answer_all(&browser).await;
        for path in [
            "type",
            "category",
            "category/item",
            "place",
            "place/township",
            "story",
            "files",
            "contact",
            "check",
        ] {
            let page = browser.get(&format!("/appeals/new/{path}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(html), "{path}");
        }
        step(&browser, "/track", &[("number", &number), ("code", &code)]).await;
        for path in ["matter", "message", "material", "withdrawal"] {
            assert!(browser.get(&format!("/track/{path}")).await.body.contains(html), "{path}");
        }
    }
}
