//! What a notice says: the office's own texts of that occasion, filled in. None of it holds
//! the matter's words or anybody's name.

use crate::rules::{About, Leads, Recipient};
use kernel::NodeId;
use kernel::time::Instant;
use matters::Matters;
use matters::configuration::notices::{Notices, Words};
use matters::configuration::{Name, NoticeKind};
use matters_rules::command::Text;
use matters_rules::{Event, GivenGround, Matter};
use platform::ui::{Locale, Page, PagePrefs};
use platform::{App, Failure};
use store::Query;

/// What may stand in a text about one matter, or about a page.
#[derive(Default)]
pub(crate) struct Told {
    number: String,
    name: String,
    due: Option<Instant>,
    date: Option<Instant>,
    unit: String,
    reason: Name,
    way: String,
    link: String,
}

impl Told {
    /// Looks up what a text of that kind may name.
    pub(crate) fn look_up(
        query: &mut dyn Query,
        app: &App,
        kind: NoticeKind,
        about: &About,
        node: Option<NodeId>,
        to: &Recipient,
        due: Option<Instant>,
    ) -> Result<Self, Failure> {
        let matter = match about {
            About::Matter(matter) => *matter,
            About::Page(Leads { name, href }) => {
                let link = format!("{}{href}", app.config.public_url.trim_end_matches('/'));
                return Ok(Self { name: name.clone(), due, link, ..Self::default() });
            }
        };
        let history = platform::act::history::<Matters>(query, &matter.to_string())?;
        let state = history.iter().fold(Matter::default(), matters_rules::fold::fold);
        let unit = match node.and_then(|node| state.node(node)) {
            Some(node) => network::unit(query, &node.unit)?.map(|unit| unit.short_name).unwrap_or_default(),
            None => String::new(),
        };
        let granted = history.iter().rev().find_map(|entry| match &entry.event {
            Event::ExtensionGranted { ground, .. } | Event::Paused { ground, .. } => ground.clone(),
            _ => None,
        });
        let (due, date, ground, way) = match kind {
            NoticeKind::Receipt => {
                (state.review.as_ref().map(|review| review.due), state.filed_at, None, String::new())
            }
            NoticeKind::Completion => {
                let asked = state.completion.as_ref();
                (asked.map(|asked| asked.limit.due), None, None, String::new())
            }
            NoticeKind::Declined => {
                let decline = state.decline.as_ref();
                let way = match decline {
                    Some(decline) => open(query, app, &state, &decline.right_way)?,
                    None => String::new(),
                };
                (None, None, decline.and_then(|decline| decline.wording.clone()), way)
            }
            NoticeKind::Extended => (promise(&state), None, granted, String::new()),
            NoticeKind::Answered => (state.close_unrated_at, None, None, String::new()),
            NoticeKind::Closed => (state.contest_until, state.closed_at, None, String::new()),
            _ => (due.or_else(|| promise(&state)), None, None, String::new()),
        };
        let address = &app.config.public_url;
        let link = match (to, node) {
            (Recipient::Appellant, _) => format!("{address}/track"),
            (_, Some(node)) => format!("{address}/matters/{matter}/nodes/{node}"),
            (_, None) => format!("{address}/matters/{matter}"),
        };
        Ok(Self {
            name: String::new(),
            number: state.number,
            due,
            date,
            unit,
            reason: ground.map(reason).unwrap_or_default(),
            way,
            link,
        })
    }

    /// Subject and text, in the language of the page.
    pub(crate) fn words(&self, page: &Page, texts: &Notices, kind: NoticeKind) -> Words {
        let day = |at: Option<Instant>| at.map_or_else(|| "—".to_owned(), |at| page.datetime(&at));
        let values = [
            ("number", self.number.clone()),
            ("name", self.name.clone()),
            ("due", day(self.due)),
            ("date", day(self.date)),
            ("unit", self.unit.clone()),
            ("reason", self.reason.in_locale(page.locale()).to_owned()),
            ("way", self.way.clone()),
            ("link", self.link.clone()),
            ("site", page.site.name(page.locale()).to_owned()),
        ];
        texts.filled(kind, page.locale(), &values)
    }
}

/// In the language that the office writes in.
pub(crate) fn written_page(app: &App) -> Page {
    let translator = app.locales.translator(Locale::ZhCn);
    Page::new(translator, app.config.site.clone(), PagePrefs::default(), "")
}

fn promise(matter: &Matter) -> Option<Instant> {
    matter.promise.as_ref().map(|promise| promise.due)
}

fn reason(ground: GivenGround) -> Name {
    Name { zh: ground.zh, en: ground.en }
}

/// A sealed text; empty once the person is erased.
fn open(query: &mut dyn Query, app: &App, matter: &Matter, text: &Text) -> Result<String, Failure> {
    let Some(subject) = &matter.subject else { return Ok(String::new()) };
    match platform::act::subject_key(query, &app.vault, subject)? {
        Some(key) => Ok(app.vault.open(&key, text)?.into_inner()),
        None => Ok(String::new()),
    }
}
