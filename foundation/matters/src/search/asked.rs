//! What likely duplicates, similar cases and categories are asked by, and why something is
//! offered.

use kernel::text::normal_phone;
use kernel::{AreaId, MatterId, SubjectId};

/// Words of a text that are looked up, the longest first.
pub(super) const WORDS: usize = 24;

/// What is asked about. Holds the words in the clear and is kept nowhere.
#[derive(Clone, Default)]
pub struct Asked {
    pub(super) text: String,
    pub(super) words: Vec<String>,
    pub(super) area: Option<AreaId>,
    pub(super) category: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) enterprise: Vec<SubjectId>,
    pub(super) except: Option<MatterId>,
}

impl Asked {
    /// About a text: title and story together. Cuts it into words, so make it outside of a
    /// unit of work.
    pub fn about(text: &str) -> Self {
        Self { text: text.to_owned(), words: telling(text), ..Self::default() }
    }

    /// In that area.
    #[must_use]
    pub fn at(self, area: Option<AreaId>) -> Self {
        Self { area, ..self }
    }

    /// Of that category.
    #[must_use]
    pub fn of_category(self, category: Option<String>) -> Self {
        Self { category: category.filter(|code| !code.is_empty()), ..self }
    }

    /// By someone with that telephone number, in whatever form.
    #[must_use]
    pub fn by_phone(self, phone: &str) -> Self {
        Self { phone: normal_phone(phone), ..self }
    }

    /// For an enterprise known as these data subjects.
    #[must_use]
    pub fn for_enterprise(self, subjects: Vec<SubjectId>) -> Self {
        Self { enterprise: subjects, ..self }
    }

    /// But not this matter itself.
    #[must_use]
    pub fn except(self, matter: MatterId) -> Self {
        Self { except: Some(matter), ..self }
    }
}

/// The words of a text that are looked up.
pub(super) fn telling(text: &str) -> Vec<String> {
    let mut words = search::words(text);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(WORDS);
    words
}

/// Why something is offered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// The words shared, the most telling first.
    pub words: Vec<String>,
    /// The same area, or one within the other.
    pub same_place: bool,
    /// The same category.
    pub same_category: bool,
    /// The same caller.
    pub same_caller: bool,
    /// The same enterprise.
    pub same_enterprise: bool,
    /// How alike, 0 to 1: for the order, and for how loudly it is shown.
    pub likeness: f64,
}
