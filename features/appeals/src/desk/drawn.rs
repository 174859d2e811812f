//! A verb's form made ready for one reader: what it offers to choose from, what it is filled
//! with, and the advice that stands beside it. The verb's own page and the working desk show
//! the same form.

use super::advice::{self, Advice};
use super::alike;
use super::choices::{self, From};
use super::likely;
use super::onward::Onward;
use super::phrases::{self, Offer};
use super::words::Words;
use crate::verbs::{self, About, Group, Kind, Spec, Verb, Visitor, suggested_demands};
use kernel::{NodeId, UnitId};
use knowledge::read::QuoteLine;
use matters::advice::Step;
use matters::{Compared, MatterView, NodeView};
use matters_rules::{ActionCode, NodeRole};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;

/// See the module.
pub struct Drawn {
    /// Which verb.
    pub spec: Spec,
    /// Where it is sent.
    pub href: String,
    /// Where it is shown: on a page of its own, or on the working desk.
    pub here: String,
    /// What the verb means.
    pub lead: String,
    /// Key of the button's words.
    pub send_key: String,
    /// What is typed or filled in.
    pub form: Form,
    /// Its fields.
    pub groups: Vec<Group>,
    /// The version of the matter it was made from.
    pub version: i64,
    /// Whether units can be looked for.
    pub looks_up: bool,
    /// Whether files come along.
    pub with_files: bool,
    /// Whom the matter is suggested to go to.
    pub advice: Option<Advice>,
    /// Where an officer who goes through a queue goes on.
    pub onward: Option<Onward>,
    /// What of the knowledge base was quoted in the answer, for whoever calls back.
    pub quotes: Vec<QuoteLine>,
}

/// What is asked for.
pub struct Asked<'a> {
    /// The verb.
    pub spec: Spec,
    /// The matter.
    pub view: &'a MatterView,
    /// The assignment.
    pub node: Option<&'a NodeView>,
    /// What was sent; none for a fresh form.
    pub typed: Option<Form>,
    /// The suggested unit that the reader would rather have lead.
    pub led_by: Option<UnitId>,
    /// The page it is shown on, where that is not its own.
    pub here: Option<String>,
    /// See [`Drawn::onward`].
    pub onward: Option<Onward>,
}

/// Makes the form ready.
///
/// # Errors
/// Whatever the store says.
pub async fn draw(staff: &Staff, page: &Page, words: &Words, asked: Asked<'_>) -> Result<Drawn, Failure> {
    let Asked { spec, view, node, typed, led_by, here, onward } = asked;
    let href = spec.href(view.id, node.map(|node| node.id));
    let word = typed.as_ref().map_or_else(String::new, |form| form.value("unit_search").to_owned());
    let other = typed.as_ref().map_or_else(String::new, |form| form.value("other_search").to_owned());
    let from = From::of(view, start(spec.action, view, node));
    let step = step(spec.action, view, node.map(|node| node.id));
    // Cutting a text into words takes a while: not inside the unit of work.
    let needs_alike = needs_alike(&spec, &other);
    let needs_category = spec.needs.categories;
    let needs_precedents = step == Some(Step::Office);
    let asked = (needs_alike || needs_category || needs_precedents).then(|| alike::asked(view));
    let (needs, locale, seen, grants) =
        (spec.needs, page.locale(), view.clone(), staff.person.grants.clone());
    let (found, advised, alike, likely, procedure, offer, quotes) = staff
        .app
        .read(move |snapshot, app| {
            let suggestion = match step {
                Some(step) => {
                    let before = match asked.as_ref().filter(|_| needs_precedents) {
                        Some(asked) => {
                            let like = Compared::look_up(snapshot, app, asked)?;
                            matters::search::precedents(snapshot, app, &grants, &like)?
                        }
                        None => Vec::new(),
                    };
                    matters::advice::suggest_knowing(snapshot, app, &seen, step, locale, before)?
                }
                None => Default::default(),
            };
            let advised = advice::look_up(snapshot, app, suggestion)?.led_by(led_by.as_ref());
            let mut found = choices::look_up(snapshot, app, needs, from.as_ref(), &word)?;
            found.offer(advised.units());
            let alike = match needs.matters {
                true => {
                    alike::look_up(snapshot, app, &grants, asked.as_ref().filter(|_| needs_alike), &other)?
                }
                false => Vec::new(),
            };
            let likely = match asked.as_ref().filter(|_| needs_category) {
                Some(asked) => {
                    let like = Compared::look_up(snapshot, app, asked)?;
                    likely::look_up(snapshot, app, &grants, &like)?
                }
                None => Vec::new(),
            };
            let procedure = matters::configuration::procedure(snapshot, seen.kind, seen.procedure)?;
            let quotes = match calls_back(spec.action) {
                true => knowledge::read::quotes(snapshot, seen.id)?,
                false => Vec::new(),
            };
            let offer = Offer::look_up(snapshot, app, spec.action)?;
            Ok((found, advised, alike, likely, procedure, offer, quotes))
        })
        .await?;
    let advice = advised.into_advice(page);
    let mut about = about(page, words, &spec, view, node);
    about.rules = words.rules(&procedure);
    about.advised = advice.as_ref().map(Advice::advised).unwrap_or_default();
    about.likely = likely.iter().map(|likely| likely.choice(page)).collect();
    about.others = alike.iter().map(|other| other.choice(page)).collect();
    found.into_about(page, &mut about);
    about.grounds = offer.grounds(page);
    about.lacking = typed.as_ref().is_some_and(verbs::asks_why);
    let mut drawing = Drawing { action: spec.action, about: &about, drawn: None };
    verbs::visit(&mut drawing);
    let (mut groups, preset) = drawing.drawn.unwrap_or_default();
    phrases::put(page, &mut groups, offer.phrases(staff, page, view, node));
    let form = match typed {
        Some(form) if form.value("insert") == "yes" => phrases::inserted(form, &groups),
        Some(form) => aimed(form, &groups),
        None => preset,
    };
    let fields = || groups.iter().flat_map(|group| &group.fields);
    Ok(Drawn {
        spec,
        here: here.unwrap_or_else(|| href.clone()),
        href,
        lead: about.lead(),
        send_key: format!("{}-send", spec.key_for(view.kind)),
        version: view.version,
        looks_up: needs.units,
        with_files: fields().any(|field| matches!(field.kind, Kind::Files | Kind::Camera)),
        form,
        groups,
        advice,
        onward,
        quotes,
    })
}

impl Drawn {
    /// The start of the address that draws the same form with another unit leading.
    pub fn lead_href(&self) -> String {
        format!("{}{}", self.here, if self.here.contains('?') { '&' } else { '?' })
    }

    /// Whether what the unit submitted stands beside the form.
    pub fn shows_submission(&self) -> bool {
        matches!(self.spec.action, ActionCode::SignOff | ActionCode::Review | ActionCode::Submit)
    }

    /// Whether the appellant's words stand beside the form.
    pub fn shows_text(&self) -> bool {
        !self.shows_submission() && !self.spec.one_click
    }

    /// Whether the script of the call stands beside the form.
    pub fn shows_script(&self) -> bool {
        calls_back(self.spec.action)
    }
}

/// Whether the appellant is on the line meanwhile.
fn calls_back(action: ActionCode) -> bool {
    matches!(action, ActionCode::CallBack | ActionCode::Rate)
}

/// Finds one verb among all and lets it describe its form.
struct Drawing<'a> {
    action: ActionCode,
    about: &'a About,
    drawn: Option<(Vec<Group>, Form)>,
}

impl Visitor for Drawing<'_> {
    fn verb<V: Verb>(&mut self) {
        if V::SPEC.action == self.action {
            self.drawn = Some((V::form(self.about), V::preset(self.about)));
        }
    }
}

/// Whether likely duplicates are offered: where nothing was searched for.
fn needs_alike(spec: &Spec, word: &str) -> bool {
    spec.needs.matters && word.trim().is_empty()
}

/// The assignment whose unit passes the matter on: for a ruling on an objection that is
/// the one above.
fn start<'v>(action: ActionCode, view: &'v MatterView, node: Option<&'v NodeView>) -> Option<&'v NodeView> {
    match action {
        ActionCode::Assign => node,
        _ => node.and_then(|node| node.parent).and_then(|parent| view.node(parent)),
    }
}

/// Where a suggestion helps: the first assignment from a place, and a ruling.
fn step(action: ActionCode, view: &MatterView, node: Option<NodeId>) -> Option<Step> {
    let has_units = view.nodes.iter().any(|below| below.parent == node && below.state.is_open());
    match (action, node) {
        (ActionCode::Assign, _) if has_units => None,
        (ActionCode::Assign, None) => Some(Step::Office),
        (ActionCode::Assign, Some(node)) => Some(Step::PassOn(node)),
        (ActionCode::DecideObjection, Some(node)) => Some(Step::Reassign(node)),
        _ => None,
    }
}

/// What the form may say and offer.
fn about(page: &Page, words: &Words, spec: &Spec, view: &MatterView, node: Option<&NodeView>) -> About {
    let mut about = About::new(page.translator().clone(), spec, view.kind);
    about.demands = view.demands.iter().map(|demand| demand.text.clone()).collect();
    // A shielded text would betray who asks if its sentences were handed on.
    if view.demands.is_empty() && !view.shielded {
        about.drafted = suggested_demands(&view.text, &view.expected);
    }
    about.category = view.category.as_ref().map(|(code, _)| code.clone());
    about.urgency = view.urgency.map(|urgency| urgency.code().to_owned());
    about.express_lines = view.express_lines.iter().map(|line| line.code().to_owned()).collect();
    about.title.clone_from(&view.title);
    about.text.clone_from(&view.text);
    about.now = words.field_now();
    about.interval =
        node.and_then(|node| node.request.as_ref()).map(|request| request.kind.code().to_owned());
    about.opening = view.openings.iter().find(|opening| !opening.decided).map(|opening| opening.request);
    about.pressure = view
        .pressure
        .iter()
        .filter(|report| report.settled.is_none())
        .map(|report| {
            let label = format!("{} {}", words.moment(&report.at), page.t(report.kind.key()));
            Choice::new(report.report.to_string(), label).hint(report.text.as_str())
        })
        .collect();
    about.shielded = view.shielded;
    about.contact_missing = !about.nobody_to_tell
        && node.is_some_and(|node| node.role != NodeRole::Co && node.contacted_at.is_none());
    about
}

/// The form with each error aimed at a field it has: rules name fields of the command, and
/// a form may show them as the first of several rows.
fn aimed(form: Form, groups: &[Group]) -> Form {
    let names: Vec<&str> =
        groups.iter().flat_map(|group| &group.fields).map(|field| field.name.as_str()).collect();
    form.aimed(|error| {
        let field = error.field.as_deref()?;
        if names.contains(&field) {
            return Some(field.to_owned());
        }
        let row = format!("{field}-1");
        match field {
            "span" => Some("days".to_owned()),
            // A form that asks for contact and answer names the time of each.
            "at" if names.contains(&"contact_at") => Some("contact_at".to_owned()),
            "results" => Some("outcome-1".to_owned()),
            _ => names.contains(&row.as_str()).then_some(row),
        }
    })
}
