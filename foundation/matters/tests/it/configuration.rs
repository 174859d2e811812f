//! Documents of the configuration: versions by effective date, drafts, who may publish.

use crate::support::{act, city, file, person, request};
use kernel::AreaId;
use kernel::permission::Role;
use matters::categories;
use matters::configuration::{self, Change, Document};
use matters_rules::command::Accept;
use matters_rules::{Command, Urgency};
use platform::{App, By, Failure};
use store::journal;
use testkit::{Engine, TestApp};
use tongxin_matters as matters;

async fn change(
    app: &App,
    by: By,
    document: Document,
    expected: Option<i64>,
    change: Change,
) -> Result<(), Failure> {
    app.write(move |work| configuration::act(work, &by, document, expected, change.clone()).map(drop)).await
}

fn publish(toml: String) -> Change {
    Change::Publish { toml, note: "试行".into() }
}

/// The delivered categories as version 2, with ENE-02 retired and the first one renamed.
fn second_version(from: &str) -> String {
    categories::DEFAULT
        .replacen("version = 1", "version = 2", 1)
        .replacen("2022-01-01", from, 1)
        .replacen("zh = \"供水与水压\"", "retired = true\nzh = \"供水与水压\"", 1)
        .replacen("用电报装增容与供电可靠性", "用电报装", 1)
}

async fn today(test: &TestApp) -> std::sync::Arc<categories::Categories> {
    test.app.read(|snapshot, app| categories::in_force(snapshot, app)).await.expect("reads")
}

fn refused(outcome: Result<(), Failure>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_holds_from_its_date_and_old_matters_keep_their_names() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let old = file(app, crate::support::request("13800001234")).await;
        let head = person(Role::ShiftHead, "c-office").by();
        change(app, head.clone(), Document::Categories, None, publish(second_version("2022-06-20")))
            .await
            .expect("published");
        assert_eq!(today(&test).await.version, 1, "{engine:?}: not yet");

        test.at("2022-06-20T09:00:00+08:00");
        let list = today(&test).await;
        assert_eq!((list.version, list.offered().count()), (2, 108));
        assert!(list.get("ENE-02").is_some_and(|category| category.retired));
        let view = crate::support::view(app, old.id, None).await.expect("own");
        assert_eq!(view.category.expect("chosen").1.zh, "用电报装", "names are today's");

        let mut retired = request("13800001235");
        retired.category = Some("ENE-02".into());
        let outcome = app.write(move |work| matters::file(work, &By::Public, &retired).map(drop)).await;
        assert_eq!(refused(outcome), "category-not-offered");

        let versions = app
            .read(|snapshot, _| configuration::versions(snapshot, Document::Categories))
            .await
            .expect("reads");
        let told: Vec<_> = versions.iter().map(|v| (v.version.as_str(), v.effective_from.as_str())).collect();
        assert_eq!(told, [("2", "2022-06-20"), ("1", "2022-01-01")]);
        assert_eq!(versions[0].actor.account(), Some(person(Role::ShiftHead, "c-office").account));
        assert_eq!(versions[0].note, "试行");
        crate::support::assert_rebuilt_alike(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_may_keep_a_retired_category_and_none_is_chosen_anew() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let mut water = request("13800001234");
    water.category = Some("ENE-02".into());
    let old = file(app, water).await;
    change(app, By::Operator, Document::Categories, None, publish(second_version("2022-06-15")))
        .await
        .expect("published");
    assert_eq!(refused(accept_as(app, old.id, "NO-01").await), "category-not-offered");
    accept_as(app, old.id, "ENE-02").await.expect("it has it already");
}

async fn accept_as(app: &App, id: kernel::MatterId, category: &'static str) -> Result<(), Failure> {
    let by = person(Role::Intake, "c-office").by();
    act(app, by, id, move |work, sealer| {
        Ok(Command::Accept(Accept {
            urgency: Urgency::General,
            natural_time: true,
            category: category.into(),
            demands: vec![sealer.text(work, "恢复供水")],
        }))
    })
    .await
    .map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_publish_and_what() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let text = second_version("2022-06-15");
    let by = |role, unit: &str| person(role, unit).by();
    let publishing = |by: By| change(app, by, Document::Categories, None, publish(text.clone()));
    for (role, unit) in [
        (Role::Dispatcher, "c-office"),
        (Role::ShiftHead, "x-platform"),
        (Role::UnitHead, "x-power"),
        (Role::AdminSecurity, "cc"),
    ] {
        let outcome = publishing(by(role, unit)).await;
        assert!(matches!(outcome, Err(Failure::NotPermitted)), "{role:?} of {unit}: {outcome:?}");
    }
    let draft = Change::Draft { toml: "noch nicht fertig".into(), note: String::new() };
    change(app, by(Role::Dispatcher, "c-office"), Document::Categories, Some(1), draft.clone())
        .await
        .expect("a dispatcher drafts");
    let late = change(app, by(Role::ShiftHead, "c-office"), Document::Categories, Some(1), draft).await;
    assert!(matches!(late, Err(Failure::Stale)), "someone was quicker: {late:?}");
    let kept = app.read(|snapshot, _| configuration::draft(snapshot, Document::Categories)).await;
    assert_eq!(kept.expect("reads").expect("kept").toml, "noch nicht fertig");

    let head = || by(Role::ShiftHead, "c-office");
    let outcome = |text: String| change(app, head(), Document::Categories, None, publish(text));
    assert_eq!(refused(outcome(second_version("2022-06-14")).await), "document-predates");
    assert_eq!(refused(outcome(text.replacen("version = 2", "version = 1", 1)).await), "version-not-new");
    let one = text.find("[[category]]").expect("a category");
    let two = one + 1 + text[one + 1..].find("[[category]]").expect("another");
    let without_first = format!("{}{}", &text[..one], &text[two..]);
    assert_eq!(refused(outcome(without_first).await), "document-removes");
    publishing(head()).await.expect("the office's shift head publishes");
    let kept = app.read(|snapshot, _| configuration::draft(snapshot, Document::Categories)).await;
    assert!(kept.expect("reads").is_none(), "published: the draft is settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_routing_table_finds_units_by_name_level_and_place() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let found = test
            .app
            .read(|snapshot, app| {
                let table = matters::routing::in_force(snapshot, app)?;
                let power = table.department("供电").expect("known by its other name").clone();
                assert!(power.vertical);
                let owner = table.department("产权单位").expect("known");
                assert!(owner.role && !owner.note.zh.is_empty());
                let county = matters::configuration::Department { vertical: false, ..power.clone() };
                let codes = |units: Vec<network::UnitRow>| {
                    units.into_iter().map(|unit| unit.code.0).collect::<Vec<_>>()
                };
                use network::Level::{City, County};
                Ok((
                    codes(matters::routing::units_of(snapshot, &power, County, None)?),
                    codes(matters::routing::units_of(snapshot, &county, County, None)?),
                    codes(matters::routing::units_of(snapshot, &county, City, None)?),
                    codes(matters::routing::units_of(
                        snapshot,
                        &county,
                        County,
                        Some(&AreaId::from("430000")),
                    )?),
                ))
            })
            .await
            .expect("reads");
        let none: [&str; 0] = [];
        assert_eq!(found.0, none, "{engine:?}: a vertical body is the city's, and this city has none");
        assert_eq!(found.1, ["x-power", "y-power"]);
        assert_eq!(found.2, none);
        assert_eq!(found.3, none, "no unit of this network serves that place");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_published_before_other_documents_existed_still_read() {
    let test = city(Engine::Sqlite).await;
    let bodies = test
        .app
        .read(|snapshot, _| Ok(journal::load(snapshot, "procedure:appeal", 0)?))
        .await
        .expect("reads");
    let old = bodies[0].body.replace(",\"note\":\"\"", "");
    assert!(!old.contains("note\":"));
    serde_json::from_str::<configuration::ConfigurationEvent>(&old).expect("an older entry");
}
