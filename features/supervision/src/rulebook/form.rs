//! The condition form: a rule as fields, and fields as a rule's entry in the document.

use kernel::time::{Light, TimeBase};
use matters::configuration::editing::Entry;
use matters::configuration::{Categories, Rule, editing};
use matters_rules::watch::{Condition, WatchFact, light_code};
use matters_rules::{Addressee, Colour, Measure, Urgency};
use platform::ui::{Choice, FieldError, Form, Page};

/// Conditions a form has room for.
pub(super) const CONDITIONS: usize = 5;

/// What the form's fields offer.
pub(super) struct Offers {
    /// What a condition is about; a rule that fired before is one of them.
    pub facts: Vec<Choice>,
    /// In what an amount is counted, or what the fact must be.
    pub values: Vec<Choice>,
    pub measures: Vec<Choice>,
    pub addressees: Vec<Choice>,
    pub colours: Vec<Choice>,
}

/// Units of time, the most usual first.
const BASES: [TimeBase; 4] =
    [TimeBase::WorkingDays, TimeBase::WorkingHours, TimeBase::NaturalHours, TimeBase::NaturalDays];
/// Lights a condition can ask for.
const LIGHTS: [Light; 3] = [Light::Yellow, Light::Red, Light::Gross];
/// Before the code of the rule that fired before.
const AFTER: &str = "after:";

impl Offers {
    /// In the page's language; `rules` are those another rule may follow.
    pub fn of(page: &Page, rules: &[Rule], categories: &Categories) -> Self {
        let locale = page.locale();
        let facts = WatchFact::ALL.iter().filter(|fact| **fact != WatchFact::After);
        let after = page.t(WatchFact::After.key());
        let fired = rules.iter().map(|rule| {
            let label = page.t1("rules-after-rule", "rule", rule.name.in_locale(locale));
            Choice::new(format!("{AFTER}{}", rule.code), label).group(&after)
        });
        let code = |code: &str, label: String, group: &str| Choice::new(code, label).group(page.t(group));
        let bases = BASES.map(|base| {
            let label = page.t(&format!("rules-base-{}", base.suffix()));
            code(base.suffix(), label, "rules-values-time")
        });
        let lights = LIGHTS.map(|light| {
            let light = light_code(light);
            code(light, page.t(&format!("rules-light-{light}")), "rules-values-light")
        });
        let urgencies = Urgency::ALL
            .iter()
            .map(|urgency| code(urgency.code(), page.t(urgency.key()), "rules-values-urgency"));
        let groups = categories
            .groups()
            .map(|group| code(&group.code, group.name.in_locale(locale).to_owned(), "rules-values-groups"));
        let singles = categories.offered().map(|category| {
            let group = category.group_name.in_locale(locale);
            Choice::new(&category.code, category.name.in_locale(locale)).group(group)
        });
        let values = bases.into_iter().chain(lights).chain(urgencies).chain(groups).chain(singles);
        Self {
            facts: facts.map(|fact| Choice::new(fact.code(), page.t(fact.key()))).chain(fired).collect(),
            values: values.collect(),
            measures: Measure::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
            addressees: Addressee::ALL
                .iter()
                .map(|code| Choice::new(code.code(), page.t(code.key())))
                .collect(),
            colours: Colour::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
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
        let fact = match condition {
            Condition::After(rule, _) => format!("{AFTER}{rule}"),
            _ => condition.fact().code().to_owned(),
        };
        let value = condition.value();
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        let (amount, of) = value.split_at(digits);
        form.with(&format!("fact-{n}"), fact)
            .with(&format!("amount-{n}"), amount)
            .with(&format!("of-{n}"), of)
    })
}

/// The conditions of the form; what does not read is noted beside its field.
pub(super) fn conditions(form: &mut Form) -> Vec<Condition> {
    let mut read = Vec::new();
    for n in 0..CONDITIONS {
        let [fact, amount, of] = ["fact", "amount", "of"].map(|field| format!("{field}-{n}"));
        let Some(about) = form.text(&fact).map(str::to_owned) else { continue };
        let (about, rule) = match about.strip_prefix(AFTER) {
            Some(rule) => (WatchFact::After.code(), rule.to_owned()),
            None => (about.as_str(), String::new()),
        };
        let (typed, chosen) = (form.value(&amount).trim().to_owned(), form.value(&of).to_owned());
        let condition = WatchFact::parse(about).and_then(|about| {
            let value = match about {
                WatchFact::Light | WatchFact::Urgency | WatchFact::Category => chosen.clone(),
                WatchFact::Objections | WatchFact::Reassignments | WatchFact::Redos | WatchFact::Returns => {
                    typed.clone()
                }
                _ => format!("{typed}{chosen}"),
            };
            Condition::of(about, &rule, &value)
        });
        match condition {
            Some(condition) => read.push(condition),
            None => {
                let wrong = match about {
                    "light" | "urgency" | "category" => (&of, "rules-value-not-chosen"),
                    "objections" | "reassignments" | "redos" | "returns" => {
                        (&amount, "rules-times-unreadable")
                    }
                    _ if typed.parse::<u32>().is_err() => (&amount, "rules-amount-unreadable"),
                    _ => (&of, "rules-time-not-chosen"),
                };
                form.refuse(FieldError::new(wrong.0, wrong.1));
            }
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
        let refused = |fields: &[(&str, &str)], at: &str| {
            let mut form = fields.iter().fold(Form::new(), |form, (field, value)| form.with(field, value));
            assert!(conditions(&mut form).is_empty());
            assert!(form.error(at).is_some(), "{fields:?}");
        };
        refused(&[("fact-0", "late"), ("amount-0", "soon"), ("of-0", "wd")], "amount-0");
        refused(&[("fact-0", "late"), ("amount-0", "2"), ("of-0", "red")], "of-0");
        refused(&[("fact-0", "redos"), ("amount-0", "0")], "amount-0");
        refused(&[("fact-0", "light"), ("amount-0", "2"), ("of-0", "wd")], "of-0");
        let mut empty = Form::new();
        conditions(&mut empty);
        assert!(empty.error("fact-0").is_some());
    }
}
