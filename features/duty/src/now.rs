//! `/desk/duty`: who is on duty now, whom to call out of hours, the newest hand-overs.

use crate::read::{self, HandoverRow, ShiftRow};
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::{Permission, permit};
use matters::receptions::{self, CallDay};
use network::UnitRow;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::{Staff, reply};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "duty/now.html")]
struct Now {
    page: Page,
    form: Form,
    on_duty: Vec<(ShiftRow, String)>,
    phones: Vec<(UnitRow, String)>,
    handovers: Vec<HandoverRow>,
    /// The reader's own units whose roster they keep.
    own: Vec<UnitRow>,
    may_hand_over: bool,
    /// Whether it is outside working hours now.
    off_hours: bool,
    /// Today's calls, as far as the reader counts them.
    calls: CallDay,
}

/// The page.
pub(crate) async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let text = look.q.clone();
    let (on_duty, units, phones, handovers, own, off_hours, calls) = staff
        .app
        .read(move |q, app| {
            let now = app.now();
            let on_duty = read::on_duty(q, None, now)?;
            let mut units: BTreeMap<UnitId, UnitRow> = BTreeMap::new();
            for shift in &on_duty {
                if !units.contains_key(&shift.unit)
                    && let Some(unit) = network::unit(q, &shift.unit)?
                {
                    units.insert(shift.unit.clone(), unit);
                }
            }
            let phones = read::phones(q, &text)?;
            let handovers = read::handovers(q, &grants)?;
            let mut own: Vec<UnitRow> = Vec::new();
            for grant in grants.iter() {
                let keeps = permit(
                    std::slice::from_ref(grant),
                    Permission::DutyManage,
                    &crate::shell::own(&grant.path),
                );
                if keeps.is_some() && !own.iter().any(|unit| unit.code == grant.unit) {
                    own.extend(network::unit(q, &grant.unit)?);
                }
            }
            let today = app.config.zone.date_of(now);
            let calls = receptions::days(q, app, &grants, today, today)?.remove(&today).unwrap_or_default();
            let off_hours = matters::read::out_of_hours(q, app)?;
            Ok((on_duty, units, phones, handovers, own, off_hours, calls))
        })
        .await?;
    let page = staff.desk_page("duty-title", NAV);
    let locale = page.locale();
    let named = |shift: ShiftRow| {
        let name =
            units.get(&shift.unit).map_or_else(|| shift.unit.to_string(), |u| u.brief(locale).to_owned());
        (shift, name)
    };
    let now = Now {
        form: Form::new().with("q", &look.q),
        on_duty: on_duty.into_iter().map(named).collect(),
        may_hand_over: staff.person.may_ever(Permission::ShiftHandOver),
        page,
        phones,
        handovers,
        own,
        off_hours,
        calls,
    };
    reply::page(&now, None)
}

/// Where a unit's roster stands.
pub(crate) fn roster_href(unit: &UnitId) -> String {
    format!("{PATH}/rosters/{unit}")
}

impl Now {
    fn roster_href(&self, unit: &UnitId) -> String {
        roster_href(unit)
    }

    /// What came of today's calls: name and number, each call once.
    fn calls(&self) -> Vec<(String, String)> {
        let calls = &self.calls;
        [
            ("duty-calls-received", calls.received),
            ("duty-calls-filed", calls.filed),
            ("duty-calls-emergency", calls.emergencies()),
            ("duty-calls-invalid", calls.invalids()),
            ("duty-calls-given-up", calls.given_up),
            ("duty-calls-open", calls.open),
        ]
        .into_iter()
        .map(|(key, n)| (self.page.t(key), self.page.number(n)))
        .collect()
    }

    /// From when until when, with the day where it is another.
    fn hours(&self, shift: &ShiftRow) -> String {
        let zone = &self.page.site.zone;
        let clock = |at| {
            let local = zone.local(at);
            format!("{:02}:{:02}", local.hour(), local.minute())
        };
        format!("{}–{}", clock(shift.starts), clock(shift.ends))
    }
}
