//! Draws and checks as rows; words stay sealed in the journal.

use crate::rules::check::{CheckRules, CheckState, Event as Checked};
use crate::rules::draw::{DrawRules, Event as Drawn};
use kernel::Aggregate;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

const DRAW: &str = "
create table call_draw (
    id text primary key,
    office text not null,
    begun_from text not null,
    begun_to text not null,
    population bigint not null,
    drawn bigint not null,
    at bigint not null
);
";

const DRAW_ROW: &str = "
create table call_draw_row (
    draw text not null,
    place bigint not null,
    call text not null,
    primary key (draw, place)
);
create index call_draw_row_call on call_draw_row (call);
";

/// `scores` is a JSON object of points by item: those that count. `first_total` are the points
/// before a second reading.
const CHECK: &str = "
create table call_check (
    call text primary key,
    draw text not null,
    office text not null,
    officer text,
    begun_at bigint not null,
    state text not null,
    scored_at bigint not null,
    answered bigint not null,
    scores text not null,
    total bigint not null,
    first_total bigint not null
);
create index call_check_begun on call_check (begun_at, call);
create index call_check_officer on call_check (officer, begun_at);
create index call_check_state on call_check (state, scored_at);
";

/// Keeps `call_draw`, `call_draw_row` and `call_check`.
#[derive(Clone, Copy, Debug)]
pub struct CallCheckProjection;

impl Projection for CallCheckProjection {
    fn name(&self) -> &'static str {
        "call checks"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "call_draw", ddl: DRAW, order_by: "id" },
            TableDef { name: "call_draw_row", ddl: DRAW_ROW, order_by: "draw, place" },
            TableDef { name: "call_check", ddl: CHECK, order_by: "call" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        match entry.stream.split_once(':') {
            Some((DrawRules::KIND, id)) => drawn(tx, id, &read(entry)?),
            Some((CheckRules::KIND, id)) => checked(tx, id, entry, &read(entry)?),
            _ => Ok(()),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(entry: &Entry) -> Result<T, StoreError> {
    serde_json::from_str(&entry.body)
        .map_err(|error| StoreError::Corrupt(format!("entry {}: {error}", entry.position)))
}

fn drawn(tx: &mut Tx, id: &str, event: &Drawn) -> Result<(), StoreError> {
    let Drawn::Drawn { plan, as_of, population, calls, .. } = event;
    tx.execute_later(
        "insert into call_draw (id, office, begun_from, begun_to, population, drawn, at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            id,
            plan.office.as_str(),
            plan.from.to_string(),
            plan.to.to_string(),
            i64::try_from(*population).unwrap_or(i64::MAX),
            calls.len() as i64,
            *as_of
        ],
    )?;
    for (call, place) in calls.iter().zip(1_i64..) {
        tx.execute_later(
            "insert into call_draw_row (draw, place, call) values ($1, $2, $3)",
            params![id, place, call.to_string()],
        )?;
    }
    Ok(())
}

fn checked(tx: &mut Tx, id: &str, entry: &Entry, event: &Checked) -> Result<(), StoreError> {
    let json = |scores| {
        serde_json::to_string(scores)
            .map_err(|error| StoreError::Corrupt(format!("entry {}: {error}", entry.position)))
    };
    match event {
        Checked::Scored { draw, officer, office, begun_at, score } => tx.execute_later(
            "insert into call_check (call, draw, office, officer, begun_at, state, scored_at, answered, scores, \
             total, first_total) values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $9)",
            params![
                id,
                draw,
                office.as_str(),
                officer.map(|officer| officer.to_string()),
                *begun_at,
                CheckState::Scored.code(),
                entry.occurred_at,
                json(&score.scores)?,
                i64::from(score.total())
            ],
        ),
        Checked::Answered { .. } => tx.execute_later(
            "update call_check set state = $2, answered = 1 where call = $1",
            params![id, CheckState::Answered.code()],
        ),
        Checked::SecondRead { score } => tx.execute_later(
            "update call_check set state = $2, scores = $3, total = $4 where call = $1",
            params![id, CheckState::Final.code(), json(&score.scores)?, i64::from(score.total())],
        ),
    }
}
