//! `GET /network/posts`: which posts of the four-level network are filled, by county and as
//! of any day; a number that is not full opens to the units that lack somebody.

use crate::ask::Fields;
use crate::export::{failed, heading};
use crate::open::today;
use crate::reply;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::UnitId;
use kernel::time::Date;
use network::Forest;
use platform::Failure;
use platform::ui::{Form, Locale, Page};
use platform::web::Staff;
use print::xlsx::{Cell, Column, Table, workbook};
use registers::read::coverage::{self, Filled, Gap, Required};
use std::collections::{BTreeMap, BTreeSet};

/// Gaps shown of each post.
const GAPS: usize = 500;

#[derive(Template)]
#[template(path = "registers/coverage.html")]
struct Shown {
    page: Page,
    form: Form,
    day: String,
    branches: Vec<String>,
    rows: Vec<Row>,
    gaps: Vec<GapShown>,
    gaps_of: String,
    export: String,
}

struct Row {
    post: String,
    level: String,
    total: Number,
    cells: Vec<Number>,
}

struct Number {
    text: String,
    full: bool,
    href: String,
}

struct GapShown {
    unit: String,
    name: String,
    since: String,
    days: String,
    substitute: String,
}

/// How a post is filled, by branch; what hangs on the top itself under none.
type Branches = BTreeMap<Option<UnitId>, Filled>;

/// What is counted: branch code and name, and each post by branch.
struct Found {
    branches: Vec<(UnitId, String)>,
    rows: Vec<(Required, Branches)>,
    gaps: Option<(Required, Vec<Gap>)>,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let day = fields.day("on").unwrap_or_else(|| today(&staff.app));
    let page = staff.desk_page("register-coverage", "nav-network");
    let found = find(&staff, &fields, day, page.locale()).await?;
    let number = |post: &Required, branch: &str, filled: Filled| Number {
        text: format!("{}/{}", page.number(filled.filled), page.number(filled.required)),
        full: filled.filled == filled.required,
        href: fields.href("/network/posts", &[("post", &post.id.to_string()), ("in", branch)]),
    };
    let rows = found
        .rows
        .iter()
        .map(|(post, by_branch)| Row {
            post: post.name.clone(),
            level: page.t(&format!("level-{}", post.level)),
            total: number(post, "", sum(by_branch)),
            cells: found
                .branches
                .iter()
                .map(|(code, _)| number(post, code.as_str(), of_branch(by_branch, code)))
                .collect(),
        })
        .collect();
    let (gaps_of, gaps) = match &found.gaps {
        None => (String::new(), Vec::new()),
        Some((post, gaps)) => (post.name.clone(), gaps.iter().map(|gap| shown(&page, gap, day)).collect()),
    };
    let shown = Shown {
        day: page.date(&day),
        branches: found.branches.into_iter().map(|(_, name)| name).collect(),
        rows,
        gaps,
        gaps_of,
        export: fields.href("/network/posts.xlsx", &[]),
        form: fields.form().replaced("on", day),
        page,
    };
    reply::page(&shown, false)
}

/// The same as a workbook: the coverage, and every gap.
pub(crate) async fn export(
    staff: Staff,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let day = fields.day("on").unwrap_or_else(|| today(&staff.app));
    let page = staff.desk_page("register-coverage", "nav-network");
    let found = find(&staff, &fields, day, page.locale()).await?;
    let note = page.t1("register-coverage-on", "date", page.date(&day));
    let mut columns =
        vec![Column::text(page.t("register-post"), 20), Column::text(page.t("register-unit-level"), 10)];
    columns.push(Column::text(page.t("register-coverage-all"), 14));
    columns.extend(found.branches.iter().map(|(_, name)| Column::text(name.clone(), 14)));
    let mut table = Table::new(&heading(&staff, &page, &page.t("register-coverage")).note(note), columns)
        .map_err(failed)?;
    let text = |filled: Filled| Cell::from(format!("{}/{}", filled.filled, filled.required));
    for (post, by_branch) in &found.rows {
        let mut cells = vec![Cell::from(post.name.as_str()), page.t(&format!("level-{}", post.level)).into()];
        cells.push(text(sum(by_branch)));
        cells.extend(found.branches.iter().map(|(code, _)| text(of_branch(by_branch, code))));
        table.row(cells).map_err(failed)?;
    }
    let posts: Vec<Required> = found.rows.into_iter().map(|(post, _)| post).collect();
    let listed = posts.clone();
    let gaps = staff
        .app
        .read(move |q, _| {
            let units = Forest::on(q, day)?;
            let mut all = Vec::new();
            for post in &listed {
                all.push(coverage::gaps(q, &units, None, post, day, GAPS)?);
            }
            Ok(all)
        })
        .await?;
    let columns = vec![
        Column::text(page.t("register-post"), 20),
        Column::text(page.t("register-unit"), 30),
        Column::text(page.t("register-vacant-since"), 16),
        Column::text(page.t("register-vacant-days"), 12),
        Column::text(page.t("register-substitute"), 16),
    ];
    let mut list = Table::new(&heading(&staff, &page, &page.t("register-gaps")), columns).map_err(failed)?;
    for (post, gaps) in posts.iter().zip(gaps) {
        for gap in &gaps {
            let gap = shown(&page, gap, day);
            let cells: [Cell; 5] = [
                post.name.as_str().into(),
                gap.name.into(),
                gap.since.into(),
                gap.days.into(),
                gap.substitute.into(),
            ];
            list.row(cells).map_err(failed)?;
        }
    }
    let bytes = workbook([table, list]).map_err(failed)?;
    Ok(reply::workbook(&format!("posts-{day}.xlsx"), bytes))
}

async fn find(staff: &Staff, fields: &Fields, day: Date, locale: Locale) -> Result<Found, Failure> {
    let (wanted, within) = (fields.get("post").to_owned(), fields.get("in").to_owned());
    staff
        .app
        .read(move |q, _| {
            let units = Forest::on(q, day)?;
            let mut rows = Vec::new();
            for post in coverage::required(q)? {
                let by_branch = coverage::by_branch(q, &units, &post, day)?;
                rows.push((post, by_branch));
            }
            let codes: BTreeSet<&UnitId> =
                rows.iter().flat_map(|(_, by_branch)| by_branch.keys().flatten()).collect();
            let named = |code: &UnitId| Some((code.clone(), units.unit(code)?.brief(locale).to_owned()));
            let branches = codes.into_iter().filter_map(named).collect();
            let gaps = match rows.iter().find(|(post, _)| post.id.to_string() == wanted) {
                None => None,
                Some((post, _)) => {
                    let within = (!within.is_empty()).then(|| UnitId::from(within.as_str()));
                    Some((post.clone(), coverage::gaps(q, &units, within.as_ref(), post, day, GAPS)?))
                }
            };
            Ok(Found { branches, rows, gaps })
        })
        .await
}

fn of_branch(by_branch: &Branches, code: &UnitId) -> Filled {
    by_branch.get(&Some(code.clone())).copied().unwrap_or_default()
}

fn sum(by_branch: &Branches) -> Filled {
    by_branch.values().fold(Filled::default(), |sum, one| Filled {
        required: sum.required + one.required,
        filled: sum.filled + one.filled,
    })
}

fn shown(page: &Page, gap: &Gap, day: Date) -> GapShown {
    let days = gap.since.and_then(|since| since.until(day).ok()).map(|span| i64::from(span.get_days()));
    GapShown {
        unit: gap.unit.clone(),
        name: match page.locale() {
            Locale::En if !gap.en_name.is_empty() => gap.en_name.clone(),
            _ => gap.name.clone(),
        },
        since: gap.since.map_or_else(|| page.t("register-never-held"), |since| page.date(&since)),
        days: days.map(|days| page.number(days)).unwrap_or_default(),
        substitute: gap.substitute.clone().unwrap_or_default(),
    }
}
