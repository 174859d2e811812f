//! `GET /registers/{register}/calendar`: a month of days that records hold, contacts that
//! fall due and activity days that come again. `feed` is the same for programs.

use crate::ask::Fields;
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query as Asking};
use axum::response::Response;
use jiff::ToSpan;
use kernel::permission::Grant;
use kernel::time::{Date, Instant};
use platform::Failure;
use platform::ui::{Page, format};
use platform::web::Staff;
use registers::read::list::{self, Asked, Listed};
use registers::rules::Name;
use registers::rules::definition::{Definition, Kind};
use registers::rules::value::Value;
use std::collections::BTreeMap;
use store::Query;

/// The most entries of a month.
const MOST: i64 = 500;

#[derive(Template)]
#[template(path = "registers/calendar.html")]
struct Shown {
    page: Page,
    frame: Frame,
    /// The month, as people say it and as a field of a form holds it.
    month: String,
    value: String,
    before: String,
    after: String,
    subscription: String,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Cell>>,
    /// Whether nothing falls into the month.
    empty: bool,
}

struct Cell {
    day: String,
    /// The day as a list names it, where there is no room for a month.
    full: String,
    in_month: bool,
    today: bool,
    entries: Vec<(String, String)>,
}

/// What happens on a day.
pub(crate) struct Entry {
    pub on: Date,
    pub id: String,
    title: String,
    /// The field that holds the day; none where a contact falls due.
    what: Option<(String, Name)>,
    /// When its record last changed.
    pub changed_at: Instant,
}

impl Entry {
    /// What happens: `活动日：娄星区同心服务日`.
    pub fn words(&self, page: &Page) -> String {
        let what = match &self.what {
            Some((_, name)) => show::name(page, name).to_owned(),
            None => page.t("register-contact-due"),
        };
        page.t2("register-day-entry", "what", what, "title", self.title.as_str())
    }

    /// One for each day of a record: calendars tell events apart by it.
    pub fn uid(&self) -> String {
        let what = self.what.as_ref().map_or("contact", |(code, _)| code);
        format!("{}-{what}-{}@tongxin", self.id, self.on.to_string().replace('-', ""))
    }
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Asking(pairs): Asking<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let day = today(&staff.app);
    let first = format!("{}-01", fields.get("month")).parse().unwrap_or_else(|_| day.first_of_month());
    let last = first.last_of_month();
    let grants = staff.person.grants.clone();
    let (definition, entries) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let entries = entries(q, &definition, &grants, first, last)?;
            Ok((definition, entries))
        })
        .await?;
    let page = staff.desk_page("register-tab-calendar", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &definition.name));
    let path = format!("/registers/{}", definition.code);
    let mut by_day: BTreeMap<Date, Vec<(String, String)>> = BTreeMap::new();
    for entry in &entries {
        let href = format!("{path}/records/{}", entry.id);
        by_day.entry(entry.on).or_default().push((href, entry.words(&page)));
    }
    let monday =
        first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).unwrap_or(first);
    let days: Vec<Date> = (0..42).filter_map(|n| monday.checked_add((n as i64).days()).ok()).collect();
    let weeks = days.chunks(7).take_while(|week| week[0] <= last).map(|week| {
        let cell = |on: &Date| Cell {
            day: on.day().to_string(),
            full: page.date_weekday(on),
            in_month: *on >= first && *on <= last,
            today: *on == day,
            entries: by_day.get(on).cloned().unwrap_or_default(),
        };
        week.iter().map(cell).collect::<Vec<_>>()
    });
    let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let other = |months: i64| {
        let date = first.checked_add(months.months()).unwrap_or(first);
        fields.href(&format!("{path}/calendar"), &[("month", &month(date))])
    };
    let shown = Shown {
        month: format::year_month(page.locale(), first),
        value: month(first),
        empty: entries.is_empty(),
        before: other(-1),
        after: other(1),
        subscription: format!("{path}/calendar/subscription"),
        weekdays: days.iter().take(7).map(|day| format::weekday(page.locale(), *day)).collect(),
        weeks: weeks.collect(),
        frame: Frame::new(&staff, &page, definition, "calendar"),
        page,
    };
    reply::page(&shown, false)
}

/// What falls into a month, of records that these grants show.
pub(crate) fn entries(
    q: &mut dyn Query,
    definition: &Definition,
    grants: &[Grant],
    first: Date,
    last: Date,
) -> Result<Vec<Entry>, Failure> {
    let calendar = matters::configuration::calendar_in_force(q)?;
    let mut found = Vec::new();
    for field in definition.of_kind(|kind| matches!(kind, Kind::Date)) {
        let asked = Asked { between: Some((field.code.clone(), first, last)), ..Asked::default() };
        for row in list::list(q, definition, Some(grants), &asked, MOST)? {
            if let Some(Value::Date(on)) = row.values.get(&field.code) {
                let what = Some((field.code.clone(), field.name.clone()));
                let Listed { id, title, changed_at, .. } = row;
                found.push(Entry { on: *on, id, title, what, changed_at });
            }
        }
    }
    let recurring: Vec<_> = definition.of_kind(|kind| matches!(kind, Kind::Recurrence)).collect();
    if !recurring.is_empty() {
        for row in list::list(q, definition, Some(grants), &Asked::default(), MOST)? {
            for field in &recurring {
                if let Some(Value::Recurrence(day)) = row.values.get(&field.code) {
                    let on = day.in_month(first, &calendar);
                    let (id, title, changed_at) = (row.id.clone(), row.title.clone(), row.changed_at);
                    let what = Some((field.code.clone(), field.name.clone()));
                    found.push(Entry { on, id, title, what, changed_at });
                }
            }
        }
    }
    if definition.follow_up.is_some() {
        let until = last.tomorrow().unwrap_or(last);
        let asked = Asked {
            overdue_on: Some(until),
            sort: Some(("next_contact".to_owned(), true)),
            ..Asked::default()
        };
        for row in list::list(q, definition, Some(grants), &asked, MOST)? {
            let due = row.next_contact.as_deref().and_then(|due| due.parse::<Date>().ok());
            if let Some(on) = due.filter(|due| *due >= first) {
                let Listed { id, title, changed_at, .. } = row;
                found.push(Entry { on, id, title, what: None, changed_at });
            }
        }
    }
    found.sort_by(|a, b| (a.on, &a.title).cmp(&(b.on, &b.title)));
    Ok(found)
}
