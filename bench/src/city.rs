//! The patterns: some hundred appeals of three years in the demo city, each played through
//! the product's own commands at its own time.

use crate::BenchError;
use crate::stamp::Pattern;
use demo::story::{Filed, Story};
use demo::weave::{Kind, Weaver};
use identity::accounts;
use kernel::time::{Calendar, Date, Time};
use kernel::{MatterId, Source};
use matters_rules::Command;
use platform::{App, By};
use std::collections::BTreeSet;

/// Password of everybody in the city that is measured.
pub const PASSWORD: &str = "measured-city-42";
/// Events of a long matter.
pub const LONG: usize = 30;
/// Days over which appeals are spread.
const DAYS: u32 = 1_000;
/// Working days before today in which appeals are still under way.
const RECENT: u32 = 20;
/// How many of a hundred patterns are of which kind.
const KINDS: [(u32, Kind); 6] = [
    (52, Kind::Direct),
    (16, Kind::City),
    (16, Kind::County),
    (4, Kind::Township),
    (9, Kind::Declined),
    (3, Kind::Withdrawn),
];
/// Appeals woven before titles are drawn anew.
const WEAVE: u32 = 60;

/// A city with its patterns, and what its officers need to be played.
pub struct City {
    /// What is copied, oldest first.
    pub patterns: Vec<Pattern>,
    /// Bearer token of an intake officer, who files and accepts.
    pub token: String,
}

/// Makes the city in an empty installation and plays `count` patterns in it.
///
/// # Errors
/// See [`BenchError`].
pub async fn make(app: &App, count: u32) -> Result<City, BenchError> {
    let stories = stories(app, count)?;
    demo::city::make(app).await?;
    matters::configuration::seed(app).await?;
    let cast = demo::cast::make(app, PASSWORD, &stories).await?;
    let (cast, taken) = demo::play::all(app, cast, stories).await?;
    let officer = cast.by(&demo::story::Who::Dispatcher)?;
    let codes = taken.into_iter().map(|taken| (taken.number, taken.code)).collect();
    lengthen(app, &officer).await?;
    // What was due while these years were played has no reader any more; what is due from now
    // on is copied with the rest.
    let now = app.now();
    let forgotten = app.store.write(move |tx| {
        tx.execute("delete from jobs where run_at <= $1", &[now.into()])?;
        Ok::<_, BenchError>(())
    });
    forgotten.await?;
    platform::texts::catch_up(app).await?;
    let patterns = crate::stamp::patterns(app, &codes).await?;
    let By::Person { account, .. } = cast.by(&demo::story::Who::Intake)? else {
        return Err(BenchError::unexpected("an officer is a person"));
    };
    let until = app.now().plus_days(30);
    let (_, token) = accounts::issue_token(app, &By::Operator, account, "bench", until).await?;
    Ok(City { patterns, token })
}

/// A matter as it stands when it was just filed by an officer, for the bare limit of intake.
///
/// # Errors
/// See [`BenchError`].
pub async fn filed(app: &App) -> Result<Pattern, BenchError> {
    let request = matters::FileRequest {
        category: Some("ENE-01".into()),
        area: Some("431302".into()),
        title: "充电站电价高于公示价格".into(),
        text: "我公司在高新区经营充电站，上月电费按一般工商业电价结算，比公示的价格高出三成，\
               多次询问没有答复，请帮助核实并退还多收部分。"
            .into(),
        expected: "核实电价并退还多收的电费".into(),
        contact: matters_rules::command::ContactCard {
            name: "演示甲".into(),
            phone: "13900000000".into(),
            ..Default::default()
        },
        express_lines: vec![matters_rules::ExpressLine::HotlineDirect],
        ..matters::FileRequest::new(
            demo::cast::OFFICE.into(),
            matters_rules::Channel::Hotline,
            matters_rules::AppealType::Help,
        )
    };
    let receipt = app.write(move |work| matters::file(work, &By::Operator, &request)).await?;
    let codes = [(receipt.number.clone(), receipt.code)].into();
    let patterns = crate::stamp::patterns(app, &codes).await?;
    let id = receipt.id.to_string();
    let own = patterns.into_iter().find(|pattern| pattern.id() == id);
    own.ok_or_else(|| BenchError::unexpected("what was filed is not there"))
}

fn stories(app: &App, count: u32) -> Result<Vec<Story>, BenchError> {
    let today = app.config.zone.date_of(app.now());
    let calendar = Calendar::china().in_zone(app.config.zone.clone());
    let recent = count * RECENT * 7 / 5 / DAYS + 4;
    let mut stories = Vec::new();
    let mut weaver = Weaver::new("bench", BTreeSet::new())?;
    let mut dice = demo::dice::Dice::of("bench", 0);
    for index in 0..count {
        if index % WEAVE == WEAVE - 1 {
            weaver = Weaver::new("bench", BTreeSet::new())?;
        }
        let long = index % 100 == 50;
        let kind = if long { Kind::Township } else { *dice.weighted(&KINDS).unwrap_or(&Kind::Direct) };
        let minute = dice.range(8 * 60 + 30, 17 * 60 + 20);
        let time = Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0)
            .map_err(|error| BenchError::unexpected(error.to_string()))?;
        let filed = if index + recent >= count && !long {
            Filed::Before { days: dice.range(1, RECENT), time }
        } else {
            Filed::On(working_day(&calendar, today, DAYS - index * (DAYS - 40) / count).to_datetime(time))
        };
        let mut story = weaver.weave(kind, filed, None)?;
        story.title = format!("{} {index}", story.title.chars().take(48).collect::<String>());
        story.natural = false;
        stories.push(story);
    }
    Ok(stories)
}

/// The working day at or before so many days ago.
fn working_day(calendar: &Calendar, today: Date, ago: u32) -> Date {
    let day = (0..ago).try_fold(today, |day, _| day.yesterday()).unwrap_or(today);
    if calendar.is_working_day(day) { day } else { calendar.previous_working_day(day) }
}

/// Writes notes on the longest matters, one in a hundred, until they have [`LONG`] events.
async fn lengthen(app: &App, officer: &By) -> Result<(), BenchError> {
    let longest = app
        .read(|snapshot, _| {
            use store::Query;
            let rows = snapshot.query(
                "select id, version, filed_at from matter where phase = 'closed' and version <= $1 \
                 order by version desc, id limit (select count(*) / 100 + 1 from matter)",
                &[i64::try_from(LONG).unwrap_or(i64::MAX).into()],
            )?;
            Ok(rows
                .iter()
                .map(|row| Ok((row.text(0)?, row.int(1)?, row.instant(2)?)))
                .collect::<Result<Vec<_>, store::StoreError>>()?)
        })
        .await?;
    for (id, version, filed_at) in longest {
        let id: MatterId =
            id.parse().map_err(|_| BenchError::unexpected("a matter's id is no UUID".to_owned()))?;
        for number in version..i64::try_from(LONG).unwrap_or(i64::MAX) {
            let by = officer.clone();
            let at = filed_at.plus_days(30).plus_seconds(number * 60);
            app.write_occurred(Source::Replayed, at, move |work| {
                let sealer = matters::TextSealer::of(work, id)?;
                let text = sealer.text(work, &format!("第{number}次核对办理进展，情况与承办单位所报一致。"));
                matters::act(work, &by, id, None, &Command::Note { text }).map(drop)
            })
            .await?;
        }
    }
    Ok(())
}
