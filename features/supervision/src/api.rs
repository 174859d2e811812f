//! The board, the slips and the decisions for staff systems. Measures are taken through
//! `POST /api/v1/matters/{id}/nodes/{node}/measures`, the verb of the matters.

use crate::board::Look;
use crate::decisions::{self, Waiting};
use crate::slips::{SlipRow, SlipTab, list_of};
use axum::Json;
use kernel::permission::Permission;
use matters::Row;
use matters_rules::authority::LAST;
use matters_rules::watch::light_code;
use platform::Failure;
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Rows of an answer.
const ROWS: usize = 100;

/// What the board is asked for.
#[derive(Deserialize, IntoParams)]
struct BoardQuery {
    /// `late`, `soon`, `unsigned`, `silent`, `objected`, `reassigned`, `redone`, `unreported`,
    /// `office` or `all`; `late` if not said.
    #[serde(default)]
    view: String,
    /// A unit, with those below it.
    #[serde(default)]
    unit: String,
    /// `yellow`, `red` or `gross`.
    #[serde(default)]
    light: String,
    /// Working days of silence; 5 if not said.
    #[serde(default)]
    days: String,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of the board.
#[derive(Serialize, ToSchema)]
struct SupervisedPage {
    rows: Vec<Supervised>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// What is supervised.
#[derive(Serialize, ToSchema)]
struct Supervised {
    matter: String,
    node: Option<String>,
    number: String,
    /// Code of the unit that has it.
    unit: Option<String>,
    /// State of the assignment.
    state: Option<String>,
    /// When it is due.
    due: Option<String>,
    /// `green`, `yellow`, `red` or `gross`.
    light: Option<&'static str>,
    /// When it was to be signed, while nobody has.
    sign_by: Option<String>,
    /// Since when nothing moves.
    still_since: Option<String>,
    objections: u32,
    reassignments: u32,
    redos: u32,
    returns: u32,
    measures: u32,
}

/// Something to decide.
#[derive(Serialize, ToSchema)]
struct Decision {
    /// `objection`, `left` (its unit was closed), `interval`, `decline`, `termination` or `exclusion`.
    kind: &'static str,
    /// Of an interval: `extension`, `suspension` or `tracking`.
    interval: Option<&'static str>,
    matter: String,
    node: Option<String>,
    number: String,
    /// Until when; undecided then, it is not granted.
    due: Option<String>,
    /// Who decides, where granting it is more than the asker may: `supervisor`.
    goes_to: Option<&'static str>,
}

/// Which slips.
#[derive(Deserialize, IntoParams)]
struct SlipQuery {
    /// `open`, `to_check`, `to_issue`, `to_reply`, `replied` or `ended`; `open` if not said.
    #[serde(default)]
    tab: String,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of slips.
#[derive(Serialize, ToSchema)]
struct SlipPage {
    rows: Vec<SlipJson>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A slip.
#[derive(Serialize, ToSchema)]
struct SlipJson {
    id: String,
    matter: String,
    node: String,
    /// Code of the unit it is addressed to.
    unit: String,
    /// `drafted`, `checked`, `issued`, `replied`, `settled` or `cancelled`.
    state: &'static str,
    /// `blue`, `yellow` or `red`.
    colour: &'static str,
    /// Year and running number, once issued.
    year: Option<i64>,
    serial: Option<i64>,
    /// The rule that drafted it.
    rule: Option<String>,
    /// When the reply is due.
    due: Option<String>,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::SupervisionRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/supervision",
                "supervision",
                "What is supervised, the earliest limit first",
            )
            .tag("supervision")
            .query::<BoardQuery>()
            .answer::<SupervisedPage>(200, "A page of the board")
            .fails(&[422]),
            board,
        )
        .endpoint(
            read,
            Endpoint::get("/api/v1/decisions", "decisions", "What waits to be decided by the asker")
                .tag("supervision")
                .answer_list::<Decision>("The earliest limit first"),
            decide,
        )
        .endpoint(
            read,
            Endpoint::get("/api/v1/slips", "slips", "Supervision slips, the newest first")
                .tag("supervision")
                .query::<SlipQuery>()
                .answer::<SlipPage>(200, "A page of slips")
                .fails(&[422]),
            slips,
        )
}

async fn board(staff: Staff, ApiQuery(asked): ApiQuery<BoardQuery>) -> Result<Json<SupervisedPage>, Failure> {
    let person = staff.person.clone();
    let look =
        Look { view: asked.view, unit: asked.unit, light: asked.light, days: asked.days, ..Look::default() };
    let filter = look.filter(&staff.app.config.zone);
    let list = staff
        .app
        .read(move |snapshot, app| {
            matters::list(snapshot, app, &person.grants, &filter, asked.after.as_deref(), ROWS)
        })
        .await?;
    Ok(Json(SupervisedPage { rows: list.rows.iter().map(Supervised::from).collect(), next: list.next }))
}

async fn decide(staff: Staff) -> Result<Json<Vec<Decision>>, Failure> {
    let person = staff.person.clone();
    let found = staff.app.read(move |snapshot, app| decisions::waiting(snapshot, app, &person)).await?;
    Ok(Json(found.iter().map(Decision::from).collect()))
}

async fn slips(staff: Staff, ApiQuery(asked): ApiQuery<SlipQuery>) -> Result<Json<SlipPage>, Failure> {
    let person = staff.person.clone();
    let tab = SlipTab::parse(&asked.tab).unwrap_or_default();
    let (rows, next) = staff
        .app
        .read(move |snapshot, app| list_of(snapshot, app, &person.grants, tab, asked.after.as_deref(), ROWS))
        .await?;
    Ok(Json(SlipPage { rows: rows.iter().map(SlipJson::from).collect(), next }))
}

impl From<&Row> for Supervised {
    fn from(row: &Row) -> Self {
        let watched = &row.watched;
        Self {
            matter: row.id.to_string(),
            node: row.node.map(|node| node.to_string()),
            number: row.number.clone(),
            unit: row.unit.as_ref().map(|unit| unit.id.to_string()),
            state: row.node_state.clone(),
            due: row.due_at.map(|at| at.to_string()),
            light: row.light.map(light_code),
            sign_by: row.signing.map(|signing| signing.due_at.to_string()),
            still_since: watched.moved_at.map(|at| at.to_string()),
            objections: watched.objections,
            reassignments: watched.reassignments,
            redos: watched.redos,
            returns: watched.returns,
            measures: watched.measures,
        }
    }
}

impl From<&Waiting> for Decision {
    fn from(waiting: &Waiting) -> Self {
        let row = &waiting.row;
        Self {
            kind: waiting.kind.code(),
            interval: row.request.map(|kind| kind.code()),
            matter: row.id.to_string(),
            node: row.node.map(|node| node.to_string()),
            number: row.number.clone(),
            due: waiting.due().map(|at| at.to_string()),
            goes_to: waiting.beyond.map(|_| LAST.code()),
        }
    }
}

impl From<&SlipRow> for SlipJson {
    fn from(row: &SlipRow) -> Self {
        Self {
            id: row.id.to_string(),
            matter: row.matter.to_string(),
            node: row.node.to_string(),
            unit: row.unit.id.to_string(),
            state: row.state.code(),
            colour: row.colour.code(),
            year: row.number.map(|(year, _)| year),
            serial: row.number.map(|(_, serial)| serial),
            rule: row.rule.clone(),
            due: row.due_at.map(|at| at.to_string()),
        }
    }
}
