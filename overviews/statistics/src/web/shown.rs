//! Figures as templates print them: each number with its words, its parts, its formula.

use super::ask::rows_href;
use matters::figures::Asked;
use matters_rules::figures::{Cell, Figures, RateDef, SMALLEST_GROUP, suppress};
use platform::ui::Page;

/// A number with its words; `href` leads to its rows (empty on public pages).
pub(super) struct Count {
    pub label: String,
    pub value: String,
    pub href: String,
}

/// A whole and the parts it is the sum of.
pub(super) struct Sum {
    pub whole: Count,
    pub parts: Vec<Count>,
}

/// A rate with what it is made of.
pub(super) struct Share {
    pub label: String,
    /// `96.8%`, a dash, or the words for "too few to show".
    pub value: String,
    /// `335/346`; empty where it is withheld.
    pub ratio: String,
    pub formula: String,
    pub href: String,
}

/// Rates that answer one question.
pub(super) struct Group {
    pub title: String,
    pub shares: Vec<Share>,
}

/// The rates by what a reader wants to know.
const GROUPS: [(&str, &[&str]); 4] = [
    ("figures-group-result", &["closed", "closed_of_assigned", "direct_answer", "merge"]),
    ("figures-group-voice", &["solved", "satisfied", "satisfied_after_exclusions", "rated", "redo"]),
    (
        "figures-group-time",
        &["on_time", "on_time_extended", "signed_in_time", "contacted_in_time", "overdue"],
    ),
    ("figures-group-way", &["objection", "reassign", "extension"]),
];

/// Makes what is shown of one set of figures.
pub(super) struct Showing<'a> {
    pub page: &'a Page,
    pub figures: &'a Figures,
    /// The question, where numbers lead to their rows; none on public pages, where small
    /// groups are hidden instead.
    pub rows: Option<&'a Asked>,
}

impl Showing<'_> {
    /// The two identities of what was received and what was accepted, and what became of it.
    pub fn sums(&self) -> Vec<Sum> {
        vec![
            self.sum(Cell::Received, &Figures::RECEIVED),
            self.sum(Cell::Accepted, &Figures::ACCEPTED),
            self.sum(Cell::Accepted, &[Cell::Closed, Cell::Open]),
        ]
    }

    /// The same of assignments.
    pub fn assignments(&self) -> Sum {
        self.sum(Cell::Assignments, &Figures::ASSIGNMENTS)
    }

    /// What had to be dealt with in the period, and what became of it.
    pub fn period(&self) -> Option<[Vec<Count>; 2]> {
        self.figures.from?;
        let counts = |cells: &[Cell]| cells.iter().map(|cell| self.count(*cell)).collect();
        Some([counts(&Figures::PERIOD), counts(&[Cell::PeriodClosed, Cell::Open])])
    }

    /// Closed by type, without types nobody had; small ones hidden on public pages.
    pub fn closed_by_type(&self) -> Vec<Count> {
        let types: Vec<_> = self.figures.closed_by_type().collect();
        let sizes: Vec<u64> = types.iter().map(|(_, n)| *n).collect();
        let shown =
            if self.rows.is_some() { sizes.iter().copied().map(Some).collect() } else { suppress(&sizes) };
        types
            .into_iter()
            .zip(shown)
            .filter(|((_, n), _)| *n > 0)
            .map(|((closing, _), n)| Count {
                label: self.page.t(closing.key()),
                value: n.map_or_else(|| self.page.t("figures-withheld"), |n| self.page.number(n)),
                href: self.href(Cell::ClosedAs(closing)),
            })
            .collect()
    }

    /// All rates, by what a reader wants to know.
    pub fn groups(&self) -> Vec<Group> {
        GROUPS
            .iter()
            .map(|(title, names)| Group {
                title: self.page.t(title),
                shares: names
                    .iter()
                    .filter_map(|name| RateDef::named(name))
                    .map(|def| self.share(def))
                    .collect(),
            })
            .collect()
    }

    /// A number with its words.
    pub fn count(&self, cell: Cell) -> Count {
        Count {
            label: self.page.t(&format!("cell-{}", cell.code())),
            value: self.page.number(self.figures.count(cell)),
            href: self.href(cell),
        }
    }

    fn sum(&self, whole: Cell, parts: &[Cell]) -> Sum {
        Sum { whole: self.count(whole), parts: parts.iter().map(|cell| self.count(*cell)).collect() }
    }

    fn share(&self, def: &'static RateDef) -> Share {
        let rate = self.figures.rate(def);
        let withheld = self.rows.is_none() && (1..SMALLEST_GROUP).contains(&rate.of);
        let (value, ratio) = if withheld {
            (self.page.t("figures-withheld"), String::new())
        } else {
            let value = rate.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent}%"));
            (value, format!("{}/{}", self.page.number(rate.n), self.page.number(rate.of)))
        };
        Share {
            label: self.page.t(&format!("rate-{}", def.name)),
            value,
            ratio,
            formula: self.page.t(&format!("formula-{}", def.name)),
            href: self.href(def.n),
        }
    }

    fn href(&self, cell: Cell) -> String {
        self.rows.map(|asked| rows_href(asked, &cell.code(), None)).unwrap_or_default()
    }
}
