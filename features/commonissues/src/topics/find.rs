//! The timer: every hour the rules in force look at the last full hour, and what they find is told
//! to whoever may settle it. It reads category, place and time of filing and nothing else: no
//! shielded matter, no appellant, no number.

use super::href;
use super::projection::{is_settled_since, open_of_cell};
use super::shell::Topics;
use crate::place::{ASSIGNED_TO, Places};
use crate::rules::surge::{Measure, Seen, Surge, full_hour};
use crate::rules::topic::{Command, Found, TopicState};
use crate::words::Names;
use kernel::UnitId;
use kernel::permission::Role;
use kernel::time::Instant;
use matters::configuration::NoticeKind;
use matters::configuration::hot_topics::{self, SurgeRule};
use notices::rules::Leads;
use notices::{Telling, holders, tell_of_page};
use platform::jobs;
use platform::ui::{Locale, Page, PagePrefs};
use platform::{App, By, Failure, Work};
use serde::Serialize;
use store::jobs::Job;
use store::{Query, params};

/// The job's kind.
pub(super) const KIND: &str = "hot_topics.look";
/// Who is told: whoever may settle one, in the office and above it.
const TOLD: &[Role] = &[Role::Dispatcher, Role::ShiftHead, Role::Supervisor];

/// Sees to it that the rules look from now on; again is harmless.
///
/// # Errors
/// Whatever the store says.
pub async fn begin(app: &App) -> Result<(), Failure> {
    app.write(|work| {
        let next = full_hour(work.now()).plus_hours(1);
        enqueue(work, next)
    })
    .await
}

pub(super) async fn run_job(app: App, _: Job) -> Result<(), Failure> {
    // The next run is written down first: whatever becomes of this one, the rules go on.
    begin(&app).await?;
    let found = run(&app).await?;
    if found > 0 {
        tracing::info!(found, "hot topics found");
    }
    Ok(())
}

/// Looks at the last full hour; answers how many topics are new or have grown.
///
/// # Errors
/// Whatever the store says.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let Some(office) = app.config.intake_office.clone() else { return Ok(0) };
    app.write(move |work| {
        let until = full_hour(work.now());
        look(work, &office, until)
    })
    .await
}

/// Looks at the hours before `until` in the matters of an office.
///
/// # Errors
/// Whatever the store says.
pub fn look(work: &mut Work<'_>, office: &UnitId, until: Instant) -> Result<usize, Failure> {
    let app = work.app();
    let rules = hot_topics::in_force(work.tx, app)?;
    let mut news = 0;
    for rule in rules.rules.iter().filter(|rule| !rule.retired) {
        let measure = measure(rule);
        let seen = seen(work.tx, office, &measure, until)?;
        for surge in measure.surges(&seen, until) {
            let found = Found {
                office: office.clone(),
                rule: rule.code.clone(),
                version: rules.version,
                measure: measure.clone(),
                surge,
            };
            news += usize::from(noted(work, found)?);
        }
    }
    Ok(news)
}

/// The same cell of the same hours, counted anew from the rows as they are now.
///
/// # Errors
/// Whatever the store says.
pub fn cell_now(query: &mut dyn Query, found: &Found) -> Result<Surge, Failure> {
    let (surge, measure) = (&found.surge, &found.measure);
    let seen = seen(query, &found.office, measure, surge.until)?;
    let of_cell: Vec<&Seen> =
        seen.iter().filter(|one| one.group == surge.group && one.place == surge.place).collect();
    Ok(measure.cell(&surge.group, &surge.place, &of_cell, surge.until))
}

fn measure(rule: &SurgeRule) -> Measure {
    let SurgeRule { hours, minimum, factor, weeks, .. } = *rule;
    Measure { hours, minimum, factor, weeks }
}

/// What was filed in the hours looked at and in those of the weeks before.
fn seen(
    query: &mut dyn Query,
    office: &UnitId,
    measure: &Measure,
    until: Instant,
) -> Result<Vec<Seen>, Failure> {
    let path = network::unit(query, office)?.ok_or(Failure::NotFound)?.path;
    let end = network::upper_bound(&path.0);
    let mut places = Places::read(query)?;
    let sql = format!(
        "select m.id, m.category_group, a.path, {ASSIGNED_TO}, m.filed_at from matter m \
         left join area a on a.code = m.area \
         where m.filed_at >= $1 and m.filed_at < $2 and m.office_path >= $3 and m.office_path < $4 \
         and m.kind = 'appeal' and m.shielded = 0 and m.category_group is not null order by m.filed_at, m.id"
    );
    let mut seen = Vec::new();
    for back in 0..=measure.weeks {
        let (from, to) = measure.window(until, back);
        let rows = query.query(&sql, &params![from, to, path.0.as_str(), end.as_str()])?;
        for row in &rows {
            let Some(place) = places.of(query, row.opt_str(2)?, row.opt_str(3)?)? else { continue };
            seen.push(Seen {
                matter: row
                    .str(0)?
                    .parse()
                    .map_err(|_| Failure::Internal("a matter's id is no UUID".into()))?,
                group: row.text(1)?,
                place,
                at: row.instant(4)?,
            });
        }
    }
    Ok(seen)
}

/// Notes what was found: in the topic that is open for its cell, or in a new one. What was
/// settled within the hours looked at is not found again.
fn noted(work: &mut Work<'_>, found: Found) -> Result<bool, Failure> {
    let hours = i64::from(found.measure.hours);
    let open = open_of_cell(work.tx, &found)?;
    if open.is_none() && is_settled_since(work.tx, &found, found.surge.until.plus_hours(-hours))? {
        return Ok(false);
    }
    let id = open.unwrap_or_else(|| work.fresh.uuid().to_string());
    let by = By::System(KIND.into());
    let acted = work.act::<Topics>(&id, &by, None, &Command::Find(Box::new(found.clone())))?;
    if acted.entries.is_empty() {
        return Ok(false);
    }
    // Whoever has noted it keeps an eye on it: told once is enough.
    if acted.state.state == Some(TopicState::Open) {
        tell(work, &id, &found)?;
    }
    Ok(true)
}

fn tell(work: &mut Work<'_>, id: &str, found: &Found) -> Result<(), Failure> {
    let app = work.app();
    let page = Page::new(
        app.locales.translator(Locale::ZhCn),
        app.config.site.clone(),
        PagePrefs::default(),
        String::new(),
    );
    let mut names = Names::read(work.tx, app)?;
    names.with_place(work.tx, &found.surge.place)?;
    let place = names.place(&page, Some(&found.surge.place));
    let group = names.category(&page, Some(&found.surge.group));
    let mut units: Vec<UnitId> = vec![found.office.clone()];
    if let Some(office) = network::unit(work.tx, &found.office)? {
        units.extend(network::ancestors(work.tx, &office.path)?.into_iter().map(|unit| unit.code));
    }
    let to = holders(work.tx, app, &units, TOLD)?;
    let telling = Telling {
        of: format!("hot_topic-{id}"),
        occasion: "found".into(),
        kind: NoticeKind::HotTopic,
        page: Leads { name: format!("{place} · {group}"), href: href(id) },
        due: None,
    };
    tell_of_page(work, &telling, &to)
}

/// What a run looks at: there is nothing to choose.
#[derive(Serialize)]
struct Everything {}

fn enqueue(work: &mut Work<'_>, run_at: Instant) -> Result<(), Failure> {
    jobs::enqueue(work, KIND, "all", &Everything {}, run_at)
}
