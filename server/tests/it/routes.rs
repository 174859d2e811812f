//! Which route demands what: one reviewed list, `routes.snap.md` beside this file.

use crate::support::{city, signed_in, workspace};
use kernel::permission::Role;
use platform::web::Routes;
use platform::web::openapi::with_document;
use std::fmt::Write;
use testkit::Engine;
use tongxin::features;

#[test]
fn the_list_of_routes_and_permissions_is_the_reviewed_one() {
    let all = features::all().into_iter().fold(Routes::new(), |all, feature| all.merge(feature.routes));
    let mut rows: Vec<String> = with_document(all)
        .declared()
        .iter()
        .map(|route| format!("| {} | `{}` | {} |", route.method, route.path, route.access.describe()))
        .collect();
    rows.sort_by_key(|row| row.split('|').nth(2).map(str::to_owned));
    let mut text =
        String::from("# Routes and what they demand\n\n| method | path | demands |\n|---|---|---|\n");
    for row in rows {
        writeln!(text, "{row}").expect("a String takes any write");
    }
    let path = workspace().join("server/tests/it/routes.snap.md");
    #[expect(clippy::disallowed_methods, reason = "the one switch of this test")]
    if std::env::var("UPDATE_SNAPSHOTS").is_ok() {
        std::fs::write(&path, &text).expect("a writable folder");
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(reviewed == text, "routes changed; review, then run with UPDATE_SNAPSHOTS=1:\n{text}");
}

/// The one page on which a browser may record.
const RECORDS: &str = "/instructions/new";

#[tokio::test]
async fn only_the_page_that_records_may_ask_for_the_microphone() {
    let test = city(Engine::Sqlite).await;
    let all = features::all().into_iter().fold(Routes::new(), |all, feature| all.merge(feature.routes));
    // A stream of news has no end that a test could wait for.
    let pages: Vec<String> = with_document(all)
        .declared()
        .iter()
        .filter(|route| route.method == "GET" && !route.path.contains('{') && !route.path.ends_with("/live"))
        .map(|route| route.path.to_owned())
        .collect();
    assert!(pages.len() > 100 && pages.iter().any(|page| page == RECORDS), "{pages:?}");
    for role in [Role::Clerk, Role::ShiftHead, Role::AdminSystem] {
        let browser = signed_in(&test, role, demo::cast::CITY).await;
        for page in &pages {
            let answer = browser.get(page).await;
            let policy = answer.headers.get("permissions-policy").and_then(|policy| policy.to_str().ok());
            let records = page == RECORDS && answer.status.is_success();
            let microphone = if records { "microphone=(self)" } else { "microphone=()" };
            let policy = policy.unwrap_or_else(|| panic!("{page} says no policy: {}", answer.status));
            assert!(policy.contains(microphone) && policy.contains("camera=()"), "{page}: {policy}");
            assert_eq!(records, page == RECORDS && role == Role::Clerk, "who records is a clerk");
        }
    }
}
