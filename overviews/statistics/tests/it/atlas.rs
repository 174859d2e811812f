//! The city at a glance: areas shaded by matters, by assignments of units, by records.

use crate::support::*;
use kernel::UnitId;
use platform::By;
use testkit::Browser;

async fn site(test: &testkit::TestApp) -> uuid::Uuid {
    registers::seed(&test.app).await.expect("defined");
    let create = test.app.write(|work| {
        let app = work.app();
        let definition = registers::read::in_force(work.tx, app, "sites")?.expect("delivered");
        let typed =
            [("name", "甲一村"), ("kind", "village"), ("area", "431302001"), ("place", "112.5, 27.5")];
        let values = registers::read_values(work.tx, &definition, typed)?.expect("they read");
        let values = values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
        registers::create(work, &By::Operator, "sites", UnitId::from("xx"), values)
    });
    create.await.expect("recorded")
}

async fn shown(city: &Browser, query: &str) -> String {
    let page = city.get(&format!("/map{query}")).await;
    assert_eq!(page.status, 200, "{query} {}", page.body);
    page.body
}

#[tokio::test(flavor = "multi_thread")]
async fn areas_are_shaded_by_matters_and_open_to_their_rows() {
    let (test, _) = city().await;
    let site = site(&test).await;
    accepted_in(&test.app, "ENE-01", "431302001").await;
    let city = test.browser().with_header("authorization", "Bearer token");
    let table = shown(&city, "?figure=accepted").await;
    assert!(
        !table.contains("<svg class=\"map\"") && table.contains("甲县"),
        "without boundaries a table: {table}"
    );

    with_map(&test.app).await;
    let page = shown(&city, "?figure=accepted&over=open.matters").await;
    let rows = "/statistics/rows?cell=accepted&#38;by=area&#38;key=431302&#38;below=1";
    assert!(page.contains("<svg class=\"map\"") && page.matches(rows).count() >= 2, "map and table: {page}");
    assert!(
        page.contains("class=\"map-bubble\"") && page.contains("cell=open"),
        "open matters lie over it: {page}"
    );
    assert!(page.contains("乙县"), "an area without matters keeps its name");

    let records = shown(&city, "?figure=register.sites&over=sites").await;
    assert!(records.contains("/registers/sites/map?in=431302"), "{records}");
    assert!(
        records.contains(&format!("<a class=\"map-pin\" href=\"/registers/sites/records/{site}\"")),
        "{records}"
    );
    for query in [
        "?figure=unit.on_time",
        "?figure=unit.assignments&from=2022-06-01",
        "?figure=satisfied&lang=en",
        "?figure=faith&over=faith",
    ] {
        shown(&city, query).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_no_registers_is_offered_none() {
    let (test, duty) = city().await;
    site(&test).await;
    let city = test.browser().with_header("authorization", "Bearer token");
    assert!(shown(&city, "").await.contains("value=\"register.sites\""));
    let reads = kernel::permission::Role::ALL.iter().copied().find(|role| {
        kernel::permission::may_ever(*role, kernel::permission::Permission::FiguresRead)
            && !kernel::permission::may_ever(*role, kernel::permission::Permission::RegisterRead)
    });
    if let Some(role) = reads {
        duty.relieve(person_as(role, "cc/"));
        let page = shown(&city, "?figure=register.sites&over=sites").await;
        assert!(!page.contains("value=\"register.sites\""), "{page}");
    }
}
