//! 常用语: the texts that a form offers to insert into what is written to the appellant, and
//! the grounds of a step, both as the office words them today.

use super::words::Words;
use crate::verbs::{Field, Group, Kind, Phrase};
use kernel::permission::UnitPath;
use matters::configuration::grounds::{self, Ground, GroundKind, Grounds};
use matters::configuration::placeholders::filled;
use matters::configuration::templates::{self, Template, Templates};
use matters::{MatterView, NodeView};
use matters_rules::{ActionCode, Salutation};
use platform::ui::{Choice, Form, Locale, Page, PagePrefs};
use platform::web::Staff;
use platform::{App, Failure};
use std::sync::Arc;
use store::Query;

/// Name of the field in which a text is chosen.
const FIELD: &str = "phrase";

/// What is offered today to the form of one verb.
pub struct Offer {
    action: ActionCode,
    templates: Arc<Templates>,
    grounds: Option<Arc<Grounds>>,
}

impl Offer {
    /// As configured today; grounds only where the form asks for one.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn look_up(query: &mut dyn Query, app: &App, action: ActionCode) -> Result<Self, Failure> {
        let templates = templates::in_force(query, app)?;
        let grounds = match action {
            action if !GroundKind::of_action(action).is_empty() => Some(grounds::in_force(query, app)?),
            _ => None,
        };
        Ok(Self { action, templates, grounds })
    }

    /// The grounds of this verb, each with what it rests on. Where the verb is of several
    /// kinds they stand under the name of each, and a choice says which: `kind:code`.
    pub fn grounds(&self, page: &Page) -> Vec<Choice> {
        let locale = page.locale();
        let kinds = GroundKind::of_action(self.action);
        let choice = |ground: &Ground| {
            let (name, basis) = (ground.name.in_locale(locale), ground.basis.in_locale(locale));
            match kinds {
                [_] => Choice::new(&ground.code, name).hint(basis),
                _ => Choice::new(format!("{}:{}", ground.kind.code(), ground.code), name)
                    .group(page.t(ground.kind.key())),
            }
        };
        self.offered().map(choice).collect()
    }

    fn offered(&self) -> impl Iterator<Item = &Ground> {
        let kinds = GroundKind::of_action(self.action);
        self.grounds.iter().flat_map(move |grounds| kinds.iter().flat_map(move |kind| grounds.offered(*kind)))
    }

    /// The texts for this verb and the reader's units; for a decline also the ways that its
    /// grounds name.
    pub fn phrases(
        &self,
        staff: &Staff,
        page: &Page,
        view: &MatterView,
        node: Option<&NodeView>,
    ) -> Vec<Phrase> {
        let locale = page.locale();
        let templates = self.filled_for(staff, page, &values(&staff.app, self.action, view, node));
        let ways = self.offered().filter(|ground| !ground.way.zh.is_empty()).map(|ground| Phrase {
            code: format!("way:{}", ground.code),
            name: ground.name.in_locale(locale).to_owned(),
            text: ground.way.zh.clone(),
        });
        templates.into_iter().chain(ways).collect()
    }

    /// The texts for a call that is no matter yet: its number is filled in once it has one.
    pub fn for_call(&self, staff: &Staff, page: &Page, form: &Form) -> Vec<Phrase> {
        let written = written_page(&staff.app);
        let words = Words::of(&staff.app, &written);
        let name = addressed(&written, form.value("name"), Salutation::parse(form.value("salutation")));
        let values = [
            ("name", name),
            ("today", words.date(&staff.app.config.zone.date_of(staff.app.now()))),
            ("unit", written.office().to_owned()),
        ];
        self.filled_for(staff, page, &values)
    }

    fn filled_for(&self, staff: &Staff, page: &Page, values: &[(&'static str, String)]) -> Vec<Phrase> {
        let units: Vec<UnitPath> = staff.person.grants.iter().map(|grant| grant.path.clone()).collect();
        let offered = self.templates.offered(self.action, &units);
        let phrase = |template: &Template| Phrase {
            code: template.code.clone(),
            name: template.name.in_locale(page.locale()).to_owned(),
            text: filled(&template.text, values),
        };
        offered.map(phrase).collect()
    }
}

/// Puts the choice of texts before the first text of the form, where there is any.
pub fn put(page: &Page, groups: &mut [Group], phrases: Vec<Phrase>) {
    let is_text = |field: &Field| matches!(field.kind, Kind::Text(..));
    let Some((group, place)) = groups
        .iter_mut()
        .find_map(|group| group.fields.iter().position(is_text).map(|place| (group, place)))
        .filter(|_| !phrases.is_empty())
    else {
        return;
    };
    let into = group.fields[place].name.clone();
    let choice = Field {
        name: FIELD.to_owned(),
        label: page.t("desk-phrase"),
        hint: page.t("desk-phrase-hint"),
        optional: true,
        kind: Kind::Phrases(phrases, into),
    };
    group.fields.insert(place, choice);
}

/// The form with the chosen text behind what was typed, once.
pub fn inserted(form: Form, groups: &[Group]) -> Form {
    let offered = groups.iter().flat_map(|group| &group.fields).find_map(|field| match &field.kind {
        Kind::Phrases(phrases, into) => Some((phrases, into)),
        _ => None,
    });
    match offered {
        Some((phrases, into)) => inserted_into(form, phrases, into),
        None => form,
    }
}

/// The same for a form that is no verb's.
pub fn inserted_into(form: Form, phrases: &[Phrase], into: &str) -> Form {
    let Some(phrase) = phrases.iter().find(|phrase| phrase.code == form.value(FIELD)) else { return form };
    let typed = form.value(into).trim_end();
    let text = match typed {
        _ if typed.contains(&phrase.text) => typed.to_owned(),
        "" => phrase.text.clone(),
        _ => format!("{typed}\n{}", phrase.text),
    };
    form.replaced(into, text)
}

/// What the placeholders stand for in this matter, in the language that the office writes
/// in. A date that is not fixed yet has no value, and the placeholder stays to be seen.
fn values(
    app: &App,
    action: ActionCode,
    view: &MatterView,
    node: Option<&NodeView>,
) -> Vec<(&'static str, String)> {
    let page = written_page(app);
    let words = Words::of(app, &page);
    let unit = match (node, &view.office) {
        (Some(node), _) => node.unit.name.clone(),
        (None, Some(office)) => office.name.clone(),
        (None, None) => page.office().to_owned(),
    };
    let due = match (action, node) {
        // The unit asks for more time than it has; the appellant is promised what they know.
        (ActionCode::RequestInterval, Some(node)) => Some(words.due(&node.handling)),
        _ => view.clock.promise.as_ref().map(|promise| words.due(promise)),
    };
    let fixed = [
        ("number", view.number.clone()),
        ("name", address(&page, view)),
        ("today", words.date(&app.config.zone.date_of(app.now()))),
        ("unit", unit),
    ];
    fixed.into_iter().chain(due.map(|due| ("due", due))).collect()
}

/// How the appellant is addressed: by the pseudonym where the matter is shielded, whoever
/// reads it.
fn address(page: &Page, view: &MatterView) -> String {
    if let Some(pseudonym) = &view.pseudonym {
        return pseudonym.clone();
    }
    addressed(page, &view.contact.name, view.contact.salutation)
}

fn addressed(page: &Page, name: &str, salutation: Option<Salutation>) -> String {
    let name = name.trim();
    match salutation.map(|salutation| page.t(salutation.key())) {
        Some(salutation) if !name.is_empty() && !name.ends_with(&salutation) => format!("{name}{salutation}"),
        _ => name.to_owned(),
    }
}

/// In the language that the office writes in.
fn written_page(app: &App) -> Page {
    let translator = app.locales.translator(Locale::ZhCn);
    Page::new(translator, app.config.site.clone(), PagePrefs::default(), "")
}
