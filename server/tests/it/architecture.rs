//! The invariants of ARCHITECTURE.md that a compiler does not hold by itself.

use crate::support::{files, rust_files, workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Shelf of a crate; a crate may depend on lower shelves, never on its own or a higher
/// one, except where listed.
fn shelf(name: &str) -> u8 {
    match name {
        "tongxin-kernel" => 0,
        "tongxin-matters-rules" | "tongxin-search" => 1,
        "tongxin-store" => 1,
        "tongxin-print" => 1,
        "tongxin-platform" => 2,
        "tongxin-outward" | "tongxin-testkit" => 3,
        "tongxin-mail" => 4,
        "tongxin-network" => 4,
        "tongxin-identity" => 5,
        "tongxin-matters" | "tongxin-registers" => 6,
        "tongxin-knowledge" => 7,
        "tongxin-notices" => 8,
        "tongxin-administration"
        | "tongxin-appeals"
        | "tongxin-common-issues"
        | "tongxin-call-quality"
        | "tongxin-evaluation"
        | "tongxin-duty"
        | "tongxin-knowledge-pages"
        | "tongxin-register-pages"
        | "tongxin-reports"
        | "tongxin-statistics"
        | "tongxin-supervision"
        | "tongxin-accountability"
        | "tongxin-instructions"
        | "tongxin-tasks"
        | "tongxin-exchange"
        | "tongxin-webhooks" => 9,
        "tongxin-demo" => 10,
        "tongxin" => 11,
        "tongxin-bench" => 12,
        other => panic!("{other} stands on no shelf: add it to this test and to ARCHITECTURE.md"),
    }
}

/// Our crates and what they depend on (dev-dependencies apart).
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(workspace())
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let name = package["name"].as_str().expect("a name").to_owned();
            let needs = list(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
                .collect();
            (name, needs)
        })
        .collect()
}

#[test]
fn crates_point_down_only() {
    let all = dependencies();
    for (name, needs) in &all {
        for need in needs.iter().filter(|need| all.contains_key(*need)) {
            assert!(shelf(need) < shelf(name), "{name} depends on {need}, which does not stand below it");
        }
    }
}

#[test]
fn rules_know_nothing_but_the_kernel() {
    let all = dependencies();
    let io = [
        "tokio",
        "axum",
        "rusqlite",
        "tokio-postgres",
        "getrandom",
        "reqwest",
        "tongxin-store",
        "tongxin-platform",
    ];
    for pure in ["tongxin-kernel", "tongxin-matters-rules", "tongxin-search"] {
        for need in &all[pure] {
            assert!(!io.contains(&need.as_str()), "{pure} is pure and must not depend on {need}");
        }
    }
    for (file, text) in rust_files().filter(|(file, _)| file.contains("/rules/")) {
        for banned in ["platform::", "store::", "std::fs", "std::env", "async fn"] {
            assert!(!text.contains(banned), "{file}: rules are pure, but it says {banned}");
        }
    }
}

#[test]
fn only_the_store_knows_an_engine() {
    for (name, needs) in dependencies() {
        for engine in ["rusqlite", "tokio-postgres"] {
            let may = ["tongxin-store", "tongxin-testkit"].contains(&name.as_str());
            assert!(may || !needs.contains(engine), "{name} must not know {engine}");
        }
    }
}

#[test]
fn features_never_import_each_other() {
    let all = dependencies();
    let features = [
        "tongxin-administration",
        "tongxin-appeals",
        "tongxin-call-quality",
        "tongxin-common-issues",
        "tongxin-evaluation",
        "tongxin-duty",
        "tongxin-knowledge-pages",
        "tongxin-reports",
        "tongxin-register-pages",
        "tongxin-statistics",
        "tongxin-supervision",
        "tongxin-exchange",
        "tongxin-accountability",
        "tongxin-instructions",
        "tongxin-tasks",
        "tongxin-webhooks",
    ];
    for feature in features {
        for other in features.iter().filter(|other| **other != feature) {
            assert!(!all[feature].contains(*other), "{feature} imports {other}");
        }
    }
}

/// Looking for examples in documentation costs a run of its own in every crate: it is left out
/// where there are none, and only there.
#[test]
fn examples_in_documentation_are_run() {
    let mut examples = BTreeMap::<String, bool>::new();
    for (file, text) in files(".rs").filter(|(file, _)| !file.starts_with("fuzz/")) {
        if let Some((folder, _)) = file.split_once("/src/") {
            let shown = text.lines().any(|line| matches!(line.trim(), "/// ```" | "//! ```"));
            *examples.entry(folder.to_owned()).or_default() |= shown;
        }
    }
    for (folder, shown) in examples {
        let manifest = std::fs::read_to_string(workspace().join(&folder).join("Cargo.toml")).expect("reads");
        let run = !manifest.contains("doctest = false");
        assert_eq!(shown, run, "{folder}: `doctest = false` is for crates without examples");
    }
}

#[test]
fn there_is_one_write_path() {
    for (file, text) in rust_files() {
        let allowed = file.starts_with("crates/store/")
            || file == "crates/platform/src/act.rs"
            || file.starts_with("bench/");
        assert!(
            allowed || !text.contains("journal::append("),
            "{file} appends to the journal beside the write path"
        );
    }
}

#[test]
fn routes_are_added_with_their_permission_only() {
    for (file, text) in rust_files() {
        let platform = file.starts_with("crates/platform/src/");
        let test = file.starts_with("crates/testkit/");
        assert!(
            platform || test || !text.contains("axum::Router"),
            "{file}: routes are declared through platform::web::Routes"
        );
    }
}

/// Streams are told apart by their kind: two features with the same one would read each
/// other's entries.
#[test]
fn no_two_kinds_of_stream_have_the_same_name() {
    let mut kinds = BTreeMap::<String, String>::new();
    for (file, text) in rust_files().filter(|(file, _)| !file.contains("/tests/")) {
        for line in text.lines().filter(|line| line.contains("const KIND: &'static str = \"")) {
            let kind = line.split('"').nth(1).expect("a text").to_owned();
            if let Some(other) = kinds.insert(kind.clone(), file.clone()) {
                panic!("{file} and {other} both have streams of the kind {kind}");
            }
        }
    }
    assert!(kinds.len() > 10, "they are found: {kinds:?}");
}

#[test]
fn files_and_the_network_are_touched_in_few_places() {
    let may =
        ["crates/platform/", "crates/store/", "crates/outward/", "crates/testkit/", "server/", "bench/"];
    for (file, text) in rust_files().filter(|(file, _)| !may.iter().any(|place| file.starts_with(place))) {
        for banned in
            ["std::fs", "std::net", "std::process", "std::env", "tokio::net", "tokio::fs", "SystemTime"]
        {
            assert!(!text.contains(banned), "{file}: {banned} belongs to platform, store, outward or server");
        }
    }
}
