//! The latest imports of a register beside its form: what each came to, and which was interrupted.

use crate::show;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use registers::read::imports::{self, Imported};
use registers::read::names::Names;
use registers::rules::import::Progress;
use std::collections::BTreeMap;

/// Imports shown.
const SHOWN: i64 = 10;

/// An import in words.
pub(super) struct Told {
    pub file: String,
    pub who: String,
    pub unit: String,
    pub begun: String,
    /// How many rows of how many were gone through.
    pub rows: String,
    pub counts: [(String, String); 4],
    pub state: String,
    pub tone: &'static str,
    /// What to do about one that was interrupted; else empty.
    pub advice: String,
}

/// The latest imports that this reader may know of.
pub(super) async fn latest(staff: &Staff, page: &Page, register: &str) -> Result<Vec<Told>, Failure> {
    let (grants, register, locale) = (staff.person.grants.clone(), register.to_owned(), page.locale());
    let (found, people, names) = staff
        .app
        .read(move |q, _| {
            let found = imports::latest(q, &register, &grants, SHOWN)?;
            let mut people = BTreeMap::new();
            for account in found.iter().filter_map(|one| one.actor.account()) {
                if let Some(row) = identity::read::account(q, account)? {
                    people.insert(account, row.named(locale).to_owned());
                }
            }
            let units = found.iter().map(|one| one.unit.as_str());
            let names = Names::of(q, std::iter::empty(), units, locale)?;
            Ok((found, people, names))
        })
        .await?;
    let now = staff.app.now();
    let told = |one: &Imported| {
        let progress = one.progress(now);
        let count = |key: &str, count: u32| (page.t(&format!("register-report-{key}")), page.number(count));
        let through = one.counts.rows();
        Told {
            file: if one.file.is_empty() { page.t("register-file") } else { one.file.clone() },
            who: one.actor.account().and_then(|account| people.get(&account).cloned()).unwrap_or_default(),
            unit: names.unit(&one.unit, show::english(page)),
            begun: page.datetime(&one.begun_at),
            rows: page.t2(
                "register-imports-through",
                "through",
                page.number(through),
                "rows",
                page.number(one.rows),
            ),
            counts: [
                count("new", one.counts.new),
                count("changed", one.counts.changed),
                count("unchanged", one.counts.unchanged),
                count("refused", one.counts.refused),
            ],
            state: page.t(&format!("register-import-{}", progress.code())),
            tone: match progress {
                Progress::Finished => "success",
                Progress::Running => "primary",
                Progress::Interrupted => "danger",
            },
            advice: match (progress, through) {
                (Progress::Interrupted, 0) => page.t("register-import-nothing-taken"),
                (Progress::Interrupted, _) => {
                    page.t1("register-import-again", "row", page.number(one.last_row))
                }
                _ => String::new(),
            },
        }
    };
    Ok(found.iter().map(told).collect())
}
