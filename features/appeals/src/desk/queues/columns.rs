//! The columns a list can have: what each says of a row on the page, and in a workbook.

use super::super::words::Words;
use matters::Row;
use matters::categories::Categories;
use matters_rules::Phase;
use platform::ui::{Choice, Page};
use print::xlsx;
use std::sync::Arc;

/// A column beside the matter's own, which is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Where it is.
    State,
    /// What is due when.
    Due,
    /// Who has it.
    Unit,
    /// Type, urgency and place.
    Kind,
    /// Category.
    Category,
    /// How it came in.
    Channel,
    /// Express lines.
    Express,
    /// When it was filed.
    Filed,
    /// When it was accepted.
    Accepted,
    /// The promised date.
    Promise,
    /// When it ended, and as what.
    Closed,
}

impl Column {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 11] = [
        Self::State,
        Self::Due,
        Self::Unit,
        Self::Kind,
        Self::Category,
        Self::Channel,
        Self::Express,
        Self::Filed,
        Self::Accepted,
        Self::Promise,
        Self::Closed,
    ];
    /// Those of someone who has not chosen.
    pub const USUAL: [Self; 5] = [Self::State, Self::Due, Self::Unit, Self::Kind, Self::Filed];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Due => "due",
            Self::Unit => "unit",
            Self::Kind => "kind",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Express => "express",
            Self::Filed => "filed",
            Self::Accepted => "accepted",
            Self::Promise => "promise",
            Self::Closed => "closed",
        }
    }

    /// Key of its heading.
    pub fn key(self) -> String {
        format!("desk-col-{}", self.code())
    }

    /// The columns of these codes, in the order of the list; the usual ones for none.
    pub fn chosen(codes: &[String]) -> Vec<Self> {
        let chosen: Vec<Self> =
            Self::ALL.into_iter().filter(|column| codes.iter().any(|code| code == column.code())).collect();
        if chosen.is_empty() { Self::USUAL.to_vec() } else { chosen }
    }

    /// All of them to tick.
    pub fn choices(page: &Page) -> Vec<Choice> {
        Self::ALL.into_iter().map(|column| Choice::new(column.code(), page.t(&column.key()))).collect()
    }

    /// Its columns in a workbook: what stands together on the page stands apart there, so
    /// that it can be sorted.
    pub fn sheet(self, page: &Page) -> Vec<xlsx::Column> {
        let text = |key: &str, width| xlsx::Column::text(page.t(key), width);
        match self {
            Self::State => vec![text("desk-col-state", 14), text("desk-col-marks", 16)],
            Self::Due => vec![
                xlsx::Column::datetime(page.t("desk-col-due-at")),
                text("desk-col-light", 10),
                text("desk-col-left", 18),
            ],
            Self::Unit => vec![text("desk-col-unit", 22), text("desk-col-role", 8)],
            Self::Kind => {
                vec![text("desk-col-type", 10), text("desk-filter-urgency", 10), text("desk-col-area", 14)]
            }
            Self::Category => vec![text("desk-col-category", 26)],
            Self::Channel => vec![text("desk-col-channel", 12)],
            Self::Express => vec![text("desk-col-express", 18)],
            Self::Filed => vec![xlsx::Column::datetime(page.t("desk-col-filed"))],
            Self::Accepted => vec![xlsx::Column::datetime(page.t("desk-col-accepted"))],
            Self::Promise => vec![xlsx::Column::datetime(page.t("desk-col-promise"))],
            Self::Closed => {
                vec![xlsx::Column::datetime(page.t("desk-col-closed")), text("desk-filter-closing", 14)]
            }
        }
    }
}

/// Says what a row holds in the reader's language.
pub struct Cells {
    pub page: Page,
    pub words: Words,
    pub categories: Arc<Categories>,
}

impl Cells {
    /// The title, or that it is withheld.
    pub fn title(&self, row: &Row) -> String {
        row.title.clone().unwrap_or_else(|| self.page.t("matter-title-withheld"))
    }

    /// The state: of the assignment, or of the matter.
    pub fn state(&self, row: &Row) -> String {
        match (&row.node_state, row.phase) {
            (Some(state), _) => self.page.t(&format!("node-state-{state}")),
            (None, Some(phase)) => self.page.t(&format!("phase-{}", Phase::code(phase))),
            (None, None) => String::new(),
        }
    }

    /// What is remarkable about it, each with its tone.
    pub fn marks(&self, row: &Row) -> Vec<(String, &'static str)> {
        let mut marks = Vec::new();
        if row.objected {
            marks.push((self.page.t("desk-objected"), "warning"));
        }
        if let Some(kind) = row.request {
            marks.push((self.page.t1("desk-requested", "kind", self.page.t(kind.key())), "warning"));
        }
        if let Some(kind) = row.paused {
            marks.push((self.page.t(kind.key()), "neutral"));
        }
        if row.redo_pending {
            marks.push((self.page.t("desk-redo-pending"), "danger"));
        }
        marks
    }

    /// How much time is left.
    pub fn left(&self, row: &Row) -> String {
        row.remaining.as_ref().map_or_else(String::new, |left| self.words.remaining(left))
    }

    /// Who has it.
    pub fn unit(&self, row: &Row) -> String {
        row.unit.as_ref().map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }

    /// Its category by name.
    pub fn category(&self, row: &Row) -> String {
        let Some(code) = &row.category else { return String::new() };
        let known = self.categories.get(code);
        known.map_or_else(|| code.clone(), |category| category.name.in_locale(self.page.locale()).to_owned())
    }

    /// What it is: an appeal by its type, anything else by its kind.
    pub fn kind(&self, row: &Row) -> String {
        self.page.t(row.appeal_type.map_or_else(|| row.kind.key(), |kind| kind.key()))
    }

    /// Its labels.
    pub fn express(&self, row: &Row) -> String {
        let names: Vec<String> = row.express_lines.iter().map(|line| self.page.t(line.key())).collect();
        names.join(&self.page.t("desk-list-join"))
    }

    /// What a column says in a workbook.
    pub fn sheet(&self, column: Column, row: &Row) -> Vec<xlsx::Cell> {
        use xlsx::Cell;
        let name = |key: Option<&'static str>| Cell::from(key.map(|key| self.page.t(key)));
        let at = |at: Option<kernel::time::Instant>| Cell::from(at.map(|at| self.page.site.zone.local(at)));
        match column {
            Column::State => {
                let marks: Vec<String> = self.marks(row).into_iter().map(|(text, _)| text).collect();
                vec![self.state(row).into(), marks.join(&self.page.t("desk-list-join")).into()]
            }
            Column::Due => {
                let light = row
                    .light
                    .map(|light| self.page.t(&format!("desk-light-{}", super::look::light_code(light))));
                vec![at(row.light.and(row.due_at)), light.into(), self.left(row).into()]
            }
            Column::Unit => vec![self.unit(row).into(), name(row.role.map(|role| role.key()))],
            Column::Kind => vec![
                self.kind(row).into(),
                name(row.urgency.map(|urgency| urgency.key())),
                row.area.as_ref().map(|area| area.full(self.page.locale()).to_owned()).into(),
            ],
            Column::Category => vec![self.category(row).into()],
            Column::Channel => vec![name(row.channel.map(|channel| channel.key()))],
            Column::Express => vec![self.express(row).into()],
            Column::Filed => vec![at(Some(row.filed_at))],
            Column::Accepted => vec![at(row.accepted_at)],
            Column::Promise => vec![at(row.promise_due)],
            Column::Closed => vec![at(row.closed_at), name(row.closing.map(|closing| closing.key()))],
        }
    }
}
