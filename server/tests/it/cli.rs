//! The commands of the shell, as an operator types them.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn tongxin(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongxin"));
    command.args(args).current_dir(folder).env("TONGXIN_DEMO_PASSWORD", "cli-test-password");
    for name in ["TONGXIN_DATA", "TONGXIN_DATABASE", "TONGXIN_KEYS", "TONGXIN_MASTER_KEY"] {
        command.env_remove(name);
    }
    command.output().expect("the binary runs")
}

fn says(folder: &Path, args: &[&str]) -> String {
    let output = tongxin(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&says(folder, args)).expect("JSON")
}

#[test]
fn a_mistyped_folder_is_told_and_not_made() {
    let folder = TempDir::new().expect("a temporary folder");
    for command in [&["figures"][..], &["doctor"], &["rebuild", "--check"], &["backup", "b"], &["rotate-key"]]
    {
        let output = tongxin(folder.path(), &[command, &["--data", "nowhere"]].concat());
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("check --data"), "{command:?}");
        assert!(!folder.path().join("nowhere").exists(), "{command:?} made a folder");
    }
}

#[test]
fn a_limit_is_computed_and_explained() {
    let folder = TempDir::new().expect("a temporary folder");
    let due =
        json(folder.path(), &["calendar", "due", "--from", "2022-04-01", "--working-days", "3", "--json"]);
    assert_eq!(due["due_date"], "2022-04-07");
    assert_eq!(due["skipped"][0]["name"], "清明节");
    let hours = ["calendar", "due", "--at", "2022-04-01T16:40", "--working-hours", "4", "--json"];
    assert_eq!(json(folder.path(), &hours)["due_at"], "2022-04-02T11:40:00+08:00");
}

#[test]
fn the_demo_is_backed_up_and_restored_with_the_same_figures() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = folder.path();
    says(at, &["demo", "--data", "city", "--no-serve"]);
    let figures = json(at, &["figures", "--data", "city", "--json"]);
    let count = |key: &str| figures[key].as_u64().unwrap_or_else(|| panic!("{key} is no count"));
    let (received, accepted) = (count("received"), count("accepted"));
    assert!(received > 30, "{received}");
    assert_eq!(received, accepted + count("declined") + count("left_before_acceptance") + count("pending"));
    let disposed = ["answered_directly", "assigned", "unassigned", "merged", "left_before_assignment"];
    assert_eq!(accepted, disposed.iter().map(|key| count(key)).sum::<u64>());
    assert_eq!(accepted, count("closed") + count("open"));

    says(at, &["backup", "kept", "--data", "city"]);
    let without_key = tongxin(at, &["restore", "kept", "--data", "other"]);
    assert!(!without_key.status.success(), "a backup opens without its key");
    says(at, &["restore", "kept", "--data", "again", "--keys", "city.keys"]);
    let again = json(at, &["figures", "--data", "again", "--keys", "city.keys", "--json"]);
    assert_eq!(again, figures);
    for check in [&["doctor"][..], &["rebuild", "--check"]] {
        says(at, &[check, &["--data", "again", "--keys", "city.keys"]].concat());
    }
    says(at, &["rotate-key", "--data", "city"]);
    says(at, &["doctor", "--data", "city"]);
}

#[test]
fn a_configuration_is_handed_on_and_taken_over() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = folder.path();
    for place in ["here", "there"] {
        says(at, &["accounts", "create", "zb.yi", "值班长", "--data", place]);
    }
    says(at, &["config", "export", "delivered.toml", "--data", "there"]);
    says(at, &["config", "export", "all.toml", "--data", "here"]);
    says(at, &["config", "export", "all", "--data", "here"]);
    assert!(
        !tongxin(at, &["config", "export", "all", "--data", "here"]).status.success(),
        "nothing is overwritten"
    );

    let categories = at.join("all/categories-001.toml");
    let text = std::fs::read_to_string(&categories).expect("written");
    let renamed = text.replacen("version = 1", "version = 2", 1).replacen("供水与水压", "供水", 1);
    let list = at.join("all/configuration.toml");
    let known = std::fs::read_to_string(&list).expect("written");
    std::fs::write(at.join("all/categories-002.toml"), &renamed).expect("writes");
    let more = "\n[[version]]\ndocument = \"categories\"\nversion = \"2\"\nnote = \"改名\"\nfile = \"categories-002.toml\"\n";
    std::fs::write(&list, format!("{known}{more}")).expect("writes");

    let dry = says(at, &["config", "import", "all", "--dry-run", "--data", "there"]);
    assert!(dry.contains("would publish categories 2") && dry.contains("供水与水压 → 供水"), "{dry}");
    assert!(dry.contains("category · ENE-02 供水 · zh"), "{dry}");
    let again = says(at, &["config", "import", "all", "--dry-run", "--data", "there"]);
    assert_eq!(dry, again, "a dry run leaves everything as it was");
    let done = says(at, &["config", "import", "all", "--data", "there"]);
    assert!(done.contains("published categories 2") && done.contains("1 new"), "{done}");
    assert!(says(at, &["config", "import", "all", "--data", "there"]).contains("0 new"));

    says(at, &["config", "export", "round.toml", "--data", "there"]);
    says(at, &["config", "import", "round.toml", "--data", "here"]);
    says(at, &["config", "export", "back", "--data", "here"]);
    assert_eq!(std::fs::read_to_string(at.join("back/categories-002.toml")).expect("written"), renamed);

    std::fs::write(at.join("all/categories-002.toml"), renamed.replacen("供水", "用水", 1)).expect("writes");
    let output = tongxin(at, &["config", "import", "all", "--data", "there"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("categories") && said.contains("已发布的版本不能改写"), "{said}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test's environment is its configuration")]
fn what_suggestions_are_worth_is_what_the_document_says() {
    let Ok(data) = std::env::var("TONGXIN_REFERENCE_DATA") else {
        eprintln!("skipped: TONGXIN_REFERENCE_DATA is not set");
        return;
    };
    let folder = TempDir::new().expect("a temporary folder");
    let measured = says(folder.path(), &["suggestions", &format!("{data}/appeals_sample.jsonl")]);
    let document = crate::support::workspace().join("docs/suggestions.md");
    let document = std::fs::read_to_string(document).expect("the document");
    assert_eq!(measured, document, "write it anew: tongxin suggestions FILE > docs/suggestions.md");
    assert!(!measured.contains("these data choose"), "the thresholds are those the data choose: {measured}");
}
