//! What the columns of an earlier system's file mean: written by the office in a TOML file,
//! checked as a whole before the first row is read. The format is told in
//! `docs/import-appeals.md`.

use kernel::UnitId;
use kernel::time::{DateTime, Instant, Zone, ZoneError};
use matters_rules::{AppealType, Channel, ClosingType, Urgency};
use network::import::Table;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A mapping as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What holds for the whole file.
    pub source: Source,
    /// Where each part of a case stands.
    pub columns: Columns,
}

/// What holds for the whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of the earlier system. With a case's number it names the case for good, so that
    /// importing again finds what is there.
    pub name: String,
    /// Code of the unit that received the cases.
    pub office: UnitId,
    /// Time zone of the file's times; left out, the installation's.
    #[serde(default)]
    pub zone: Option<String>,
    /// How times are written, tried in turn (`strptime`, e.g. `%Y-%m-%d %H:%M:%S`).
    pub times: Vec<String>,
    /// When the file was written, in the first of these forms that reads it: as of then open
    /// cases are judged on time or late. Left out, now.
    #[serde(default)]
    pub written_at: Option<String>,
}

/// Where each part of a case stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The case's own number.
    pub number: String,
    /// When it came in.
    pub filed_at: String,
    /// When it was closed; an empty cell is an open case.
    #[serde(default)]
    pub closed_at: Option<String>,
    /// The deadline it had there.
    #[serde(default)]
    pub due: Option<String>,
    /// Whether it was on time there, for the comparison: `yes` or `no`.
    #[serde(default)]
    pub on_time: Option<Lookup>,
    /// One line; column names in braces, e.g. `{category}: {request_type}`.
    pub title: Template,
    /// The whole story.
    pub text: Template,
    /// Form of address.
    #[serde(default)]
    pub name: Template,
    /// Telephone number.
    #[serde(default)]
    pub phone: Template,
    /// The firm.
    #[serde(default)]
    pub enterprise: Template,
    /// Address.
    #[serde(default)]
    pub address: Template,
    /// Code of the unit that had it.
    pub unit: Lookup,
    /// Category code.
    pub category: Lookup,
    /// Code of the area.
    #[serde(default)]
    pub area: Option<Lookup>,
    /// How it came in.
    pub channel: Lookup,
    /// `help`, `consultation`, `complaint` or `suggestion`.
    #[serde(default = "Lookup::help")]
    pub appeal_type: Lookup,
    /// `general`, `urgent`, `critical` or `complex`.
    #[serde(default = "Lookup::general")]
    pub urgency: Lookup,
    /// How a closed case ended: `solved`, `partly`, `explained` or `not_yet`.
    #[serde(default = "Lookup::solved")]
    pub closing: Lookup,
}

/// A code found by a cell's value, or the same for every row.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Lookup {
    /// The same for every row.
    Always(String),
    /// By a column's value.
    By(By),
}

/// A code by a column's value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The column.
    pub column: String,
    /// Code by value; where empty the cells hold the codes themselves.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// For every value not listed; left out, such rows are reported.
    #[serde(default)]
    pub other: Option<String>,
}

/// A text with column names in braces.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Template(String);

/// Why a mapping cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// Not TOML of this form.
    #[error("{0}")]
    Form(String),
    /// No such time zone.
    #[error("source.zone: {0}")]
    Zone(#[from] ZoneError),
    /// A column that the file does not have.
    #[error("columns.{part}: the file has no column \"{column}\"; it has: {known}")]
    Column {
        /// Part of a case.
        part: &'static str,
        /// As the mapping has it.
        column: String,
        /// What the head line has.
        known: String,
    },
    /// A code that nothing here has.
    #[error("columns.{part}: \"{code}\" is no {part} here; {hint}")]
    Code {
        /// Part of a case.
        part: &'static str,
        /// As the mapping has it.
        code: String,
        /// What to do.
        hint: String,
    },
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// [`MappingError::Form`] with line and what was expected.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        toml::from_str(text).map_err(|error| MappingError::Form(error.to_string()))
    }

    /// Whose clock the file's times are.
    ///
    /// # Errors
    /// [`MappingError::Zone`].
    pub fn zone(&self, own: &Zone) -> Result<Zone, MappingError> {
        Ok(self.source.zone.as_deref().map(Zone::named).transpose()?.unwrap_or_else(|| own.clone()))
    }

    /// A time as the file writes it.
    pub fn time(&self, cell: &str, zone: &Zone) -> Option<Instant> {
        let local = self.source.times.iter().find_map(|format| DateTime::strptime(format, cell).ok())?;
        Some(zone.instant(local))
    }

    /// Whether every column the mapping names stands in the head line.
    ///
    /// # Errors
    /// The first that does not.
    pub fn fits(&self, head: &[String]) -> Result<(), MappingError> {
        let known = |column: &str| head.iter().any(|heading| heading == column);
        for (part, column) in self.named() {
            if !known(&column) {
                return Err(MappingError::Column { part, column, known: head.join(", ") });
            }
        }
        Ok(())
    }

    /// Every column named, with the part it is named for.
    fn named(&self) -> Vec<(&'static str, String)> {
        let columns = &self.columns;
        let mut named = vec![("number", columns.number.clone()), ("filed_at", columns.filed_at.clone())];
        named.extend(columns.closed_at.clone().map(|column| ("closed_at", column)));
        named.extend(columns.due.clone().map(|column| ("due", column)));
        for (part, template) in columns.templates() {
            named.extend(template.columns().map(|column| (part, column.to_owned())));
        }
        for (part, lookup) in columns.lookups() {
            if let Lookup::By(by) = lookup {
                named.push((part, by.column.clone()));
            }
        }
        named
    }

    /// The codes of a part that the mapping itself spells out.
    pub fn codes_of(&self, part: &str) -> Vec<&str> {
        let lookups = self.columns.lookups();
        let of_part = lookups.iter().filter(|(name, _)| *name == part);
        of_part.flat_map(|(_, lookup)| lookup.codes()).collect()
    }

    /// Checks the codes of closed lists; units, areas and categories are checked against
    /// what this installation has.
    ///
    /// # Errors
    /// [`MappingError::Code`], with the codes there are.
    pub fn check_codes(&self) -> Result<(), MappingError> {
        fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(|item| code(*item)).collect()
        }
        let lists = [
            ("channel", codes(Channel::ALL, Channel::code)),
            ("appeal_type", codes(AppealType::ALL, AppealType::code)),
            ("urgency", codes(Urgency::ALL, Urgency::code)),
            ("closing", codes(&CLOSINGS, ClosingType::code)),
            ("on_time", vec![YES, NO]),
        ];
        for (part, list) in lists {
            if let Some(code) = self.codes_of(part).into_iter().find(|code| !list.contains(code)) {
                let hint = format!("there are: {}", list.join(", "));
                return Err(MappingError::Code { part, code: code.to_owned(), hint });
            }
        }
        Ok(())
    }

    /// The same, and those that stand in the file's cells.
    pub fn codes_in(&self, part: &str, table: &Table) -> BTreeSet<String> {
        let mut codes: BTreeSet<String> = self.codes_of(part).into_iter().map(str::to_owned).collect();
        for (_, lookup) in self.columns.lookups().into_iter().filter(|(name, _)| *name == part) {
            if let Lookup::By(By { column, values, .. }) = lookup
                && values.is_empty()
            {
                codes.extend(table.rows().iter().map(|row| table.under(row, column).to_owned()));
            }
        }
        codes
    }
}

/// The endings that say something of the result.
pub const CLOSINGS: [ClosingType; 4] =
    [ClosingType::Solved, ClosingType::Partly, ClosingType::Explained, ClosingType::NotYet];
/// On time.
pub const YES: &str = "yes";
/// Late.
pub const NO: &str = "no";

impl Columns {
    fn templates(&self) -> [(&'static str, &Template); 6] {
        [
            ("title", &self.title),
            ("text", &self.text),
            ("name", &self.name),
            ("phone", &self.phone),
            ("enterprise", &self.enterprise),
            ("address", &self.address),
        ]
    }

    fn lookups(&self) -> Vec<(&'static str, &Lookup)> {
        let mut lookups = vec![
            ("unit", &self.unit),
            ("category", &self.category),
            ("channel", &self.channel),
            ("appeal_type", &self.appeal_type),
            ("urgency", &self.urgency),
            ("closing", &self.closing),
        ];
        lookups.extend(self.area.as_ref().map(|area| ("area", area)));
        lookups.extend(self.on_time.as_ref().map(|on_time| ("on_time", on_time)));
        lookups
    }
}

impl Lookup {
    fn help() -> Self {
        Self::Always(AppealType::Help.code().to_owned())
    }

    fn general() -> Self {
        Self::Always(Urgency::General.code().to_owned())
    }

    fn solved() -> Self {
        Self::Always(ClosingType::Solved.code().to_owned())
    }

    /// The code for a row, given how to read its cells; the column and its value where the
    /// mapping has none.
    pub fn code<'a>(&'a self, cell: impl Fn(&str) -> &'a str) -> Result<&'a str, (&'a str, &'a str)> {
        match self {
            Self::Always(code) => Ok(code),
            Self::By(By { column, values, other }) => {
                let value = cell(column);
                let found = if values.is_empty() && !value.is_empty() {
                    Some(value)
                } else {
                    values.get(value).or(other.as_ref()).map(String::as_str)
                };
                found.ok_or((column, value))
            }
        }
    }

    fn codes(&self) -> Vec<&str> {
        match self {
            Self::Always(code) => vec![code],
            Self::By(By { values, other, .. }) => values.values().chain(other).map(String::as_str).collect(),
        }
    }
}

impl Template {
    /// The text for a row, blank lines and lines without words left out.
    pub fn fill<'a>(&self, cell: impl Fn(&str) -> &'a str) -> String {
        let mut filled = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((column, after)) = after.split_once('}') else { break };
            filled += before;
            filled += cell(column);
            rest = after;
        }
        filled += rest;
        let spoken = |line: &&str| line.chars().any(char::is_alphanumeric);
        filled.lines().map(str::trim).filter(spoken).collect::<Vec<_>>().join("\n")
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(column, _)| column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(column: &str) -> &'a str {
        match column {
            "诉求类别" => "用水",
            "工单标题" => "水压不足",
            _ => "",
        }
    }

    #[test]
    fn a_template_takes_cells_and_drops_lines_without_words() {
        let template = Template("{诉求类别}：{工单标题}\n{备注}\n（{地址}）".into());
        assert_eq!(template.fill(cell), "用水：水压不足");
        assert_eq!(template.columns().collect::<Vec<_>>(), ["诉求类别", "工单标题", "备注", "地址"]);
        assert_eq!(Template("a { b".into()).fill(cell), "a { b");
    }

    #[test]
    fn a_value_without_a_code_is_told_with_its_column() {
        let by = |values: &[(&str, &str)], other: Option<&str>| {
            let values = values.iter().map(|(value, code)| ((*value).into(), (*code).into())).collect();
            Lookup::By(By { column: "诉求类别".into(), values, other: other.map(Into::into) })
        };
        assert_eq!(by(&[("用水", "ENE-02")], None).code(cell), Ok("ENE-02"));
        assert_eq!(by(&[("用电", "ENE-01")], Some("OTH-01")).code(cell), Ok("OTH-01"));
        assert_eq!(by(&[("用电", "ENE-01")], None).code(cell), Err(("诉求类别", "用水")));
        assert_eq!(by(&[], None).code(cell), Ok("用水"), "the cells hold the codes");
        assert_eq!(Lookup::Always("help".into()).code(cell), Ok("help"));
    }
}
