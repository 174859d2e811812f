//! The words around the rules: every refusal is listed and has its sentence, every code its
//! label, in both languages; an event's kind is the tag it is journaled with.

use crate::support::Scenario;
use crate::support::commands::*;
use matters_rules::authority::Granting;
use matters_rules::enterprise::{Basis, RevocationReason};
use matters_rules::kind::Medium;
use matters_rules::refusals::ALL_CODES;
use matters_rules::sampling::Size;
use matters_rules::state::NodeState;
use matters_rules::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const LOCALES: [&str; 2] = ["zh-CN", "en"];

#[test]
fn every_refusal_in_the_sources_is_listed_and_every_listed_one_is_used() {
    let used = codes_in_sources();
    let listed: BTreeSet<String> = ALL_CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(listed.len(), ALL_CODES.len(), "listed twice");
    assert!(ALL_CODES.is_sorted(), "in alphabetical order");
    let kebab: BTreeSet<String> = used.iter().filter(|code| code.contains('-')).cloned().collect();
    assert_eq!(kebab.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "used and not listed");
    assert_eq!(listed.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "listed and not used");
}

#[test]
fn every_refusal_has_its_sentence_in_both_languages() {
    let wanted: BTreeSet<String> = ALL_CODES.iter().map(|code| format!("refusal-{code}")).collect();
    for locale in LOCALES {
        assert_eq!(keys(locale, "refusals.ftl"), wanted, "{locale}");
    }
}

#[test]
fn sentences_in_both_languages_have_the_same_placeholders() {
    let [zh, en] = LOCALES.map(placeholders);
    assert_eq!(zh, en);
}

#[test]
fn every_code_has_its_label_in_both_languages() {
    let mut wanted = BTreeSet::new();
    macro_rules! labels {
        ($($codes:ident),+) => { $(wanted.extend($codes::ALL.iter().map(|code| code.key().to_owned()));)+ };
    }
    labels!(
        AppealType,
        Channel,
        ExpressLine,
        Salutation,
        OnBehalf,
        Consent,
        EmergencyService,
        InvalidCall,
        Urgency,
        NodeRole,
        Outcome,
        ClosingType,
        Solved,
        Grade,
        DeclineGround,
        ContactPurpose,
        ContactWay,
        IntervalKind,
        CallOutcome,
        RatedBy,
        ActionCode,
        MatterKind,
        Medium,
        PressureKind,
        Finding,
        Lack,
        TimerKind,
        RoutingReason,
        Measure,
        Addressee,
        Colour,
        Basis,
        RevocationReason,
        Size,
        Granting
    );
    use Phase as P;
    for phase in [
        P::None,
        P::Registered,
        P::Declined,
        P::LeftEarly,
        P::Accepted,
        P::Merged,
        P::Assigned,
        P::CallBack,
        P::Verification,
        P::Redo,
        P::Closed,
        P::Archived,
    ] {
        wanted.insert(format!("phase-{}", phase.code()));
    }
    use NodeState as N;
    for state in
        [N::Unsigned, N::Working, N::Submitted, N::SignedOff, N::Approved, N::Reassigned, N::Released]
    {
        wanted.insert(format!("node-state-{}", state.code()));
    }
    for locale in LOCALES {
        assert_eq!(keys(locale, "codes.ftl"), wanted, "{locale}");
    }
}

#[test]
fn an_events_kind_is_its_tag_and_it_reads_back() {
    let mut s = Scenario::passed_on();
    let node = s.node_id("x-fgj");
    s.does("x-fgj-liaison", ask_extension(node, 2));
    s.completes("x-fgj", "x-pt-head").reviews("dispatcher", "x-pt", true);
    s.does("appellant", rate("no", "dissatisfied"))
        .does("call-back", decide_redo(true))
        .does("appellant", withdraw());
    for entry in &s.entries {
        let json = serde_json::to_value(&entry.event).expect("an event serializes");
        assert_eq!(json["type"], entry.event.kind());
        let read: Event = serde_json::from_value(json.clone()).expect("and reads back");
        assert_eq!(serde_json::to_value(read).expect("again"), json);
    }
}

fn codes_in_sources() -> BTreeSet<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> =
        ["answer.rs", "results.rs", "standing.rs"].map(|file| src.join(file)).into();
    let decide = fs::read_dir(src.join("decide")).expect("the verbs");
    files.extend(decide.map(|entry| entry.expect("an entry").path()));
    let mut found = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let rules = text.split("#[cfg(test)]").next().unwrap_or_default();
        found.extend(rules.split('"').skip(1).step_by(2).filter(|word| is_code(word)).map(str::to_owned));
    }
    // Codes of endings stand there too: what is refused is what a refusal is made of.
    let reception = fs::read_to_string(src.join("reception.rs")).expect("a source");
    let refused = reception.split("Refusal::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.extend(refused.map(str::to_owned));
    let sampling = fs::read_to_string(src.join("sampling.rs")).expect("a source");
    let refused = sampling.split("Refusal::field(").skip(1).filter_map(|rest| rest.split('"').nth(3));
    found.extend(refused.map(str::to_owned));
    found
}

fn is_code(word: &str) -> bool {
    !word.is_empty()
        && word.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()))
}

fn messages(locale: &str, file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(locale).join(file);
    let text = fs::read_to_string(path).expect("a locale file");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| line.split_once(" = ").unwrap_or_else(|| panic!("{locale}/{file}: {line}")))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn keys(locale: &str, file: &str) -> BTreeSet<String> {
    let messages = messages(locale, file);
    let keys: BTreeSet<String> = messages.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys.len(), messages.len(), "{locale}/{file}: a key stands twice");
    keys
}

fn placeholders(locale: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<_> = messages(locale, "refusals.ftl")
        .into_iter()
        .map(|(key, value)| {
            let names =
                value.split("{ $").skip(1).filter_map(|rest| rest.split(" }").next()).map(str::to_owned);
            (key, names.collect())
        })
        .collect();
    found.sort();
    found
}
