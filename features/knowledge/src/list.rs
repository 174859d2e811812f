//! `/desk/knowledge`: what is in force, about to expire, drafted, to be reviewed, reported.

use crate::names::Names;
use crate::show::href;
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::time::{Date, Instant};
use knowledge::read::{self, Asked, Figures, Line, ReportLine, Tab};
use knowledge::rules::Kind;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::{Staff, reply};

/// Rows on a page.
const ROWS: usize = 50;
/// Days back that the figures of use count.
const DAYS: i64 = 30;

/// The address of a list.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    pub tab: String,
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub unit: String,
    pub after: Option<String>,
}

impl Look {
    /// What is asked of the store.
    pub fn asked(&self) -> Asked {
        let unit = Some(self.unit.trim()).filter(|unit| !unit.is_empty());
        Asked {
            tab: Tab::parse(&self.tab).unwrap_or_default(),
            text: self.q.clone(),
            kind: Kind::parse(&self.kind),
            unit: unit.map(Into::into),
            after: self.after.clone(),
        }
    }

    /// The same for another tab or page.
    fn href(&self, path: &str, tab: Tab, after: Option<&str>) -> String {
        let mut pairs = vec![("tab", tab.code().to_owned())];
        let rest = [("q", &self.q), ("kind", &self.kind), ("unit", &self.unit)];
        pairs.extend(rest.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n, v.clone())));
        pairs.extend(after.map(|after| ("after", after.to_owned())));
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        format!("{path}?{}", pairs.join("&"))
    }
}

#[derive(Template)]
#[template(path = "knowledge/list.html")]
struct List {
    page: Page,
    form: Form,
    tab: Tab,
    tabs: Vec<(String, String, i64, bool)>,
    rows: Vec<Line>,
    reports: Vec<ReportLine>,
    names: Names,
    figures: Figures,
    today: Date,
    now: Instant,
    units: Vec<Choice>,
    first_href: String,
    next_href: String,
    export_href: String,
    may_write: bool,
}

/// The page.
pub(crate) async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let asked = look.asked();
    let grants = staff.person.grants.clone();
    let (tab, wanted) = (asked.tab, asked.clone());
    let (rows, next, counts, reports, figures, names, today, owners) = staff
        .app
        .read(move |q, app| {
            let now = app.now();
            let today = app.config.zone.date_of(now);
            let (rows, next) = read::list(q, &grants, today, &wanted, ROWS)?;
            let counts = read::counts(q, &grants, today)?;
            let reports = match wanted.tab {
                Tab::Reported => read::open_reports(q, &grants, today)?,
                _ => Vec::new(),
            };
            let period = (now.plus_days(-DAYS), now.plus_micros(1));
            let figures = read::figures(q, today, now, period)?;
            let names = Names::of_units(q, rows.iter().map(|row| &row.unit))?;
            let owners = read::owners(q)?;
            Ok((rows, next, counts, reports, figures, names, today, owners))
        })
        .await?;
    let page = staff.desk_page("know-title", NAV);
    let locale = page.locale();
    let counts = counts.into_iter().filter(|(of, n)| *n > 0 || *of == tab || *of == Tab::InForce);
    let list = List {
        tabs: counts
            .map(|(of, n)| {
                (page.t(&format!("know-tab-{}", of.code())), look.href(PATH, of, None), n, of == tab)
            })
            .collect(),
        form: Form::new().with("q", &look.q).with("kind", &look.kind).with("unit", &look.unit),
        first_href: look.after.as_ref().map_or_else(String::new, |_| look.href(PATH, tab, None)),
        next_href: next.map_or_else(String::new, |after| look.href(PATH, tab, Some(&after))),
        export_href: look.href(&format!("{PATH}/table.xlsx"), tab, None),
        units: owners.iter().map(|unit| Choice::new(&unit.code, unit.brief(locale))).collect(),
        now: staff.app.now(),
        may_write: staff.person.may_ever(Permission::KnowledgeWrite),
        page,
        tab,
        rows,
        reports,
        names,
        figures,
        today,
    };
    reply::page(&list, None)
}

impl List {
    fn href(&self, row: &Line) -> String {
        href(row.id)
    }

    fn kinds(&self) -> Vec<Choice> {
        Kind::ALL.iter().map(|kind| Choice::new(kind.code(), self.page.t(kind.key()))).collect()
    }

    fn unit(&self, row: &Line) -> String {
        self.names.unit(&self.page, &row.unit)
    }

    /// How far it is, in words and a tone.
    fn state(&self, row: &Line) -> (String, &'static str) {
        if row.is_expired(self.today) {
            return (self.page.t("know-expired"), "danger");
        }
        let expiring = row.valid.1 <= read::soon(self.today);
        match row.state {
            knowledge::rules::State::InForce if expiring => (self.page.t("know-expiring"), "warning"),
            state => (self.page.t(state.key()), "neutral"),
        }
    }

    /// The day on which its limit ends: midnight belongs to the day before.
    fn last_day(&self, report: &ReportLine) -> String {
        self.page.day(&report.due.plus_micros(-1))
    }

    fn is_late(&self, report: &ReportLine) -> bool {
        report.due < self.now
    }
}

/// A value in an address.
pub(crate) fn escaped(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}
