//! A Word document of the office's own making, with placeholders that are filled in.
//!
//! `{received}` (or `{{received}}`, in full-width braces too) stands for a value. A table row
//! that names `{units.assignments}` is repeated for every item of the list `units`. A
//! paragraph that holds nothing but a name of several paragraphs becomes as many.
//!
//! - [`Template::open`]: whether a file may be a template at all (`package`).
//! - [`Template::problems`]: what it names that there is not (`check`).
//! - [`Template::fill`], [`Template::outline`]: the document, and what it would say (`fill`).

mod check;
mod fill;
mod package;
mod scan;

pub use check::{Place, Problem, Wrong};
pub use fill::Outlined;
pub use package::Unsound;

use super::DocxError;
use package::Package;
use scan::Scan;
use std::collections::{BTreeMap, BTreeSet};

/// What a template may name.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Names that stand for a value.
    pub names: BTreeSet<String>,
    /// Names that stand for paragraphs.
    pub texts: BTreeSet<String>,
    /// Fields of the items of lists.
    pub lists: BTreeMap<String, BTreeSet<String>>,
    /// What people may write by mistake, e.g. what a value is called on pages, with its name.
    pub labels: BTreeMap<String, String>,
}

/// What the names stand for. One that has no value stays as it is written.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// A value each.
    pub names: BTreeMap<String, String>,
    /// Paragraphs each.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Items each, with their fields.
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// A sound document whose placeholders can be filled in.
pub struct Template {
    package: Package,
    /// The parts that hold text, the body first.
    parts: Vec<(String, Scan)>,
}

impl Template {
    /// Opens a file as a template.
    ///
    /// # Errors
    /// The first thing that makes it unsound.
    pub fn open(bytes: &[u8]) -> Result<Self, Unsound> {
        let package = Package::open(bytes)?;
        let mut parts = Vec::new();
        for name in package.texts() {
            parts.push((name.clone(), Scan::of(&name, package.text(&name)?)?));
        }
        Ok(Self { package, parts })
    }

    /// Everything it names that cannot be filled in, in the order of the document.
    pub fn problems(&self, vocabulary: &Vocabulary) -> Vec<Problem> {
        check::problems(&self.parts, vocabulary)
    }

    /// The names it holds.
    pub fn named(&self) -> BTreeSet<String> {
        let paragraphs = self.parts.iter().flat_map(|(_, scan)| &scan.paragraphs);
        paragraphs.flat_map(|paragraph| &paragraph.marks).map(|mark| mark.name.clone()).collect()
    }

    /// The document with everything filled in. `mark` stands above its first line, e.g.
    /// 演示数据; none for real data.
    ///
    /// # Errors
    /// See [`DocxError`]; a list so long that no program would open the document.
    pub fn fill(&self, values: &Values, mark: Option<&str>) -> Result<Vec<u8>, DocxError> {
        let mut changed = BTreeMap::new();
        for (n, (name, scan)) in self.parts.iter().enumerate() {
            let mark = mark.filter(|_| n == 0);
            changed.insert(name.clone(), fill::part(scan, values, mark).ok_or(DocxError::TooLong)?);
        }
        self.package.with(&changed)
    }

    /// What the body would say, for a page: its paragraphs and tables in their order.
    pub fn outline(&self, values: &Values) -> Vec<Outlined> {
        self.parts.first().map(|(_, scan)| fill::outline(scan, values)).unwrap_or_default()
    }
}
