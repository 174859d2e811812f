//! Files sent ahead: in parts, over a line that breaks, and without scripts.

use crate::support::*;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use testkit::{Answer, Browser, Engine};

const PLACE: &[u8] = b"+27.7001+112.0085/";

fn part_of(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("short").to_be_bytes();
    [length.as_slice(), kind, content].concat()
}

/// A film of that many bytes and its description behind them, which tells where it was made.
fn film(size: usize) -> Vec<u8> {
    let samples: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
    let place = part_of(b"udta", &part_of(b"\xa9xyz", PLACE));
    [part_of(b"ftyp", b"isom\0\0\0\0"), part_of(b"mdat", &samples), part_of(b"moov", &place)].concat()
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

async fn begin(browser: &Browser, name: &str, size: usize) -> Answer {
    browser.post("/appeals/new/files/uploads", &[("name", name), ("size", &size.to_string())]).await
}

async fn part(browser: &Browser, id: &str, offset: usize, bytes: &[u8]) -> Answer {
    let request = Request::patch(format!("/appeals/new/files/uploads/{id}"))
        .header("upload-offset", offset.to_string())
        .header("content-type", "application/octet-stream");
    browser.send(request, Body::from(bytes.to_vec())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_comes_in_parts_and_goes_on_after_a_break() {
    for engine in Engine::BOTH {
        let test = start(engine).await;
        let browser = test.browser();
        answer_all(&browser).await;
        let film = film(1_300_000);
        let begun = begin(&browser, "现场.mp4", film.len()).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.body);
        let (id, size) =
            (begun.json()["id"].as_str().expect("an id").to_owned(), begun.json()["part"].as_u64());
        let size = usize::try_from(size.expect("a size")).expect("small");
        assert_eq!(part(&browser, &id, 0, &film[..size]).await.status, StatusCode::NO_CONTENT);
        let twice = part(&browser, &id, 0, &film[..size]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "sent twice: {}", twice.body);
        assert_eq!(
            test.browser().get(&format!("/appeals/new/files/uploads/{id}")).await.location.as_deref(),
            Some("/appeals/new/type"),
            "another's draft"
        );
        let mut offset = size;
        while offset < film.len() {
            let next = &film[offset..film.len().min(offset + size)];
            let answer = part(&browser, &id, offset, next).await;
            offset += next.len();
            let expected = if offset < film.len() { StatusCode::NO_CONTENT } else { StatusCode::CREATED };
            assert_eq!(answer.status, expected, "{}", answer.body);
        }
        assert_eq!(part(&browser, &id, offset, b"").await.status, StatusCode::CREATED, "a lost answer");
        let listed = browser.get("/appeals/new/files").await.body;
        assert!(
            listed.contains("现场.mp4") && !listed.contains("可能仍带有"),
            "nothing is left to warn about"
        );
        step(&browser, "/appeals/new/check", &[("declaration", "yes")]).await;
        let (number, code) = receipt(&browser.get("/appeals/receipt").await);
        step(&browser, "/track", &[("number", &number), ("code", &code)]).await;
        let page = browser.get("/track/matter").await.body;
        let files: Vec<&str> = page
            .split("/track/attachments/")
            .skip(1)
            .filter(|rest| rest.split("</a>").next().is_some_and(|link| link.contains("现场.mp4")))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let request =
            Request::get(format!("/track/attachments/{}", files.first().expect("the film is listed")));
        let kept = browser.send(request, Body::empty()).await.bytes;
        assert_eq!(kept.len(), film.len(), "{engine:?}");
        let samples = 24..24 + 1_300_000;
        assert!(kept[samples.clone()] == film[samples], "{engine:?}: the film is as it was");
        assert!(has(&film, PLACE) && !has(&kept, PLACE), "{engine:?}: it does not tell where");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_still_tell_something_is_warned_about() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    answer_all(&browser).await;
    for (name, content) in
        [("一.pdf", b"%PDF-1.4 (plain)".as_slice()), ("二.pdf", b"%PDF-1.4 /Encrypt 8 0 R")]
    {
        send_file(&browser, "/appeals/new/files", "files", name, content, ("then", "more")).await;
    }
    let page = browser.get("/appeals/new/files").await.body;
    let warned: Vec<&str> = page
        .split("file-name\">")
        .skip(1)
        .filter(|line| line.split("</li>").next().is_some_and(|line| line.contains("file-warning")))
        .collect();
    assert!(warned.len() == 1 && warned[0].starts_with("二.pdf"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_said_in_words_at_once() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    answer_all(&browser).await;
    let large = begin(&browser, "大.mp4", 200 * 1024 * 1024).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        large.json()["message"]
            .as_str()
            .is_some_and(|words| words.contains("大.mp4") && words.contains("100 MB"))
    );
    let begun = begin(&browser, "tool.jpg", 4).await.json();
    let id = begun["id"].as_str().expect("an id");
    let program = part(&browser, id, 0, b"MZ\x90\0").await;
    assert_eq!(program.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(program.body.contains("tool.jpg"), "{}", program.body);
    assert_eq!(part(&browser, id, 0, b"MZ\x90\0").await.status, StatusCode::NOT_FOUND, "it was forgotten");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_came_whole_stay_when_the_line_breaks_behind_them() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    answer_all(&browser).await;
    let mut body =
        b"--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"one.jpg\"\r\n\r\n".to_vec();
    body.extend_from_slice(JPEG);
    body.extend_from_slice(b"\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"two.jpg\"\r\n\r\n\xff\xd8\xff");
    let request =
        Request::post("/appeals/new/files").header("content-type", "multipart/form-data; boundary=b");
    assert_eq!(browser.send(request, Body::from(body)).await.status, StatusCode::BAD_REQUEST);
    let page = browser.get("/appeals/new/files").await.body;
    assert!(page.contains("one.jpg") && !page.contains("two.jpg"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn material_keeps_its_files_when_the_form_is_refused() {
    let test = start(Engine::Sqlite).await;
    let (number, code) = file(&test.browser()).await;
    let browser = test.browser();
    step(&browser, "/track", &[("number", &number), ("code", &code)]).await;
    let long = "长".repeat(2001);
    let refused =
        send_file(&browser, "/track/material", "files", "合同.jpg", JPEG, ("material", &long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = refused.body.split("name=\"uploaded\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let request = Request::post("/track/material").header("content-type", "multipart/form-data; boundary=b");
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"uploaded\"\r\n\r\n{}\r\n--b--\r\n",
        id.expect("it is offered again")
    );
    let taken = browser.send(request, Body::from(body)).await;
    assert_eq!(taken.location.as_deref(), Some("/track/matter"), "{}", taken.body);
    assert!(browser.get("/track/matter").await.body.contains("合同.jpg"));
}
