//! Carries notices out of the house: one job a notice, which waits out the night, tries again
//! while a provider is down, and notes every way that is through. None is dropped without a word:
//! what was tried in vain, and what is too old to be sent, is said where the notice stands.

use crate::rules::{About, Channel, Choice, Command, Fate, Recipient, may_go_at};
use crate::settings::{self, Settings};
use crate::words::{Told, written_page};
use crate::{read, shell};
use kernel::time::Instant;
use kernel::{AccountId, MatterId, SubjectId};
use mail::Message;
use matters::Matters;
use matters::configuration::{NoticeKind, notices};
use platform::jobs::{JobHandler, enqueue, handler};
use platform::{App, Failure, Work};
use serde::{Deserialize, Serialize};
use store::Query;
use store::jobs::{Job, MAX_ATTEMPTS};

const DELIVER: &str = "notice.deliver";
const DIGEST: &str = "notice.digest";
/// A message that could not leave the house for so long is of no use any more, in days.
const USEFUL_DAYS: i64 = 3;
/// How far back a digest looks, in days from when it was asked for: one that failed is made up
/// for, and one that is sent late lacks nothing.
const DIGEST_DAYS: i64 = 2;

/// The handlers, by kind.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(DELIVER, handler(run)), (DIGEST, handler(run_digest))]
}

/// Leaves the job for a notice that was just told.
pub(crate) fn plan(work: &mut Work<'_>, matter: &str, key: &str) -> Result<(), Failure> {
    let waiting = Waiting { matter: matter.to_owned(), key: key.to_owned() };
    let at = work.when().recorded_at;
    enqueue(work, DELIVER, &format!("{matter}:{key}"), &waiting, at)
}

#[derive(Clone, Serialize, Deserialize)]
struct Waiting {
    matter: String,
    key: String,
}

#[derive(Serialize, Deserialize)]
struct Daily {
    account: AccountId,
}

/// What is to be done with a notice now. Holds addresses: no `Debug`.
enum Plan {
    /// Nothing leaves the house.
    Nothing,
    /// Not before.
    Later(Instant),
    /// With the day's digest.
    WithDigest(AccountId, Instant),
    /// It is of no use any more by these ways, which never took it.
    TooLate(Vec<Channel>),
    /// These now.
    Send(Vec<(Channel, Message)>),
}

async fn run(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    let asked = waiting.clone();
    match app.read(move |snapshot, app| plan_of(snapshot, app, &asked)).await? {
        Plan::Nothing => Ok(()),
        Plan::Later(at) => {
            let key = format!("{}:{}", waiting.matter, waiting.key);
            app.write(move |work| enqueue(work, DELIVER, &key, &waiting, at)).await
        }
        Plan::WithDigest(account, at) => {
            let key = account.to_string();
            app.write(move |work| enqueue(work, DIGEST, &key, &Daily { account }, at)).await
        }
        Plan::TooLate(channels) => {
            for channel in channels {
                report(&app, vec![waiting.clone()], channel, Fate::Failed).await?;
            }
            Ok(())
        }
        Plan::Send(messages) => send_each(&app, &job, &waiting, messages).await,
    }
}

/// Each way stands or falls by itself; one that failed fails the job, which then tries only
/// what is not through.
async fn send_each(
    app: &App,
    job: &Job,
    of: &Waiting,
    messages: Vec<(Channel, Message)>,
) -> Result<(), Failure> {
    let mut failed = None;
    for (channel, message) in messages {
        let id = format!("{}:{}", of.matter, of.key);
        failed = send(app, job, &id, vec![of.clone()], channel, message).await?.or(failed);
    }
    failed.map_or(Ok(()), Err)
}

/// Sends one and notes what became of it; answers why not, where it may go another time. The
/// last time that the job tries by itself, it is noted that nobody took it: the job then waits
/// on the page of failed ones.
async fn send(
    app: &App,
    job: &Job,
    id: &str,
    of: Vec<Waiting>,
    channel: Channel,
    message: Message,
) -> Result<Option<Failure>, Failure> {
    let (fate, failed) = match mail::send_now(app, id, message).await {
        Ok(()) => (Fate::Sent, None),
        // No server takes it, now or later.
        Err(Failure::NotFound) => (Fate::Failed, None),
        Err(error) if job.attempts < MAX_ATTEMPTS => return Ok(Some(error)),
        Err(error) => (Fate::GivenUp, Some(error)),
    };
    report(app, of, channel, fate).await?;
    Ok(failed)
}

async fn report(app: &App, of: Vec<Waiting>, channel: Channel, fate: Fate) -> Result<(), Failure> {
    app.write(move |work| {
        for Waiting { matter, key } in of.clone() {
            shell::act(work, &matter, &Command::Report { key, channel, fate })?;
        }
        Ok(())
    })
    .await
}

fn plan_of(query: &mut dyn Query, app: &App, waiting: &Waiting) -> Result<Plan, Failure> {
    let state = platform::act::load::<crate::Notices>(query, &waiting.matter)?.state;
    let told = state.told.get(&waiting.key).ok_or(Failure::NotFound)?;
    let (kind, to) = (told.notice.kind, &told.notice.to);
    let about = match &told.notice.page {
        Some(page) => About::Page(page.clone()),
        None => About::Matter(waiting.matter.parse().map_err(|_| Failure::NotFound)?),
    };
    let now = app.now();
    let (choice, addresses) = match to {
        Recipient::Account { account } => {
            let settings = settings::load(query, app, *account)?;
            (settings.choice.clone(), addresses_of(&settings))
        }
        Recipient::Appellant => match &about {
            About::Matter(id) => (Choice::default(), appellant(query, app, *id)?),
            About::Page(_) => return Ok(Plan::Nothing),
        },
    };
    let due_ways = addresses
        .into_iter()
        .filter(|(channel, _)| is_open(app, *channel) && !state.is_through(&waiting.key, *channel));
    let ways: Vec<(Channel, mail::Channel, String)> =
        due_ways.filter_map(|(channel, address)| Some((channel, channel.carried()?, address))).collect();
    if ways.is_empty() {
        return Ok(Plan::Nothing);
    }
    if told.at.plus_days(USEFUL_DAYS) < now {
        return Ok(Plan::TooLate(ways.into_iter().map(|(channel, ..)| channel).collect()));
    }
    match (may_go_at(&choice, &app.config.zone, now, is_urgent(kind)), to) {
        (at, Recipient::Account { account }) if at > now && choice.digest.is_some() => {
            return Ok(Plan::WithDigest(*account, at));
        }
        (at, _) if at > now => return Ok(Plan::Later(at)),
        _ => {}
    }
    let texts = notices::in_force(query, app)?;
    let notice = &told.notice;
    let values = Told::look_up(query, app, kind, &about, notice.node, to, notice.due)?;
    let words = values.words(&written_page(app), &texts, kind);
    let message = |channel: mail::Channel, to: String| Message {
        channel,
        to,
        subject: words.subject.clone(),
        text: words.text.clone(),
        until: told.at.plus_days(USEFUL_DAYS),
    };
    let message = |(channel, carried, to)| (channel, message(carried, to));
    Ok(Plan::Send(ways.into_iter().map(message).collect()))
}

/// Whether anything is sent that way here.
pub(crate) fn is_open(app: &App, channel: Channel) -> bool {
    channel.carried().is_some_and(|carried| mail::is_open(app, carried))
}

/// What does not wait for the morning: an answer to what someone is just doing, and what is
/// late already.
fn is_urgent(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::Receipt | NoticeKind::Late | NoticeKind::Pressure)
}

fn addresses_of(settings: &Settings) -> Vec<(Channel, String)> {
    let all = Channel::ALL.iter();
    all.filter_map(|channel| Some((*channel, settings.address(*channel)?.to_owned()))).collect()
}

/// Where the appellant can be written to: by mail, or where they left no address by a short
/// message; nowhere once they are erased.
fn appellant(query: &mut dyn Query, app: &App, id: MatterId) -> Result<Vec<(Channel, String)>, Failure> {
    let matter = platform::act::load::<Matters>(query, &id.to_string())?.state;
    let (Some(subject), Some(contact)) = (&matter.subject, &matter.contact) else { return Ok(Vec::new()) };
    let subject: &SubjectId = subject;
    let Some(key) = platform::act::subject_key(query, &app.vault, subject)? else { return Ok(Vec::new()) };
    let card = app.vault.open(&key, contact)?.into_inner();
    let (email, phone) = (card.email.trim(), kernel::text::normal_phone(&card.phone));
    let phone = phone.filter(|phone| kernel::text::is_mobile(phone));
    Ok(match (email, phone) {
        ("", Some(phone)) => vec![(Channel::Sms, phone)],
        ("", None) => Vec::new(),
        (email, _) => vec![(Channel::Email, email.to_owned())],
    })
}

/// All that a person was told since and that no message carried yet: one message for each way
/// that they chose. A way that failed fails the job, which then tries that one only.
async fn run_digest(app: App, job: Job) -> Result<(), Failure> {
    let Daily { account } = serde_json::from_str(&job.payload)?;
    let since = job.created_at.plus_days(-DIGEST_DAYS);
    let prepared = app.read(move |snapshot, app| digests(snapshot, app, account, since)).await?;
    let mut failed = None;
    for Digest { channel, of, message } in prepared {
        let id = format!("digest:{account}:{}:{}", channel.code(), app.now().micros());
        failed = send(&app, &job, &id, of, channel, message).await?.or(failed);
    }
    failed.map_or(Ok(()), Err)
}

/// A day's notices in one message. Holds an address: no `Debug`.
struct Digest {
    channel: Channel,
    of: Vec<Waiting>,
    message: Message,
}

fn digests(
    query: &mut dyn Query,
    app: &App,
    account: AccountId,
    since: Instant,
) -> Result<Vec<Digest>, Failure> {
    let settings = settings::load(query, app, account)?;
    let mut digests = Vec::new();
    for (channel, to) in addresses_of(&settings) {
        let Some(carried) = channel.carried().filter(|carried| mail::is_open(app, *carried)) else {
            continue;
        };
        digests.extend(digest(query, app, account, since, (channel, carried, to))?);
    }
    Ok(digests)
}

fn digest(
    query: &mut dyn Query,
    app: &App,
    account: AccountId,
    since: Instant,
    (channel, carried, to): (Channel, mail::Channel, String),
) -> Result<Option<Digest>, Failure> {
    let lines = read::undelivered(query, account, channel, since)?;
    if lines.is_empty() {
        return Ok(None);
    }
    let (page, texts) = (written_page(app), notices::in_force(query, app)?);
    let mut list = Vec::with_capacity(lines.len());
    let mut of = Vec::with_capacity(lines.len());
    for (key, line) in lines {
        let to = Recipient::Account { account };
        let told = Told::look_up(query, app, line.kind, &line.about, line.node, &to, line.due)?;
        list.push(told.words(&page, &texts, line.kind).subject);
        of.push(Waiting { matter: line.of, key });
    }
    let values = [
        ("count", list.len().to_string()),
        ("list", list.join("\n")),
        ("link", format!("{}/me/notices", app.config.public_url)),
        ("site", page.site_name().to_owned()),
    ];
    let words = texts.filled(NoticeKind::Digest, page.locale(), &values);
    let until = app.now().plus_days(USEFUL_DAYS);
    let message = Message { channel: carried, to, subject: words.subject, text: words.text, until };
    Ok(Some(Digest { channel, of, message }))
}
