//! Enterprise accounts at the desk: an officer verifies an address by hand or from an appeal,
//! a wrong credit code is told, a confidential appeal verifies nothing, taking back ends it.

use crate::support::{city, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters::{FileRequest, Receipt};
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel};
use platform::By;
use testkit::{Browser, Engine, TestApp};

/// Made up: region 999999 is nobody's.
fn code() -> String {
    let first = "91999999MA0000001";
    format!("{first}{}", kernel::credit_code::check_character(first).expect("seventeen characters"))
}

async fn filed(test: &TestApp, shielded: bool) -> Receipt {
    let request = FileRequest {
        title: "厂房增容没人来看".into(),
        text: "交了材料二十天没有人来。".into(),
        shielded,
        contact: ContactCard {
            name: "李经理".into(),
            phone: "13800004321".into(),
            enterprise: "演示甲厂".into(),
            credit_code: code(),
            email: "li@example.cn".into(),
            ..ContactCard::default()
        },
        ..FileRequest::new(OFFICE.into(), Channel::Online, AppealType::Help)
    };
    test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed")
}

async fn found_by(test: &TestApp, email: &'static str) -> Vec<String> {
    let members =
        test.app.read(move |snapshot, app| matters::enterprises::accounts::memberships(snapshot, app, email));
    members.await.expect("read").into_iter().map(|member| member.code).collect()
}

/// The address of the first form that takes an address back.
fn revocation(page: &str) -> String {
    let at = page.find("/addresses/").expect("an address that holds");
    let id = &page[at + "/addresses/".len()..];
    format!("/enterprises/{}/addresses/{}/revocation", code(), &id[..36])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_verifies_and_takes_back() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let officer = signed_in(&test, Role::Intake, OFFICE).await;
        let code = code();
        let wrong = [
            ("credit_code", "91999999MA00000011"),
            ("enterprise", "演示甲厂"),
            ("name", "张会计"),
            ("email", "zhang@example.cn"),
            ("basis", "licence"),
        ];
        let answer = officer.post("/enterprises", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("校验位不符") && answer.body.contains("张会计"),
            "nothing typed is lost"
        );
        let mut right = wrong;
        right[0].1 = &code;
        let done = officer.post("/enterprises", &right).await;
        assert_eq!(done.location, Some(format!("/enterprises/{code}")));
        assert_eq!(found_by(&test, "zhang@example.cn").await, [code.as_str()]);
        let twice = officer.post("/enterprises", &right).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "it holds already");

        let page = officer.get(&format!("/enterprises/{code}")).await.body;
        assert!(page.contains("z***@example.cn") && !page.contains("zhang@example.cn"), "masked");
        let list = officer.get("/enterprises?q=%E6%BC%94%E7%A4%BA%E7%94%B2").await.body;
        assert!(list.contains(&code), "found by name");
        let revoke = officer.post(&revocation(&page), &[("reason", "left")]).await;
        assert_eq!(revoke.status, StatusCode::SEE_OTHER, "{}", revoke.body);
        assert!(found_by(&test, "zhang@example.cn").await.is_empty());
        assert!(
            officer.get(&format!("/enterprises/{code}")).await.body.contains("人员离职"),
            "nothing is forgotten"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_given_in_an_appeal_is_verified_from_it() {
    let test = city(Engine::Sqlite).await;
    let officer = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let open = filed(&test, false).await;
    let opened = officer.post(&format!("/matters/{}/contact", open.id), &[("purpose", "verify")]).await.body;
    assert!(opened.contains("/enterprise-address"), "offered beside the opened card");
    let done = officer.post(&format!("/matters/{}/enterprise-address", open.id), &[("basis", "visit")]).await;
    assert_eq!(done.location, Some(format!("/enterprises/{}", code())), "{}", done.body);
    assert_eq!(found_by(&test, "li@example.cn").await, [code()]);

    let shielded = filed(&test, true).await;
    let refused =
        officer.post(&format!("/matters/{}/enterprise-address", shielded.id), &[("basis", "visit")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_and_dispatchers_have_no_part_in_it() {
    let test = city(Engine::Sqlite).await;
    for (role, unit) in [(Role::UnitLiaison, "ld-gd"), (Role::Dispatcher, OFFICE), (Role::Leader, "ld")] {
        let person: Browser = signed_in(&test, role, unit).await;
        assert_eq!(person.get("/enterprises").await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
}
