//! The condition form: a rule as fields, and fields as a rule's entry in the document.

use matters::configuration::editing::Entry;
use matters::configuration::{Rule, editing};
use matters_rules::watch::{Condition, WatchFact};
use matters_rules::{Addressee, Colour, Measure};
use platform::ui::{Choice, FieldError, Form, Page};

/// Conditions a form has room for.
pub(super) const CONDITIONS: usize = 5;

/// What the form's fields offer.
pub(super) struct Offers {
    pub facts: Vec<Choice>,
    pub rules: Vec<Choice>,
    pub measures: Vec<Choice>,
    pub addressees: Vec<Choice>,
    pub colours: Vec<Choice>,
    /// What may be written as a value, fact by fact.
    pub hints: Vec<(String, String)>,
}

impl Offers {
    /// In the page's language; `rules` are those another rule may follow.
    pub fn of(page: &Page, rules: &[Rule]) -> Self {
        let locale = page.locale();
        let hint = |fact: &WatchFact| (page.t(fact.key()), page.t(&format!("rules-value-{}", fact.code())));
        Self {
            facts: WatchFact::ALL.iter().map(|fact| Choice::new(fact.code(), page.t(fact.key()))).collect(),
            rules: rules.iter().map(|rule| Choice::new(&rule.code, rule.name.in_locale(locale))).collect(),
            measures: Measure::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
            addressees: Addressee::ALL
                .iter()
                .map(|code| Choice::new(code.code(), page.t(code.key())))
                .collect(),
            colours: Colour::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
            hints: WatchFact::ALL.iter().map(hint).collect(),
        }
    }
}

/// A rule as fields.
pub(super) fn filled(rule: &Rule) -> Form {
    let form = Form::new()
        .with("code", &rule.code)
        .with("zh", &rule.name.zh)
        .with("en", &rule.name.en)
        .with("measure", rule.measure.code())
        .with("to", rule.to.code())
        .with("colour", rule.colour.code());
    let form = if rule.retired { form.with("retired", "yes") } else { form };
    rule.when.iter().enumerate().fold(form, |form, (n, condition)| {
        let form = form.with(&format!("fact-{n}"), condition.fact().code());
        let form = match condition {
            Condition::After(rule, _) => form.with(&format!("rule-{n}"), rule),
            _ => form,
        };
        form.with(&format!("value-{n}"), condition.value())
    })
}

/// The conditions of the form; what does not read is noted beside its field.
pub(super) fn conditions(form: &mut Form) -> Vec<Condition> {
    let mut read = Vec::new();
    for n in 0..CONDITIONS {
        let (fact, value) = (format!("fact-{n}"), format!("value-{n}"));
        let Some(of) = form.text(&fact).map(str::to_owned) else { continue };
        let (rule, typed) =
            (form.value(&format!("rule-{n}")).to_owned(), form.value(&value).trim().to_owned());
        match WatchFact::parse(&of).and_then(|of| Condition::of(of, &rule, &typed)) {
            Some(condition) => read.push(condition),
            None => form.refuse(FieldError::new(&value, "rules-value-unreadable")),
        }
    }
    if read.is_empty() && !form.has_errors() {
        form.refuse(FieldError::new("fact-0", "rules-condition-missing"));
    }
    read
}

/// The entry that the form makes in the document.
pub(super) fn entry(form: &Form, conditions: &[Condition]) -> Entry {
    let lines: Vec<String> = conditions.iter().map(Condition::to_string).collect();
    let fields = ["code", "zh", "en", "measure", "to", "colour", "retired"];
    let mut entry: editing::Entry =
        fields.iter().map(|field| ((*field).to_owned(), form.value(field).trim().to_owned())).collect();
    entry.insert("when".into(), lines.join("、"));
    if entry.get("measure").is_some_and(|measure| measure != Measure::Slip.code()) {
        entry.insert("colour".into(), String::new());
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use matters::configuration::{Document, Supervision};

    #[test]
    fn every_delivered_rule_goes_through_the_form_unchanged() {
        let text = Document::Supervision.delivered();
        let shape = Document::Supervision.shape("rule").expect("rules");
        let rules = Supervision::parse(text).expect("delivered").rules;
        for (at, rule) in rules.iter().enumerate() {
            let mut form = filled(rule);
            let read = conditions(&mut form);
            assert_eq!(read, rule.when);
            let text = editing::with_entry(text, shape, at, &entry(&form, &read)).expect("reads");
            assert_eq!(Supervision::parse(&text).expect("valid").rules, rules, "{}", rule.code);
        }
    }

    #[test]
    fn a_value_that_does_not_read_is_noted_beside_it() {
        let mut form = Form::new().with("fact-0", "late").with("value-0", "soon");
        assert!(conditions(&mut form).is_empty());
        assert!(form.error("value-0").is_some());
        let mut empty = Form::new();
        conditions(&mut empty);
        assert!(empty.error("fact-0").is_some());
    }
}
