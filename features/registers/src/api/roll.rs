//! The network with who holds which post, over JSON: what `/network/roll` gives and takes as a
//! workbook.

use super::{Private, private};
use crate::import::roll::export::{Line, find};
use crate::import::roll::{Taken, counted};
use crate::open::today;
use kernel::permission::Permission;
use kernel::time::Date;
use network::rules::dated::Dated;
use platform::Failure;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use registers::rules::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A post of a unit, held or not.
#[derive(Serialize, ToSchema)]
struct RollLine {
    /// Code of the unit.
    code: String,
    /// Its name.
    name: String,
    /// Its short name.
    short_name: String,
    /// Its English name; may be empty.
    en_name: String,
    /// Code of the unit above it.
    parent: Option<String>,
    /// Its level.
    level: String,
    /// What kind of unit it is.
    kind: String,
    /// Code of its area.
    area: Option<String>,
    /// The post; left out where the unit need have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    post: Option<String>,
    /// Who holds it; left out while it is vacant.
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<String>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The document of the appointment.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    /// Who stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    substitute: Option<String>,
}

/// Of which day.
#[derive(Deserialize, IntoParams)]
struct RollDay {
    /// The day; today where it is left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// Rows to look at or to take over.
#[derive(Deserialize, ToSchema)]
struct NewRoll {
    /// The rows, each by the workbook's columns: `code`, `name`, `short_name`, `en_name`, `parent`,
    /// `level`, `kind`, `area`, `overlays`, `post`, `holder`, `from`, `to`, `document`,
    /// `substitute`. A column that a row leaves out is an empty cell of it.
    rows: Vec<BTreeMap<String, String>>,
    /// Whether they are taken over; otherwise they are looked at, and nothing changes.
    #[serde(default)]
    take: bool,
    /// From which day on changes of units hold.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// The document that orders them.
    #[serde(default)]
    document: String,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// What rows came to.
#[derive(Serialize, ToSchema)]
struct RollOutcome {
    /// Whether they were taken over.
    taken: bool,
    /// Of units.
    units: RollCounts,
    /// Of holders.
    holders: RollCounts,
    /// What is wrong; such rows are not taken.
    problems: Vec<RollProblem>,
}

/// How many are new, change, or are there already.
#[derive(Serialize, ToSchema)]
struct RollCounts {
    /// Not there before.
    new: usize,
    /// There, and changed.
    changed: usize,
    /// There already.
    unchanged: usize,
}

/// What is wrong with a row.
#[derive(Serialize, ToSchema)]
struct RollProblem {
    /// The row, counted from 1.
    row: u32,
    /// What is wrong, in the language asked for.
    detail: String,
}

/// All endpoints.
pub(super) fn routes() -> Routes {
    Routes::new()
        .endpoint(
            Access::Staff(Permission::RegisterRead),
            Endpoint::get("/api/v1/network/roll", "networkRoll", "Units with who holds which post")
                .tag("network")
                .query::<RollDay>()
                .answer_list::<RollLine>("A line for each post, vacant ones too"),
            all,
        )
        .endpoint(
            Access::Staff(Permission::NetworkManage),
            Endpoint::post("/api/v1/network/roll", "takeNetworkRoll", "Look at such lines or take them over")
                .tag("network")
                .body::<NewRoll>()
                .answer::<RollOutcome>(200, "What they came to"),
            take,
        )
}

async fn all(staff: Staff, ApiQuery(asked): ApiQuery<RollDay>) -> Result<Private<Vec<RollLine>>, Failure> {
    let day = asked.on.unwrap_or_else(|| today(&staff.app));
    let found = find(&staff, day).await?;
    Ok(private(found.lines().map(|line| told(&line)).collect()))
}

fn told(line: &Line<'_>) -> RollLine {
    let said = |code: &str| match line.term?.values.get(code)? {
        Value::Text(text) => Some(text.clone()),
        Value::Date(day) => Some(day.to_string()),
        _ => None,
    };
    let unit = line.unit;
    RollLine {
        code: unit.code.to_string(),
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        en_name: unit.en_name.clone(),
        parent: unit.parent.as_ref().map(ToString::to_string),
        level: unit.level.code().to_owned(),
        kind: unit.kind.code().to_owned(),
        area: unit.area.as_ref().map(ToString::to_string),
        post: line.post.map(str::to_owned),
        holder: said("holder"),
        from: said("from"),
        document: said("document"),
        substitute: said("substitute"),
    }
}

async fn take(staff: Staff, ApiJson(new): ApiJson<NewRoll>) -> Result<Private<RollOutcome>, Failure> {
    let dated =
        Dated { on: new.on, document: new.document.trim().to_owned(), reason: new.reason.trim().to_owned() };
    let Taken { units, holders, wrong } = counted(&staff, new.rows, new.take.then_some(dated)).await?;
    let counts = |[new, changed, unchanged]: [usize; 3]| RollCounts { new, changed, unchanged };
    Ok(private(RollOutcome {
        taken: new.take,
        units: counts(units),
        holders: counts(holders),
        problems: wrong.into_iter().map(|(row, detail)| RollProblem { row, detail }).collect(),
    }))
}
