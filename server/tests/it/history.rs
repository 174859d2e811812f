//! Real cases of other cities' hotlines, taken over with their own calendar and time zone.
//! The files are no part of the product: without them these tests say so and pass.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A city of its own: a calendar, a time zone, an office and the units of the file.
struct City {
    folder: TempDir,
}

impl City {
    fn start(zone: &str, units: &BTreeMap<String, String>, office: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("city")).expect("a data folder");
        let settings = format!("zone = \"{zone}\"\nintake_office = \"{office}\"\n");
        std::fs::write(folder.path().join("city/tongxin.toml"), settings).expect("written");
        let calendar = fixture("us-calendar.toml").replace("America/Los_Angeles", zone);
        std::fs::write(folder.path().join("calendar.toml"), calendar).expect("written");
        let mut list = format!(
            "code,name,parent,level,kind\ncity,The City,,city,government\n{office},311,city,city,intake_office\n"
        );
        for (name, code) in units {
            writeln!(list, "{code},\"{}\",city,city,department", name.replace('"', "")).expect("a string");
        }
        std::fs::write(folder.path().join("units.csv"), list).expect("written");
        let city = Self { folder };
        city.says(&["import", "units", "units.csv", "--data", "city"]);
        city.says(&["publish", "calendar", "calendar.toml", "--data", "city"]);
        city
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongxin"));
        command.args(args).current_dir(self.folder.path());
        for name in ["TONGXIN_DATA", "TONGXIN_DATABASE", "TONGXIN_KEYS", "TONGXIN_MASTER_KEY"] {
            command.env_remove(name);
        }
        let output = command.output().expect("the binary runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).expect("UTF-8"))
    }

    fn says(&self, args: &[&str]) -> String {
        let (succeeded, said) = self.run(args);
        assert!(succeeded, "{args:?}: {said}");
        said
    }

    fn import(&self, file: &Path, more: &[&str]) -> (bool, String) {
        let file = file.to_str().expect("UTF-8");
        let common =
            ["import", "appeals", file, "--mapping", "mapping.toml", "--data", "city", "--lang", "en"];
        self.run(&[&common[..], more].concat())
    }

    fn figures(&self, as_of: &str) -> Value {
        serde_json::from_str(&self.says(&["figures", "--data", "city", "--as-of", as_of, "--json"]))
            .expect("JSON")
    }
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(path).expect("a fixture")
}

/// A file of the reference data; none where it is not at hand.
fn reference(name: &str) -> Option<PathBuf> {
    let Some(folder) = option_env("TONGXIN_REFERENCE_DATA") else {
        eprintln!("skipped: TONGXIN_REFERENCE_DATA is not set");
        return None;
    };
    Some(Path::new(&folder).join("hotline").join(name))
}

#[allow(clippy::disallowed_methods, reason = "where a developer keeps the reference data")]
fn option_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
fn ten_thousand_cases_of_san_francisco() {
    let Some(file) = reference("sf311_cases_10000.csv") else { return };
    let mut reader = csv::Reader::from_path(&file).expect("a CSV file");
    let head = reader.headers().expect("a head line").clone();
    let at = |name: &str| head.iter().position(|heading| heading == name).expect("a column");
    let (agency, opened, closed) = (at("agency"), at("opened"), at("closed"));
    let rows: Vec<_> = reader.records().map(|record| record.expect("well-formed")).collect();
    let backwards = rows.iter().filter(|row| !row[closed].is_empty() && row[closed] < row[opened]).count();
    let open = rows.iter().filter(|row| row[closed].is_empty()).count();
    let mut units = BTreeMap::new();
    for row in &rows {
        let next = format!("sf-{:03}", units.len() + 1);
        units.entry(row[agency].trim().to_owned()).or_insert(next);
    }
    let city = City::start("America/Los_Angeles", &units, "sf-311");
    let mut mapping = fixture("sf311.toml") + "[columns.unit.values]\n";
    // One agency is left out, as a mapping written by hand would forget one.
    let (forgotten, code) = units.iter().find(|(name, _)| name.contains("Recology")).expect("that agency");
    let orphans = rows.iter().filter(|row| row[agency].trim() == forgotten).count();
    for (name, unit) in units.iter().filter(|(name, _)| *name != forgotten) {
        writeln!(mapping, "{name:?} = \"{unit}\"").expect("a string");
    }
    std::fs::write(city.path("mapping.toml"), &mapping).expect("written");

    let (taken, said) = city.import(&file, &[]);
    assert!(!taken && said.contains("nothing was written"), "{said}");
    assert_eq!(city.figures("2016-12-31")["received"], 0);

    let copy = city.path("cases.csv");
    std::fs::copy(&file, &copy).expect("copied");
    let (taken, said) = city.import(&copy, &["--skip-bad"]);
    assert!(taken, "{said}");
    let errors = std::fs::read_to_string(city.path("cases.errors.csv")).expect("an error file");
    let reason = |words: &str| errors.lines().filter(|line| line.contains(words)).count();
    assert_eq!(reason("closed before it came in"), 129);
    assert_eq!(backwards, 129);
    let unmapped = reason("has no code for");
    assert!(unmapped > 0 && unmapped <= orphans, "{unmapped} of {orphans}");
    let good = 10_000 - backwards - unmapped;
    assert!(
        said.contains(&format!("10000 rows: {good} new, 0 changed, 0 unchanged, {} bad", 10_000 - good)),
        "{said}"
    );

    let figures = city.figures("2016-12-31");
    let count = |figures: &Value, key: &str| {
        figures[key].as_u64().unwrap_or_else(|| panic!("{key} is no count")) as usize
    };
    assert_eq!(count(&figures, "received"), good);
    assert_eq!(count(&figures, "accepted"), good);
    assert_eq!(count(&figures, "open") + count(&figures, "closed"), good);
    assert!(count(&figures, "open") <= open);
    // As of any day the figures are those of that day, by the cases' own dates.
    let day = "2012-06-30";
    let by_then =
        |row: &csv::StringRecord, column: usize| !row[column].is_empty() && &row[column][..10] <= day;
    let is_good = |row: &&csv::StringRecord| {
        row[agency].trim() != forgotten && (row[closed].is_empty() || row[closed] >= row[opened])
    };
    let received = rows.iter().filter(is_good).filter(|row| by_then(row, opened)).count();
    let done = rows.iter().filter(is_good).filter(|row| by_then(row, closed)).count();
    let figures = city.figures(day);
    assert_eq!((count(&figures, "received"), count(&figures, "closed")), (received, done));

    // The forgotten agency is added and the error file imported: its rows are new, the rest stays bad.
    writeln!(mapping, "{forgotten:?} = \"{code}\"").expect("a string");
    std::fs::write(city.path("mapping.toml"), &mapping).expect("written");
    let (taken, said) = city.import(&city.path("cases.errors.csv"), &["--skip-bad"]);
    assert!(
        taken && said.contains(&format!("{unmapped} new, 0 changed, 0 unchanged, {backwards} bad")),
        "{said}"
    );
    city.says(&["doctor", "--data", "city"]);
    city.says(&["rebuild", "--check", "--data", "city"]);
}

#[test]
fn bostons_deadlines_beside_ours() {
    let Some(file) = reference("boston311_100.csv") else { return };
    let names = ["pwd", "btd", "isd", "info", "park", "prop", "gen"];
    let units = names.iter().map(|name| (format!("Boston {name}"), format!("bos-{name}"))).collect();
    let city = City::start("America/New_York", &units, "bos-311");
    std::fs::write(city.path("mapping.toml"), fixture("boston311.toml")).expect("written");
    let (taken, said) = city.import(&file, &["--compare", "compare.csv"]);
    assert!(taken && said.contains("100 rows: 100 new"), "{said}");
    // Eleven cases have no deadline; all others are judged as the city judged them.
    assert!(said.contains("by its own deadline as we count it: the same for 89 of 89"), "{said}");
    let mut reader = csv::Reader::from_path(city.path("compare.csv")).expect("a CSV file");
    assert_eq!(reader.records().count(), 100);
    let (taken, said) = city.import(&file, &[]);
    assert!(taken && said.contains("0 new, 0 changed, 100 unchanged, 0 bad"), "{said}");
}
