//! Goes through the rows: units first, by an order, then who holds posts in them. A dry run does
//! the same in transactions that are given up.

use super::columns::{Column, Reader};
use super::sheet::Roll;
use crate::import::plan::Target;
use crate::import::row::{self, Outcome, Row, Shared};
use crate::import::{CHUNK, GIVEN_UP};
use crate::open::{register, today};
use kernel::{Refusal, UnitId};
use network::import::Ordered;
use network::rules::dated::Dated;
use platform::Failure;
use platform::ui::{FieldError, Page};
use platform::web::Staff;
use registers::read::coverage;
use registers::rules::Definition;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The columns of a holder, as the register of holders has them.
const OF_HOLDER: [Column; 6] =
    [Column::Post, Column::Holder, Column::From, Column::To, Column::Document, Column::Substitute];

/// What a file comes to.
pub(super) struct Looked {
    pub units: Ordered,
    /// Rows that name a holder, and what each came to.
    pub holders: Vec<(u32, Outcome)>,
    /// Rows that say of a unit what an earlier row does not.
    contradicting: Vec<u32>,
}

/// A row that names a holder.
#[derive(Clone)]
struct Term {
    at: u32,
    unit: UnitId,
    cells: Vec<String>,
}

/// Looks at a file, or takes it over where an order is given. The order of a look stands for
/// the one that is still to be named.
pub(super) async fn go_through(
    staff: &Staff,
    reader: &Reader,
    roll: &Roll,
    order: Option<&Dated>,
) -> Result<Looked, Failure> {
    let (unit_rows, contradicting) = unit_rows(reader, roll);
    let columns: Vec<&str> = roll.unit_columns().into_iter().map(Column::code).collect();
    let (definition, units, posts) = staff
        .app
        .read(move |q, app| {
            let units = match unit_rows.is_empty() {
                true => Ordered::default(),
                false => Ordered::of(q, &columns, unit_rows.clone())?,
            };
            let posts = coverage::required(q)?;
            let levels = network::Forest::on(q, today(app))?;
            let levels: BTreeMap<UnitId, &'static str> =
                levels.iter().map(|unit| (unit.code.clone(), unit.level.code())).collect();
            Ok((register(q, app, "holders")?, units, (posts, levels)))
        })
        .await?;
    let (posts, mut levels) = posts;
    levels.extend(units.changes.iter().map(|change| (change.code.clone(), change.after.level.code())));
    // Posts of one name on several levels are told apart by the level of the unit.
    let post = |unit: &UnitId, name: &str| {
        let level = levels.get(unit).copied().unwrap_or_default();
        let found = posts.iter().find(|post| post.name == name && post.level == level);
        found.map_or_else(|| name.to_owned(), |post| post.id.to_string())
    };
    let terms = terms(roll, post);
    if let Some(dated) = order.filter(|_| !units.changes.is_empty()) {
        let (units, by, dated) = (units.clone(), staff.by(), dated.clone());
        staff.app.write(move |work| units.carry_out(work, &by, &dated)).await?;
    }
    let placeholder = Dated { on: Some(today(&staff.app)), document: "-".to_owned(), reason: "-".to_owned() };
    let look = order.is_none().then_some((&units, &placeholder));
    let holders = take_terms(staff, &definition, &terms, look).await?;
    Ok(Looked { units, holders, contradicting })
}

impl Looked {
    /// How many units are new, change and are there already.
    pub fn units_counted(&self) -> [usize; 3] {
        let new = self.units.changes.iter().filter(|change| change.before.is_none()).count();
        [new, self.units.changes.len() - new, self.units.unchanged]
    }

    /// The same of holders.
    pub fn holders_counted(&self) -> [usize; 3] {
        [
            self.count(|one| matches!(one, Outcome::New)),
            self.count(|one| matches!(one, Outcome::Changed(_))),
            self.count(|one| matches!(one, Outcome::Unchanged)),
        ]
    }

    /// How many rows with a holder came to that.
    fn count(&self, is: fn(&Outcome) -> bool) -> usize {
        self.holders.iter().filter(|(_, outcome)| is(outcome)).count()
    }

    /// What is wrong, by row of the sheet.
    pub fn wrong(&self, page: &Page, roll: &Roll) -> BTreeMap<u32, String> {
        let mut wrong: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        let said = |field: Option<&str>, words: String| match field.and_then(|code| roll.heading(code)) {
            Some(heading) => format!("{heading}：{words}"),
            None => words,
        };
        for problem in &self.units.bad {
            let words = page.translator().refusal(&problem.reason);
            let at = u32::try_from(problem.line).unwrap_or(u32::MAX);
            wrong.entry(at).or_default().push(said(problem.reason.field, words));
        }
        for at in &self.contradicting {
            wrong.entry(*at).or_default().push(page.t("roll-contradicts"));
        }
        for (at, outcome) in &self.holders {
            if let Outcome::Refused(errors) = outcome {
                let all = errors.iter().map(|error| said(error.field.as_deref(), page.error(error)));
                wrong.entry(*at).or_default().extend(all);
            }
        }
        wrong.into_iter().map(|(at, said)| (at, said.join("；"))).collect()
    }
}

/// What the first row about each unit says of it, and rows that say otherwise later. A row that
/// names the code alone says nothing of the unit.
fn unit_rows(reader: &Reader, roll: &Roll) -> (Vec<(u64, Vec<String>)>, Vec<u32>) {
    if !roll.tells_of_units() {
        return (Vec::new(), Vec::new());
    }
    let columns = roll.unit_columns();
    let mut first: BTreeMap<UnitId, Vec<String>> = BTreeMap::new();
    let (mut rows, mut contradicting) = (Vec::new(), Vec::new());
    for (at, cells) in &roll.rows {
        let said: Vec<String> =
            columns.iter().map(|column| reader.code(*column, roll.cell(cells, *column))).collect();
        let alone =
            columns.iter().zip(&said).all(|(column, cell)| *column == Column::Code || cell.is_empty());
        if alone {
            continue;
        }
        match first.get(&roll.unit(cells)) {
            None => {
                first.insert(roll.unit(cells), said.clone());
                rows.push((u64::from(*at), said));
            }
            Some(before) if *before == said => {}
            Some(_) => contradicting.push(*at),
        }
    }
    (rows, contradicting)
}

/// The rows that name a holder; a post without one is a vacancy and nothing to take.
fn terms(roll: &Roll, post: impl Fn(&UnitId, &str) -> String) -> Vec<Term> {
    let filled = |cells: &[String]| OF_HOLDER[1..].iter().any(|column| !roll.cell(cells, *column).is_empty());
    let term = |(at, cells): &(u32, Vec<String>)| {
        let unit = roll.unit(cells);
        let mut told = vec![unit.to_string(), post(&unit, roll.cell(cells, Column::Post))];
        told.extend(OF_HOLDER[1..].iter().map(|column| roll.cell(cells, *column).to_owned()));
        Term { at: *at, unit, cells: told }
    };
    roll.rows.iter().filter(|(_, cells)| filled(cells)).map(term).collect()
}

/// `look`: with these units there for the while, and nothing kept.
async fn take_terms(
    staff: &Staff,
    definition: &Arc<Definition>,
    terms: &[Term],
    look: Option<(&Ordered, &Dated)>,
) -> Result<Vec<(u32, Outcome)>, Failure> {
    let place = std::iter::once("place".to_owned());
    let targets: Vec<Target> =
        place.chain(OF_HOLDER.map(|column| column.code().to_owned())).map(Target::Field).collect();
    let shared = Arc::new(Mutex::new(Shared::default()));
    let mut outcomes = Vec::with_capacity(terms.len());
    // Units without holders are looked at as well.
    let chunks = terms.chunks(CHUNK).chain(terms.is_empty().then_some(&[][..]).filter(|_| look.is_some()));
    for (chunk_at, chunk) in chunks.enumerate() {
        let names: BTreeSet<UnitId> = chunk.iter().map(|term| term.unit.clone()).collect();
        // All of the order is looked at once; later chunks need the units they name.
        let prepared = look.map(|(units, dated)| {
            (if chunk_at == 0 { units.clone() } else { units.for_units(&names) }, dated.clone())
        });
        let (by, definition, shared, targets) =
            (staff.by(), definition.clone(), shared.clone(), targets.clone());
        let (rows, looked) = (chunk.to_vec(), Arc::new(Mutex::new(Vec::new())));
        let kept = looked.clone();
        let done = staff.app.write(move |work| {
            if let Some((units, dated)) = &prepared {
                units.carry_out(work, &by, dated)?;
            }
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let rows: Vec<Row<'_>> = rows
                .iter()
                .map(|term| Row { at: term.at, targets: &targets, cells: &term.cells, own: Some(&term.unit) })
                .collect();
            let taken = row::take(work, &by, &definition, &rows, &mut shared)?;
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = taken;
            if prepared.is_some() { Err(Refusal::new(GIVEN_UP).into()) } else { Ok(()) }
        });
        match done.await {
            Ok(()) => {}
            Err(Failure::Refused(refusal)) if refusal.code == GIVEN_UP => {}
            Err(other) => return Err(other),
        }
        let mut taken = looked.lock().unwrap_or_else(PoisonError::into_inner);
        outcomes.extend(chunk.iter().map(|term| term.at).zip(taken.drain(..)));
    }
    Ok(outcomes)
}

/// What an order lacks, beside its fields.
pub(super) fn refused(failure: Failure) -> Result<Vec<FieldError>, Failure> {
    match failure {
        Failure::Refused(refusal) => Ok(vec![FieldError::from(&refusal)]),
        Failure::Invalid(errors) => Ok(errors),
        other => Err(other),
    }
}
