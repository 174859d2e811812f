//! `GET /registers/{register}/records/{id}`: one record with its stages, lines, contacts,
//! levels and history, and exactly the verbs this reader may use.

use crate::chain;
use crate::contacts::{self, ContactShown};
use crate::files;
use crate::open::{Frame, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::{Actor, Recorded};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use registers::read::names::Names;
use registers::read::record::{self, Opened};
use registers::rules::definition::Kind;
use registers::rules::record::{ContactWay, RecordCommand, RecordEvent};
use registers::rules::value::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Records that name this one, at most.
const NAMED_BY: i64 = 100;

#[derive(Template)]
#[template(path = "registers/record.html")]
struct Shown {
    page: Page,
    frame: Frame,
    opened: Opened,
    /// Whether something of it is sealed and not shown.
    sealed: bool,
    form: Form,
    /// Which form was refused and stands open; empty for none.
    open: &'static str,
    unit: String,
    stage_names: Vec<String>,
    stage_now: usize,
    next_stages: Vec<Choice>,
    facts: Vec<(String, Fact)>,
    retired: Vec<(String, String)>,
    files: Vec<(String, Vec<(String, String)>)>,
    file_fields: Vec<Choice>,
    flows: Vec<FlowShown>,
    flow_kinds: Vec<Choice>,
    contacts: Vec<ContactShown>,
    /// Whether the reader may make matters of what contacts noted.
    may_hand_in: bool,
    /// What it may become: where, and what is said.
    onward: Vec<(String, String)>,
    ways: Vec<Choice>,
    due: String,
    overdue: bool,
    cadence: String,
    levels: Vec<LevelShown>,
    grades: Vec<Choice>,
    held: Vec<Choice>,
    named_by: Vec<(String, String, String)>,
    history: Vec<Told>,
    today: String,
}

impl Shown {
    /// Whether the form of that name was refused.
    fn is_open(&self, name: &str) -> bool {
        self.open == name
    }

    /// How a stage of the path is drawn: passed, present or ahead. A record need not have
    /// passed all stages before its own, so those it skipped count as ahead.
    fn stage_class(&self, index: &usize) -> &'static str {
        let stage = self.opened.definition.stages.get(index - 1);
        let reached =
            stage.is_some_and(|stage| self.opened.state.stages.iter().any(|(code, _)| *code == stage.code));
        match reached {
            _ if self.is_now(index) => "path-now",
            true => "path-done",
            false => "path-ahead",
        }
    }

    fn is_now(&self, index: &usize) -> bool {
        self.stage_now == *index
    }

    fn named<'n>(&self, name: &'n registers::rules::Name) -> &'n str {
        show::name(&self.page, name)
    }
}

/// What a field holds: words, or links to records.
struct Fact {
    words: String,
    links: Vec<(String, String)>,
}

struct FlowShown {
    id: String,
    kind: String,
    on: String,
    amount: String,
    evidence: String,
    verified: bool,
    void: String,
    by: String,
    own: bool,
}

struct LevelShown {
    name: String,
    on: String,
    document: String,
    ended: String,
}

/// One entry of the history.
struct Told {
    title: String,
    at: String,
    who: String,
    changes: Vec<(String, String, String)>,
    note: String,
}

/// See the module.
pub(crate) async fn show(staff: Staff, Path((code, id)): Path<(String, Uuid)>) -> Result<Response, Failure> {
    screen(&staff, code, id, "", Form::new()).await
}

/// `POST …/opening`: the record with what of it is sealed in the clear; the history says who
/// looked.
pub(crate) async fn open(staff: Staff, Path((code, id)): Path<(String, Uuid)>) -> Result<Response, Failure> {
    let by = staff.by();
    staff
        .app
        .write(move |work| registers::act_record(work, &by, id, None, &RecordCommand::Open).map(drop))
        .await?;
    screen(&staff, code, id, OPENED, Form::new()).await
}

/// Instead of a form's name: what is sealed is shown.
const OPENED: &str = "opened";

/// The record with one of its forms as refused.
pub(crate) async fn screen(
    staff: &Staff,
    code: String,
    id: Uuid,
    open: &'static str,
    form: Form,
) -> Result<Response, Failure> {
    let (grants, locale) = (staff.person.grants.clone(), staff.prefs.locale);
    let reads_matters = staff.person.may_ever(Permission::MatterRead);
    let (opened, history, names, people, named_by, matters, onward) = staff
        .app
        .read(move |q, app| {
            let mut opened = record::open(q, app, &grants, &code, id)?;
            let mut history = record::history(q, id)?;
            for value in opened.state.values.values_mut() {
                files::name(q, app, value)?;
            }
            if open == OPENED {
                registers::open_values(q, app, &mut opened.state.values)?;
            }
            for entry in &mut history {
                if let RecordEvent::Changed { values } = &mut entry.event {
                    for value in values.values_mut().flatten() {
                        files::name(q, app, value)?;
                    }
                }
            }
            let earlier = history.iter().filter_map(|entry| match &entry.event {
                RecordEvent::Changed { values } => Some(
                    values
                        .iter()
                        .filter_map(|(field, value)| Some((field.clone(), value.clone()?)))
                        .collect(),
                ),
                RecordEvent::Created { values, .. } => Some(values.clone()),
                _ => None,
            });
            let mut all: Vec<registers::rules::Values> = earlier.collect();
            all.extend([opened.state.values.clone(), opened.derived.clone()]);
            let mut units = vec![opened.state.unit.clone()];
            units.extend(history.iter().filter_map(|entry| match &entry.event {
                RecordEvent::HandedOver { unit } | RecordEvent::Created { unit, .. } => {
                    Some(unit.to_string())
                }
                _ => None,
            }));
            let names = Names::of(q, all.iter(), units.iter().map(String::as_str), locale)?.with_former(q)?;
            let mut people = BTreeMap::new();
            let recorded = opened.state.flows.iter().filter_map(|line| line.recorded_by);
            for account in history.iter().filter_map(|entry| entry.actor.account()).chain(recorded) {
                if let Some(row) = identity::read::account(q, account)? {
                    people.insert(account, row.name);
                }
            }
            let mut named_by = Vec::new();
            for (register, other, field) in record::named_by(q, id, NAMED_BY)? {
                if record::open(q, app, &grants, &register, other).is_ok()
                    && let Some(definition) = registers::read::in_force(q, app, &register)?
                    && let Some((_, title)) = registers::read::names::record_title(q, other)?
                {
                    let label = definition.field(&field).map(|field| field.name.clone()).unwrap_or_default();
                    named_by.push((definition, label, other, title));
                }
            }
            let matters = contacts::matters(q, app, &grants, &opened.state)?;
            let onward = chain::onward(q, app, &opened)?;
            Ok((opened, history, names, people, named_by, matters, onward))
        })
        .await?;
    let page = staff.desk_page("register-record", "nav-registers").titled_text(&opened.title);
    let page = page.in_error(form.has_errors());
    let definition = opened.definition.clone();
    let who = |account: Option<kernel::AccountId>| {
        account.and_then(|account| people.get(&account).cloned()).unwrap_or_default()
    };
    let (day, me) = (today(&staff.app), staff.person.account);
    let state = &opened.state;
    let stage_now = definition.stages.iter().position(|stage| Some(&stage.code) == state.stage.as_ref());
    let next_stages = definition.stage(state.stage.as_deref().unwrap_or_default()).map(|stage| &stage.to);
    let labelled = |codes: &[String]| -> Vec<Choice> {
        // A check is for those who verify; whose hand is in the record is told when they try.
        let may = |check: bool| if check { opened.may_verify } else { opened.may_write };
        let stages = codes.iter().filter_map(|code| definition.stage(code)).filter(|stage| may(stage.check));
        stages.map(|stage| Choice::new(&stage.code, show::name(&page, &stage.name))).collect()
    };
    let all_values = |code: &str| state.values.get(code).or_else(|| opened.derived.get(code));
    let fact = |value: &Value, field| Fact {
        words: show::value(&page, field, value, &names),
        links: match value {
            Value::Records(ids) => ids
                .iter()
                .filter_map(|id| {
                    let (register, title) = names.records.get(id)?;
                    Some((format!("/registers/{register}/records/{id}"), title.clone()))
                })
                .collect(),
            _ => Vec::new(),
        },
    };
    let label = |field: &registers::rules::definition::Field| show::name(&page, &field.name).to_owned();
    let in_use =
        definition.fields.iter().filter(|field| !field.retired && !matches!(field.kind, Kind::Attachment));
    let facts =
        in_use.filter_map(|field| Some((label(field), fact(all_values(&field.code)?, field)))).collect();
    let retired = definition.fields.iter().filter(|field| field.retired);
    let retired = retired
        .filter_map(|field| {
            Some((label(field), show::value(&page, field, state.values.get(&field.code)?, &names)))
        })
        .collect();
    let attached = |field: &registers::rules::definition::Field| match state.values.get(&field.code) {
        Some(Value::Files(files)) => {
            let href = |id| format!("/registers/{}/records/{}/files/{id}", definition.code, opened.id);
            files.iter().map(|file| (href(file.id), file.name.clone())).collect()
        }
        _ => Vec::new(),
    };
    let files = definition.of_kind(|kind| *kind == Kind::Attachment);
    let files = files.map(|field| (label(field), attached(field))).collect();
    let flows = state
        .flows
        .iter()
        .rev()
        .map(|line| {
            let kind = definition.flow(&line.flow.kind);
            FlowShown {
                id: line.id.to_string(),
                kind: kind
                    .map_or_else(|| line.flow.kind.clone(), |kind| show::name(&page, &kind.name).to_owned()),
                on: page.date(&line.flow.on),
                amount: match kind.and_then(|kind| kind.money) {
                    Some(_) => page.money(line.flow.amount.fen()),
                    None => show::decimal(&page, line.flow.amount),
                },
                evidence: line.flow.evidence.clone(),
                verified: line.verified.is_some(),
                void: line.void.clone().unwrap_or_default(),
                by: who(line.recorded_by),
                own: line.recorded_by == Some(me),
            }
        })
        .collect();
    let contacts = contacts::shown(&page, state, &matters, day, reads_matters);
    let next = state.next_contact(&definition);
    let cadence = definition.follow_up.as_ref().and_then(|follow_up| follow_up.cadence);
    let levels = state.levels.iter().rev();
    let grade = |code: &str| show::level(&page, &definition, Some(code));
    // An entry names units as they were called on its day.
    let zone = &staff.app.config.zone;
    let told = |entry: &Recorded<RecordEvent>| {
        told(&page, &opened, &names.on(zone.date_of(entry.at())), &people, entry)
    };
    let history = tell(&history, told);
    let held: Vec<Choice> = state
        .levels
        .iter()
        .filter(|award| award.ended.is_none())
        .map(|award| Choice::new(&award.level, grade(&award.level)))
        .collect();
    let sealed = state.values.values().any(|value| matches!(value, Value::Sealed(_)));
    let shown = Shown {
        sealed,
        open,
        unit: names.unit(&state.unit, show::english(&page)),
        stage_names: definition
            .stages
            .iter()
            .map(|stage| show::name(&page, &stage.name).to_owned())
            .collect(),
        stage_now: stage_now.map_or(0, |at| at + 1),
        next_stages: next_stages.map(|codes| labelled(codes)).unwrap_or_default(),
        facts,
        retired,
        files,
        file_fields: definition
            .of_kind(|kind| *kind == Kind::Attachment)
            .map(|field| Choice::new(&field.code, label(field)))
            .collect(),
        flows,
        flow_kinds: definition
            .flows
            .iter()
            .map(|kind| Choice::new(&kind.code, show::name(&page, &kind.name)))
            .collect(),
        contacts,
        onward: onward.iter().map(|(href, other)| (href.clone(), chain::label(&page, other))).collect(),
        may_hand_in: staff.person.may_ever(Permission::RecordToAppeal),
        ways: ContactWay::ALL.iter().map(|way| Choice::new(way.code(), page.t(way.key()))).collect(),
        due: next.map(|next| page.date(&next)).unwrap_or_default(),
        overdue: next.is_some_and(|next| next < day),
        cadence: cadence.map(|cadence| show::cadence(&page, cadence)).unwrap_or_default(),
        levels: levels
            .map(|award| LevelShown {
                name: grade(&award.level),
                on: page.date(&award.on),
                document: award.document.clone(),
                ended: award.ended.map(|ended| page.date(&ended)).unwrap_or_default(),
            })
            .collect(),
        grades: definition
            .levels
            .iter()
            .map(|level| Choice::new(&level.code, show::name(&page, &level.name)))
            .collect(),
        held,
        named_by: named_by
            .iter()
            .map(|(other, label, id, title)| {
                let place = format!("{} · {}", show::name(&page, &other.name), show::name(&page, label));
                (format!("/registers/{}/records/{id}", other.code), title.clone(), place)
            })
            .collect(),
        history,
        today: day.to_string(),
        form,
        frame: Frame::new(staff, &page, definition.clone(), ""),
        opened: opened.clone(),
        page: page.clone(),
    };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}

/// A field that an entry changed: its code, its name and what it holds since, in words.
type Changed = (String, String, String);

/// The history, newest first. What a field held before is known from the entries before.
fn tell(
    history: &[Recorded<RecordEvent>],
    told: impl Fn(&Recorded<RecordEvent>) -> (Told, Vec<Changed>),
) -> Vec<Told> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut all = Vec::with_capacity(history.len());
    for entry in history {
        let (mut one, changes) = told(entry);
        for (code, label, now) in changes {
            let before = match now.is_empty() {
                true => known.remove(&code),
                false => known.insert(code, now.clone()),
            };
            one.changes.push((label, before.unwrap_or_default(), now));
        }
        all.push(one);
    }
    all.reverse();
    all
}

/// An entry in words, and which fields hold what from then on: code, label, value.
fn told(
    page: &Page,
    opened: &Opened,
    names: &Names,
    people: &BTreeMap<kernel::AccountId, String>,
    entry: &Recorded<RecordEvent>,
) -> (Told, Vec<Changed>) {
    let definition = &opened.definition;
    let field = |code: &String, value: Option<&Value>| {
        let known = definition.field(code);
        let label = known.map_or_else(|| code.clone(), |field| show::name(page, &field.name).to_owned());
        let words = value.zip(known).map(|(value, field)| show::value(page, field, value, names));
        (code.clone(), label, words.unwrap_or_default())
    };
    let mut note = String::new();
    let mut changes = Vec::new();
    match &entry.event {
        RecordEvent::Created { values, .. } => {
            changes.extend(values.iter().map(|(code, value)| field(code, Some(value))));
        }
        RecordEvent::Changed { values } => {
            changes.extend(values.iter().map(|(code, value)| field(code, value.as_ref())));
        }
        RecordEvent::HandedOver { unit } => note = names.unit(unit.as_str(), show::english(page)),
        RecordEvent::Moved { stage, on, note: why } => {
            note = format!("{} · {} {why}", show::stage(page, definition, Some(stage)), page.date(on));
        }
        RecordEvent::FlowAdded { flow, .. } => {
            let kind = definition.flow(&flow.kind);
            let amount = match kind.and_then(|kind| kind.money) {
                Some(_) => page.money(flow.amount.fen()),
                None => show::decimal(page, flow.amount),
            };
            note = format!("{} · {amount}", page.date(&flow.on));
        }
        RecordEvent::ContactAdded { note: contact, .. } => {
            note = format!("{} · {}", page.date(&contact.on), contact.about);
        }
        RecordEvent::FlowVoided { reason, .. }
        | RecordEvent::ContactVoided { reason, .. }
        | RecordEvent::Removed { reason } => note.clone_from(reason),
        RecordEvent::Awarded(award) => {
            note = format!(
                "{} · {} {}",
                show::level(page, definition, Some(&award.level)),
                page.date(&award.on),
                award.document
            );
        }
        RecordEvent::AwardEnded { level, on } => {
            note = format!("{} · {}", show::level(page, definition, Some(level)), page.date(on));
        }
        RecordEvent::PromiseKept { on, .. } => note = page.date(on),
        RecordEvent::FlowVerified { .. }
        | RecordEvent::AppealLinked { .. }
        | RecordEvent::PromiseLinked { .. }
        | RecordEvent::Opened
        | RecordEvent::Restored => {}
    }
    let kind = <registers::rules::Record as kernel::Aggregate>::event_kind(&entry.event);
    let who = match &entry.actor {
        Actor::Operator => page.t("register-by-operator"),
        Actor::System { .. } => page.t("register-by-system"),
        other => other.account().and_then(|account| people.get(&account).cloned()).unwrap_or_default(),
    };
    let title = page.t(&format!("register-event-{kind}"));
    (Told { title, at: page.datetime(&entry.at()), who, changes: Vec::new(), note }, changes)
}
