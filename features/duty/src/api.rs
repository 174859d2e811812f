//! Who is on duty, for telephone systems and other desks; rosters and hand-overs for programs that
//! keep them.

use crate::handover::{self, Said};
use crate::read::{ShiftRow, on_duty};
use crate::{roster, shell};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::UnitId;
use kernel::permission::Permission;
use platform::Failure;
use platform::ui::Form;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which unit.
#[derive(Deserialize, IntoParams)]
struct DutyQuery {
    /// Code of a unit; all if not said.
    #[serde(default)]
    unit: String,
}

/// A post on duty.
#[derive(Serialize, ToSchema)]
struct OnDuty {
    /// Code of the unit.
    unit: String,
    shift: String,
    post: String,
    /// The duty desk's telephone; empty where the unit's own serves.
    phone: String,
    from: String,
    until: String,
}

/// A roster of some days.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRoster {
    /// First day, `2026-11-18`.
    from: String,
    /// The last.
    until: String,
    /// A line a shift, as on the page: day, shift, hours, post and perhaps a telephone.
    #[schema(example = json!(["2026-11-18 白班 08:30-17:30 值班长 0738-8310000"]))]
    shifts: Vec<String>,
    /// Why what is published already changes.
    #[serde(default)]
    reason: String,
}

/// What whoever leaves says; what is open is counted by the platform.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHandover {
    shift: String,
    words: String,
    /// What was promised to whom until when.
    #[serde(default)]
    promised: String,
}

/// Where a hand-over stands.
#[derive(Serialize, ToSchema)]
struct HandedOver {
    #[schema(format = "uuid")]
    id: String,
}

/// Signed by whoever takes over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverSignature {
    #[serde(default)]
    note: String,
}

pub(crate) fn routes() -> Routes {
    let shift = Access::Staff(Permission::ShiftHandOver);
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("duty");
    Routes::new()
        .endpoint(
            Access::Staff(Permission::DutyRead),
            Endpoint::get("/api/v1/duty", "onDuty", "Who is on duty now")
                .tag("duty")
                .query::<DutyQuery>()
                .answer_list::<OnDuty>("Posts, by unit"),
            now,
        )
        .endpoint(
            Access::Staff(Permission::DutyManage),
            post("/api/v1/duty/rosters/{unit}", "publishRoster", "Publish a unit's roster of some days")
                .body::<NewRoster>()
                .done("Published"),
            publish,
        )
        .endpoint(
            shift,
            post("/api/v1/duty/handovers", "handOver", "Hand a shift over with what is open now")
                .body::<NewHandover>()
                .answer::<HandedOver>(201, "Handed over"),
            hand_over,
        )
        .endpoint(
            shift,
            post("/api/v1/duty/handovers/{id}/signature", "takeOver", "Sign for what was handed over")
                .body::<HandoverSignature>()
                .done("Taken over"),
            take_over,
        )
}

async fn publish(
    staff: Staff,
    Path(unit): Path<String>,
    ApiJson(new): ApiJson<NewRoster>,
) -> Result<StatusCode, Failure> {
    let typed = Form::new()
        .with("from", new.from)
        .with("until", new.until)
        .with("shifts", new.shifts.join("\n"))
        .with("reason", new.reason);
    let command = roster::read(&typed).map_err(Failure::Invalid)?;
    let (by, unit) = (staff.by(), UnitId(unit));
    staff.app.write(move |work| shell::publish(work, &by, &unit, &command)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn hand_over(
    staff: Staff,
    ApiJson(new): ApiJson<NewHandover>,
) -> Result<(StatusCode, Json<HandedOver>), Failure> {
    let NewHandover { shift, words, promised } = new;
    let id = handover::hand_over(&staff, Said { shift, words, promised }).await?;
    Ok((StatusCode::CREATED, Json(HandedOver { id: id.to_string() })))
}

async fn take_over(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(signed): ApiJson<HandoverSignature>,
) -> Result<StatusCode, Failure> {
    handover::take_over(&staff, id, &signed.note).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn now(staff: Staff, ApiQuery(asked): ApiQuery<DutyQuery>) -> Result<Json<Vec<OnDuty>>, Failure> {
    let unit = Some(asked.unit).filter(|unit| !unit.is_empty()).map(UnitId);
    let rows = staff.app.read(move |q, app| on_duty(q, unit.as_ref(), app.now())).await?;
    let told = |row: ShiftRow| OnDuty {
        unit: row.unit.to_string(),
        shift: row.name,
        post: row.post,
        phone: row.phone,
        from: row.starts.to_string(),
        until: row.ends.to_string(),
    };
    Ok(Json(rows.into_iter().map(told).collect()))
}
