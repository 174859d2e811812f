//! Who sees what: scope in lists, shielding, notes and grades.

use crate::support::*;
use kernel::permission::{Permission, Role};
use matters_rules::{ActionCode, Command, Grade, Phase, Solved};
use platform::directory::SignedIn;
use platform::{App, Failure};
use testkit::Engine;
use tongxin_matters::{self as matters, ActorView, Filter, Tab};

async fn numbers(app: &App, who: &SignedIn, filter: Filter) -> Vec<String> {
    let grants = who.grants.clone();
    let page = app
        .read(move |snapshot, app| matters::list(snapshot, app, &grants, &filter, None, 50))
        .await
        .expect("lists");
    page.rows.into_iter().map(|row| row.number).collect()
}

async fn counts(app: &App, who: &SignedIn) -> Vec<(Tab, u64)> {
    let grants = who.grants.clone();
    app.read(move |snapshot, app| matters::tab_counts(snapshot, app, &grants)).await.expect("counts")
}

/// The leak test: for every role and unit, a list shows exactly the matters whose page opens.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_shows_exactly_what_can_be_opened() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let worked = file(app, request("13800001234")).await;
        at_work(app, &worked).await;
        let fresh = file(app, request("13800005678")).await;
        let about =
            matters::FileRequest { complained_about: Some("x-power".into()), ..request("13800009999") };
        let about = file(app, about).await;
        for role in Role::ALL.iter().copied() {
            for unit in ["cc", "c-office", "xx", "x-platform", "x-power", "y-power"] {
                let who = person(role, unit);
                let mut listed = numbers(app, &who, Filter::default()).await;
                listed.sort();
                let mut open = Vec::new();
                for receipt in [&worked, &fresh, &about] {
                    match view(app, receipt.id, Some(&who)).await {
                        Ok(_) => open.push(receipt.number.clone()),
                        Err(Failure::NotFound) => {}
                        Err(error) => panic!("{role:?} {unit}: {error}"),
                    }
                }
                assert_eq!(listed, open, "{engine:?} {role:?} in {unit}");
                if !who.may_ever(Permission::MatterRead) {
                    assert!(listed.is_empty());
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tabs_follow_the_work_and_filters_find_it() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let waiting = file(app, request("13800005678")).await;
        let receipt = file(app, request("13800001234")).await;
        let (top, leaf) = at_work(app, &receipt).await;
        let count =
            |counts: &[(Tab, u64)], tab| counts.iter().find(|(known, _)| *known == tab).map(|(_, n)| *n);
        let office = counts(app, &person(Role::ShiftHead, "c-office")).await;
        assert_eq!(
            (count(&office, Tab::Review), count(&office, Tab::InProgress)),
            (Some(1), Some(1)),
            "{engine:?}"
        );
        let power = person(Role::UnitLiaison, "x-power");
        assert_eq!(count(&counts(app, &power).await, Tab::Working), Some(1));
        let platform = counts(app, &person(Role::UnitLiaison, "x-platform")).await;
        assert_eq!((count(&platform, Tab::Working), count(&platform, Tab::PassedOn)), (Some(0), Some(1)));
        acts(app, &power, receipt.id, Command::Note { text: note(app, &receipt).await }).await;

        test.catch_up().await;
        let intake = person(Role::Intake, "c-office");
        let of = |filter| numbers(app, &intake, filter);
        assert_eq!(of(Filter { text: Some("报装".into()), ..Filter::default() }).await.len(), 2);
        assert_eq!(of(Filter { text: Some("100%".into()), ..Filter::default() }).await.len(), 0);
        assert_eq!(
            of(Filter { unit: Some("xx".into()), ..Filter::default() }).await,
            vec![receipt.number.clone()]
        );
        assert_eq!(of(Filter { category: Some("ENE".into()), ..Filter::default() }).await.len(), 2);
        assert_eq!(
            of(Filter { phase: Some(Phase::Registered), ..Filter::default() }).await,
            [waiting.number]
        );
        let red = Filter { light: Some(kernel::time::Light::Red), ..Filter::default() };
        assert!(of(red.clone()).await.is_empty());
        test.at("2022-06-21T09:00:00+08:00");
        assert_eq!(of(red).await.len(), 1, "the one that waits for review");
        to_result(app, &receipt, top, leaf).await;
        assert_eq!(count(&counts(app, &power).await, Tab::Finished), Some(1));
    }
}

async fn note(app: &App, receipt: &matters::Receipt) -> matters_rules::command::Text {
    let id = receipt.id;
    app.write(move |work| {
        let sealer = matters::TextSealer::of(work, id)?;
        Ok(sealer.text(work, "内部情况"))
    })
    .await
    .expect("sealed")
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_lose_and_repeat_nothing() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    for n in 0..7 {
        file(app, request(&format!("1380000000{n}"))).await;
    }
    let grants = person(Role::Intake, "c-office").grants;
    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let (grants, key) = (grants.clone(), after.clone());
        let page = app
            .read(move |snapshot, app| {
                matters::list(snapshot, app, &grants, &Filter::default(), key.as_deref(), 3)
            })
            .await
            .expect("lists");
        assert!(page.rows.len() <= 3);
        seen.extend(page.rows.into_iter().map(|row| row.number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    seen.sort();
    let all: Vec<String> = (1..=7).map(|n| format!("20220615000{n}")).collect();
    assert_eq!(seen, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_appellant_sees_units_and_never_notes_or_names() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800001234")).await;
    at_work(app, &receipt).await;
    acts(
        app,
        &person(Role::UnitLiaison, "x-power"),
        receipt.id,
        Command::Note { text: note(app, &receipt).await },
    )
    .await;
    let own = view(app, receipt.id, None).await.expect("own");
    assert_eq!(own.contact.phone, "13800001234");
    assert!(own.timeline.iter().all(|item| item.kind != "noted"));
    for item in &own.timeline {
        assert!(!matches!(&item.actor, ActorView::Unit { role: Some(_), .. }), "{item:?}");
    }
    let staff = view(app, receipt.id, Some(&person(Role::Intake, "c-office"))).await.expect("reads");
    assert!(staff.timeline.iter().any(|item| item.text.as_deref() == Some("内部情况")));
    assert_eq!(staff.contact.phone, "138****1234");
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_of_a_shielded_matter_see_a_pseudonym_and_the_redacted_text() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let shielded = matters::FileRequest { shielded: true, ..request("13800001234") };
        let receipt = file(app, shielded).await;
        let intake = person(Role::Intake, "c-office");
        act(app, intake.by(), receipt.id, |work, sealer| {
            Ok(Command::Redact {
                title: sealer.text(work, "用电报装"),
                text: sealer.text(work, "一家企业反映报装无回音。"),
            })
        })
        .await
        .expect("redacted");
        at_work(app, &receipt).await;
        let power = person(Role::UnitLiaison, "x-power");
        let seen = view(app, receipt.id, Some(&power)).await.expect("reads");
        assert!(seen.redacted && seen.contact.withheld);
        assert_eq!((seen.title.as_str(), seen.contact.name.as_str()), ("用电报装", "A-0001"));
        assert!(
            !format!("{seen:?}").contains("王先生") && !format!("{seen:?}").contains("充电"),
            "{engine:?}"
        );
        assert!(!seen.may(ActionCode::OpenContact, None));
        let row = app
            .read(move |snapshot, app| {
                matters::list(snapshot, app, &power.grants, &Filter::default(), None, 9)
            })
            .await
            .expect("lists");
        assert_eq!(row.rows[0].title, None);
        let office = view(app, receipt.id, Some(&intake)).await.expect("reads");
        assert!(office.text.contains("增容") && office.contact.withheld);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_learn_no_grade_before_the_matter_is_closed() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800001234")).await;
    let (top, leaf) = at_work(app, &receipt).await;
    to_result(app, &receipt, top, leaf).await;
    rate(app, receipt.id, Solved::No, Grade::VeryDissatisfied).await;
    let power = person(Role::UnitLiaison, "x-power");
    let seen = view(app, receipt.id, Some(&power)).await.expect("reads");
    assert!(seen.redo_pending && seen.ratings.is_empty());
    assert!(seen.timeline.iter().all(|item| item.kind != "rated"));
    let caller = view(app, receipt.id, Some(&person(Role::CallBack, "c-office"))).await.expect("reads");
    assert_eq!(caller.ratings.len(), 1);
}
