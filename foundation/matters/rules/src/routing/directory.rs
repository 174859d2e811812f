//! Who there is to route to: units by their sort and kind, and what the words of a category's
//! usual leads (发改, 供电公司, 产权单位) mean. All of it is data of the city.

use kernel::permission::UnitPath;
use kernel::{Level, UnitId};

/// What a word for a usual lead stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A department, on whatever level the matter lies.
    Department,
    /// Statutory, or led from above 垂直管理: tax, power, water, gas, post.
    Vertical,
    /// The development zone of the place.
    Zone,
    /// The township of the place.
    Township,
    /// A part that only the matter at hand gives a name: 产权单位, 业务主管.
    Role,
}

/// A word for a usual lead, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentKind {
    /// The word, e.g. 发改(信用).
    pub word: String,
    /// The kind of department it stands for, e.g. 发改.
    pub kind: String,
    /// How a reason says it.
    pub name: String,
    /// How a person finds out who it is; may be empty.
    pub note: String,
    /// What it stands for.
    pub nature: Nature,
}

/// What a unit is, as far as routing asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitSort {
    /// A department or public utility.
    Department,
    /// A county's platform.
    Platform,
    /// A development zone.
    Zone,
    /// A township or subdistrict.
    Township,
    /// Governments, villages and what else gets no work by itself.
    Other,
}

/// An open unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its code.
    pub id: UnitId,
    /// Its name as a reason says it.
    pub name: String,
    /// The kinds of department that it is.
    pub kinds: Vec<String>,
    /// Where it stands.
    pub path: UnitPath,
    /// Its level.
    pub level: Level,
    /// What it is.
    pub sort: UnitSort,
}

/// An item of the townships' duty list 履职事项清单.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyItem {
    /// Its code.
    pub code: String,
    /// What the township does by it.
    pub title: String,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// The open units.
    pub units: Vec<Candidate>,
    /// The words of usual leads.
    pub kinds: Vec<DepartmentKind>,
    /// The duty list in force.
    pub duty_items: Vec<DutyItem>,
}

impl Directory {
    /// What the word stands for.
    pub fn kind(&self, word: &str) -> Option<DepartmentKind> {
        self.kinds.iter().find(|kind| kind.word == word).cloned()
    }

    /// The unit of that code.
    pub fn unit(&self, id: &UnitId) -> Option<&Candidate> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// The department of that kind on that level, in that county where one is given.
    pub fn department(
        &self,
        kind: &DepartmentKind,
        level: Level,
        county: Option<&UnitPath>,
    ) -> Option<&Candidate> {
        self.units.iter().find(|unit| {
            unit.sort == UnitSort::Department
                && unit.level == level
                && county.is_none_or(|county| county.holds(&unit.path))
                && unit.kinds.contains(&kind.kind)
        })
    }

    /// A county's platform.
    pub fn platform(&self, county: &UnitPath) -> Option<&Candidate> {
        self.units.iter().find(|unit| unit.sort == UnitSort::Platform && county.holds(&unit.path))
    }

    /// The zones of a county.
    pub fn zones(&self, county: &UnitPath) -> Vec<Candidate> {
        let zones = self.units.iter().filter(|unit| unit.sort == UnitSort::Zone && county.holds(&unit.path));
        zones.cloned().collect()
    }

    /// The first item whose title holds one of the words.
    pub fn duty_item(&self, words: &[String]) -> Option<&DutyItem> {
        words.iter().find_map(|word| self.duty_items.iter().find(|item| item.title.contains(word.as_str())))
    }
}
