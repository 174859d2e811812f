//! An item's page: what it says, what became of it, what this reader may do; and any of its
//! versions as it was.

use crate::NAV;
use crate::names::Names;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::BlobId;
use kernel::permission::{Permission, Standing, permit};
use kernel::time::Date;
use knowledge::rules::{Content, DocumentFile, Item, ItemRules, Report, State, Version};
use platform::act::Loaded;
use platform::ui::{Form, Page};
use platform::web::{Staff, reply};
use platform::{Failure, act};
use serde::Deserialize;
use uuid::Uuid;

/// Where an item's page is.
pub(crate) fn href(id: Uuid) -> String {
    format!("{}/{id}", crate::PATH)
}

/// What this reader may do to it now.
#[derive(Clone, Copy, Default)]
struct May {
    /// Of the department that owns it: sees its drafts and what was reported.
    keeps: bool,
    write: bool,
    submit: bool,
    review: bool,
    withdraw: bool,
    discard: bool,
    report: bool,
}

#[derive(Template)]
#[template(path = "knowledge/show.html")]
struct Shown {
    page: Page,
    id: Uuid,
    stream: i64,
    item: Item,
    /// What is shown: the version in force, or the draft where there is none yet.
    content: Content,
    names: Names,
    today: Date,
    quoted: i64,
    may: May,
    form: Form,
    /// The fields of what is shown that say something.
    fields: Vec<(String, String)>,
    /// What the draft beside it would change.
    changes: Vec<Difference>,
    /// Versions, the newest first, each with what it changed.
    versions: Vec<(Version, Vec<Difference>)>,
    /// Reports, the newest first: the owner's to see.
    reports: Vec<Report>,
    /// Of which version this is a page of its own.
    old: Option<u32>,
}

/// `GET /desk/knowledge/{id}`
pub(crate) async fn show(
    staff: Staff,
    Path(id): Path<Uuid>,
    Query(from): Query<From>,
) -> Result<Response, Failure> {
    screen(&staff, id, Form::new().with("matter", from.matter)).await
}

/// The matter from which the reader came, where a wrong answer was met.
#[derive(Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    matter: String,
}

/// `GET /desk/knowledge/{id}/versions/{version}`
pub(crate) async fn version(
    staff: Staff,
    Path((id, version)): Path<(Uuid, u32)>,
) -> Result<Response, Failure> {
    let mut shown = load(&staff, id).await?;
    let known = shown.item.versions.iter().find(|known| known.number == version);
    shown.content = known.ok_or(Failure::NotFound)?.content.clone();
    shown.old = Some(version);
    shown.may = May::default();
    let shown = shown.told();
    reply::page(&shown, None)
}

/// The page with, perhaps, a step that was refused.
pub(crate) async fn screen(staff: &Staff, id: Uuid, form: Form) -> Result<Response, Failure> {
    let mut shown = load(staff, id).await?;
    shown.page = shown.page.in_error(form.has_errors());
    shown.form = form;
    let shown = shown.told();
    reply::page(&shown, Some(&shown.form))
}

/// The item, where this reader may see it: what was ever in force by whoever reads, a draft
/// alone by its own department.
///
/// # Errors
/// [`Failure::NotFound`] else.
pub(crate) async fn opened(staff: &Staff, id: Uuid) -> Result<Loaded<Item>, Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, _| {
            let loaded = act::load::<ItemRules>(q, &id.to_string())?;
            let owner = match loaded.state.unit() {
                Some(unit) => network::unit(q, unit)?,
                None => return Err(Failure::NotFound),
            };
            let standing = owner.map(|unit| knowledge::shell::owned_by(&unit.path)).unwrap_or_default();
            let own = [Permission::KnowledgeWrite, Permission::KnowledgeReview]
                .iter()
                .any(|permission| permit(&grants, *permission, &standing).is_some());
            if own || loaded.state.current().is_some() { Ok(loaded) } else { Err(Failure::NotFound) }
        })
        .await
}

/// A file that a version has, or a draft this reader sees.
///
/// # Errors
/// [`Failure::NotFound`] else.
pub(crate) async fn listed(staff: &Staff, id: Uuid, file: BlobId) -> Result<DocumentFile, Failure> {
    let shown = load(staff, id).await?;
    let drafted = shown.item.draft.as_ref().filter(|_| shown.is_keeper()).map(|draft| &draft.content);
    let mut contents = shown.item.versions.iter().map(|version| &version.content).chain(drafted);
    contents.find_map(|content| crate::files::one(content, file)).cloned().ok_or(Failure::NotFound)
}

async fn load(staff: &Staff, id: Uuid) -> Result<Shown, Failure> {
    let Loaded { state: item, version: stream } = opened(staff, id).await?;
    let draft = item.draft.as_ref().map(|draft| draft.content.clone());
    let content = item.current().map(|version| version.content.clone()).or_else(|| draft.clone());
    let content = content.ok_or(Failure::NotFound)?;
    let mut all: Vec<Content> = item.versions.iter().map(|version| version.content.clone()).collect();
    all.extend(draft);
    let grants = staff.person.grants.clone();
    let owner = content.unit.clone();
    let (names, quoted, standing) = staff
        .app
        .read(move |q, app| {
            let names = Names::of(q, app, &all)?;
            let quoted = knowledge::read::times_quoted(q, id)?;
            let owner = network::unit(q, &owner)?;
            Ok((names, quoted, owner.map(|unit| knowledge::shell::owned_by(&unit.path)).unwrap_or_default()))
        })
        .await?;
    let may = May::of(&staff.person, &item, &grants, &standing);
    let page = staff.desk_page("know-one", NAV);
    let today = staff.app.config.zone.date_of(staff.app.now());
    let page = page.titled_text(content.title.clone());
    Ok(Shown {
        page,
        id,
        stream,
        item,
        content,
        names,
        today,
        quoted,
        may,
        form: Form::new(),
        fields: Vec::new(),
        changes: Vec::new(),
        versions: Vec::new(),
        reports: Vec::new(),
        old: None,
    })
}

impl May {
    fn of(
        person: &platform::directory::SignedIn,
        item: &Item,
        grants: &[kernel::permission::Grant],
        standing: &Standing,
    ) -> Self {
        let may = |permission| permit(grants, permission, standing).is_some();
        let write = may(Permission::KnowledgeWrite);
        let submitted = item.draft.as_ref().is_some_and(|draft| draft.submitted);
        let author = item.draft.as_ref().is_some_and(|draft| draft.authors.contains(&person.account));
        Self {
            keeps: write || may(Permission::KnowledgeReview),
            write: write && !submitted,
            submit: write && item.draft.is_some() && !submitted,
            review: submitted && !author && may(Permission::KnowledgeReview),
            withdraw: write && item.state() == State::InForce,
            discard: write && item.draft.is_some(),
            report: item.current().is_some() && may(Permission::KnowledgeReport),
        }
    }
}

impl Shown {
    fn href(&self) -> String {
        href(self.id)
    }

    /// How far it is, in words and a tone.
    fn state(&self) -> (String, &'static str) {
        match self.item.state() {
            State::InForce if self.content.until < self.today => (self.page.t("know-expired"), "danger"),
            State::InForce => (self.page.t(State::InForce.key()), "success"),
            state => (self.page.t(state.key()), "neutral"),
        }
    }

    /// The draft that stands beside what is shown.
    fn beside(&self) -> Option<&Content> {
        let draft = self.item.draft.as_ref().filter(|_| self.old.is_none() && self.is_keeper());
        draft.map(|draft| &draft.content).filter(|_| self.item.current().is_some())
    }

    /// The files of the draft, or of what a change would begin with.
    fn files_edited(&self) -> &[DocumentFile] {
        self.item.edited().map_or(&[], |content| &content.source.files)
    }

    fn is_keeper(&self) -> bool {
        self.may.keeps
    }

    fn sent_back(&self) -> Option<&str> {
        self.item.draft.as_ref().and_then(|draft| draft.sent_back.as_deref()).filter(|_| self.is_keeper())
    }

    /// With everything the page says in words.
    fn told(mut self) -> Self {
        let apart = ["know-field-title", "know-field-answer", "know-field-files"].map(|key| self.page.t(key));
        self.fields = self.lines(&self.content);
        self.fields.retain(|(label, value)| !value.is_empty() && !apart.contains(label));
        self.changes = match self.beside() {
            Some(draft) => self.differences(&self.content, draft),
            None => Vec::new(),
        };
        let mut before: Option<&Content> = None;
        let mut versions = Vec::with_capacity(self.item.versions.len());
        for version in &self.item.versions {
            let differs = before.map(|before| self.differences(before, &version.content));
            versions.push((version.clone(), differs.unwrap_or_default()));
            before = Some(&version.content);
        }
        versions.reverse();
        self.versions = versions;
        if self.is_keeper() {
            self.reports = self.item.reports.iter().rev().cloned().collect();
        }
        self
    }

    fn differences(&self, before: &Content, after: &Content) -> Vec<Difference> {
        let lines = |content: &Content| self.lines(content);
        let (before, after) = (lines(before), lines(after));
        let pairs = before.into_iter().zip(after);
        pairs
            .filter(|((_, was), (_, now))| was != now)
            .map(|((label, was), (_, now))| Difference { label, was, now })
            .collect()
    }

    /// What a content says, field by field, always in the same order.
    fn lines(&self, content: &Content) -> Vec<(String, String)> {
        let page = &self.page;
        let offer = content.offer.clone().unwrap_or_default();
        let files: Vec<&str> = content.source.files.iter().map(|file| file.name.as_str()).collect();
        let day = |day: Option<Date>| day.map(|day| page.date(&day)).unwrap_or_default();
        [
            ("know-field-title", content.title.clone()),
            ("know-field-questions", content.questions.join("\n")),
            ("know-field-answer", content.answer.clone()),
            ("know-field-conditions", offer.conditions),
            ("know-field-procedure", offer.procedure),
            ("know-field-apply_until", day(offer.apply_until)),
            ("know-field-most", offer.most.map(|fen| page.money(fen)).unwrap_or_default()),
            ("know-field-phone", offer.phone),
            ("know-field-unit", self.names.unit_in_full(page, &content.unit)),
            ("know-field-source", content.source.title.clone()),
            ("know-field-number", content.source.number.clone()),
            ("know-field-url", content.source.url.clone()),
            ("know-field-files", files.join("\n")),
            ("know-field-area", self.names.area(page, content.area.as_ref())),
            ("know-field-category", self.names.category(page.locale(), content.category.as_deref())),
            ("know-field-from", page.date(&content.from)),
            ("know-field-until", page.date(&content.until)),
        ]
        .map(|(key, value)| (page.t(key), value))
        .into()
    }

    /// The day on which a report's limit ends.
    fn last_day(&self, report: &Report) -> String {
        self.page.day(&report.due.plus_micros(-1))
    }
}

/// A field that differs.
struct Difference {
    label: String,
    was: String,
    now: String,
}
