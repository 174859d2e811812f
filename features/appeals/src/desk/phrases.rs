//! 常用语: the texts that a form offers to insert into what is written to the appellant, and
//! the grounds of a decline, both as the office words them today.

use super::words::Words;
use crate::verbs::{Field, Group, Kind, Phrase};
use kernel::permission::UnitPath;
use matters::configuration::grounds::{self, GroundKind, Grounds};
use matters::configuration::placeholders::filled;
use matters::configuration::templates::{self, Templates};
use matters::{MatterView, NodeView};
use matters_rules::ActionCode;
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
            ActionCode::ProposeDecline => Some(grounds::in_force(query, app)?),
            _ => None,
        };
        Ok(Self { action, templates, grounds })
    }

    /// The grounds of a decline, each with what it rests on.
    pub fn grounds(&self, page: &Page) -> Vec<Choice> {
        let locale = page.locale();
        let offered = self.grounds.iter().flat_map(|grounds| grounds.offered(GroundKind::Decline));
        offered
            .map(|ground| {
                Choice::new(&ground.code, ground.name.in_locale(locale)).hint(ground.basis.in_locale(locale))
            })
            .collect()
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
        let units: Vec<UnitPath> = staff.person.grants.iter().map(|grant| grant.path.clone()).collect();
        let values = values(&staff.app, self.action, view, node);
        let templates = self.templates.offered(self.action, &units).map(|template| Phrase {
            code: template.code.clone(),
            name: template.name.in_locale(locale).to_owned(),
            text: filled(&template.text, &values),
        });
        let grounds = self.grounds.iter().flat_map(|grounds| grounds.offered(GroundKind::Decline));
        let ways = grounds.filter(|ground| !ground.way.zh.is_empty()).map(|ground| Phrase {
            code: format!("way:{}", ground.code),
            name: ground.name.in_locale(locale).to_owned(),
            text: ground.way.zh.clone(),
        });
        templates.chain(ways).collect()
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
    let chosen = groups.iter().flat_map(|group| &group.fields).find_map(|field| match &field.kind {
        Kind::Phrases(phrases, into) => {
            phrases.iter().find(|phrase| phrase.code == form.value(FIELD)).map(|phrase| (phrase, into))
        }
        _ => None,
    });
    let Some((phrase, into)) = chosen else { return form };
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
    let translator = app.locales.translator(Locale::ZhCn);
    let page = Page::new(translator, app.config.site.clone(), PagePrefs::default(), "");
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
    let name = view.contact.name.clone();
    match view.contact.salutation.map(|salutation| page.t(salutation.key())) {
        Some(salutation) if !name.ends_with(&salutation) => format!("{name}{salutation}"),
        _ => name,
    }
}
