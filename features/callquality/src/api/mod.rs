//! Draws of calls and what their checks came to, for other systems; `checks`: a check itself. What
//! is counted is by call, never by person.

mod checks;

use crate::read;
use crate::rules::draw::{DrawRules, Plan};
use crate::rules::figures::{Mean, figures};
use crate::shell;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::UnitId;
use kernel::permission::{Permission, permit};
use kernel::time::Date;
use matters::configuration::call_quality;
use matters_rules::sampling::{Extent, extent};
use platform::Failure;
use platform::paging::After;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Draws of a page.
const ROWS: usize = 100;

/// A page of draws.
#[derive(Serialize, ToSchema)]
struct CallDrawPage {
    rows: Vec<CallDraw>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A draw in a list.
#[derive(Serialize, ToSchema)]
struct CallDraw {
    id: String,
    /// Begun from that local day …
    from: String,
    /// … to that one.
    to: String,
    at: String,
    /// How many there were.
    population: u64,
    drawn: u64,
    scored: u64,
}

/// A draw with what anyone needs to draw it anew.
#[derive(Serialize, ToSchema)]
struct CallDrawn {
    id: String,
    /// Code of the office whose calls they are.
    office: String,
    from: String,
    to: String,
    /// When the population stood.
    as_of: Option<String>,
    /// Hex; a call's rank is the SHA-256 of seed and id.
    seed: String,
    population: u64,
    /// SHA-256 of the ids of the population.
    digest: String,
    calls: Vec<DrawnCall>,
}

/// A drawn call.
#[derive(Serialize, ToSchema)]
struct DrawnCall {
    call: String,
    begun_at: String,
    channel: String,
    /// `scored`, `answered` or `final`; none while it waits.
    state: Option<&'static str>,
    /// The points that count.
    points: Option<u32>,
}

/// What is to be drawn.
#[derive(Deserialize, ToSchema)]
struct NewCallDraw {
    /// First local day on which they began, `2026-11-01`.
    from: String,
    /// The last.
    to: String,
    /// Code of the office whose calls they are.
    office: String,
    /// `share` (per cent) or `number`.
    size: String,
    amount: u32,
}

/// Where something new stands.
#[derive(Serialize, ToSchema)]
struct CallDrawCreated {
    id: String,
}

/// Which days.
#[derive(Deserialize, IntoParams)]
struct CallFiguresQuery {
    /// First local day, `2026-11-01`.
    from: String,
    /// The last.
    to: String,
}

/// What checks of a period add up to.
#[derive(Serialize, ToSchema)]
struct CallFigures {
    all: CallMean,
    /// By code of the office.
    offices: BTreeMap<String, CallMean>,
    /// By code of the shift; the empty one where there are no shifts.
    shifts: BTreeMap<String, CallMean>,
    /// By code of the item.
    items: BTreeMap<String, CallMean>,
    /// Answered by the officer.
    answered: u64,
    /// Changed by a second reading.
    changed: u64,
}

/// A mean with its number.
#[derive(Serialize, ToSchema)]
struct CallMean {
    checks: u64,
    /// Sum of the points.
    points: u64,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::CallCheckRead);
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("call checks");
    Routes::new()
        .endpoint(
            read,
            get("/api/v1/call-checks/draws", "callDraws", "Draws of calls and visits, the newest first")
                .query::<After>()
                .answer::<CallDrawPage>(200, "A page of draws")
                .fails(&[422]),
            list,
        )
        .endpoint(
            Access::Staff(Permission::CallCheckDraw),
            Endpoint::post("/api/v1/call-checks/draws", "drawCalls", "Draw calls and visits to be scored")
                .tag("call checks")
                .body::<NewCallDraw>()
                .answer::<CallDrawCreated>(201, "Drawn"),
            create,
        )
        .endpoint(
            read,
            get("/api/v1/call-checks/draws/{id}", "callDraw", "One draw with how far its checks are")
                .answer::<CallDrawn>(200, "The draw"),
            one,
        )
        .endpoint(
            read,
            get("/api/v1/call-checks/figures", "callFigures", "What checks of a period add up to")
                .query::<CallFiguresQuery>()
                .answer::<CallFigures>(200, "By office, shift and item"),
            summed,
        )
        .merge(checks::routes())
}

async fn list(staff: Staff, ApiQuery(asked): ApiQuery<After>) -> Result<Json<CallDrawPage>, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, next) = staff
        .app
        .read(move |snapshot, _| read::draws(snapshot, &grants, asked.after.as_deref(), ROWS))
        .await?;
    let told = |row: read::DrawRow| CallDraw {
        id: row.id,
        from: row.from.to_string(),
        to: row.to.to_string(),
        at: row.at.to_string(),
        population: row.population,
        drawn: row.drawn,
        scored: row.scored,
    };
    Ok(Json(CallDrawPage { rows: rows.into_iter().map(told).collect(), next }))
}

fn day(field: &str, text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::Invalid(vec![FieldError::new(field, "entry-not-a-date")]))
}

async fn create(
    staff: Staff,
    ApiJson(new): ApiJson<NewCallDraw>,
) -> Result<(StatusCode, Json<CallDrawCreated>), Failure> {
    let extent = extent(&new.from, &new.to, &new.size, &new.amount.to_string());
    let Extent { from, to, size, amount } =
        extent.map_err(|wrong| Failure::Invalid(wrong.iter().map(FieldError::from).collect()))?;
    let plan = Plan { from, to, office: UnitId(new.office), size, amount };
    let by = staff.by();
    let id = staff.app.write(move |work| shell::draw(work, &by, &plan)).await?;
    Ok((StatusCode::CREATED, Json(CallDrawCreated { id })))
}

async fn one(staff: Staff, Path(id): Path<String>) -> Result<Json<CallDrawn>, Failure> {
    let grants = staff.person.grants.clone();
    let told = staff
        .app
        .read(move |snapshot, _| {
            let draw = platform::act::load::<DrawRules>(snapshot, &id)?.state;
            let plan = draw.plan.ok_or(Failure::NotFound)?;
            let standing = shell::standing(snapshot, &plan.office)?;
            permit(&grants, Permission::CallCheckRead, &standing).ok_or(Failure::NotFound)?;
            let call = |row: read::CallRow| DrawnCall {
                call: row.call.to_string(),
                begun_at: row.begun_at.to_string(),
                channel: row.channel,
                state: row.checked.map(|(state, _)| state.code()),
                points: row.checked.map(|(_, points)| points),
            };
            let calls = read::calls_of(snapshot, &id)?.into_iter().map(call).collect();
            Ok(CallDrawn {
                id: id.clone(),
                office: plan.office.to_string(),
                from: plan.from.to_string(),
                to: plan.to.to_string(),
                as_of: draw.as_of.map(|at| at.to_string()),
                seed: draw.seed,
                population: draw.population,
                digest: draw.digest,
                calls,
            })
        })
        .await?;
    Ok(Json(told))
}

async fn summed(
    staff: Staff,
    ApiQuery(asked): ApiQuery<CallFiguresQuery>,
) -> Result<Json<CallFigures>, Failure> {
    let period = (day("from", &asked.from)?, day("to", &asked.to)?);
    let grants = staff.person.grants.clone();
    let found = staff
        .app
        .read(move |snapshot, app| {
            let sheet = call_quality::in_force(snapshot, app)?;
            Ok(figures(&read::counted(snapshot, app, Some(&grants), &sheet, period)?))
        })
        .await?;
    let mean = |mean: &Mean| CallMean { checks: mean.n, points: mean.sum };
    Ok(Json(CallFigures {
        all: mean(&found.all),
        offices: found.offices.iter().map(|(office, of)| (office.to_string(), mean(of))).collect(),
        shifts: found
            .shifts
            .iter()
            .map(|(shift, of)| (shift.clone().unwrap_or_default(), mean(of)))
            .collect(),
        items: found.items.iter().map(|(item, of)| (item.clone(), mean(of))).collect(),
        answered: found.answered,
        changed: found.changed,
    }))
}
