//! One check: what is to be scored and how far it is; a score, the officer's answer, a second
//! reading.

use crate::seen::{self, Seen};
use crate::shell::{self, Heard};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::ReceptionId;
use kernel::permission::Permission;
use matters::configuration::{CallItem, call_quality};
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A drawn call with its check.
#[derive(Serialize, ToSchema)]
struct CallCheck {
    call: String,
    begun_at: String,
    /// `scored`, `answered` or `final`; none while it waits.
    state: Option<&'static str>,
    /// What is scored.
    items: Vec<CallCheckItem>,
    first: Option<CallScore>,
    /// What the officer answered; empty while there is none.
    answer: String,
    /// The second reading, which counts.
    second: Option<CallScore>,
}

/// What is scored.
#[derive(Serialize, ToSchema)]
struct CallCheckItem {
    code: String,
    name: String,
    name_en: String,
    /// The most points.
    points: u32,
}

/// A score as given.
#[derive(Serialize, ToSchema)]
struct CallScore {
    /// Points by code of the item.
    points: BTreeMap<String, u32>,
    words: String,
}

/// A score.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCallScore {
    /// The draw that drew the call.
    draw: String,
    /// Points of every item by its code.
    points: BTreeMap<String, u32>,
    /// What was heard and read.
    words: String,
}

/// A second reading.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecondCallScore {
    /// Points of every item by its code.
    points: BTreeMap<String, u32>,
    /// What was heard and read.
    words: String,
}

/// What the officer answers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CallAnswer {
    words: String,
}

pub(super) fn routes() -> Routes {
    let score = Access::Staff(Permission::CallCheckScore);
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("call checks");
    Routes::new()
        .endpoint(
            // As on the page: whoever took the call sees its check too.
            Access::SignedIn,
            Endpoint::get("/api/v1/call-checks/calls/{call}", "callCheck", "One call with its check")
                .tag("call checks")
                .answer::<CallCheck>(200, "The check")
                .fails(&[400]),
            show,
        )
        .endpoint(
            score,
            post("/api/v1/call-checks/calls/{call}/score", "scoreCall", "Score a drawn call")
                .body::<NewCallScore>()
                .done("Scored; the officer is told"),
            first,
        )
        .endpoint(
            Access::Staff(Permission::CallCheckOwn),
            post(
                "/api/v1/call-checks/calls/{call}/answer",
                "answerCallScore",
                "Answer the score of one's call",
            )
            .body::<CallAnswer>()
            .done("Answered; it is read a second time"),
            answer,
        )
        .endpoint(
            score,
            post(
                "/api/v1/call-checks/calls/{call}/second-score",
                "scoreCallAgain",
                "Read an answered score again",
            )
            .body::<SecondCallScore>()
            .done("Scored; this counts"),
            second,
        )
}

async fn show(staff: Staff, Path(call): Path<ReceptionId>) -> Result<Json<CallCheck>, Failure> {
    let Seen { taken, check, sheet, words, .. } = seen::load(&staff, call).await?;
    let [first_words, answer, second_words] = words;
    let told = |score: Option<&crate::rules::check::Score>, words: String| {
        score.map(|score| CallScore { points: score.scores.clone(), words })
    };
    let item = |item: &CallItem| CallCheckItem {
        code: item.code.clone(),
        name: item.name.zh.clone(),
        name_en: item.name.en.clone(),
        points: item.points,
    };
    Ok(Json(CallCheck {
        call: taken.id.to_string(),
        begun_at: taken.begun_at.to_string(),
        state: check.state.map(|state| state.code()),
        items: sheet.in_use().map(item).collect(),
        first: told(check.first.as_ref(), first_words),
        answer,
        second: told(check.second.as_ref(), second_words),
    }))
}

async fn first(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    ApiJson(new): ApiJson<NewCallScore>,
) -> Result<StatusCode, Failure> {
    let heard = heard(&staff, new.points, &new.words).await?;
    let by = staff.by();
    staff.app.write(move |work| shell::score(work, &by, call, &new.draw, &heard)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn answer(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    ApiJson(new): ApiJson<CallAnswer>,
) -> Result<StatusCode, Failure> {
    let words = seen::said(&new.words).map_err(|wrong| Failure::Invalid(vec![wrong]))?;
    let by = staff.by();
    staff.app.write(move |work| shell::answer(work, &by, call, &words)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn second(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    ApiJson(new): ApiJson<SecondCallScore>,
) -> Result<StatusCode, Failure> {
    let heard = heard(&staff, new.points, &new.words).await?;
    let by = staff.by();
    staff.app.write(move |work| shell::second(work, &by, call, &heard)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was sent, item by item; what is wrong is said of its member.
async fn heard(staff: &Staff, points: BTreeMap<String, u32>, words: &str) -> Result<Heard, Failure> {
    let sheet = staff.app.read(|snapshot, app| call_quality::in_force(snapshot, app)).await?;
    let of = |item: &CallItem| (format!("points/{}", item.code), points.get(&item.code).copied());
    let judged = seen::heard(&sheet, of, words);
    let strange = points.keys().filter(|code| !sheet.in_use().any(|item| item.code == **code));
    let strange: Vec<FieldError> =
        strange.map(|code| FieldError::new(&format!("points/{code}"), "entry-unknown")).collect();
    match judged {
        Ok(heard) if strange.is_empty() => Ok(heard),
        Ok(_) => Err(Failure::Invalid(strange)),
        Err(wrong) => Err(Failure::Invalid(wrong.into_iter().chain(strange).collect())),
    }
}
