//! What a template may name, and what each stands for in a period: the very figures of the
//! statistics pages, rates with n/N, their formulas, calls, the knowledge base, and what other
//! features offer ([`platform::report_figures`]).

use kernel::time::{Date, Instant};
use matters::figures::Asked;
use matters_rules::figures::{Cell, Figures, RateDef};
use platform::ui::{Locale, Page, PagePrefs};
use platform::{App, Failure};
use store::Query;

/// Names beside cells, rates and formulas.
const OTHERS: [&str; 18] = [
    "office",
    "period",
    "from",
    "until",
    "today",
    "calls",
    "calls_filed",
    "calls_emergency",
    "calls_invalid",
    "calls_given_up",
    "calls_open",
    "calls_held",
    "knowledge_in_force",
    "knowledge_expiring",
    "knowledge_quoted",
    "knowledge_reported",
    "knowledge_open",
    "knowledge_mended",
];

/// Every name a template may use.
pub fn names(app: &App) -> Vec<String> {
    let cells = Cell::all().map(Cell::code);
    let rates = RateDef::ALL
        .iter()
        .flat_map(|rate| [format!("rate_{}", rate.name), format!("formula_{}", rate.name)]);
    let offered = app.report_figures.iter().flat_map(|figures| figures.names());
    let others = OTHERS.iter().chain(offered).map(|name| (*name).to_owned());
    others.chain(cells).chain(rates).collect()
}

/// What a figure is called, as the statistics pages call it.
pub fn label(page: &Page, name: &str) -> String {
    let key = match name.split_once('_') {
        Some(("rate", rate)) => format!("rate-{rate}"),
        Some(("formula", rate)) => {
            return page.t1("report-formula-of", "rate", page.t(&format!("rate-{rate}")));
        }
        _ if Cell::parse(name).is_some() => format!("cell-{name}"),
        _ => format!("figure-{name}"),
    };
    page.t(&key)
}

/// What every name stands for in a period, as it is printed.
///
/// # Errors
/// Whatever the store says.
pub fn of_period(
    q: &mut dyn Query,
    app: &App,
    from: Date,
    until: Date,
) -> Result<Vec<(String, String)>, Failure> {
    let page = written_page(app);
    let asked = Asked { from: Some(from), as_of: Some(until), unit: None };
    let figures = matters::figures::counted(q, app, &asked, None, None)?.sum();
    let now = app.now();
    let today = app.config.zone.date_of(now);
    let period = if from == until {
        page.date(&from)
    } else {
        page.t2("report-period", "from", page.date(&from), "until", page.date(&until))
    };
    let mut values = vec![
        ("office".to_owned(), page.office().to_owned()),
        ("period".to_owned(), period),
        ("from".to_owned(), page.date(&from)),
        ("until".to_owned(), page.date(&until)),
        ("today".to_owned(), page.date(&today)),
    ];
    values.extend(told(&page, &figures));
    for def in RateDef::ALL {
        values.push((format!("formula_{}", def.name), page.t(&format!("formula-{}", def.name))));
    }
    let zone = &app.config.zone;
    let span = (zone.start_of_day(from), zone.end_of_day(until));
    values.extend(calls(q, &page, span)?);
    for offered in &app.report_figures {
        let told = offered.of_period(q, app, &page, (from, until))?;
        values.extend(offered.names().iter().map(|name| (*name).to_owned()).zip(told));
    }
    let known = knowledge::read::figures(q, today, now, span)?;
    for (name, count) in [
        ("knowledge_in_force", known.in_force),
        ("knowledge_expiring", known.expiring),
        ("knowledge_quoted", known.quoted),
        ("knowledge_reported", known.reported),
        ("knowledge_open", known.open),
        ("knowledge_mended", known.mended),
    ] {
        values.push((name.to_owned(), page.number(count)));
    }
    Ok(values)
}

/// Cells and rates by name, as printed.
pub(crate) fn told(page: &Page, figures: &Figures) -> Vec<(String, String)> {
    let mut values: Vec<_> =
        Cell::all().map(|cell| (cell.code(), page.number(figures.count(cell)))).collect();
    for def in RateDef::ALL {
        let rate = figures.rate(def);
        let told = match rate.percent() {
            Some(percent) => format!("{percent}%（{}/{}）", page.number(rate.n), page.number(rate.of)),
            None => page.t("report-rate-none"),
        };
        values.push((format!("rate_{}", def.name), told));
    }
    values
}

/// Calls that were taken in the period, by what came of them.
fn calls(
    q: &mut dyn Query,
    page: &Page,
    (from, until): (Instant, Instant),
) -> Result<Vec<(String, String)>, Failure> {
    let sql = "select coalesce(ending, ''), count(*), \
               cast(sum(case when holds > 0 then 1 else 0 end) as bigint) from reception \
               where channel = 'hotline' and begun_at >= $1 and begun_at < $2 group by coalesce(ending, '')";
    let (mut all, mut held) = (0, 0);
    let mut by_ending = std::collections::BTreeMap::new();
    for row in q.query(sql, &store::params![from, until])? {
        all += row.int(1)?;
        held += row.int(2)?;
        by_ending.insert(row.text(0)?, row.int(1)?);
    }
    let of = |ending: &str| by_ending.get(ending).copied().unwrap_or(0);
    let told = [
        ("calls", all),
        ("calls_filed", of("filed")),
        ("calls_emergency", of("emergency")),
        ("calls_invalid", of("invalid")),
        ("calls_given_up", of("given_up")),
        ("calls_open", of("")),
        ("calls_held", held),
    ];
    Ok(told.map(|(name, count)| (name.to_owned(), page.number(count))).into())
}

/// In the language that the office writes in.
pub(crate) fn written_page(app: &App) -> Page {
    let translator = app.locales.translator(Locale::ZhCn);
    Page::new(translator, app.config.site.clone(), PagePrefs::default(), "")
}
