//! Numbers, codes, repeats, people and their files.

use crate::support::*;
use kernel::permission::Role;
use platform::{By, Failure};
use store::Query;
use testkit::Engine;
use tongxin_matters::{self as matters, Upload, attachments};

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_gets_the_same_receipt_and_another_request_does_not() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let send = |title: &str| {
            let request = matters::FileRequest { title: title.into(), ..request("13800001234") };
            test.app.write(move |work| matters::file_once(work, &By::Public, "key-1", &request))
        };
        let first = send("充电站报装").await.expect("filed");
        let again = send("充电站报装").await.expect("the same");
        assert_eq!(first, again, "{engine:?}");
        let other = send("另一件事").await;
        assert!(
            matches!(&other, Err(Failure::Refused(refusal)) if refusal.code == "idempotency-key-reused"),
            "{other:?}"
        );
        let filed = test
            .app
            .read(|snapshot, _| Ok(snapshot.query_one("select count(*) from matter", &[])?.int(0)?))
            .await
            .expect("counts");
        assert_eq!(filed, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_number_and_code_together_open_the_way() {
    let test = city(Engine::Sqlite).await;
    let receipt = file(&test.app, request("13800001234")).await;
    let track = |number: &str, code: &str| {
        let (number, code) = (number.to_owned(), code.to_owned());
        test.app.read(move |snapshot, app| matters::track(snapshot, app, &number, &code))
    };
    let typed = receipt.code.to_lowercase().replace('-', " ");
    assert_eq!(track(&receipt.number, &typed).await.expect("reads"), Some(receipt.id));
    assert_eq!(track(&receipt.number, "AAAA-BBBB-CCCC").await.expect("reads"), None);
    assert_eq!(track("202206159999", &receipt.code).await.expect("reads"), None);
    assert_eq!(track("", "").await.expect("reads"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_run_by_the_local_day_and_one_phone_is_one_person() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let first = file(&test.app, request("138 0000 1234")).await;
        let second = file(&test.app, request("+86 13800001234")).await;
        assert_eq!((first.number.as_str(), second.number.as_str()), ("202206150001", "202206150002"));
        test.at("2022-06-16T00:00:00+08:00");
        assert_eq!(file(&test.app, request("13800009999")).await.number, "202206160001");
        let people = test
            .app
            .read(|snapshot, _| {
                Ok(snapshot.query_one("select count(distinct subject) from matter", &[])?.int(0)?)
            })
            .await
            .expect("counts");
        assert_eq!(people, 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_filed_names_its_field() {
    let test = city(Engine::Sqlite).await;
    let whole = request("13800001234");
    let too_long = "字".repeat(matters::filing::TITLE_MAX + 1);
    for (request, code) in [
        (matters::FileRequest { title: "  ".into(), ..whole.clone() }, "title-missing"),
        (matters::FileRequest { title: too_long, ..whole.clone() }, "title-too-long"),
        (matters::FileRequest { text: String::new(), ..whole.clone() }, "text-missing"),
        (request("12"), "phone-malformed"),
    ] {
        let outcome = test.app.write(move |work| matters::file(work, &By::Public, &request)).await;
        assert!(
            matches!(&outcome, Err(Failure::Refused(refusal)) if refusal.code == code && refusal.field.is_some()),
            "{code}: {outcome:?}"
        );
    }
    for (bytes, code) in [(&b""[..], "attachment-empty"), (b"MZ program", "attachment-type")] {
        let upload = Upload { name: "a.jpg".into(), bytes: bytes.to_vec() };
        let sealed = attachments::seal(&test.app, upload).await;
        assert!(matches!(&sealed, Err(Failure::Refused(refusal)) if refusal.code == code), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_sealed_and_come_back_whole() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let mut photo = b"\x89PNG\r\n\x1a\n".to_vec();
        photo.extend((0..600_000_u32).map(|n| (n % 251) as u8));
        let upload = Upload { name: "现场.png".into(), bytes: photo.clone() };
        let request = matters::FileRequest {
            uploads: vec![attachments::seal(&test.app, upload).await.expect("a picture")],
            ..request("13800001234")
        };
        let receipt = file(&test.app, request).await;
        let intake = person(Role::Intake, "c-office");
        let seen = view(&test.app, receipt.id, Some(&intake)).await.expect("reads");
        assert_eq!(
            (seen.attachments[0].name.as_str(), seen.attachments[0].media_type.as_str()),
            ("现场.png", "image/png")
        );
        let id = seen.attachments[0].id;
        let (kept, opened) = test
            .app
            .read(move |snapshot, app| {
                let kept = store::blobs::content(snapshot, &id.to_string())?;
                Ok((kept, matters::attachments::read_attachment(snapshot, app, id)?.1))
            })
            .await
            .expect("reads");
        assert_eq!(opened, photo, "{engine:?}");
        assert!(!kept.windows(8).any(|window| window == b"\x89PNG\r\n\x1a\n"));
    }
}
