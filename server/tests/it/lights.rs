//! Lights wherever a matter or an assignment stands in a list: computed when the page is asked for,
//! of unsigned work too, and grossly late told apart from late.

use crate::inbox::assigned;
use crate::support::{city, on_both_engines, person, signed_in};
use axum::http::StatusCode;
use demo::cast::{CITY, OFFICE};
use kernel::permission::Role;
use kernel::{MatterId, NodeId};
use matters::TextSealer;
use matters_rules::{Command, NodeRole};
use testkit::{Browser, Engine, TestApp};

const LEAD: &str = "ld-zj";
const LATE: &str = "2026-12-01T03:00:00Z";

on_both_engines! {
    everywhere_on_sqlite, everywhere_on_postgres => every_list_shows_the_lights_of_what_is_late;
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// What a page says of a matter: the row, list entry or article that names it.
fn said_of(page: &str, matter: MatterId) -> Vec<String> {
    let rows = page.split("<tr").flat_map(|part| part.split("<li"));
    rows.filter(|row| row.contains(&matter.to_string())).map(str::to_owned).collect()
}

async fn every_list_shows_the_lights_of_what_is_late(test: TestApp) {
    let (matter, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let tick = format!("{matter}:{}", nodes[0]);
    asks_for_termination(&test, matter).await;
    test.catch_up().await;
    test.at(LATE);
    let slip = format!("/desk/slips/drafts?assignment={tick}");
    let group = format!("/common-issues/new?assignment={tick}");
    let lists: [(Role, &str, &[&str]); 6] = [
        (Role::UnitLiaison, LEAD, &["/desk?tab=to_sign", "/search?q=路灯"]),
        (Role::UnitHead, LEAD, &["/desk?tab=to_sign", "/desk/supervision?view=late"]),
        (Role::Dispatcher, OFFICE, &["/desk?tab=in_progress", "/desk?tab=all", "/search?q=路灯"]),
        (
            Role::ShiftHead,
            OFFICE,
            &["/desk/supervision/rules/run", "/desk?tab=in_progress", "/desk/duty/handovers/new"],
        ),
        (
            Role::Supervisor,
            CITY,
            &["/desk/supervision?view=late", "/desk/supervision?view=unsigned", &slip, &group],
        ),
        (Role::Leader, CITY, &["/desk?tab=in_progress", "/desk/supervision?view=all"]),
    ];
    for (role, unit, paths) in lists {
        let browser = signed_in(&test, role, unit).await;
        for path in paths {
            let rows = said_of(&page(&browser, path).await, matter);
            let lit = |row: &String| row.contains("light light-red") || row.contains("light light-gross");
            assert!(rows.iter().any(lit), "{role:?} {path}: {rows:?}");
        }
    }
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let rows = page(&leader, "/statistics/rows?cell=open&as_of=2026-12-01").await;
    assert!(said_of(&rows, matter).iter().any(|row| row.contains("light light-")), "{rows}");
}

async fn asks_for_termination(test: &TestApp, matter: MatterId) {
    let dispatcher = person(&test.app, Role::Dispatcher, OFFICE).await;
    let asked = test.app.write(move |work| {
        let reason = TextSealer::of(work, matter)?.text(work, "诉求人失联");
        let command = Command::RequestTermination { ground: "beyond_reach".into(), reason };
        matters::act(work, &dispatcher, matter, None, &command).map(drop)
    });
    asked.await.expect("asked for");
}

/// What the unit's inbox says of the light of signing.
async fn signing(test: &TestApp, matter: MatterId, colour: &str) -> bool {
    let liaison = signed_in(test, Role::UnitLiaison, LEAD).await;
    let rows = said_of(&page(&liaison, "/desk?tab=to_sign").await, matter);
    let wanted = format!("light light-{colour}");
    let cells = rows.iter().filter_map(|row| row.split("row-signing").nth(1)?.split("</span>").next());
    cells.into_iter().any(|cell| cell.contains(&wanted))
}

#[tokio::test]
async fn work_that_nobody_signs_ages_from_green_to_gross() {
    let test = city(Engine::Sqlite).await;
    let (matter, nodes): (MatterId, Vec<NodeId>) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    // Given on Wednesday the 18th with a day to sign: until the end of the 19th.
    for (now, colour) in [
        ("2026-11-18T01:40:00Z", "green"),
        ("2026-11-19T08:30:00Z", "yellow"),
        ("2026-11-20T02:00:00Z", "red"),
        ("2026-12-30T03:00:00Z", "gross"),
    ] {
        test.at(now);
        assert!(signing(&test, matter, colour).await, "{colour} at {now}");
    }
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let seen = page(&liaison, &format!("/matters/{matter}/nodes/{}", nodes[0])).await;
    assert!(seen.contains("light light-gross") && seen.contains("严重 逾期"), "{seen}");
    let gross = page(&liaison, "/desk?tab=to_sign&light=gross").await;
    assert!(gross.contains(&matter.to_string()), "and it is found by it: {gross}");
    // Signed, the light of signing is gone; the work's own stays.
    let by = person(&test.app, Role::UnitLiaison, LEAD).await;
    let node = nodes[0];
    let signed =
        test.app.write(move |work| matters::act(work, &by, matter, None, &Command::Sign { node }).map(drop));
    signed.await.expect("signed");
    let working = said_of(&page(&liaison, "/desk?tab=working").await, matter);
    assert!(working.iter().any(|row| row.contains("light light-gross") && !row.contains("row-signing")));
}
