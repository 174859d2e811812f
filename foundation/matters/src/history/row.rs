//! One row of an earlier system's file as a case, or why it is none.

use super::mapping::{CLOSINGS, Lookup, Mapping, YES};
use crate::filing::{FileRequest, TITLE_MAX};
use kernel::time::{Instant, Zone};
use kernel::{AreaId, Refusal, UnitId};
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel, ClosingType, Urgency};
use network::import::{Table, TableRow};
use std::collections::BTreeSet;

/// A case as the file has it.
#[derive(Clone)]
pub(super) struct Case {
    /// Its number there.
    pub number: String,
    /// When it came in.
    pub filed_at: Instant,
    /// When it was closed, if it was.
    pub closed_at: Option<Instant>,
    /// What it says.
    pub request: FileRequest,
    /// Who had it.
    pub unit: UnitId,
    /// Category code.
    pub category: String,
    /// How urgent it counts here.
    pub urgency: Urgency,
    /// How it ended, where it has.
    pub closing: ClosingType,
    /// Its deadline there.
    pub due: Option<Instant>,
    /// Whether it was on time there, where the file says so.
    pub on_time: Option<bool>,
}

/// The codes that this installation has.
#[derive(Default)]
pub(super) struct Known {
    pub units: BTreeSet<UnitId>,
    pub areas: BTreeSet<AreaId>,
    pub categories: BTreeSet<String>,
}

/// Reads rows under one mapping.
pub(super) struct Reader<'a> {
    pub mapping: &'a Mapping,
    pub table: &'a Table,
    pub zone: Zone,
    pub known: &'a Known,
    /// Nothing can have happened later.
    pub now: Instant,
}

impl Reader<'_> {
    /// The case of a row.
    ///
    /// # Errors
    /// `import-number-missing`, `import-time-missing`, `import-time-unreadable`,
    /// `import-time-ahead`, `import-closed-before-filed`, `import-value-unmapped`,
    /// `import-code-unknown`; each with the part it concerns as its field.
    pub fn case(&self, row: &TableRow) -> Result<Case, Refusal> {
        let columns = &self.mapping.columns;
        let cell = |column: &str| self.table.under(row, column);
        let number = cell(&columns.number).to_owned();
        if number.is_empty() {
            return Err(Refusal::field("number", "import-number-missing"));
        }
        let filed_at = self
            .time(row, "filed_at", &columns.filed_at)?
            .ok_or_else(|| Refusal::field("filed_at", "import-time-missing"))?;
        let closed_at = match &columns.closed_at {
            Some(column) => self.time(row, "closed_at", column)?,
            None => None,
        };
        if closed_at.is_some_and(|closed_at| closed_at < filed_at) {
            return Err(Refusal::field("closed_at", "import-closed-before-filed"));
        }
        let due = columns.due.as_ref().and_then(|column| self.mapping.time(cell(column), &self.zone));
        let on_time = match &columns.on_time {
            Some(lookup) => Some(self.code(row, "on_time", lookup)? == YES),
            None => None,
        };
        let unit = UnitId::from(self.code(row, "unit", &columns.unit)?);
        known("unit", self.known.units.contains(&unit), unit.as_str())?;
        let category = self.code(row, "category", &columns.category)?.to_owned();
        known("category", self.known.categories.contains(&category), &category)?;
        let area = match &columns.area {
            Some(lookup) => {
                let area = AreaId::from(self.code(row, "area", lookup)?);
                known("area", self.known.areas.contains(&area), area.as_str())?;
                Some(area)
            }
            None => None,
        };
        let urgency = self.listed(row, "urgency", &columns.urgency, Urgency::parse)?;
        let closing = self.listed(row, "closing", &columns.closing, |code| {
            ClosingType::parse(code).filter(|closing| CLOSINGS.contains(closing))
        })?;
        let channel = self.listed(row, "channel", &columns.channel, Channel::parse)?;
        let appeal_type = self.listed(row, "appeal_type", &columns.appeal_type, AppealType::parse)?;
        let mut request = FileRequest::new(self.mapping.source.office.clone(), channel, appeal_type);
        request.category = Some(category.clone());
        request.area = area;
        request.source_number = Some(number.clone());
        request.source_due = due;
        request.express_lines = channel.express_line().into_iter().collect();
        request.contact = ContactCard {
            name: columns.name.fill(cell),
            phone: columns.phone.fill(cell),
            enterprise: columns.enterprise.fill(cell),
            address: columns.address.fill(cell),
            ..ContactCard::default()
        };
        let title = columns.title.fill(cell).replace('\n', " ");
        let text = columns.text.fill(cell);
        request.text = match (title.chars().count() > TITLE_MAX, text.is_empty()) {
            (true, _) => format!("{title}\n{text}"),
            (false, true) => title.clone(),
            (false, false) => text,
        };
        request.title = shortened(&title);
        Ok(Case { number, filed_at, closed_at, request, unit, category, urgency, closing, due, on_time })
    }

    /// As of when the file speaks of open cases.
    pub fn written_at(&self) -> Instant {
        let written = self.mapping.source.written_at.as_deref();
        written.and_then(|written| self.mapping.time(written, &self.zone)).unwrap_or(self.now)
    }

    fn time(&self, row: &TableRow, part: &'static str, column: &str) -> Result<Option<Instant>, Refusal> {
        let written = self.table.under(row, column);
        if written.is_empty() {
            return Ok(None);
        }
        let at = self.mapping.time(written, &self.zone).ok_or_else(|| {
            Refusal::field(part, "import-time-unreadable").with("forms", self.mapping.source.times.join("  "))
        })?;
        if at > self.now {
            return Err(Refusal::field(part, "import-time-ahead"));
        }
        Ok(Some(at))
    }

    fn code<'b>(
        &'b self,
        row: &'b TableRow,
        part: &'static str,
        lookup: &'b Lookup,
    ) -> Result<&'b str, Refusal> {
        lookup.code(|column| self.table.under(row, column)).map_err(|(column, value)| {
            Refusal::field(part, "import-value-unmapped").with("column", column).with("value", value)
        })
    }

    fn listed<T>(
        &self,
        row: &TableRow,
        part: &'static str,
        lookup: &Lookup,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Refusal> {
        let code = self.code(row, part, lookup)?;
        parse(code).ok_or_else(|| Refusal::field(part, "import-code-unknown").with("code", code))
    }
}

fn known(part: &'static str, is: bool, code: &str) -> Result<(), Refusal> {
    if is { Ok(()) } else { Err(Refusal::field(part, "import-code-unknown").with("code", code)) }
}

/// At most as long as a title may be, cut with an ellipsis.
fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE_MAX {
        return title.to_owned();
    }
    title.chars().take(TITLE_MAX - 1).chain(['…']).collect()
}
