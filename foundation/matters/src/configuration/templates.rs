//! Reply templates 答复模板、常用语: beginnings to write from, per verb and, where wanted, for
//! the units of one subtree only.

use super::name::Name;
use super::{Document, cached, placeholders, version_in_force};
use kernel::permission::UnitPath;
use kernel::reading::Reading;
use kernel::time::Date;
use kernel::{Refusal, UnitId};
use matters_rules::ActionCode;
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The templates as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/templates.toml");

/// What a template may name: number, form of address, today, the limit's date, the
/// writer's unit.
pub const PLACEHOLDERS: [&str; 5] = ["number", "name", "today", "due", "unit"];

/// The verbs whose forms have words to begin from: what the configuration offers.
pub const VERBS: [ActionCode; 21] = [
    ActionCode::AnswerDirectly,
    ActionCode::Answer,
    ActionCode::Respond,
    ActionCode::Contact,
    ActionCode::Progress,
    ActionCode::Message,
    ActionCode::AskCompletion,
    ActionCode::ProposeDecline,
    ActionCode::DecideDecline,
    ActionCode::Transfer,
    ActionCode::Object,
    ActionCode::DecideObjection,
    ActionCode::RequestInterval,
    ActionCode::DecideInterval,
    ActionCode::Submit,
    ActionCode::SignOff,
    ActionCode::Review,
    ActionCode::DecideRedo,
    ActionCode::Supervise,
    ActionCode::RequestTermination,
    ActionCode::DecideTermination,
];

/// One version of the templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// In the order of the list.
    pub templates: Vec<Template>,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its code.
    pub code: String,
    /// What the picker calls it.
    pub name: Name,
    /// The verbs whose forms offer it.
    pub verbs: Vec<ActionCode>,
    /// Only for this unit and those below it; none: for all.
    pub unit: Option<UnitId>,
    /// The text, with placeholders.
    pub text: String,
}

/// The templates in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Templates>, Failure> {
    static PARSED: super::Parsed<Templates> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Templates>> =
        LazyLock::new(|| Arc::new(Templates::parse(DEFAULT).expect("a test reads the delivered templates")));
    match version_in_force(query, app, Document::Templates, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Templates::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl Templates {
    /// Reads the templates.
    ///
    /// # Errors
    /// Everything wrong with them, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.template.iter().map(|line| &line.code), "template.code");
        let mut templates = Vec::with_capacity(file.template.len());
        for line in file.template {
            if line.zh.trim().is_empty() || line.text.get_ref().trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "zh, text");
            }
            for verb in line.verbs.iter().filter(|verb| ActionCode::parse(verb.get_ref()).is_none()) {
                let value = verb.get_ref().clone();
                reading.wrong("template-verb-unknown", verb, "verbs").args.insert("value", value);
            }
            for name in placeholders::named(line.text.get_ref()) {
                if !PLACEHOLDERS.contains(&name) {
                    let refusal = reading.wrong("document-placeholder-unknown", &line.text, "text");
                    refusal.args.insert("value", name.to_owned());
                    refusal.args.insert("known", PLACEHOLDERS.join("、"));
                }
            }
            templates.push(Template {
                code: line.code.into_inner(),
                name: Name { zh: line.zh, en: line.en },
                verbs: line.verbs.iter().filter_map(|verb| ActionCode::parse(verb.get_ref())).collect(),
                unit: line.unit.filter(|unit| !unit.is_empty()).map(|unit| UnitId::from(unit.as_str())),
                text: line.text.into_inner(),
            });
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, templates })
    }

    /// What the form of that verb offers to someone whose grants stand in these units.
    pub fn offered<'a>(
        &'a self,
        verb: ActionCode,
        units: &'a [UnitPath],
    ) -> impl Iterator<Item = &'a Template> {
        let within = |template: &Template| match &template.unit {
            None => true,
            Some(unit) => units.iter().any(|path| path.0.split('/').any(|part| part == unit.as_str())),
        };
        self.templates.iter().filter(move |template| template.verbs.contains(&verb) && within(template))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    template: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    verbs: Vec<Spanned<String>>,
    unit: Option<String>,
    text: Spanned<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_templates_read_and_are_offered_where_they_belong() {
        let templates = Templates::parse(DEFAULT).expect("delivered");
        let offered = |verb| templates.offered(verb, &[]).count();
        assert!(offered(ActionCode::Answer) >= 3 && offered(ActionCode::Message) >= 2);
        assert_eq!(offered(ActionCode::Sign), 0);
    }

    #[test]
    fn one_of_a_unit_is_offered_in_its_subtree_only() {
        let text = DEFAULT.replacen("code = \"contact-first\"", "code = \"contact-first\"\nunit = \"xx\"", 1);
        let templates = Templates::parse(&text).expect("reads");
        let offered = |path: &str| templates.offered(ActionCode::Contact, &[UnitPath(path.into())]).count();
        assert_eq!((offered("cc/xx/x-power/"), offered("cc/yy/")), (1, 0));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code = |from: &str, to: &str| {
            Templates::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code
        };
        assert_eq!(code("在{due}前", "在{deadline}前"), "document-placeholder-unknown");
        assert_eq!(code("\"contact\"", "\"shout\""), "template-verb-unknown");
    }
}
