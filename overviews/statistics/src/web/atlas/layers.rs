//! What shades the areas of the map and what lies over them: offered, asked for, read.

use super::super::ask::rows_href;
use super::super::by::{Number, Table};
use crate::columns::{self, Column};
use crate::lines::{Line, Lines, lines};
use kernel::permission::Grant;
use kernel::{AreaId, Level};
use matters::figures::Asked;
use matters_rules::figures::{By, Cell};
use network::map::{Amount, Figure, Point};
use network::{AreaRow, Boundaries};
use platform::ui::{Choice, Locale, Page};
use platform::{App, Failure};
use registers::read::{list, places};
use registers::rules::Definition;
use registers::rules::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Query;

/// Points drawn at once; more hide each other.
const POINTS: i64 = 500;

/// What shades the areas.
pub(super) enum Shade {
    /// Matters, by where they come from.
    Area(Column),
    /// Assignments, by the county's unit and those below it.
    Unit(Column),
    /// Records of a register.
    Register(Arc<Definition>),
}

impl Shade {
    /// The one named; matters received unless it is known.
    pub fn asked(code: &str, period: bool, registers: &[Arc<Definition>]) -> Self {
        let of = |by: By, code: &str| columns::all(by, period).into_iter().find(|one| one.code() == code);
        let register = |code: &str| registers.iter().find(|one| one.code == code && places::known(one));
        let found = match code.split_once('.') {
            Some(("unit", column)) => of(By::Unit, column).map(Self::Unit),
            Some(("register", code)) => register(code).cloned().map(Self::Register),
            _ => of(By::Area, code).map(Self::Area),
        };
        found.unwrap_or(Self::Area(Column::Count(Cell::Received)))
    }

    /// As addresses name it.
    pub fn code(&self) -> String {
        match self {
            Self::Area(column) => column.code(),
            Self::Unit(column) => format!("unit.{}", column.code()),
            Self::Register(register) => format!("register.{}", register.code),
        }
    }

    /// As people name it.
    pub fn name(&self, page: &Page) -> String {
        match self {
            Self::Area(column) | Self::Unit(column) => page.t(&column.key()),
            Self::Register(register) => register_name(page, register),
        }
    }

    /// Whether it is a part of something.
    pub fn is_rate(&self) -> bool {
        matches!(self, Self::Area(Column::Rate(_)) | Self::Unit(Column::Rate(_)))
    }

    /// What it divides by what; empty for counts.
    pub fn formula(&self, page: &Page) -> String {
        match self {
            Self::Area(column) | Self::Unit(column) => {
                column.formula().map(|key| page.t(&key)).unwrap_or_default()
            }
            Self::Register(_) => String::new(),
        }
    }

    /// Key of what must be known to read it.
    pub fn note(&self) -> &'static str {
        match self {
            Self::Area(_) => "atlas-note-area",
            Self::Unit(_) => "atlas-note-unit",
            Self::Register(_) => "atlas-note-register",
        }
    }
}

/// What lies over the shades.
pub(super) enum Overlay {
    /// Nothing.
    None,
    /// Open matters, as circles.
    Matters,
    /// Records of a register, as points.
    Register(Arc<Definition>),
}

impl Overlay {
    /// The one named; nothing unless it is known.
    pub fn asked(code: &str, registers: &[Arc<Definition>]) -> Self {
        if code == MATTERS {
            return Self::Matters;
        }
        let found = registers.iter().find(|one| one.code == code && places::point(one).is_some());
        found.cloned().map_or(Self::None, Self::Register)
    }
}

/// The code of open matters among what may lie over the shades; a register's code has more
/// than one part only after a dot, so none is called so.
const MATTERS: &str = "open.matters";

/// What may shade the areas.
pub(super) fn shades(page: &Page, period: bool, registers: &[Arc<Definition>]) -> Vec<Choice> {
    let columns = |by: By, group: &str, code: fn(Column) -> String| {
        let group = page.t(group);
        let choice =
            move |column: Column| Choice::new(code(column), page.t(&column.key())).group(group.clone());
        columns::all(by, period).into_iter().map(choice).collect::<Vec<_>>()
    };
    let mut all = columns(By::Area, "atlas-group-area", |column| Shade::Area(column).code());
    all.extend(columns(By::Unit, "atlas-group-unit", |column| Shade::Unit(column).code()));
    let group = page.t("atlas-group-register");
    all.extend(registers.iter().filter(|register| places::known(register)).map(|register| {
        let code = Shade::Register(register.clone()).code();
        Choice::new(code, register_name(page, register)).group(group.clone())
    }));
    all
}

/// What may lie over them.
pub(super) fn overlays<'d>(page: &Page, registers: impl Iterator<Item = &'d Arc<Definition>>) -> Vec<Choice> {
    let matters = Choice::new(MATTERS, page.t("atlas-over-matters"));
    let register = |one: &Arc<Definition>| {
        Choice::new(&one.code, page.t1("atlas-over-records", "register", register_name(page, one)))
    };
    std::iter::once(matters).chain(registers.map(register)).collect()
}

fn register_name(page: &Page, register: &Definition) -> String {
    register.name.read(page.locale() == Locale::En).to_owned()
}

/// What was read for the shades: for each area its name, what it shows and the number of the
/// table.
pub(super) struct Shaded {
    pub rows: Vec<(AreaId, String, Figure, Number)>,
    pub total: Option<Number>,
}

impl Shaded {
    /// What an area of the map shows.
    pub fn figure(&self, area: &AreaId) -> Figure {
        let row = self.rows.iter().find(|(of, ..)| of == area);
        row.map(|(_, _, figure, _)| figure.clone()).unwrap_or_default()
    }
}

/// What was read for what lies over them.
#[derive(Default)]
pub(super) struct Overlaid {
    pub amounts: Vec<Amount>,
    pub points: Vec<Point>,
}

/// Who reads what.
pub(super) struct Reading<'a> {
    pub page: &'a Page,
    pub app: &'a App,
    pub asked: &'a Asked,
    pub grants: &'a [Grant],
}

impl Reading<'_> {
    /// The areas in question: those that are drawn, or else the counties.
    pub fn places(
        &self,
        q: &mut dyn Query,
        boundaries: &Option<Boundaries>,
    ) -> Result<Vec<AreaRow>, Failure> {
        let Some(boundaries) = boundaries else { return Ok(network::areas_on(q, Level::County)?) };
        let mut places = Vec::new();
        for shape in &boundaries.shapes {
            places.extend(network::area(q, &shape.area)?);
        }
        Ok(places)
    }

    /// The figure of each of the areas.
    pub fn shaded(&self, q: &mut dyn Query, shade: &Shade, places: &[AreaRow]) -> Result<Shaded, Failure> {
        match shade {
            Shade::Register(register) => self.records(q, register, places),
            Shade::Area(column) => {
                let found = self.lines(q, By::Area)?;
                let rows = places.iter().map(|place| {
                    let line = found.lines.iter().find(|line| line.key == place.code.as_str());
                    self.row(place, line, By::Area, *column)
                });
                Ok(Shaded { rows: rows.collect(), total: Some(self.total(&found, *column)) })
            }
            Shade::Unit(column) => {
                let found = self.lines(q, By::Unit)?;
                let mut rows = Vec::new();
                for place in places {
                    // The highest unit that serves an area answers for those below it.
                    let unit = network::units_serving(q, &place.code)?.into_iter().next();
                    let of = |line: &&Line| unit.as_ref().is_some_and(|unit| line.key == unit.code.as_str());
                    rows.push(self.row(place, found.lines.iter().find(of), By::Unit, *column));
                }
                Ok(Shaded { rows, total: Some(self.total(&found, *column)) })
            }
        }
    }

    fn lines(&self, q: &mut dyn Query, by: By) -> Result<Lines, Failure> {
        lines(q, self.app, self.page.translator(), self.asked, by, Some(self.grants))
    }

    fn row(
        &self,
        place: &AreaRow,
        line: Option<&Line>,
        by: By,
        column: Column,
    ) -> (AreaId, String, Figure, Number) {
        let name = place.named(self.page.locale()).to_owned();
        let table = Table { page: self.page, asked: self.asked, by, own: false };
        let (number, value) = match line {
            Some(line) => (table.number(line, column), column.value(&line.sum)),
            None => (Number::nothing(&name), matches!(column, Column::Count(_)).then_some(0.0)),
        };
        let figure = Figure { value, ..number.on_map(&name) };
        (place.code.clone(), name, figure, number)
    }

    fn total(&self, found: &Lines, column: Column) -> Number {
        let table = Table { page: self.page, asked: self.asked, by: found.by, own: false };
        table.printed(
            &found.total,
            column,
            rows_href(self.asked, &column.cell().code(), None),
            &self.page.t("statistics-total"),
        )
    }

    fn records(
        &self,
        q: &mut dyn Query,
        register: &Definition,
        places: &[AreaRow],
    ) -> Result<Shaded, Failure> {
        let counts = places::by_area(q, register, Some(self.grants), &list::Asked::default())?;
        let drawn: Vec<AreaId> = places.iter().map(|place| place.code.clone()).collect();
        let counts: BTreeMap<AreaId, i64> = places::gathered(&counts, &drawn);
        let number = |name: &str, count: i64, href: String| Number {
            value: self.page.number(count),
            ratio: String::new(),
            href: if count > 0 { href } else { String::new() },
            label: format!("{name}: {}", register_name(self.page, register)),
        };
        let path = format!("/registers/{}/map", register.code);
        let rows = places.iter().map(|place| {
            let name = place.named(self.page.locale()).to_owned();
            let count = counts.get(&place.code).copied().unwrap_or(0);
            let number = number(&name, count, format!("{path}?in={}", place.code));
            let figure = Figure { value: Some(count as f64), ..number.on_map(&name) };
            (place.code.clone(), name, figure, number)
        });
        let total = number(&self.page.t("statistics-total"), counts.values().sum(), path.clone());
        Ok(Shaded { rows: rows.collect(), total: Some(total) })
    }

    /// What lies over the areas, where a map is drawn.
    pub fn overlaid(
        &self,
        q: &mut dyn Query,
        overlay: &Overlay,
        places: &[AreaRow],
        drawn: bool,
    ) -> Result<Overlaid, Failure> {
        let mut over = Overlaid::default();
        match overlay {
            Overlay::Matters if drawn => {
                let found = self.lines(q, By::Area)?;
                let table = Table { page: self.page, asked: self.asked, by: By::Area, own: false };
                for place in places {
                    let line = found.lines.iter().find(|line| line.key == place.code.as_str());
                    let Some(line) = line else { continue };
                    let number = table.number(line, Column::Count(Cell::Open));
                    over.amounts.push(Amount {
                        area: place.code.clone(),
                        count: line.sum.count(Cell::Open),
                        label: format!("{} {}", number.label, number.value),
                        href: number.href,
                    });
                }
            }
            Overlay::Register(register) if drawn => {
                let Some(field) = places::point(register) else { return Ok(over) };
                let asked = list::Asked { at_a_point: true, ..list::Asked::default() };
                for row in list::list(q, register, Some(self.grants), &asked, POINTS)? {
                    if let Some(Value::Point(at)) = row.values.get(&field.code) {
                        let href = format!("/registers/{}/records/{}", register.code, row.id);
                        over.points.push(Point { at: *at, label: row.title, href });
                    }
                }
            }
            _ => {}
        }
        Ok(over)
    }
}
