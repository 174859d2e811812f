//! What a form page needs to be shown again as it was typed, with its errors said beside
//! the fields and once more at the top. The macros in `templates/forms.html` read it.

use super::i18n::Arg;
use kernel::Refusal;
use std::collections::BTreeMap;

/// Typed values and errors of one form. An empty one shows a fresh form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

/// One thing wrong with a form; its words stand under `refusal-<code>`.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field's name, or `None` when the form as a whole is refused.
    pub field: Option<String>,
    /// The refusal's code.
    pub code: String,
    /// Values for the message's placeholders.
    pub args: Vec<(String, Arg)>,
}

impl FieldError {
    /// An error of one field.
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: Some(field.to_owned()), code: code.to_owned(), args: Vec::new() }
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }
}

impl From<&Refusal> for FieldError {
    fn from(refusal: &Refusal) -> Self {
        Self {
            field: refusal.field.map(str::to_owned),
            code: refusal.code.to_owned(),
            args: refusal.args.iter().map(|(name, value)| ((*name).to_owned(), Arg::from(value))).collect(),
        }
    }
}

impl Form {
    /// A fresh form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Presets a field's value.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl ToString) -> Self {
        self.values.entry(field.to_owned()).or_default().push(value.to_string());
        self
    }

    /// The same form with that value in place of what the field held.
    #[must_use]
    pub fn replaced(mut self, field: &str, value: impl ToString) -> Self {
        self.values.insert(field.to_owned(), vec![value.to_string()]);
        self
    }

    /// Adds an error.
    pub fn refuse(&mut self, error: impl Into<FieldError>) {
        self.errors.push(error.into());
    }

    /// The same form, refused.
    #[must_use]
    pub fn refused(mut self, error: impl Into<FieldError>) -> Self {
        self.refuse(error);
        self
    }

    /// The same form with each error aimed at the field that `aim` names, or at the form as
    /// a whole: rules name the fields of a command, which a form may show under others.
    #[must_use]
    pub fn aimed(mut self, aim: impl Fn(&FieldError) -> Option<String>) -> Self {
        for error in &mut self.errors {
            error.field = aim(error);
        }
        self
    }

    /// Whether anything is wrong with it.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What is wrong, in the order in which it was found.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The first error of a field.
    pub fn error(&self, field: &str) -> Option<&FieldError> {
        self.errors.iter().find(|error| error.field.as_deref() == Some(field))
    }

    /// Every error of a field, in the order they were found.
    pub fn errors_of(&self, field: &str) -> Vec<&FieldError> {
        self.errors.iter().filter(|error| error.field.as_deref() == Some(field)).collect()
    }

    /// Ids of what describes a field, for `aria-describedby`: hint, error, character count.
    pub fn described_by(&self, field: &str, hint: bool, counted: &bool) -> String {
        let parts = [(hint, "hint"), (self.error(field).is_some(), "error"), (*counted, "count")];
        let ids = parts.iter().filter(|(there, _)| *there).map(|(_, id)| format!("{field}-{id}"));
        ids.collect::<Vec<_>>().join(" ")
    }

    /// The first value typed into a field, as typed; empty where there is none.
    pub fn value(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// The first value of a field without the space around it; `None` when nothing is left.
    pub fn text(&self, field: &str) -> Option<&str> {
        Some(self.value(field).trim()).filter(|text| !text.is_empty())
    }

    /// Every value of a field: ticked checkboxes.
    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Every field with every value of it, as they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .flat_map(|(field, values)| values.iter().map(move |value| (field.as_str(), value.as_str())))
    }

    /// The same form without what was typed into a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.values.remove(field);
        self
    }

    /// Whether a choice is ticked.
    pub fn checked(&self, field: &str, value: &str) -> bool {
        self.all(field).iter().any(|ticked| ticked == value)
    }
}

/// Collects the pairs of a submitted body, for example of `axum::Form<Vec<(String, String)>>`.
/// U+0000 is dropped: nobody types it and PostgreSQL cannot keep it.
impl FromIterator<(String, String)> for Form {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        let mut form = Self::default();
        for (field, value) in pairs {
            form.values.entry(field).or_default().push(value.replace('\0', ""));
        }
        form
    }
}

/// One option of a select, radio or checkbox group. Texts are already translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// A second, quieter line; empty where there is none (radios and checkboxes only).
    pub hint: String,
    /// Heading of the group it stands under in a select; empty where there is none. Choices
    /// of one group stand next to each other.
    pub group: String,
    /// What finds it besides its label in a select that is searched while typing.
    pub search: String,
    /// Names of the past that find it and are then told beside it, parted by `|`.
    pub formerly: String,
}

impl Choice {
    /// A plain option.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), ..Self::default() }
    }

    /// Adds the second line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Puts it under a heading.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Says what finds it besides its label.
    #[must_use]
    pub fn found_by(mut self, search: impl Into<String>) -> Self {
        self.search = search.into();
        self
    }

    /// Says which names of the past find it.
    #[must_use]
    pub fn formerly(mut self, names: impl Into<String>) -> Self {
        self.formerly = names.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_keeps_what_was_typed_and_names_the_field() {
        let form: Form = [("phone", " 138 "), ("line", "a"), ("line", "b")]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .into_iter()
            .collect();
        let form = form.refused(&Refusal::field("phone", "phone-malformed").with("digits", 11));

        assert_eq!(form.value("phone"), " 138 ");
        assert_eq!(form.text("phone"), Some("138"));
        assert!(form.checked("line", "b") && !form.checked("line", "c"));
        let error = form.error("phone").expect("the field was refused");
        assert_eq!(error.code, "phone-malformed");
        assert_eq!(error.args, [("digits".to_owned(), Arg::from("11"))]);
        assert!(form.error("line").is_none());
    }

    #[test]
    fn space_alone_is_nothing_typed() {
        assert_eq!(Form::new().with("title", "  ").text("title"), None);
    }
}
