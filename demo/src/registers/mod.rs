//! The registers of the demo city, recorded through the product's own commands. Their
//! figures are those of the press of August 2022; every row is made up. Posts and
//! organisations are named by number, villages are real divisions, bad news belongs to the
//! made-up counties.

mod investment;
mod liaison;
mod posts;
mod service;
mod sites;

use crate::DemoError;
use ::registers::rules::record::RecordCommand;
use ::registers::rules::{Bound, Decimal, Value, Values};
use kernel::time::{Date, Instant, Time};
use kernel::{AreaId, Source, UnitId};
use platform::{App, By, Failure, Work};
use uuid::Uuid;

/// County of the city: unit, area, name, a point in it in millionths of a degree.
type County = (&'static str, &'static str, &'static str, [i64; 2]);

const COUNTIES: [County; 5] = [
    ("lx", "431302", "娄星区", [111_990_000, 27_717_000]),
    ("lsj", "431381", "冷水江市", [111_492_000, 27_684_000]),
    ("ly", "431382", "涟源市", [111_770_000, 27_778_000]),
    ("sf", "431321", "双峰县", [112_159_000, 27_434_000]),
    ("xh", "431322", "新化县", [111_307_000, 27_919_000]),
];

/// Fills the registers.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App) -> Result<(), DemoError> {
    ::registers::seed(app).await.map_err(DemoError::at("definitions"))?;
    let today = app.config.zone.date_of(app.now());
    at(app, "liaison", day(2022, 8, 1), liaison::liaison).await?;
    at(app, "contacts", today, move |work| liaison::contacts(work, today)).await?;
    at(app, "late liaison", day(2026, 1, 5), liaison::late_liaison).await?;
    at(app, "sites", day(2022, 8, 22), sites::sites_and_tour).await?;
    at(app, "programmes", day(2022, 8, 22), service::programmes).await?;
    at(app, "demo projects", day(2021, 10, 31), investment::demo_projects).await?;
    at(app, "major projects", day(2022, 7, 31), investment::major_projects).await?;
    at(app, "later funds", day(2022, 8, 22), investment::later_funds).await?;
    at(app, "enterprises", day(2022, 8, 22), investment::enterprises).await?;
    at(app, "research", day(2022, 8, 22), service::research).await?;
    at(app, "pairings", day(2022, 8, 22), sites::pairings).await?;
    posts::holders(app).await
}

/// Does a part of the script at noon of that day.
async fn at(
    app: &App,
    what: &str,
    on: Date,
    part: impl Fn(&mut Work<'_>) -> Result<(), Failure> + Send + 'static,
) -> Result<(), DemoError> {
    let noon: Instant = app.config.zone.instant(on.to_datetime(Time::constant(12, 0, 0, 0)));
    let occurred = noon.min(app.now());
    app.write_occurred(Source::Replayed, occurred, move |work| part(work))
        .await
        .map_err(DemoError::at(format!("registers: {what}")))
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// A day of the month that `n` picks.
fn spread(year: i16, months: std::ops::RangeInclusive<i8>, n: usize) -> Date {
    let (first, count) = (*months.start(), usize::try_from(months.end() - months.start() + 1).unwrap_or(1));
    let month = first + i8::try_from(n % count).unwrap_or(0);
    Date::constant(year, month, i8::try_from(1 + (n * 7) % 27).unwrap_or(1))
}

fn record(
    work: &mut Work<'_>,
    register: &str,
    unit: &str,
    on: Date,
    stage: Option<&str>,
    values: Values,
) -> Result<Uuid, Failure> {
    let id = work.fresh.uuid();
    let command = RecordCommand::Create {
        register: register.to_owned(),
        unit: UnitId::from(unit),
        values,
        stage: stage.map(str::to_owned),
        on: Some(on),
    };
    act(work, id, command)?;
    Ok(id)
}

fn act(work: &mut Work<'_>, id: Uuid, command: RecordCommand) -> Result<(), Failure> {
    ::registers::act_record(work, &By::Operator, id, None, &command).map(drop)
}

fn values<const N: usize>(pairs: [(&str, Value); N]) -> Values {
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn choice(code: &str) -> Value {
    Value::Choice(vec![code.to_owned()])
}

fn number(number: i64, bound: Bound) -> Value {
    Value::Number { number: Decimal::whole(number), bound }
}

/// Money in ten thousand yuan.
fn wan(wan: i64) -> Value {
    Value::Money { fen: wan * 1_000_000, bound: Bound::Exact }
}

fn area(code: &str) -> Value {
    Value::Area(AreaId::from(code))
}
