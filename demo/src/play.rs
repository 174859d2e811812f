//! Plays all stories, each step as its own command at its own time, timers among them as in
//! life. A step that would lie in the future is not played: the story stands there today.
//!
//! Appeals are filed in the order of their times, so that a day's numbers follow its clock.
//! From there on stories that have nothing to do with one another run side by side: the
//! store commits together what arrives together.

use crate::DemoError;
use crate::calls;
use crate::cast::{Cast, OFFICE};
use crate::command::command;
use crate::story::{Act, Filed, Step, Story, Who};
use kernel::time::{Calendar, Date, Instant};
use kernel::{MatterId, Source};
use matters::{FileRequest, Receipt};
use matters_rules::command::ContactCard;
use matters_rules::timers::{Timer, timers};
use matters_rules::{Command, Matter, Phase};
use platform::{App, By};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many run side by side.
const ABREAST: usize = 24;

/// Number and code of an appeal, to follow it as its appellant.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its number.
    pub number: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// What every story is played with.
struct Stage {
    app: App,
    cast: Cast,
    calendar: Calendar,
    now: Instant,
}

/// Plays everything that lies before now; answers what each appellant took home, in the
/// order of the stories, and gives the cast back.
///
/// # Errors
/// See [`DemoError`].
pub async fn all(app: &App, cast: Cast, stories: Vec<Story>) -> Result<(Cast, Vec<Taken>), DemoError> {
    let calendar = Calendar::china().in_zone(app.config.zone.clone());
    let stage = Arc::new(Stage { app: app.clone(), cast, calendar, now: app.now() });
    let stories: Vec<Arc<Story>> = stories.into_iter().map(Arc::new).collect();
    let players = file_all(&stage, &stories).await?;
    let taken = stories.iter().zip(&players).filter_map(|(story, player)| {
        let Receipt { number, code, .. } = player.as_ref()?.receipt.clone();
        Some(Taken { number, code, title: story.title.clone() })
    });
    let taken = taken.collect();
    let groups = groups(players.into_iter().flatten());
    abreast(groups.into_iter().map(|group| play(stage.clone(), group)).collect()).await?;
    let Some(stage) = Arc::into_inner(stage) else {
        return Err(DemoError::Data("a story is still being played".into()));
    };
    Ok((stage.cast, taken))
}

/// Runs them side by side, a few at a time, in their order; answers in their order.
pub(crate) async fn abreast<T: Send + 'static>(
    works: Vec<impl Future<Output = Result<T, DemoError>> + Send + 'static>,
) -> Result<Vec<T>, DemoError> {
    let places = Arc::new(Semaphore::new(ABREAST));
    let mut running = JoinSet::new();
    for (index, work) in works.into_iter().enumerate() {
        let places = places.clone();
        running.spawn(async move {
            let _place = places.acquire_owned().await;
            work.await.map(|done| (index, done))
        });
    }
    let mut all = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        let (index, done) = done.map_err(|error| DemoError::Data(error.to_string()))??;
        all.insert(index, done);
    }
    Ok(all.into_values().collect())
}

/// Files what lies before now: days side by side, a day's appeals one after the other.
async fn file_all(stage: &Arc<Stage>, stories: &[Arc<Story>]) -> Result<Vec<Option<Player>>, DemoError> {
    let mut days: BTreeMap<Date, Vec<(Instant, usize, Arc<Story>)>> = BTreeMap::new();
    for (index, story) in stories.iter().enumerate() {
        let at = filed_at(&stage.calendar, stage.now, story.filed);
        if at < stage.now {
            let day = stage.calendar.zone().date_of(at);
            days.entry(day).or_default().push((at, index, story.clone()));
        }
    }
    let file_day = |mut day: Vec<(Instant, usize, Arc<Story>)>| {
        let stage = stage.clone();
        async move {
            day.sort_by_key(|(at, index, _)| (*at, *index));
            let mut filed = Vec::with_capacity(day.len());
            for (at, index, story) in day {
                filed.push((index, Player::file(&stage, story, at).await?));
            }
            Ok(filed)
        }
    };
    let filed = abreast(days.into_values().map(file_day).collect()).await?;
    let mut players: Vec<Option<Player>> = stories.iter().map(|_| None).collect();
    for (index, player) in filed.into_iter().flatten() {
        players[index] = Some(player);
    }
    Ok(players)
}

/// Stories that are merged are played together with the one they are put under.
fn groups(players: impl Iterator<Item = Player>) -> Vec<Vec<Player>> {
    let mut groups: BTreeMap<String, Vec<Player>> = BTreeMap::new();
    for player in players {
        let master = player.story.merge_into.clone().unwrap_or_else(|| player.story.title.clone());
        groups.entry(master).or_default().push(player);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| group.iter().map(|player| player.last).min());
    groups
}

/// A story on its way.
struct Player {
    story: Arc<Story>,
    receipt: Receipt,
    state: Matter,
    steps: std::vec::IntoIter<Step>,
    next: Option<Step>,
    last: Instant,
}

/// What comes next for a player.
enum Turn {
    Step(Step),
    Timer(Timer),
}

/// Plays stories that belong together, always the one whose turn comes first.
async fn play(stage: Arc<Stage>, mut group: Vec<Player>) -> Result<(), DemoError> {
    loop {
        let turns = group.iter().enumerate().filter_map(|(index, player)| Some((player.due(&stage)?, index)));
        let Some((at, index)) = turns.min().filter(|(at, _)| *at < stage.now) else {
            return Ok(());
        };
        let master = group.iter().find(|player| player.story.merge_into.is_none());
        let master = master.map(|player| player.receipt.id);
        let had_result = has_result(&group[index].state);
        group[index].take(&stage, at, master).await?;
        let player = &group[index];
        if Some(player.receipt.id) == master && !had_result && has_result(&player.state) {
            for follower in group.iter_mut().filter(|player| player.state.phase == Phase::Merged) {
                follower
                    .send(&stage, at, By::System("matter.follow_master".into()), Command::FollowMaster)
                    .await?;
            }
        }
    }
}

fn has_result(matter: &Matter) -> bool {
    matter.result_approved_at.is_some()
}

impl Player {
    async fn file(stage: &Stage, story: Arc<Story>, at: Instant) -> Result<Self, DemoError> {
        use matters_rules::Channel::{Hotline, Message, Online};
        let own_hand = matches!(story.channel, Online | Message);
        let by = if own_hand { By::Public } else { stage.cast.by(&Who::Intake)? };
        let request = request(&story, !own_hand);
        let filed = stage.app.write_occurred(Source::Replayed, at, move |work| {
            let receipt = match request.channel {
                Hotline => calls::taken(work, &by, &request)?,
                _ => matters::file(work, &by, &request)?,
            };
            let state = work.load::<matters::Matters>(&receipt.id.to_string())?.state;
            Ok((receipt, state))
        });
        let (receipt, state) = filed.await.map_err(DemoError::at(format!("filing \"{}\"", story.title)))?;
        let mut steps = story.steps().into_iter();
        let next = steps.next();
        Ok(Self { story, receipt, state, steps, next, last: at })
    }

    /// When its next turn comes.
    fn due(&self, stage: &Stage) -> Option<Instant> {
        let step = self.step_at(stage);
        let timer = timers(&self.state).into_iter().map(|timer| timer.at).min();
        step.into_iter().chain(timer).min()
    }

    fn step_at(&self, stage: &Stage) -> Option<Instant> {
        let step = self.next.as_ref()?;
        // Under a master it waits for the master's answer; suspended, for the end of that.
        let paused = self.state.is_running() && self.state.nodes.iter().any(|node| node.paused.is_some());
        let waits = self.state.phase == Phase::Merged || paused;
        (!waits).then(|| {
            if self.story.natural {
                self.last.plus_seconds(i64::from(step.after) * 20)
            } else {
                later(&stage.calendar, self.last, step.after)
            }
        })
    }

    fn turn(&mut self, stage: &Stage, at: Instant) -> Option<Turn> {
        match timers(&self.state).into_iter().find(|timer| timer.at == at) {
            Some(timer) => Some(Turn::Timer(timer)),
            None if self.step_at(stage) == Some(at) => {
                let step = self.next.take()?;
                self.next = self.steps.next();
                Some(Turn::Step(step))
            }
            None => None,
        }
    }

    async fn take(&mut self, stage: &Stage, at: Instant, master: Option<MatterId>) -> Result<(), DemoError> {
        match self.turn(stage, at) {
            Some(Turn::Timer(timer)) => {
                let by = By::System(format!("timer.{}", timer.kind.code()));
                self.send(stage, at, by, timer.command()).await
            }
            Some(Turn::Step(step)) => {
                self.last = at;
                // Closed by time in between: what is left to say comes too late.
                let over = self.state.phase.is_ended() && step.act != Act::OrderRedo;
                if over { Ok(()) } else { self.step(stage, at, step, master).await }
            }
            None => Ok(()),
        }
    }

    async fn step(
        &mut self,
        stage: &Stage,
        at: Instant,
        step: Step,
        master: Option<MatterId>,
    ) -> Result<(), DemoError> {
        let matter = self.receipt.id;
        let by = match &step.who {
            Who::Appellant => By::Appellant(matter),
            who => stage.cast.by(who)?,
        };
        let what = format!("{:?} in \"{}\"", step.act, self.story.title);
        let (story, state) = (self.story.clone(), self.state.clone());
        let acted = stage.app.write_occurred(Source::Replayed, at, move |work| {
            let command = command(work, &story, &state, &step.act, master)?;
            Ok(matters::act(work, &by, matter, None, &command)?.state)
        });
        self.state = acted.await.map_err(DemoError::at(what))?;
        Ok(())
    }

    async fn send(&mut self, stage: &Stage, at: Instant, by: By, command: Command) -> Result<(), DemoError> {
        let matter = self.receipt.id;
        let what = format!("{:?} in \"{}\"", command.action(), self.story.title);
        let acted = stage.app.write_occurred(Source::Replayed, at, move |work| {
            Ok(matters::act(work, &by, matter, None, &command)?.state)
        });
        self.state = acted.await.map_err(DemoError::at(what))?;
        self.last = self.last.max(at);
        Ok(())
    }
}

fn request(story: &Story, by_officer: bool) -> FileRequest {
    FileRequest {
        category: Some(story.category.clone()),
        area: story.area.as_deref().map(Into::into),
        title: story.title.clone(),
        text: story.text.clone(),
        expected: story.expected.clone(),
        contact: ContactCard {
            name: story.name.clone(),
            phone: story.phone.clone(),
            enterprise: story.enterprise.clone(),
            ..ContactCard::default()
        },
        shielded: story.shielded,
        on_behalf: by_officer.then_some(matters_rules::command::OnBehalf::Officer),
        complained_about: story.complained.clone(),
        source_number: story.source_number.clone(),
        express_lines: story.lines.clone(),
        ..FileRequest::new(OFFICE.into(), story.channel, story.appeal_type)
    }
}

/// When a story begins.
fn filed_at(calendar: &Calendar, now: Instant, filed: Filed) -> Instant {
    let zone = calendar.zone();
    zone.instant(match filed {
        Filed::On(at) => at,
        Filed::Ago { minutes } => return earlier(calendar, now, minutes),
        Filed::Before { days, time } => {
            let today = zone.date_of(now);
            (0..days).fold(today, |date, _| calendar.previous_working_day(date)).to_datetime(time)
        }
    })
}

/// `minutes` of working time before `at`.
fn earlier(calendar: &Calendar, at: Instant, minutes: u32) -> Instant {
    const MINUTE: i64 = 60_000_000;
    let zone = calendar.zone();
    let mut date = zone.date_of(at);
    let mut left = i64::from(minutes);
    loop {
        if calendar.is_working_day(date) {
            let midnight = zone.start_of_day(date);
            for hours in calendar.working_hours().iter().rev() {
                let until = midnight.plus_seconds(i64::from(hours.to) * 60).min(at);
                let room = until.since(midnight.plus_seconds(i64::from(hours.from) * 60)) / MINUTE;
                if room > left {
                    return until.plus_seconds(-left * 60);
                }
                left -= room.max(0);
            }
        }
        date = calendar.previous_working_day(date);
    }
}

/// `minutes` of working time after `at`, and a little uneven, as people are.
fn later(calendar: &Calendar, at: Instant, minutes: u32) -> Instant {
    const MINUTE: i64 = 60_000_000;
    let zone = calendar.zone();
    let mut date = zone.date_of(at);
    let mut left = i64::from(minutes) + (at.micros() / MINUTE) % 7;
    loop {
        if calendar.is_working_day(date) {
            for hours in calendar.working_hours() {
                let midnight = zone.start_of_day(date);
                let from = midnight.plus_seconds(i64::from(hours.from) * 60).max(at);
                let room = midnight.plus_seconds(i64::from(hours.to) * 60).since(from) / MINUTE;
                if room > left {
                    return from.plus_seconds(left * 60);
                }
                left -= room.max(0);
            }
        }
        date = calendar.next_working_day(date);
    }
}
