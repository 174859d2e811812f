//! Records from a workbook: a template to fill in, a dry run that changes nothing, a file of
//! what is wrong, and the taking over. The rows travel in the form, so that what was looked
//! at is what is taken, and nothing lies about on the server.

mod reading;

use crate::export::{failed, heading};
use crate::open::{Frame, register};
use crate::upload::sent;
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::UnitId;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::{By, Failure, Work};
use print::xlsx::{Cell, Column, Kind as CellKind, Table, workbook};
use reading::{Sheet, read};
use registers::read::names::find_unit;
use registers::rules::definition::{Definition, Field, Kind};
use registers::rules::record::RecordCommand;
use registers::rules::value::read_date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest upload, in bytes; rows come back in the form a little larger.
const MOST: usize = 32 * 1024 * 1024;
/// The most rows of one file.
const ROWS: usize = 100_000;
/// Rows of one transaction.
const CHUNK: usize = 200;
/// Messages shown on the page; the file has all.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "registers/import.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    report: Option<Report>,
}

/// What a file came to.
struct Report {
    rows: usize,
    good: usize,
    /// Row of the sheet and what is wrong with it.
    bad: Vec<(u32, String)>,
    more: usize,
    /// Columns that the register does not know.
    ignored: String,
    missing: String,
    /// The rows, for the next step.
    carried: String,
    taken: bool,
}

/// `GET …/template.xlsx`: the columns of the register, with lists to pick from.
pub(crate) async fn template(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    let page = staff.desk_page("register-import", "nav-registers");
    let mut columns = vec![Column::text(page.t("register-unit"), 18)];
    columns.extend(typed(&definition).map(|field| column(&page, field)));
    if !definition.stages.is_empty() {
        let stages = definition.stages.iter().map(|stage| show::name(&page, &stage.name).to_owned());
        columns.push(Column::text(page.t("register-stage"), 14).choices(stages));
        columns.push(Column::date(page.t("register-stage-since")));
    }
    let name = show::name(&page, &definition.name);
    let heading = heading(&staff, &page, name).note(page.t("register-template-note"));
    let table = Table::new(&heading, columns).map_err(failed)?;
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-template.xlsx", definition.code), bytes))
}

/// `GET …/import`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    screen(&staff, definition, Form::new(), None)
}

/// `POST …/import`: looks at a file, gives the file of what is wrong, or takes the rows over.
pub(crate) async fn take(
    staff: Staff,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    let (form, file) = sent(&staff, request, MOST).await?;
    let sheet = match file {
        Some((name, bytes)) => {
            let read = staff.app.aside(move |_| Ok(read(&name, &bytes))).await?;
            match read {
                Ok(sheet) => sheet,
                Err(code) => {
                    let form = Form::new().refused(FieldError::new("file", code));
                    return screen(&staff, definition, form, None);
                }
            }
        }
        None => match reading::carried(form.value("rows")) {
            Some(sheet) => sheet,
            None => {
                let form = Form::new().refused(FieldError::new("file", "register-file-missing"));
                return screen(&staff, definition, form, None);
            }
        },
    };
    let page = staff.desk_page("register-import", "nav-registers");
    let Some(plan) = Plan::of(&page, &definition, sheet) else {
        let form = Form::new().refused(FieldError::new("file", "register-file-headless"));
        return screen(&staff, definition, form, None);
    };
    if plan.rows.len() > ROWS {
        let form = Form::new().refused(FieldError::new("file", "register-file-too-long").with("max", ROWS));
        return screen(&staff, definition, form, None);
    }
    let taking = form.value("intent") == "take";
    let wrong = go_through(&staff, &page, &definition, &plan, taking).await?;
    if form.value("intent") == "errors" {
        return errors(&staff, &page, &definition, &plan, &wrong);
    }
    let bad: Vec<(u32, String)> =
        wrong.iter().take(SHOWN).map(|(at, text)| (plan.rows[*at].0, text.clone())).collect();
    let report = Report {
        rows: plan.rows.len(),
        good: plan.rows.len() - wrong.len(),
        more: wrong.len() - bad.len(),
        bad,
        ignored: plan.ignored.join("、"),
        missing: plan.missing.join("、"),
        // What was taken is not offered again.
        carried: if taking { plan.carry(|at| wrong.contains_key(&at)) } else { plan.carry(|_| true) },
        taken: taking,
    };
    screen(&staff, definition, Form::new(), Some(report))
}

/// The rows of a file under the fields of the register.
struct Plan {
    head: Vec<String>,
    /// What each column is.
    targets: Vec<Target>,
    /// Row of the sheet and its cells.
    rows: Vec<(u32, Vec<String>)>,
    ignored: Vec<String>,
    missing: Vec<String>,
}

#[derive(Clone, PartialEq)]
enum Target {
    Field(String),
    Unit,
    Stage,
    Since,
    Nothing,
}

impl Plan {
    /// Finds the row of headers among the first rows: files come with titles and notes above.
    fn of(page: &Page, definition: &Definition, sheet: Sheet) -> Option<Self> {
        let targets = |cells: &[String]| -> Vec<Target> {
            cells.iter().map(|cell| target(page, definition, cell)).collect()
        };
        let known = |cells: &[String]| targets(cells).iter().filter(|one| **one != Target::Nothing).count();
        let at =
            (0..sheet.rows.len().min(15)).max_by_key(|at| (known(&sheet.rows[*at].1), usize::MAX - at))?;
        let head = sheet.rows.get(at)?.1.clone();
        let targets = targets(&head);
        if !targets.iter().any(|target| matches!(target, Target::Field(_))) {
            return None;
        }
        let ignored = head
            .iter()
            .zip(&targets)
            .filter(|(cell, target)| **target == Target::Nothing && !cell.is_empty())
            .map(|(cell, _)| cell.clone())
            .collect();
        let has = |field: &Field| targets.contains(&Target::Field(field.code.clone()));
        let missing = typed(definition).filter(|field| field.required && !has(field));
        let missing = missing.map(|field| show::name(page, &field.name).to_owned()).collect();
        let rows = sheet.rows.into_iter().skip(at + 1);
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        Some(Self { head, targets, rows, ignored, missing })
    }

    /// The header and some of the rows, to be sent along with the next step.
    fn carry(&self, which: impl Fn(usize) -> bool) -> String {
        let rows = self.rows.iter().enumerate().filter(|(at, _)| which(*at)).map(|(_, row)| row.clone());
        reading::carry(std::iter::once((0, self.head.clone())).chain(rows).collect())
    }
}

fn target(page: &Page, definition: &Definition, cell: &str) -> Target {
    let plain = |text: &str| {
        let text = text.split(['（', '(']).next().unwrap_or_default();
        text.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '＊').to_lowercase()
    };
    let cell = plain(cell);
    if cell.is_empty() {
        return Target::Nothing;
    }
    let is = |name: &str| plain(name) == cell;
    if let Some(field) =
        typed(definition).find(|field| field.code == cell || is(&field.name.zh) || is(&field.name.en))
    {
        return Target::Field(field.code.clone());
    }
    if is(&page.t("register-unit")) || cell == "unit" {
        Target::Unit
    } else if !definition.stages.is_empty() && (is(&page.t("register-stage")) || cell == "stage") {
        Target::Stage
    } else if !definition.stages.is_empty() && is(&page.t("register-stage-since")) {
        Target::Since
    } else {
        Target::Nothing
    }
}

/// Fields that a workbook fills in.
fn typed(definition: &Definition) -> impl Iterator<Item = &Field> {
    definition.asked().filter(|field| !matches!(field.kind, Kind::Attachment))
}

fn column(page: &Page, field: &Field) -> Column {
    let mut label = show::name(page, &field.name).to_owned();
    if let Kind::Money { unit, .. } = &field.kind {
        label = format!("{label}（{}）", page.t(unit.key()));
    }
    if field.required {
        label = format!("{label}*");
    }
    let offered = field.options().iter().filter(|option| !option.retired);
    match field.kind {
        Kind::Date => Column::date(label),
        Kind::Choice { many: false, .. } => {
            Column::text(label, 16).choices(offered.map(|option| show::name(page, &option.name).to_owned()))
        }
        Kind::Text { long: true, .. } => Column::text(label, 36),
        _ => Column::new(label, CellKind::Text, 18),
    }
}

/// Goes through the rows; what is wrong with them by their place. A dry run rolls each
/// chunk back, so that it meets the very rules that the taking over meets.
async fn go_through(
    staff: &Staff,
    page: &Page,
    definition: &Arc<Definition>,
    plan: &Plan,
    taking: bool,
) -> Result<BTreeMap<usize, String>, Failure> {
    let own = staff.person.grants.first().map(|grant| grant.unit.clone());
    let mut wrong = BTreeMap::new();
    for (n, chunk) in plan.rows.chunks(CHUNK).enumerate() {
        let (by, definition, own) = (staff.by(), definition.clone(), own.clone());
        let (rows, targets) = (chunk.to_vec(), plan.targets.clone());
        let outcome = staff
            .app
            .write(move |work| {
                let mut refused = Vec::new();
                for (at, (_, cells)) in rows.iter().enumerate() {
                    match take_row(work, &by, &definition, own.as_ref(), &targets, cells) {
                        Ok(()) => {}
                        Err(Failure::Invalid(errors)) => refused.push((at, errors)),
                        Err(Failure::Refused(refusal)) => {
                            refused.push((at, vec![FieldError::from(&refusal)]))
                        }
                        Err(Failure::NotPermitted | Failure::NotFound) => {
                            refused.push((at, vec![FieldError::new("unit", "register-unit-not-yours")]));
                        }
                        Err(other) => return Err(other),
                    }
                }
                // What was only looked at leaves nothing behind.
                if taking { Ok(refused) } else { Err(Failure::Invalid(looked_at(refused))) }
            })
            .await;
        let refused = match outcome {
            Ok(refused) => refused,
            Err(Failure::Invalid(errors)) if !taking => seen(errors),
            Err(other) => return Err(other),
        };
        for (at, errors) in refused {
            let said = |error: &FieldError| {
                let field = error
                    .field
                    .as_deref()
                    .and_then(|code| definition_label(page, definition_of(plan, code), code));
                match field {
                    Some(label) => format!("{label}：{}", page.error(error)),
                    None => page.error(error),
                }
            };
            wrong.insert(n * CHUNK + at, errors.iter().map(said).collect::<Vec<_>>().join("；"));
        }
    }
    Ok(wrong)
}

/// The header above a field's column.
fn definition_of<'p>(plan: &'p Plan, code: &str) -> Option<&'p str> {
    let at = plan.targets.iter().position(|target| match target {
        Target::Field(field) => field == code,
        Target::Unit => code == "unit",
        Target::Stage => code == "stage",
        Target::Since | Target::Nothing => false,
    })?;
    plan.head.get(at).map(String::as_str)
}

fn definition_label(page: &Page, head: Option<&str>, code: &str) -> Option<String> {
    match head {
        Some(head) => Some(head.to_owned()),
        None if code == "unit" => Some(page.t("register-unit")),
        None => None,
    }
}

/// The errors of a dry run on their way through a transaction that is given up: each keeps
/// the place of its row.
fn looked_at(refused: Vec<(usize, Vec<FieldError>)>) -> Vec<FieldError> {
    let placed =
        |(at, errors): (usize, Vec<FieldError>)| errors.into_iter().map(move |error| error.with(ROW, at));
    refused.into_iter().flat_map(placed).collect()
}

const ROW: &str = "import-row";

fn seen(errors: Vec<FieldError>) -> Vec<(usize, Vec<FieldError>)> {
    let mut found: BTreeMap<usize, Vec<FieldError>> = BTreeMap::new();
    for mut error in errors {
        let at = error.args.iter().find(|(name, _)| name == ROW).map(|(_, at)| place(at));
        error.args.retain(|(name, _)| name != ROW);
        found.entry(at.unwrap_or(0)).or_default().push(error);
    }
    found.into_iter().collect()
}

fn place(arg: &platform::ui::Arg) -> usize {
    match arg {
        platform::ui::Arg::Number(number) => *number as usize,
        platform::ui::Arg::Text(text) => text.parse().unwrap_or(0),
    }
}

fn take_row(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    own: Option<&UnitId>,
    targets: &[Target],
    cells: &[String],
) -> Result<(), Failure> {
    let (mut unit, mut stage, mut on) = (own.cloned(), None, None);
    let mut pairs = Vec::new();
    for (target, cell) in targets.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        match target {
            Target::Field(code) => pairs.push((code.as_str(), cell.as_str())),
            Target::Unit => match find_unit(work.tx, cell)? {
                Ok(found) => unit = Some(found),
                Err(similar) => {
                    let error = FieldError::new("unit", "register-unit-unknown");
                    let error = error.with("value", cell.as_str()).with("similar", similar);
                    return Err(Failure::Invalid(vec![error]));
                }
            },
            Target::Stage => {
                let known = definition.stages.iter().find(|known| {
                    known.code == *cell || known.name.zh == *cell || known.name.en.eq_ignore_ascii_case(cell)
                });
                let known = known.ok_or_else(|| {
                    Failure::Invalid(vec![FieldError::new("stage", "register-no-such-stage")])
                })?;
                stage = Some(known.code.clone());
            }
            Target::Since => {
                let read = read_date(cell)
                    .ok_or_else(|| Failure::Invalid(vec![FieldError::new("on", "register-date")]))?;
                on = Some(read);
            }
            Target::Nothing => {}
        }
    }
    let values = registers::read_values(work.tx, definition, pairs)?.map_err(Failure::Invalid)?;
    let values = values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
    let unit = unit.ok_or_else(|| Failure::Invalid(vec![FieldError::new("unit", "register-required")]))?;
    let id = work.fresh.uuid();
    let register = definition.code.clone();
    let command = RecordCommand::Create { register, unit, values, stage, on };
    registers::act_record(work, by, id, None, &command).map(drop)
}

/// The rows that are wrong, as they were sent, with a column of what is wrong.
fn errors(
    staff: &Staff,
    page: &Page,
    definition: &Definition,
    plan: &Plan,
    wrong: &BTreeMap<usize, String>,
) -> Result<Response, Failure> {
    let mut columns: Vec<Column> = plan.head.iter().map(|head| Column::text(head.clone(), 18)).collect();
    columns.push(Column::text(page.t("register-wrong"), 50));
    let title = page.t1("register-wrong-title", "register", show::name(page, &definition.name));
    let mut table = Table::new(&heading(staff, page, &title), columns).map_err(failed)?;
    for (at, said) in wrong {
        let mut cells: Vec<Cell> = plan.rows[*at].1.iter().map(|cell| Cell::from(cell.as_str())).collect();
        cells.resize(plan.head.len(), Cell::Empty);
        cells.push(said.as_str().into());
        table.row(cells).map_err(failed)?;
    }
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-errors.xlsx", definition.code), bytes))
}

fn screen(
    staff: &Staff,
    definition: Arc<Definition>,
    form: Form,
    report: Option<Report>,
) -> Result<Response, Failure> {
    let page = staff.desk_page("register-import", "nav-registers").in_error(form.has_errors());
    let title = page.t1("register-import-of", "register", show::name(&page, &definition.name));
    let page = page.titled_text(title);
    let frame = Frame::new(staff, &page, definition, "");
    let refused = form.has_errors();
    reply::page(&Shown { page, frame, form, report }, refused)
}
