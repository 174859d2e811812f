//! What a message says, from the matter as it stood right after the event that it is about.

use crate::projection::{HandoverRow, MessageRow};
use crate::rules::partner::Direction;
use crate::rules::wire::{
    self, Answered, Closed, Contact, ExtensionAsked, File, HandedDown, Kind, Limited, Message, Progress,
    Received, Returned, Said,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::time::Instant;
use kernel::{BlobId, NodeId, Recorded};
use matters::Matters;
use matters::attachments::read_attachment;
use matters_rules::command::{DemandResult, Text};
use matters_rules::state::NodeState;
use matters_rules::{Event, Matter, fold};
use platform::ui::{Locale, Page, PagePrefs};
use platform::vault::SubjectKey;
use platform::{App, Failure};
use store::Query;

/// Files that one message carries in sum, in bytes; what is more is named in its text.
pub(crate) const FILES_MAX: usize = 15 * 1024 * 1024;

/// The message; none where whoever it concerns has been erased since.
///
/// # Errors
/// Whatever the store or the vault says.
pub(crate) fn message(
    query: &mut dyn Query,
    app: &App,
    handover: &HandoverRow,
    row: &MessageRow,
) -> Result<Option<Message>, Failure> {
    let version = row.id.rsplit_once(':').and_then(|(_, version)| version.parse::<i64>().ok());
    let history = platform::act::history::<Matters>(query, &handover.matter.to_string())?;
    let Some(place) = history.iter().position(|entry| Some(entry.version) == version) else {
        return Ok(None);
    };
    let matter = history[..=place].iter().fold(Matter::default(), fold::fold);
    let Some(subject) = &matter.subject else { return Ok(None) };
    let Some(key) = platform::act::subject_key(query, &app.vault, subject)? else { return Ok(None) };
    let page = written_page(app);
    let about = About { app, page, key, matter, entry: &history[place], number: &handover.number };
    let said = match row.kind {
        Kind::HandedDown => Said::HandedDown(Box::new(about.handed_down(query, handover.node)?)),
        Kind::Redo => Said::Redo(about.limited(about.reason()?, handover.node)),
        Kind::LimitSet => Said::LimitSet(about.limited(about.limit_words()?, handover.node)),
        Kind::ExtensionAsked => Said::ExtensionAsked(about.extension_asked()?),
        Kind::Urged => Said::Urged(about.words(about.urged()?)),
        Kind::Recalled => Said::Recalled(about.words(about.reason()?)),
        Kind::Returned => Said::Returned(Returned {
            number: handover.number.clone(),
            ground: None,
            text: about.returned(query)?,
        }),
        Kind::Received => Said::Received(Received {
            number: handover.number.clone(),
            own_number: about.matter.number.clone(),
        }),
        Kind::Progress => Said::Progress(Progress {
            number: handover.number.clone(),
            stage: about.entry.event.kind().to_owned(),
            text: about.progress(query)?,
        }),
        Kind::Answered => {
            let mut answered = about.answered(query)?;
            let files = about.answer_files();
            about.enclose(query, &files, &mut answered.text, &mut answered.attachments)?;
            Said::Answered(answered)
        }
        Kind::Closed => Said::Closed(Closed { number: handover.number.clone(), text: about.closed() }),
    };
    debug_assert_eq!(said.kind().is_downward(), handover.direction == Direction::Below);
    Ok(Some(Message { id: row.id.clone(), timestamp: about.entry.at(), said }))
}

/// How a matter that passed stands now, for a table of results.
pub(crate) struct Standing {
    /// The matter.
    pub matter: Matter,
    /// The answer and what became of each demand; none while there is none.
    pub answered: Option<Answered>,
}

/// How it stands; none where whoever it concerns has been erased.
///
/// # Errors
/// Whatever the store or the vault says.
pub(crate) fn standing(
    query: &mut dyn Query,
    app: &App,
    handover: &HandoverRow,
) -> Result<Option<Standing>, Failure> {
    let history = platform::act::history::<Matters>(query, &handover.matter.to_string())?;
    let matter = history.iter().fold(Matter::default(), fold::fold);
    let (Some(subject), Some(entry)) = (&matter.subject, history.last()) else { return Ok(None) };
    let Some(key) = platform::act::subject_key(query, &app.vault, subject)? else { return Ok(None) };
    let result = matter.result_approved_at.is_some();
    let about = About { app, page: written_page(app), key, matter, entry, number: &handover.number };
    let answered = if result { Some(about.answered(query)?) } else { None };
    let answered =
        answered.map(|answered| Answered { answered_at: about.matter.result_approved_at, ..answered });
    Ok(Some(Standing { matter: about.matter, answered }))
}

/// In the language that the office writes in.
pub(crate) fn written_page(app: &App) -> Page {
    let translator = app.locales.translator(Locale::ZhCn);
    Page::new(translator, app.config.site.clone(), PagePrefs::default(), "")
}

/// What a message is about.
struct About<'a> {
    app: &'a App,
    page: Page,
    key: SubjectKey,
    matter: Matter,
    entry: &'a Recorded<Event>,
    number: &'a str,
}

impl About<'_> {
    fn open(&self, text: &Text) -> Result<String, Failure> {
        Ok(self.app.vault.open(&self.key, text)?.into_inner())
    }

    fn optional(&self, text: Option<&Text>) -> Result<String, Failure> {
        text.map_or_else(|| Ok(String::new()), |text| self.open(text))
    }

    fn words(&self, text: String) -> wire::Words {
        wire::Words { number: self.number.to_owned(), text }
    }

    /// With the limit of the assignment; without one while its clock stands still.
    fn limited(&self, text: String, node: Option<NodeId>) -> Limited {
        let node = node.and_then(|node| self.matter.node(node)).filter(|node| node.paused.is_none());
        let due = node.map(|node| node.limits.handling.due().to_string());
        Limited { number: self.number.to_owned(), due, text }
    }

    /// Why an assignment's limit is what it is now.
    fn limit_words(&self) -> Result<String, Failure> {
        let (said, reason) = match &self.entry.event {
            Event::ExtensionGranted { reason, .. } => ("exchange-told-extension-granted", Some(reason)),
            Event::IntervalRefused { reason, .. } => ("exchange-told-extension-refused", reason.as_ref()),
            Event::Paused { reason, .. } => ("exchange-told-paused", Some(reason)),
            Event::Resumed { reason, .. } => ("exchange-told-resumed", reason.as_ref()),
            _ => ("exchange-told-recomputed", None),
        };
        let reason = self.optional(reason)?;
        Ok(self.page.t1(said, "reason", reason).trim().to_owned())
    }

    fn extension_asked(&self) -> Result<ExtensionAsked, Failure> {
        let Event::SourceAsked { until, reason } = &self.entry.event else {
            return Err(Failure::Internal("a message is about another event".into()));
        };
        let text = self.open(reason)?;
        Ok(ExtensionAsked { number: self.number.to_owned(), until: *until, ground: None, text })
    }

    /// What the units laid beside their answers. Of a shielded matter nothing: what a picture
    /// shows nobody has redacted.
    fn answer_files(&self) -> Vec<BlobId> {
        let answered = |node: &&matters_rules::Node| {
            node.is_part() && node.state == NodeState::Approved && !self.matter.shielded
        };
        self.matter.nodes.iter().filter(answered).flat_map(|node| node.attachments.clone()).collect()
    }

    /// The day a limit ends, as the office writes it.
    fn day(&self, due: Instant) -> String {
        self.page.day(&due.plus_micros(-1))
    }

    /// As the handling unit itself would see it: of a shielded matter the redacted words, and
    /// nobody's name.
    fn handed_down(&self, query: &mut dyn Query, node: Option<NodeId>) -> Result<HandedDown, Failure> {
        let matter = &self.matter;
        let node = node.and_then(|node| matter.node(node));
        let mut said = HandedDown {
            number: self.number.to_owned(),
            due: node.map(|node| node.limits.handling.due().to_string()),
            appeal_type: matter.appeal_type.map(|kind| kind.code().to_owned()),
            category: matter.category.clone(),
            area: matter.area.as_ref().map(|area| area.0.clone()),
            shielded: matter.shielded,
            ..HandedDown::default()
        };
        let (title, text) = match (&matter.redacted, matter.shielded) {
            (Some((title, text)), true) => (Some(title), Some(text)),
            (None, true) => (None, None),
            (_, false) => (matter.title.as_ref(), matter.text.as_ref()),
        };
        said.title = self.optional(title)?;
        said.text = self.optional(text)?;
        let mut expected = Vec::new();
        for demand in &matter.demands {
            expected.push(self.open(demand)?);
        }
        if let Some(instruction) = node.and_then(|node| node.instruction.as_ref()) {
            let instruction = self.open(instruction)?;
            expected.push(self.page.t1("exchange-told-instruction", "text", instruction));
        }
        said.expected = expected.join("\n");
        if !matter.shielded {
            if let Some(contact) = &matter.contact {
                let card = self.app.vault.open(&self.key, contact)?.into_inner();
                said.contact = Contact {
                    name: card.name,
                    phone: card.phone,
                    enterprise: card.enterprise,
                    credit_code: card.credit_code,
                    email: card.email,
                    address: card.address,
                };
            }
            self.enclose(query, &matter.attachments, &mut said.text, &mut said.attachments)?;
        }
        Ok(said)
    }

    /// Puts files beside a text, which names those that are too large.
    fn enclose(
        &self,
        query: &mut dyn Query,
        files: &[BlobId],
        text: &mut String,
        enclosed: &mut Vec<File>,
    ) -> Result<(), Failure> {
        let (mut sum, mut left_out) = (0, Vec::new());
        for file in files {
            let (described, bytes) = match read_attachment(query, self.app, *file) {
                Ok(read) => read,
                Err(Failure::NotFound) => continue,
                Err(failure) => return Err(failure),
            };
            if sum + bytes.len() > FILES_MAX {
                left_out.push(described.name);
                continue;
            }
            sum += bytes.len();
            enclosed.push(File { name: described.name, content: STANDARD.encode(bytes) });
        }
        if !left_out.is_empty() {
            let names = left_out.join(&self.page.t("exchange-join"));
            *text = format!("{text}\n{}", self.page.t1("exchange-told-files", "names", names));
        }
        Ok(())
    }

    /// Why it goes back, or is taken back.
    fn reason(&self) -> Result<String, Failure> {
        match &self.entry.event {
            Event::RedoOrdered { reason, .. }
            | Event::Reassigned { reason, .. }
            | Event::Terminated { reason, .. } => self.open(reason),
            Event::Returned { reason, .. }
            | Event::Released { reason, .. }
            | Event::Withdrawn { reason, .. } => self.optional(reason.as_ref()),
            _ => Ok(String::new()),
        }
    }

    fn urged(&self) -> Result<String, Failure> {
        let Event::Supervised(taken) = &self.entry.event else { return Ok(String::new()) };
        let measure = self.page.t(taken.measure.key());
        let text = self.optional(taken.text.as_ref())?;
        Ok(if text.is_empty() { measure } else { format!("{measure}：{text}") })
    }

    fn returned(&self, query: &mut dyn Query) -> Result<String, Failure> {
        match (&self.entry.event, &self.matter.decline) {
            (Event::TransferredOut { to, reason }, _) => {
                let reason = self.open(reason)?;
                Ok(self.page.t2("exchange-told-transferred", "to", to.as_str(), "reason", reason))
            }
            (_, Some(decline)) => {
                let worded = match &decline.wording {
                    Some(wording) => wording.zh.clone(),
                    None => {
                        let at = decline.at;
                        matters::configuration::grounds::of_decline(query, self.app, decline.ground, at)?
                            .name
                            .zh
                    }
                };
                let way = self.open(&decline.right_way)?;
                Ok(self.page.t2("exchange-told-declined", "ground", worded, "way", way))
            }
            _ => Ok(String::new()),
        }
    }

    fn progress(&self, query: &mut dyn Query) -> Result<String, Failure> {
        let promised = self.matter.promise.as_ref().map(|promise| self.day(promise.due)).unwrap_or_default();
        Ok(match &self.entry.event {
            Event::Accepted(_) => self.page.t1("exchange-told-accepted", "day", promised),
            Event::ExtensionGranted { .. } => self.page.t1("exchange-told-extended", "day", promised),
            Event::Assigned(assigned) => {
                let unit = network::unit(query, &assigned.unit)?.map(|unit| unit.name).unwrap_or_default();
                self.page.t1("exchange-told-assigned", "unit", unit)
            }
            _ => self.page.t("exchange-told-redo"),
        })
    }

    /// The answer that the appellant got: the office's own, that of the units in the order they
    /// were assigned, or that of the matter it was merged under.
    fn answered(&self, query: &mut dyn Query) -> Result<Answered, Failure> {
        let mut given = self.given(query, &self.matter, &self.key)?;
        if let (true, Some(master)) = (given.is_empty(), self.matter.master) {
            let history = platform::act::history::<Matters>(query, &master.to_string())?;
            let master = history.iter().fold(Matter::default(), fold::fold);
            let key = match &master.subject {
                Some(subject) => platform::act::subject_key(query, &self.app.vault, subject)?,
                None => None,
            };
            if let Some(key) = key {
                given = self.given(query, &master, &key)?;
            }
        }
        let several = given.len() > 1;
        let worded = |(unit, text, _): &(String, String, Vec<DemandResult>)| match several {
            true => self.page.t2("exchange-told-answer", "unit", unit.as_str(), "text", text.as_str()),
            false => text.clone(),
        };
        let text = given.iter().map(worded).collect::<Vec<_>>().join("\n");
        let mut results: Vec<DemandResult> = given.into_iter().flat_map(|(_, _, results)| results).collect();
        results.sort_by_key(|result| result.demand);
        Ok(Answered {
            number: self.number.to_owned(),
            text,
            outcomes: results.iter().map(|result| result.outcome.code().to_owned()).collect(),
            answered_at: Some(self.entry.at()),
            attachments: Vec::new(),
        })
    }

    fn given(
        &self,
        query: &mut dyn Query,
        matter: &Matter,
        key: &SubjectKey,
    ) -> Result<Vec<(String, String, Vec<DemandResult>)>, Failure> {
        let open = |text: &Text| Ok::<_, Failure>(self.app.vault.open(key, text)?.into_inner());
        if let Some(direct) = matter.direct.as_ref().filter(|_| matter.nodes.is_empty()) {
            return Ok(vec![(String::new(), open(direct.text.text())?, direct.results.clone())]);
        }
        let mut given = Vec::new();
        for node in matter.nodes.iter().filter(|node| node.is_part() && node.state == NodeState::Approved) {
            let Some(answer) = &node.answer else { continue };
            let unit = network::unit(query, &node.unit)?.map(|unit| unit.name).unwrap_or_default();
            given.push((unit, open(answer.text.text())?, answer.results.clone()));
        }
        Ok(given)
    }

    fn closed(&self) -> String {
        match &self.entry.event {
            Event::Closed { closing, .. } => self.page.t(closing.key()),
            _ => self.page.t("exchange-told-withdrawn"),
        }
    }
}
