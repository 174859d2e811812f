//! What the intake desk looks up and counts: callers by either number, enterprises by name,
//! code and initials, calls of all endings.

use crate::support::*;
use kernel::credit_code::check_character;
use kernel::permission::Role;
use kernel::{MatterId, ReceptionId};
use matters::enterprises::{Enterprise, find, history};
use matters::receptions::{self, CallDay};
use matters_rules::command::ContactCard;
use matters_rules::reception::{Command, Ending};
use matters_rules::{Channel, EmergencyService, InvalidCall};
use platform::directory::SignedIn;
use platform::{App, Failure};
use testkit::{Engine, TestApp};
use tongxin_matters::{self as matters, FileRequest};

fn of_firm(phone: &str, name: &str, code: &str) -> FileRequest {
    let contact = ContactCard {
        phone: phone.into(),
        enterprise: name.into(),
        credit_code: code.into(),
        ..ContactCard::default()
    };
    FileRequest { contact, ..request(phone) }
}

async fn offered(app: &App, typed: &'static str) -> Vec<String> {
    let found = app.read(move |snapshot, _| find(snapshot, typed, 8)).await.expect("looked up");
    found.into_iter().map(|enterprise| enterprise.name).collect()
}

async fn of_enterprise(app: &App, who: &SignedIn, name: &str, code: &str) -> Vec<(String, bool)> {
    let (grants, asked) = (who.grants.clone(), Enterprise { name: name.into(), credit_code: code.into() });
    let rows =
        app.read(move |snapshot, app| history(snapshot, app, &grants, &asked, 8)).await.expect("looked up");
    rows.into_iter().map(|row| (row.number, row.title.is_some())).collect()
}

async fn of_caller(app: &App, who: &SignedIn, phone: &'static str) -> Vec<String> {
    let grants = who.grants.clone();
    let rows = app
        .read(move |snapshot, app| matters::read::by_phone(snapshot, app, &grants, phone, 8))
        .await
        .expect("looked up");
    rows.into_iter().map(|row| row.number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enterprise_is_offered_by_name_code_and_initials_and_its_matters_are_found() {
    let first = "91999999MA0000001";
    let code = format!("{first}{}", check_character(first).expect("seventeen characters"));
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let one = file(app, of_firm("13800001234", "甲县测试打印机有限公司", &code)).await;
        let two = file(app, of_firm("13800005678", "甲县测试打印机有限公司", "")).await;
        let hidden =
            FileRequest { shielded: true, ..of_firm("13800009999", "乙县保密茶叶有限公司", "") };
        let hidden = file(app, hidden).await;

        for typed in ["打印机", "xcsdyj", "91999999ma"] {
            assert!(offered(app, typed).await.contains(&"甲县测试打印机有限公司".to_owned()), "{typed}");
        }
        assert!(offered(app, "打").await.is_empty(), "one character names nobody");
        assert!(offered(app, "茶叶").await.is_empty(), "a shielded matter's firm is offered to nobody");

        let intake = person(Role::Intake, "c-office");
        let spaced = " 甲县测试打印机 有限公司";
        assert_eq!(
            of_enterprise(app, &intake, spaced, "").await,
            [(two.number.clone(), true), (one.number.clone(), true)]
        );
        assert_eq!(of_enterprise(app, &intake, "", &code).await, [(one.number.clone(), true)]);
        assert_eq!(
            of_enterprise(app, &intake, "乙县保密茶叶有限公司", "").await,
            [(hidden.number.clone(), false)]
        );
        let outsider = person(Role::UnitLiaison, "x-power");
        assert!(of_enterprise(app, &outsider, spaced, "").await.is_empty(), "no more than a list shows");

        matters::erasure::erase_person(app, matters::erasure::Person::Phone("13800001234".into()))
            .await
            .expect("erased");
        assert!(!offered(app, "91999999ma").await.contains(&"甲县测试打印机有限公司".to_owned()));
        assert_eq!(offered(app, "打印机").await.len(), 1, "another named it too");
        assert_eq!(of_enterprise(app, &intake, spaced, "").await, [(two.number, true)]);
        rebuilt(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_number_finds_the_caller_but_makes_nobody_the_same_person() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let with_second = |phone: &str, second: &str| {
            let contact = ContactCard { second_phone: second.into(), ..request(phone).contact };
            FileRequest { contact, ..request(phone) }
        };
        let one = file(app, with_second("13800001234", "0738-8312345")).await;
        let other = file(app, request("07388312345")).await;
        let intake = person(Role::Intake, "c-office");
        assert_eq!(of_caller(app, &intake, "07388312345").await, [other.number, one.number.clone()]);
        assert_eq!(of_caller(app, &intake, "13800001234").await, [one.number]);
        let wrong = with_second("13800001234", "12");
        let refused = app.write(move |work| matters::file(work, &platform::By::Public, &wrong)).await;
        assert!(matches!(refused, Err(Failure::Refused(refusal)) if refusal.field == Some("second_phone")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_stands_in_exactly_one_cell_of_its_day() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let intake = person(Role::Intake, "c-office");
        let begun = |channel| begin(app, &intake, channel);
        let (filed, fire, silent, held, visit) = (
            begun(Channel::Hotline).await,
            begun(Channel::Hotline).await,
            begun(Channel::Hotline).await,
            begun(Channel::Hotline).await,
            begun(Channel::Visit).await,
        );
        let matter = MatterId(Default::default());
        let end = |ending| Command::End(ending);
        does(app, &intake, filed, Command::Hold).await.expect("held");
        let ending = Ending::Filed { matter, channel: Channel::Hotline };
        does(app, &intake, filed, end(ending)).await.expect("filed");
        let ending = Ending::Emergency { service: EmergencyService::Fire };
        does(app, &intake, fire, end(ending)).await.expect("handed over");
        let ending = Ending::Invalid { reason: InvalidCall::Silent };
        does(app, &intake, silent, end(ending)).await.expect("none");
        does(app, &intake, held, Command::Hold).await.expect("held");
        does(app, &intake, visit, end(Ending::GivenUp)).await.expect("no call anyway");

        let elsewhere = person(Role::Intake, "x-power");
        assert!(matches!(does(app, &elsewhere, held, Command::Resume).await, Err(Failure::NotFound)));
        let open = app
            .read({
                let account = intake.account;
                move |snapshot, _| receptions::open_of(snapshot, account)
            })
            .await
            .expect("read");
        assert_eq!(open.len(), 1);
        assert!(open[0].id == held && open[0].held_at.is_some());

        let day = only_day(app, &intake).await;
        assert_eq!((day.received, day.filed, day.given_up, day.open, day.held), (4, 1, 0, 1, 2));
        assert_eq!((day.emergency[&EmergencyService::Fire], day.invalid[&InvalidCall::Silent]), (1, 1));
        whole(&day);
        let known =
            app.read(|snapshot, app| receptions::invalid_calls_of(snapshot, app, "138 0000 1234")).await;
        assert_eq!(known.expect("read").map(|(times, _)| times), Some(1));
        assert!(days(app, &person(Role::AdminSystem, "c-office")).await.is_empty());

        test.at("2022-06-18T09:00:01+08:00");
        assert_eq!(test.run_jobs().await, 1, "what nobody took up again ends by itself");
        let day = only_day(app, &intake).await;
        assert_eq!((day.given_up, day.open), (1, 0));
        whole(&day);
        rebuilt(&test).await;
    }
}

fn whole(day: &CallDay) {
    assert_eq!(
        day.received,
        day.filed + day.emergencies() + day.invalids() + day.given_up + day.open,
        "{day:?}"
    );
}

async fn begin(app: &App, who: &SignedIn, channel: Channel) -> ReceptionId {
    let by = who.by();
    app.write(move |work| {
        let id = ReceptionId(work.fresh.uuid());
        receptions::begin(work, &by, id, "c-office".into(), channel, "13800001234").map(|()| id)
    })
    .await
    .expect("begun")
}

async fn does(app: &App, who: &SignedIn, id: ReceptionId, command: Command) -> Result<(), Failure> {
    let by = who.by();
    app.write(move |work| receptions::act(work, &by, id, &command).map(drop)).await
}

async fn days(app: &App, who: &SignedIn) -> Vec<CallDay> {
    let grants = who.grants.clone();
    let (from, to) = ("2022-06-01".parse().expect("a day"), "2022-06-30".parse().expect("a day"));
    let days = app
        .read(move |snapshot, app| receptions::days(snapshot, app, &grants, from, to))
        .await
        .expect("counted");
    days.into_values().collect()
}

async fn only_day(app: &App, who: &SignedIn) -> CallDay {
    let mut days = days(app, who).await;
    assert_eq!(days.len(), 1);
    days.remove(0)
}

/// The journal alone gives the same tables.
async fn rebuilt(test: &TestApp) {
    let differences = test.app.store.rebuild_check().await.expect("rebuilds");
    assert!(differences.is_empty(), "{differences:?}");
}
