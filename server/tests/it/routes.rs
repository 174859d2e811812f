//! Which route demands what: one reviewed list, `routes.snap.md` beside this file.

use crate::support::workspace;
use platform::web::Routes;
use platform::web::openapi::with_document;
use std::fmt::Write;
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
