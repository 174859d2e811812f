//! What a template may name, and what each stands for in a period: the very figures of the
//! statistics pages, rates with n/N, their formulas, calls, the knowledge base.

use kernel::time::{Date, Instant};
use matters::figures::Asked;
use matters_rules::figures::{Cell, RateDef};
use platform::ui::{Locale, Page, PagePrefs};
use platform::{App, Failure};
use store::Query;

/// Names beside cells, rates and formulas.
const OTHERS: [&str; 16] = [
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
    "knowledge_in_force",
    "knowledge_expiring",
    "knowledge_quoted",
    "knowledge_reported",
    "knowledge_open",
    "knowledge_mended",
];

/// Every name a template may use.
pub fn names() -> Vec<String> {
    let cells = Cell::all().map(Cell::code);
    let rates = RateDef::ALL
        .iter()
        .flat_map(|rate| [format!("rate_{}", rate.name), format!("formula_{}", rate.name)]);
    OTHERS.iter().map(|name| (*name).to_owned()).chain(cells).chain(rates).collect()
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
    for cell in Cell::all() {
        values.push((cell.code(), page.number(figures.count(cell))));
    }
    for def in RateDef::ALL {
        let rate = figures.rate(def);
        let told = match rate.percent() {
            Some(percent) => format!("{percent}%（{}/{}）", page.number(rate.n), page.number(rate.of)),
            None => page.t("report-rate-none"),
        };
        values.push((format!("rate_{}", def.name), told));
        values.push((format!("formula_{}", def.name), page.t(&format!("formula-{}", def.name))));
    }
    let zone = &app.config.zone;
    values.extend(calls(q, &page, zone.start_of_day(from), zone.end_of_day(until))?);
    let period = (zone.start_of_day(from), zone.end_of_day(until));
    let known = knowledge::read::figures(q, today, now, period)?;
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

/// Calls that began in the period, by what came of them.
fn calls(
    q: &mut dyn Query,
    page: &Page,
    from: Instant,
    until: Instant,
) -> Result<Vec<(String, String)>, Failure> {
    let sql = "select coalesce(ending, ''), count(*) from reception where channel = 'hotline' \
               and begun_at >= $1 and begun_at < $2 group by coalesce(ending, '')";
    let mut all = 0;
    let mut by_ending = std::collections::BTreeMap::new();
    for row in q.query(sql, &store::params![from, until])? {
        let n = row.int(1)?;
        all += n;
        by_ending.insert(row.text(0)?, n);
    }
    let of = |ending: &str| page.number(by_ending.get(ending).copied().unwrap_or(0));
    Ok(vec![
        ("calls".to_owned(), page.number(all)),
        ("calls_filed".to_owned(), of("filed")),
        ("calls_emergency".to_owned(), of("emergency")),
        ("calls_invalid".to_owned(), of("invalid")),
        ("calls_given_up".to_owned(), of("given_up")),
    ])
}

/// In the language that the office writes in.
pub(crate) fn written_page(app: &App) -> Page {
    let translator = app.locales.translator(Locale::ZhCn);
    Page::new(translator, app.config.site.clone(), PagePrefs::default(), "")
}
