//! Who is on duty, for telephone systems and other desks.

use crate::read::{ShiftRow, on_duty};
use axum::Json;
use kernel::UnitId;
use kernel::permission::Permission;
use platform::Failure;
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

pub(crate) fn routes() -> Routes {
    Routes::new().endpoint(
        Access::Staff(Permission::DutyRead),
        Endpoint::get("/api/v1/duty", "onDuty", "Who is on duty now")
            .tag("duty")
            .query::<DutyQuery>()
            .answer_list::<OnDuty>("Posts, by unit"),
        now,
    )
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
