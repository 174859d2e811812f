//! A message that came, by whichever way: it is acted on once, in one transaction with what
//! follows from it. What the loop's rules do not let another platform do reaches the office as
//! a message, so that nothing said is lost.

use crate::projection::{self, HandoverRow, PartnerRow};
use crate::rules::handover::{Command as Pass, Passed, passes};
use crate::rules::partner::Direction;
use crate::rules::wire::{Answered, ExtensionAsked, File, HandedDown, Limited, Message, Said, due};
use crate::shell;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::time::{Date, Span, TimeBase};
use kernel::{AreaId, MatterId, NodeId, Refusal};
use matters::attachments::{SealedFile, Upload, keep, seal_all};
use matters::configuration;
use matters::configuration::grounds::{self, GroundKind};
use matters::filing::{CONTACT_MAX, TITLE_MAX};
use matters::{FileRequest, Matters, TextSealer, categories};
use matters_rules::answer::AnswerCheck;
use matters_rules::command::{Command, ContactCard, DemandResult, Respond, Text};
use matters_rules::state::{Node, NodeState};
use matters_rules::{AppealType, Channel, ContactWay, IntervalKind, Matter, Outcome};
use platform::{App, By, Failure, Work};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The matter here.
    pub matter: MatterId,
    /// Its number here.
    pub own_number: String,
    /// It was known: nothing was done.
    pub known: bool,
}

/// Acts on a message. `by` is who brought it: the other platform, or the clerk who carries its
/// files.
///
/// # Errors
/// `exchange-off`, `exchange-wrong-way`, `exchange-number-missing`, `exchange-number-unknown`,
/// `exchange-due-unreadable`, `exchange-file-unreadable`, and those of the loop for what cannot
/// be left out: a title, a text, an answer that says something.
pub async fn take(app: &App, by: &By, partner: &PartnerRow, message: &Message) -> Result<Taken, Failure> {
    let uploads = match &message.said {
        Said::HandedDown(said) => seal_all(app, uploads(&said.attachments)?).await?,
        Said::Answered(said) => seal_all(app, uploads(&said.attachments)?).await?,
        _ => Vec::new(),
    };
    let (by, partner, message) = (by.clone(), partner.clone(), message.clone());
    app.write(move |work| take_in(work, &by, &partner, &message, &uploads)).await
}

fn uploads(sent: &[File]) -> Result<Vec<Upload>, Failure> {
    let decoded = |file: &File| {
        let bytes = STANDARD.decode(&file.content).ok()?;
        Some(Upload { name: kernel::text::file_name(&file.name), bytes })
    };
    let files: Option<Vec<Upload>> = sent.iter().map(decoded).collect();
    files.ok_or_else(|| Refusal::field("attachments", "exchange-file-unreadable").into())
}

/// The same inside a unit of work.
///
/// # Errors
/// As [`take`].
pub(crate) fn take_in(
    work: &mut Work<'_>,
    by: &By,
    partner: &PartnerRow,
    message: &Message,
    uploads: &[SealedFile],
) -> Result<Taken, Failure> {
    if !partner.on {
        return Err(Refusal::new("exchange-off").into());
    }
    let kind = message.said.kind();
    passes(partner.direction, kind, true)?;
    let number = message.said.number().trim();
    if number.is_empty() {
        return Err(Refusal::field("number", "exchange-number-missing").into());
    }
    let found = projection::numbered(work.tx, &partner.code, number)?;
    let handover = match (&message.said, found) {
        (Said::HandedDown(said), Some(known)) => {
            limit_again(work, partner, &known, said)?;
            return told(work, known.matter, true);
        }
        (Said::HandedDown(said), None) => return file(work, by, partner, message, said, uploads),
        (_, None) => return Err(Refusal::field("number", "exchange-number-unknown").into()),
        (_, Some(handover)) => handover,
    };
    let state = work.load::<shell::Handovers>(&handover.id)?.state;
    if state.heard.contains(&message.id) {
        return told(work, handover.matter, true);
    }
    match (partner.direction, handover.node) {
        (Direction::Above, _) => from_above(work, partner, handover.matter, &message.said)?,
        (Direction::Below, Some(node)) => from_below(work, partner, &handover, node, (message, uploads))?,
        (Direction::Below, None) => {}
    }
    let other_number = match &message.said {
        Said::Received(said) => Some(said.own_number.trim().to_owned()).filter(|number| !number.is_empty()),
        _ => None,
    };
    let hear = Pass::Hear { message: message.id.clone(), kind, other_number };
    shell::pass(work, by, &handover.id, &hear)?;
    told(work, handover.matter, false)
}

fn told(work: &mut Work<'_>, matter: MatterId, known: bool) -> Result<Taken, Failure> {
    let own_number = work.load::<Matters>(&matter.to_string())?.state.number;
    Ok(Taken { matter, own_number, known })
}

/// A matter handed down becomes an appeal here, with its number and limit there.
fn file(
    work: &mut Work<'_>,
    by: &By,
    partner: &PartnerRow,
    message: &Message,
    said: &HandedDown,
    uploads: &[SealedFile],
) -> Result<Taken, Failure> {
    let mut request = request(work, partner, said)?;
    request.uploads = uploads.to_vec();
    let receipt = matters::file(work, &partner.by(), &request)?;
    let id = work.fresh.uuid().to_string();
    let passed = Passed {
        partner: partner.code.clone(),
        direction: Direction::Above,
        number: said.number.trim().to_owned(),
        matter: receipt.id,
        node: None,
    };
    shell::pass(work, by, &id, &Pass::Open(passed))?;
    let hear = Pass::Hear { message: message.id.clone(), kind: message.said.kind(), other_number: None };
    shell::pass(work, by, &id, &hear)?;
    Ok(Taken { matter: receipt.id, own_number: receipt.number, known: false })
}

/// What the other side says, fitted to what is known here: a category or area of codes that
/// this city does not have is left open, and an unreadable telephone number stands in the text.
fn request(work: &mut Work<'_>, partner: &PartnerRow, said: &HandedDown) -> Result<FileRequest, Failure> {
    let app = work.app();
    let appeal_type = said.appeal_type.as_deref().and_then(AppealType::parse).unwrap_or(AppealType::Help);
    let mut request = FileRequest::new(partner.terms.unit.clone(), Channel::HandedDown, appeal_type);
    let offered = categories::in_force(work.tx, app)?;
    request.category = said.category.clone().filter(|code| offered.offer(code).is_some());
    if let Some(area) = said.area.as_deref().map(AreaId::from) {
        request.area = network::area(work.tx, &area)?.map(|area| area.code);
    }
    request.title = kernel::text::clip(&said.title.replace('\n', " "), TITLE_MAX);
    request.text = match said.title.trim().chars().count() > TITLE_MAX {
        true => format!("{}\n{}", said.title.trim(), said.text),
        false => said.text.clone(),
    };
    if request.text.trim().is_empty() {
        request.text.clone_from(&said.title);
    }
    request.expected.clone_from(&said.expected);
    let clip = |text: &str| kernel::text::clip(text, CONTACT_MAX);
    request.contact = ContactCard {
        name: clip(&said.contact.name),
        enterprise: clip(&said.contact.enterprise),
        credit_code: clip(&said.contact.credit_code),
        email: clip(&said.contact.email),
        address: clip(&said.contact.address),
        ..ContactCard::default()
    };
    let phone = said.contact.phone.trim();
    if kernel::text::normal_phone(phone).is_some() {
        phone.clone_into(&mut request.contact.phone);
    } else if !phone.is_empty() {
        request.text = format!("{}\n{phone}", request.text);
    }
    request.shielded = said.shielded;
    request.source_number = Some(said.number.trim().to_owned());
    request.source_due = match said.due.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(written) => Some(due(written, &app.config.zone)?),
    };
    request.express_lines = Channel::HandedDown.express_line().into_iter().collect();
    Ok(request)
}

fn from_above(
    work: &mut Work<'_>,
    partner: &PartnerRow,
    matter: MatterId,
    said: &Said,
) -> Result<(), Failure> {
    let heard = Heard::of(work, partner, matter)?;
    match said {
        Said::Redo(again) => {
            let text = heard.text(work, &again.text, said);
            heard.or_message(work, &Command::AskRedo { text: text.clone() }, None, text)?;
            heard.limit(work, again, None)
        }
        Said::LimitSet(limited) => {
            let text = heard.text(work, &limited.text, said);
            heard.limit(work, limited, Some(text))
        }
        Said::Recalled(words) => {
            let text = heard.text(work, &words.text, said);
            heard.or_message(work, &Command::Withdraw { reason: Some(text.clone()) }, None, text)
        }
        Said::Urged(words) => {
            let text = heard.text(work, &words.text, said);
            heard.message(work, None, text)
        }
        _ => Ok(()),
    }
}

fn from_below(
    work: &mut Work<'_>,
    partner: &PartnerRow,
    handover: &HandoverRow,
    node: NodeId,
    (message, uploads): (&Message, &[SealedFile]),
) -> Result<(), Failure> {
    let heard = Heard::of(work, partner, handover.matter)?;
    heard.sign(work, node)?;
    let said = &message.said;
    match said {
        Said::Progress(progress) => {
            let text = heard.text(work, &progress.text, said);
            heard.or_message(work, &Command::Progress { node, text: text.clone() }, Some(node), text)
        }
        Said::Closed(closed) => {
            let text = heard.text(work, &closed.text, said);
            heard.or_message(work, &Command::Progress { node, text: text.clone() }, Some(node), text)
        }
        Said::Returned(words) => {
            let ground = ground(work, GroundKind::Objection, words.ground.as_deref())?;
            let basis = heard.text(work, &words.text, said);
            let object = Command::Object { node, ground, basis: basis.clone(), suggests: None };
            heard.or_message(work, &object, Some(node), basis)
        }
        Said::ExtensionAsked(asked) => heard.extension(work, node, asked, said),
        Said::Answered(answered) => heard.answer(work, node, answered, (message, uploads)),
        _ => Ok(()),
    }
}

/// What was heard of a matter, and by whom.
struct Heard {
    by: By,
    matter: MatterId,
    sealer: TextSealer,
}

impl Heard {
    fn of(work: &mut Work<'_>, partner: &PartnerRow, matter: MatterId) -> Result<Self, Failure> {
        Ok(Self { by: partner.by(), matter, sealer: TextSealer::of(work, matter)? })
    }

    fn state(&self, work: &mut Work<'_>) -> Result<Matter, Failure> {
        Ok(work.load::<Matters>(&self.matter.to_string())?.state)
    }

    /// The words, or where there are none what kind of message it was.
    fn text(&self, work: &mut Work<'_>, words: &str, said: &Said) -> Text {
        let words = match words.trim() {
            "" => work.app().locales.translator(platform::ui::Locale::ZhCn).t(said.kind().key()),
            words => words.to_owned(),
        };
        self.sealer.text(work, &words)
    }

    fn act(&self, work: &mut Work<'_>, command: &Command) -> Result<(), Failure> {
        matters::act(work, &self.by, self.matter, None, command).map(drop)
    }

    fn message(&self, work: &mut Work<'_>, node: Option<NodeId>, text: Text) -> Result<(), Failure> {
        self.act(work, &Command::Message { to_appellant: false, node, text })
    }

    /// Where the rules do not let it happen now, the office is told.
    fn or_message(
        &self,
        work: &mut Work<'_>,
        command: &Command,
        node: Option<NodeId>,
        text: Text,
    ) -> Result<(), Failure> {
        match self.act(work, command) {
            Err(Failure::Refused(_)) => self.message(work, node, text),
            done => done,
        }
    }

    /// The limit that the platform above gave, where it named one; else its words are a message.
    fn limit(&self, work: &mut Work<'_>, said: &Limited, text: Option<Text>) -> Result<(), Failure> {
        let Some(written) = said.due.as_deref().map(str::trim).filter(|due| !due.is_empty()) else {
            return text.map_or(Ok(()), |text| self.message(work, None, text));
        };
        let due = due(written, &work.app().config.zone)?;
        let set = Command::SetSourceLimit { due, reason: text.clone() };
        match (self.act(work, &set), text) {
            (Err(Failure::Refused(_)), Some(text)) => self.message(work, None, text),
            (Err(Failure::Refused(_)), None) => Ok(()),
            (done, _) => done,
        }
    }

    /// More time is asked for as a unit does: in the days that its procedure counts in.
    fn extension(
        &self,
        work: &mut Work<'_>,
        node: NodeId,
        asked: &ExtensionAsked,
        said: &Said,
    ) -> Result<(), Failure> {
        let words = crate::compose::written_page(work.app());
        let day = words.date(&asked.until);
        let told = words.t2("exchange-heard-extension", "day", day, "reason", asked.text.trim());
        let reason = self.text(work, told.trim(), said);
        let ground = ground(work, IntervalKind::Extension.into(), asked.ground.as_deref())?;
        let state = self.state(work)?;
        let span = match state.node(node) {
            Some(held) => Some(longer_by(work, &state, held, asked.until)?),
            None => None,
        };
        let request = Command::RequestInterval {
            node,
            kind: IntervalKind::Extension,
            span,
            until: None,
            ground,
            reason: reason.clone(),
        };
        self.or_message(work, &request, Some(node), reason)
    }

    /// Whatever comes from below about an assignment says that it is there.
    fn sign(&self, work: &mut Work<'_>, node: NodeId) -> Result<(), Failure> {
        let unsigned = self.state(work)?.node(node).is_some_and(|node| node.state == NodeState::Unsigned);
        match if unsigned { self.act(work, &Command::Sign { node }) } else { Ok(()) } {
            Err(Failure::Refused(_)) => Ok(()),
            done => done,
        }
    }

    /// The result: answered, submitted, and signed off as it was below.
    fn answer(
        &self,
        work: &mut Work<'_>,
        node: NodeId,
        answered: &Answered,
        (message, uploads): (&Message, &[SealedFile]),
    ) -> Result<(), Failure> {
        let state = self.state(work)?;
        let Some(held) = state.node(node) else { return Ok(()) };
        let (from, now) = (held.assigned_at, work.now());
        let at = answered.answered_at.unwrap_or(message.timestamp).clamp(from, now.max(from));
        let examined =
            matters::quality::examine(work, self.sealer.key(), self.matter, Some(node), &answered.text)?;
        let lacks = examined.lacking.iter().map(|lacking| lacking.lack).collect();
        let check = AnswerCheck { lacks, print: examined.print, overridden: None };
        let text = self.sealer.answer(work, &answered.text)?.with(check);
        let contact = self.sealer.text(work, &answered.text);
        let kept = uploads.iter().map(|upload| keep(work, self.sealer.key(), upload));
        let attachments = kept.collect::<Result<Vec<_>, _>>()?;
        self.act(
            work,
            &Command::Respond(Box::new(Respond {
                node,
                contact: Some((at, contact)),
                way: ContactWay::Platform,
                results: results(&answered.outcomes, state.demands.len()),
                text,
                answered_at: at,
                attachments,
                note: None,
            })),
        )?;
        let submitted = self.state(work)?.node(node).is_some_and(|node| node.state == NodeState::Submitted);
        if submitted {
            let off = Command::SignOff { node, approve: true, scan: None, reason: None };
            self.act(work, &off)?;
        }
        Ok(())
    }
}

/// A list that came again, as workbooks do: what it says of the limit counts.
fn limit_again(
    work: &mut Work<'_>,
    partner: &PartnerRow,
    known: &HandoverRow,
    said: &HandedDown,
) -> Result<(), Failure> {
    let Some(written) = said.due.as_deref().map(str::trim).filter(|due| !due.is_empty()) else {
        return Ok(());
    };
    let due = due(written, &work.app().config.zone)?;
    let heard = Heard::of(work, partner, known.matter)?;
    if heard.state(work)?.source_due == Some(due) {
        return Ok(());
    }
    match heard.act(work, &Command::SetSourceLimit { due, reason: None }) {
        Err(Failure::Refused(_)) => Ok(()),
        done => done,
    }
}

/// By how much a limit is to be longer to end on that day, as its procedure counts extensions.
fn longer_by(work: &mut Work<'_>, matter: &Matter, node: &Node, until: Date) -> Result<Span, Failure> {
    let procedure = configuration::procedure(work.tx, matter.kind, matter.procedure.1)?;
    let calendar = configuration::calendar_in_force(work.tx)?;
    let last = calendar.zone().date_of(node.limits.handling.due().plus_micros(-1));
    let base = procedure.limits.extension_max.base;
    let amount = match base {
        TimeBase::WorkingDays => calendar.working_days_between(last, until),
        _ => u32::try_from((until - last).get_days()).unwrap_or(0),
    };
    Ok(Span { amount, base })
}

/// The ground that was named, where the office offers it; else the first that it offers.
fn ground(work: &mut Work<'_>, kind: GroundKind, named: Option<&str>) -> Result<String, Failure> {
    let (app, now) = (work.app(), work.now());
    let grounds = grounds::at(work.tx, app, now)?;
    let codes = || grounds.offered(kind).map(|ground| ground.code.clone());
    Ok(codes().find(|code| Some(code.as_str()) == named).or_else(|| codes().next()).unwrap_or_default())
}

/// What became of each demand here: as told where there are as many, else one for all; what
/// differs below was solved in part.
fn results(outcomes: &[String], demands: usize) -> Vec<DemandResult> {
    let told: Vec<Outcome> = outcomes.iter().filter_map(|code| Outcome::parse(code)).collect();
    let all = match told.split_first() {
        None => Outcome::Explained,
        Some((first, rest)) if rest.iter().all(|other| other == first) => *first,
        Some(_) => Outcome::Partly,
    };
    let of = |n: usize| if told.len() == demands { told[n] } else { all };
    (0..demands)
        .map(|n| DemandResult { demand: u32::try_from(n + 1).unwrap_or(u32::MAX), outcome: of(n) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_told_for_each_demand_or_for_all() {
        let told = |codes: &[&str], demands| {
            let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            results(&codes, demands).iter().map(|result| result.outcome.code()).collect::<Vec<_>>()
        };
        assert_eq!(told(&["solved", "not_yet"], 2), ["solved", "not_yet"]);
        assert_eq!(told(&["solved"], 3), ["solved", "solved", "solved"]);
        assert_eq!(told(&["solved", "not_yet"], 1), ["partly"]);
        assert_eq!(told(&["unheard-of"], 1), ["explained"]);
    }
}
