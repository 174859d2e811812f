//! A form described as data: one template draws them all, so that every verb's form looks
//! and behaves alike.

use super::spec::Spec;
use matters_rules::{ContactWay, MatterKind, Outcome};
use platform::ui::{Arg, Choice, Translator};

/// Fields that stand together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its heading, translated; empty for none.
    pub legend: String,
    /// Shown only on demand: what few need.
    pub folded: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the form and, without a `-1`, in the API.
    pub name: String,
    /// Its label, translated.
    pub label: String,
    /// A line of help, translated; empty for none.
    pub hint: String,
    /// Whether it may always be left empty; where a choice decides, the hint says when not.
    pub optional: bool,
    /// What is entered.
    pub kind: Kind,
}

/// What is entered into a field.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A line.
    Line,
    /// A telephone number.
    Phone,
    /// A small number.
    Count,
    /// A text of that many lines, with the most characters it takes.
    Text(u8, usize),
    /// One of few.
    Radios(Vec<Choice>),
    /// One of few, side by side.
    Inline(Vec<Choice>),
    /// One of many; the prompt stands for none.
    Select(Vec<Choice>, String),
    /// The same of very many, found while typing.
    Searched(Vec<Choice>, String),
    /// Some of a few.
    Boxes(Vec<Choice>),
    /// Yes or nothing.
    Tick,
    /// A date.
    Date,
    /// A local date and time.
    Moment,
    /// Files.
    Files,
    /// Pictures, taken on the spot where the device has a camera.
    Camera,
    /// Carried along.
    Hidden,
    /// Texts to insert into the field of that name, which follows.
    Phrases(Vec<Phrase>, String),
}

/// A text that may be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its code among those offered.
    pub code: String,
    /// What it is called, in the reader's language.
    pub name: String,
    /// What is inserted.
    pub text: String,
}

/// What a form is about: what the matter says and what may be chosen.
#[derive(Default)]
pub struct About {
    /// The reader's language.
    pub words: Option<Translator>,
    /// Key prefix of the verb.
    pub key: String,
    /// The demands, as far as this reader may see them.
    pub demands: Vec<String>,
    /// Category of the matter, if known.
    pub category: Option<String>,
    /// Its area.
    pub area: Option<String>,
    /// Its type.
    pub appeal_type: Option<String>,
    /// Its urgency.
    pub urgency: Option<String>,
    /// Its express lines.
    pub express_lines: Vec<String>,
    /// Whom the matter is suggested to go to.
    pub advised: Vec<Advised>,
    /// Categories it may be of, with what speaks for each as their hint.
    pub likely: Vec<Choice>,
    /// Demands as the text seems to hold them.
    pub drafted: Vec<String>,
    /// Title and text for redacting.
    pub title: String,
    /// See `title`.
    pub text: String,
    /// Grounds in force to choose from, as the office words them today.
    pub grounds: Vec<Choice>,
    /// Units to choose from.
    pub units: Vec<Choice>,
    /// Categories to choose from.
    pub categories: Vec<Choice>,
    /// Areas to choose from.
    pub areas: Vec<Choice>,
    /// Items of the duty list to choose from.
    pub duty_items: Vec<Choice>,
    /// What the matter's procedure says, for the texts of a form to name.
    pub rules: Vec<(&'static str, Arg)>,
    /// Now, as `datetime-local` writes it.
    pub now: String,
    /// The kind of interval that is asked for.
    pub interval: Option<String>,
    /// Number of the opening that is asked for.
    pub opening: Option<u32>,
    /// The reports of pressure that await a settlement.
    pub pressure: Vec<Choice>,
    /// The matter's number, for a merge the candidates.
    pub others: Vec<Choice>,
    /// Whether the appellant's identity is sealed.
    pub shielded: bool,
    /// Whether no contact with the appellant is on record that the unit should have made.
    pub contact_missing: bool,
    /// Whether the words of the answer that was sent lack something.
    pub lacking: bool,
    /// Whether nobody is to be spoken to: an office raised the matter by itself.
    pub nobody_to_tell: bool,
    /// Whether an assignment is passed on, rather than made by the office.
    pub of_node: bool,
}

/// A unit that a form is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advised {
    /// Its code.
    pub unit: String,
    /// Code of its role.
    pub role: &'static str,
    /// Item of the duty list.
    pub duty_item: Option<String>,
}

impl About {
    /// A form of that verb for a matter of that kind in that language.
    pub fn new(words: Translator, spec: &Spec, kind: MatterKind) -> Self {
        let nobody_to_tell = kind != MatterKind::Appeal;
        Self { words: Some(words), key: spec.key_for(kind), nobody_to_tell, ..Self::default() }
    }

    /// What the verb means, above its form.
    pub fn lead(&self) -> String {
        self.t("lead")
    }

    /// A field of this verb; label under `<verb>-<name>`.
    pub(super) fn field(&self, name: &str, kind: Kind) -> Field {
        Field { name: name.to_owned(), label: self.t(name), hint: String::new(), optional: false, kind }
    }

    /// A field with a hint under `<verb>-<name>-hint`.
    pub(super) fn hinted(&self, name: &str, kind: Kind) -> Field {
        Field { hint: self.t(&format!("{name}-hint")), ..self.field(name, kind) }
    }

    /// One of the grounds in force.
    pub(super) fn ground(&self) -> Field {
        self.field("ground", Kind::Radios(self.grounds.clone()))
    }

    /// Why an answer is sent whose words lack something; asked once that was found.
    pub(super) fn override_reason(&self) -> Option<Field> {
        let field = Field {
            label: self.word("verb-override_reason"),
            hint: self.word("verb-override_reason-hint"),
            ..self.bare("override_reason", Kind::Text(2, super::ink::REASON))
        };
        self.lacking.then_some(field)
    }

    /// A reason that must be given.
    pub(super) fn reason(&self) -> Field {
        self.hinted("reason", Kind::Text(4, super::ink::REASON))
    }

    /// A choice between two ways, with words under `<verb>-<name>-yes` and `-no`.
    pub(super) fn decision(&self, name: &str) -> Field {
        let choice = |value: &str| {
            Choice::new(value, self.t(&format!("{name}-{value}")))
                .hint(self.t(&format!("{name}-{value}-hint")))
        };
        self.field(name, Kind::Radios(vec![choice("yes"), choice("no")]))
    }

    /// The labels of a list of codes.
    pub(super) fn codes<T: Copy>(
        &self,
        all: &[T],
        code: fn(T) -> &'static str,
        key: fn(T) -> &'static str,
    ) -> Vec<Choice> {
        all.iter().map(|item| Choice::new(code(*item), self.word(key(*item)))).collect()
    }

    /// Those ways to reach the appellant that are open: with a sealed identity the platform.
    pub(super) fn ways(&self, all: &[ContactWay]) -> Vec<Choice> {
        let open = all.iter().copied().filter(|way| !self.shielded || *way == ContactWay::Platform);
        self.codes(&open.collect::<Vec<_>>(), ContactWay::code, ContactWay::key)
    }

    /// What became of each demand, one field each.
    pub(super) fn results(&self) -> Vec<Field> {
        let count = self.demands.len().max(1);
        let results = (1..=count).map(|number| {
            let demand = self.demands.get(number - 1).cloned().unwrap_or_default();
            let label = self.words.as_ref().map_or_else(String::new, |words| {
                words.ta("verb-demand-result", &[("number", number.into()), ("demand", demand.into())])
            });
            let choices = self.codes(Outcome::ALL, Outcome::code, Outcome::key);
            Field { label, ..self.bare(&format!("outcome-{number}"), Kind::Inline(choices)) }
        });
        results.chain([self.bare("demands", Kind::Hidden)]).collect()
    }

    /// A field that carries a value along.
    pub(super) fn hidden(&self, name: &str) -> Field {
        self.bare(name, Kind::Hidden)
    }

    /// The choice of a category, with what is suggested where that was not chosen yet.
    pub(super) fn category(&self) -> Field {
        let field = self.field("category", Kind::Select(self.categories.clone(), self.word("verb-choose")));
        let chosen = self.likely.iter().any(|likely| Some(&likely.value) == self.category.as_ref());
        let (Some(words), false, false) = (&self.words, chosen, self.likely.is_empty()) else {
            return field;
        };
        let said = |choice: &Choice| format!("{} ({})", choice.label, choice.hint);
        let likely: Vec<String> = self.likely.iter().map(said).collect();
        Field { hint: words.ta("desk-likely-hint", &[("likely", likely.join("; ").into())]), ..field }
    }

    /// A heading of this verb's form.
    pub(super) fn t(&self, part: &str) -> String {
        self.word(&format!("{}-{part}", self.key))
    }

    /// A word of the product, with the procedure's limits where it names them.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.as_ref().map_or_else(String::new, |words| words.ta(key, &self.rules))
    }

    fn bare(&self, name: &str, kind: Kind) -> Field {
        Field { name: name.to_owned(), label: String::new(), hint: String::new(), optional: false, kind }
    }
}

impl Field {
    /// Lines of a text.
    pub fn rows(&self) -> u8 {
        if let Kind::Text(rows, _) = self.kind { rows } else { 1 }
    }

    /// Most characters of a text.
    pub fn max(&self) -> usize {
        if let Kind::Text(_, max) = self.kind { max } else { 0 }
    }

    /// The same, may be left empty.
    #[must_use]
    pub(super) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The same under another name, for the rows of a list.
    #[must_use]
    pub(super) fn row(self, number: usize) -> Self {
        Self { name: format!("{}-{number}", self.name), ..self }
    }
}

/// The one group of a plain form.
pub(super) fn group(fields: Vec<Field>) -> Vec<Group> {
    vec![Group { legend: String::new(), folded: false, fields }]
}
