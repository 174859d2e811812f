//! A file of records on its way into a register: begun, taken piece by piece, each piece noted
//! in the transaction that takes it. What was noted is what is there, even where the rest never
//! came; an import of which nothing is heard any more is told to have been interrupted.

use super::words::forbidden;
use kernel::permission::UnitPath;
use kernel::time::Instant;
use kernel::{Actor, Aggregate, Recorded, Refusal, UnitId, text};
use serde::{Deserialize, Serialize};

/// The pure rules of one import.
pub struct Import;

/// How long an import may be silent before it counts as interrupted, in seconds. A piece of it
/// takes a fraction of one.
pub const SILENCE: i64 = 60;

/// What rows came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records that were not there.
    pub new: u32,
    /// Records that were changed.
    pub changed: u32,
    /// Records that held all of it already.
    pub unchanged: u32,
    /// Rows that were not taken.
    pub refused: u32,
}

impl Counts {
    /// All rows.
    pub fn rows(self) -> u32 {
        self.new + self.changed + self.unchanged + self.refused
    }

    /// Both together.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self {
            new: self.new + more.new,
            changed: self.changed + more.changed,
            unchanged: self.unchanged + more.unchanged,
            refused: self.refused + more.refused,
        }
    }
}

/// What someone may want of an import.
#[derive(Clone, Debug)]
pub enum ImportCommand {
    /// Begin it.
    Begin {
        /// Into which register.
        register: String,
        /// The unit of whoever takes the file over.
        unit: UnitId,
        /// The file's name as it was sent; may be empty.
        file: String,
        /// How many rows it holds.
        rows: u32,
    },
    /// Note that a piece of it was taken.
    Advance {
        /// The last row of it, as the sheet counts.
        row: u32,
        /// What its rows came to.
        counts: Counts,
    },
}

/// What happened to an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ImportEvent {
    /// It was begun.
    Begun {
        /// Into which register.
        register: String,
        /// The unit of whoever takes the file over.
        unit: UnitId,
        /// The file's name; empty where it may not be kept.
        file: String,
        /// How many rows it holds.
        rows: u32,
    },
    /// A piece of it was taken.
    Advanced {
        /// The last row of it, as the sheet counts.
        row: u32,
        /// What its rows came to.
        counts: Counts,
    },
}

/// What an import has become.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportState {
    /// The unit of whoever takes the file over; none before it was begun.
    pub unit: Option<UnitId>,
    /// How many rows the file holds.
    pub rows: u32,
    /// What the rows came to that were gone through.
    pub counts: Counts,
}

/// What an import needs to know of the world.
#[derive(Clone, Debug)]
pub struct ImportFacts {
    /// Who acts.
    pub actor: Actor,
    /// Where the unit stands.
    pub standing: Option<UnitPath>,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// All rows were gone through.
    Finished,
    /// Rows are missing, and the last piece is just in.
    Running,
    /// Rows are missing, and nothing was heard for [`SILENCE`].
    Interrupted,
}

impl Progress {
    /// Of an import of so many rows, `through` of them gone through by `moved_at`.
    pub fn of(rows: u32, through: u32, moved_at: Instant, now: Instant) -> Self {
        if through >= rows {
            Self::Finished
        } else if now < moved_at.plus_seconds(SILENCE) {
            Self::Running
        } else {
            Self::Interrupted
        }
    }

    /// Its code in the API and in the keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Running => "running",
            Self::Interrupted => "interrupted",
        }
    }
}

impl Aggregate for Import {
    type State = ImportState;
    type Command = ImportCommand;
    type Event = ImportEvent;
    type Facts = ImportFacts;

    const KIND: &'static str = "register_import";

    fn event_kind(event: &ImportEvent) -> &'static str {
        match event {
            ImportEvent::Begun { .. } => "begun",
            ImportEvent::Advanced { .. } => "advanced",
        }
    }

    fn decide(
        _: &ImportState,
        command: &ImportCommand,
        _: &ImportFacts,
    ) -> Result<Vec<ImportEvent>, Refusal> {
        Ok(vec![match command {
            ImportCommand::Begin { register, unit, file, rows } => ImportEvent::Begun {
                register: register.clone(),
                unit: unit.clone(),
                file: kept_name(file),
                rows: *rows,
            },
            ImportCommand::Advance { row, counts } => ImportEvent::Advanced { row: *row, counts: *counts },
        }])
    }

    fn fold(mut state: ImportState, recorded: &Recorded<ImportEvent>) -> ImportState {
        match &recorded.event {
            ImportEvent::Begun { unit, rows, .. } => {
                state.unit = Some(unit.clone());
                state.rows = *rows;
            }
            ImportEvent::Advanced { counts, .. } => state.counts = state.counts.and(*counts),
        }
        state
    }
}

/// A file's name as it is kept. One that tells what the persons in it believe or belong to is
/// not: no register holds that, and no list of imports either.
fn kept_name(sent: &str) -> String {
    if forbidden(sent).is_some() { String::new() } else { text::file_name(sent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("an instant")
    }

    #[test]
    fn an_import_is_interrupted_once_nothing_is_heard_of_it() {
        let moved = at("2022-08-22T10:00:00+08:00");
        let soon = at("2022-08-22T10:00:59+08:00");
        let later = at("2022-08-22T10:01:00+08:00");
        assert_eq!(Progress::of(400, 200, moved, soon), Progress::Running);
        assert_eq!(Progress::of(400, 200, moved, later), Progress::Interrupted);
        assert_eq!(Progress::of(400, 400, moved, later), Progress::Finished);
    }

    #[test]
    fn a_name_that_tells_what_persons_belong_to_is_not_kept() {
        assert_eq!(kept_name("C:\\表\\企业 名单.xlsx"), "企业 名单.xlsx");
        assert_eq!(kept_name("党员名册.xlsx"), "");
    }
}
