//! `GET /statistics/by/{by}`: the figures counted apart, as a table that can be sorted, with
//! one of its figures drawn. Every number leads to its rows.

use super::ask::{Fields, RowLink, by_href, export_href, figures_href, rows_href};
use super::chart::{self, Bar, Columns};
use super::places;
use crate::columns::{self, Column, View};
use crate::lines::{Line, Lines, lines};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use kernel::Level;
use matters::figures::Asked;
use matters_rules::figures::{By, Figures};
use network::map::{Figure, Map, Scale};
use network::{Boundaries, Shape};
use platform::Failure;
use platform::ui::{Choice, Form, Page, Tab};
use platform::web::Staff;

/// Rows drawn as bars; the table below holds all.
const BARS: usize = 20;
/// A tree of more rows than this is folded to its branches, which hold what is below them.
const LONG: usize = 40;
/// Unfolds every branch.
const ALL: &str = "all";

#[derive(Template)]
#[template(path = "statistics/by.html")]
struct ByPage {
    page: Page,
    form: Form,
    heading: String,
    as_of: String,
    from: String,
    tabs: Vec<Tab>,
    views: Vec<Tab>,
    action: String,
    /// What a submitted form must keep.
    kept: Vec<(&'static str, String)>,
    units: Vec<Choice>,
    levels: Vec<Choice>,
    sums: Vec<Choice>,
    figures: Vec<Choice>,
    export: String,
    figure: String,
    bars: Vec<Bar>,
    columns: Option<Columns>,
    map: Option<Map>,
    name_head: Head,
    heads: Vec<Head>,
    rows: Vec<TableRow>,
    /// Where all branches are unfolded, or folded again; empty where nothing is folded.
    unfold: String,
    unfolded: bool,
    total: Vec<Number>,
    formulas: Vec<(String, String)>,
    notes: Vec<String>,
    adds_up: bool,
}

/// The head of a column: a link that sorts by it.
struct Head {
    label: String,
    href: String,
    /// `ascending`, `descending` or nothing.
    sorted: &'static str,
}

struct TableRow {
    name: String,
    depth: usize,
    branch: bool,
    numbers: Vec<Number>,
    /// Where the branch is unfolded, or folded again; empty where it always is.
    href: String,
    open: bool,
}

/// A number of the table; a rate with what it is made of.
pub(super) struct Number {
    pub value: String,
    pub ratio: String,
    pub href: String,
    pub label: String,
}

impl Number {
    /// Of a place nothing is counted for.
    pub fn nothing(label: &str) -> Self {
        Self { value: "–".to_owned(), ratio: String::new(), href: String::new(), label: label.to_owned() }
    }

    /// As an area of that name shows it on a map; its shade is for the caller to say.
    pub fn on_map(&self, name: &str) -> Figure {
        Figure {
            value: None,
            name: name.to_owned(),
            text: self.value.clone(),
            label: format!("{} {} {}", self.label, self.value, self.ratio).trim_end().to_owned(),
            href: self.href.clone(),
        }
    }
}

/// See the module.
pub(super) async fn by(
    staff: Staff,
    Path(by): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Failure> {
    let by = By::parse(&by).ok_or(Failure::NotFound)?;
    let (asked, form) = fields.read();
    let page = staff.desk_page("statistics-title", "nav-statistics").in_error(form.has_errors());
    let (wanted, grants, words) = (asked.clone(), staff.person.grants.clone(), page.translator().clone());
    let (found, units, shapes) = staff
        .app
        .read(move |snapshot, app| {
            let found = lines(snapshot, app, &words, &wanted, by, Some(&grants))?;
            let shapes = if by == By::Area { network::map::boundaries(snapshot, app)? } else { None };
            Ok((found, places::units(snapshot, &grants, words.locale())?, shapes))
        })
        .await?;
    let asked = Asked { from: found.from, ..asked };
    let period = asked.from.is_some();
    let view = fields.view(by, period);
    let figure = fields.figure(by, view, period);
    let table = Table { page: &page, asked: &asked, by, own: fields.own_only() };
    let sorted = sorted(filtered(found.lines.clone(), &fields), &fields, by, view, period);
    let fold = Fold::of(&sorted, &fields, by);
    let shown = fold.shown(sorted);
    let heading = page.t(by.key());
    let columns = view.columns(by);
    let map = shapes.map(|shapes| table.map(&shapes, &found.lines, figure));
    let body = ByPage {
        as_of: page.date(&found.as_of),
        from: found.from.map(|from| page.date(&from)).unwrap_or_default(),
        tabs: tabs(&page, &asked, Some(by)),
        views: views(&page, &asked, &fields, by, view, period),
        action: by_href(&Asked::default(), by, Vec::new()),
        kept: [("view", &fields.view), ("sort", &fields.sort), ("dir", &fields.dir)]
            .map(|(name, value)| (name, value.clone()))
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        units,
        levels: levels(&page, &found.lines),
        sums: sums(&page, &found.lines),
        figures: columns::all(by, period)
            .into_iter()
            .map(|column| Choice::new(column.code(), page.t(&column.key())))
            .collect(),
        export: export_href(&asked, Some(by)),
        figure: page.t(&figure.key()),
        bars: if by.is_series() { Vec::new() } else { table.bars(&shown, figure) },
        columns: by.is_series().then(|| chart::columns(&page, &found.lines)),
        map,
        name_head: head(&table, &fields, "name", &heading),
        heads: columns
            .iter()
            .map(|column| head(&table, &fields, &column.code(), &page.t(&column.key())))
            .collect(),
        rows: shown.iter().map(|line| fold.row(table.row(line, &columns), line, &asked, &fields)).collect(),
        unfold: fold.all_href(&asked, &fields),
        unfolded: fold.open == ALL,
        total: table.total(&found.total, &columns),
        formulas: formulas(&page, &columns),
        notes: notes(&page, &found),
        adds_up: found.adds_up(),
        heading,
        form,
        page: page.clone(),
    };
    Ok(Html(body.render()?))
}

/// Turns figures into numbers that lead to their rows.
pub(super) struct Table<'a> {
    pub page: &'a Page,
    pub asked: &'a Asked,
    pub by: By,
    pub own: bool,
}

impl Table<'_> {
    /// The figures of a line as they are asked for: with those below it, or its own.
    pub fn figures<'l>(&self, line: &'l Line) -> &'l Figures {
        if self.own { &line.own } else { &line.sum }
    }

    /// One number of a line.
    pub fn number(&self, line: &Line, column: Column) -> Number {
        let figures = self.figures(line);
        let row = RowLink { by: self.by, key: &line.key, below: line.branch && !self.own };
        let asked = if self.by.is_series() {
            Asked { from: figures.from, as_of: Some(figures.as_of), unit: self.asked.unit.clone() }
        } else {
            self.asked.clone()
        };
        let row = (!self.by.is_series()).then_some(&row);
        self.printed(figures, column, rows_href(&asked, &column.cell().code(), row), &line.name)
    }

    fn total(&self, total: &Figures, columns: &[Column]) -> Vec<Number> {
        let number = |column: &Column| {
            let href = rows_href(self.asked, &column.cell().code(), None);
            self.printed(total, *column, href, &self.page.t("statistics-total"))
        };
        columns.iter().map(number).collect()
    }

    /// The areas of the boundaries, shaded by a figure of their lines.
    fn map(&self, boundaries: &Boundaries, lines: &[Line], figure: Column) -> Map {
        let title = self.page.t1("network-map", "figure", self.page.t(&figure.key()));
        let scale = if matches!(figure, Column::Rate(_)) { Scale::Rate } else { Scale::Count };
        Map::new(self.page, title, scale, boundaries, |shape: &Shape| {
            let Some(line) = lines.iter().find(|line| line.key == shape.area.as_str()) else {
                return Figure::default();
            };
            let value = figure.value(self.figures(line));
            Figure { value, ..self.number(line, figure).on_map(&line.name) }
        })
    }

    pub fn printed(&self, figures: &Figures, column: Column, href: String, line: &str) -> Number {
        let label = format!("{line}: {}", self.page.t(&column.key()));
        let (n, of) = column.of(figures);
        let (value, ratio) = match of {
            None => (self.page.number(n), String::new()),
            Some(0) => ("–".to_owned(), String::new()),
            Some(of) => {
                (self.page.percent(n, of), format!("{}/{}", self.page.number(n), self.page.number(of)))
            }
        };
        let href = if n == 0 { String::new() } else { href };
        Number { value, ratio, href, label }
    }

    fn row(&self, line: &Line, columns: &[Column]) -> TableRow {
        TableRow {
            name: line.name.clone(),
            depth: line.depth,
            branch: line.branch,
            href: String::new(),
            open: false,
            numbers: columns.iter().map(|column| self.number(line, *column)).collect(),
        }
    }

    /// The rows of the top of the tree as bars; where that is one, those below it.
    fn bars(&self, lines: &[Line], figure: Column) -> Vec<Bar> {
        let tops = lines.iter().filter(|line| line.depth == 0).count();
        let depth = usize::from(tops == 1 && lines.len() > 1);
        let drawn: Vec<&Line> = lines.iter().filter(|line| line.depth == depth).take(BARS).collect();
        let values: Vec<Option<f64>> = drawn.iter().map(|line| figure.value(self.figures(line))).collect();
        let most = values.iter().flatten().copied().fold(0.0_f64, f64::max);
        let full = if matches!(figure, Column::Rate(_)) { 1.0 } else { most };
        drawn
            .into_iter()
            .zip(values)
            .map(|(line, value)| {
                let Number { value: text, ratio, .. } = self.number(line, figure);
                Bar { label: line.name.clone(), width: chart::share(value.unwrap_or(0.0), full), text, ratio }
            })
            .collect()
    }
}

/// The tabs above all pages of statistics.
pub(super) fn tabs(page: &Page, asked: &Asked, current: Option<By>) -> Vec<Tab> {
    let tab = |label: String, href: String, current: bool| Tab { label, href, count: None, current };
    let overview = tab(page.t("statistics-overview"), figures_href(asked), current.is_none());
    let by =
        By::ALL.iter().map(|by| tab(page.t(by.key()), by_href(asked, *by, Vec::new()), current == Some(*by)));
    std::iter::once(overview).chain(by).collect()
}

fn views(page: &Page, asked: &Asked, fields: &Fields, by: By, current: View, period: bool) -> Vec<Tab> {
    let views = View::of(by, period);
    if views.len() < 2 {
        return Vec::new();
    }
    let tab = |view: &View| {
        let mut shown = vec![("view", view.code().to_owned())];
        shown.extend(fields.shown().into_iter().filter(|(name, _)| ["level", "of"].contains(name)));
        Tab {
            label: page.t(view.key()),
            href: by_href(asked, by, shown),
            count: None,
            current: *view == current,
        }
    };
    views.iter().map(tab).collect()
}

fn head(table: &Table<'_>, fields: &Fields, code: &str, label: &str) -> Head {
    let sorted = match (fields.sort == code, fields.dir.as_str()) {
        (false, _) => "",
        (true, "asc") => "ascending",
        (true, _) => "descending",
    };
    let dir = if sorted == "descending" { "asc" } else { "desc" };
    let mut shown: Vec<_> =
        fields.shown().into_iter().filter(|(name, _)| !["sort", "dir"].contains(name)).collect();
    shown.extend([("sort", code.to_owned()), ("dir", dir.to_owned())]);
    Head { label: label.to_owned(), href: by_href(table.asked, table.by, shown), sorted }
}

/// Only lines of the level asked for, side by side.
fn filtered(lines: Vec<Line>, fields: &Fields) -> Vec<Line> {
    match fields.level() {
        None => lines,
        Some(level) => lines
            .into_iter()
            .filter(|line| line.level == Some(level))
            .map(|line| Line { depth: 0, ..line })
            .collect(),
    }
}

/// How a long tree is folded: to its branches, with one of them or all unfolded.
struct Fold {
    by: By,
    /// Depth of the branches; none where nothing is folded.
    depth: Option<usize>,
    open: String,
}

impl Fold {
    fn of(lines: &[Line], fields: &Fields, by: By) -> Self {
        let one = lines.iter().filter(|line| line.depth == 0).count() == 1;
        let depth = usize::from(one);
        let long = lines.len() > LONG && lines.iter().any(|line| line.depth > depth);
        let depth = (long && !fields.own_only()).then_some(depth);
        Self { by, depth, open: fields.open.clone() }
    }

    /// The rows that are not folded away.
    fn shown(&self, lines: Vec<Line>) -> Vec<Line> {
        let Some(depth) = self.depth.filter(|_| self.open != ALL) else { return lines };
        let mut under = String::new();
        lines
            .into_iter()
            .filter(|line| {
                if line.depth <= depth {
                    under.clone_from(&line.key);
                }
                line.depth <= depth || under == self.open
            })
            .collect()
    }

    fn row(&self, row: TableRow, line: &Line, asked: &Asked, fields: &Fields) -> TableRow {
        let folds = self.depth == Some(line.depth) && line.branch && self.open != ALL;
        if !folds {
            return row;
        }
        let open = line.key == self.open;
        let href = self.href(asked, fields, if open { "" } else { &line.key });
        TableRow { href, open, ..row }
    }

    fn all_href(&self, asked: &Asked, fields: &Fields) -> String {
        match self.depth {
            Some(_) => self.href(asked, fields, if self.open == ALL { "" } else { ALL }),
            None => String::new(),
        }
    }

    fn href(&self, asked: &Asked, fields: &Fields, open: &str) -> String {
        let shown = fields.shown().into_iter().filter(|(name, _)| *name != "open");
        let open = (!open.is_empty()).then(|| ("open", open.to_owned()));
        by_href(asked, self.by, shown.chain(open).collect())
    }
}

/// How two lines stand to each other.
type Order<'a> = Box<dyn FnMut(&Line, &Line) -> std::cmp::Ordering + 'a>;

/// Sorted among those that stand under the same line.
fn sorted(lines: Vec<Line>, fields: &Fields, by: By, view: View, period: bool) -> Vec<Line> {
    let column = columns::all(by, period)
        .into_iter()
        .chain(view.columns(by))
        .find(|column| column.code() == fields.sort);
    let own = fields.own_only();
    let figures = |line: &Line| if own { line.own.clone() } else { line.sum.clone() };
    let falling = fields.dir != "asc";
    let mut order: Order<'_> = match (column, fields.sort.as_str()) {
        (Some(column), _) => Box::new(move |one, other| {
            let order = column.order(&figures(one), &figures(other));
            if falling { order.reverse() } else { order }
        }),
        (None, "name") => Box::new(move |one, other| {
            let order = one.name.cmp(&other.name);
            if falling { order.reverse() } else { order }
        }),
        _ => return lines,
    };
    branches(lines, &mut order)
}

fn branches(lines: Vec<Line>, order: &mut dyn FnMut(&Line, &Line) -> std::cmp::Ordering) -> Vec<Line> {
    let mut branches: Vec<(Line, Vec<Line>)> = Vec::new();
    for line in lines {
        match branches.last_mut() {
            Some((top, below)) if line.depth > top.depth => below.push(line),
            _ => branches.push((line, Vec::new())),
        }
    }
    branches.sort_by(|(one, _), (other, _)| order(one, other));
    let mut sorted = Vec::new();
    for (top, below) in branches {
        sorted.push(top);
        sorted.extend(branches_below(below, order));
    }
    sorted
}

fn branches_below(below: Vec<Line>, order: &mut dyn FnMut(&Line, &Line) -> std::cmp::Ordering) -> Vec<Line> {
    if below.is_empty() { below } else { branches(below, order) }
}

fn levels(page: &Page, lines: &[Line]) -> Vec<Choice> {
    let has = |level: &&Level| lines.iter().any(|line| line.level == Some(**level));
    let choice = |level: &Level| Choice::new(level.code(), page.t(&format!("level-{}", level.code())));
    Level::ALL.iter().filter(has).map(choice).collect()
}

fn sums(page: &Page, lines: &[Line]) -> Vec<Choice> {
    if lines.iter().any(|line| line.branch) {
        vec![Choice::new("own", page.t("statistics-of-own"))]
    } else {
        Vec::new()
    }
}

/// What each rate divides by what.
pub(super) fn formulas(page: &Page, columns: &[Column]) -> Vec<(String, String)> {
    columns.iter().filter_map(|column| Some((page.t(&column.key()), page.t(&column.formula()?)))).collect()
}

/// What must be known to read the table.
pub(super) fn notes(page: &Page, lines: &Lines) -> Vec<String> {
    let by = match lines.by {
        By::Unit => "statistics-note-unit",
        By::Line => "statistics-note-line",
        By::Closing => "statistics-note-closing",
        by if by.is_series() => "statistics-note-series",
        _ => "statistics-note-once",
    };
    [by, "statistics-scope"].map(|key| page.t(key)).into()
}
