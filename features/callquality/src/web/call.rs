//! One drawn call: what was taken down, its score, what the officer answered, the second reading.

use super::{QUEUE, call_href, channel, ending};
use crate::NAV;
use crate::rules::check::{ANSWER_DAYS, Check, Score};
use crate::seen::{self, Part, Seen};
use crate::shell::{self, Heard};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{MatterId, ReceptionId, Refusal};
use matters::configuration::{CallItem, CallQuality, call_quality};
use matters::receptions::Taken;
use matters::{MatterView, Viewer};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// The draw it is looked at in.
    #[serde(default)]
    draw: String,
}

#[derive(Template)]
#[template(path = "callquality/call.html")]
struct Shown {
    page: Page,
    form: Form,
    call: Taken,
    draw: String,
    check: Check,
    sheet: Arc<CallQuality>,
    view: Option<MatterView>,
    first_words: String,
    answer: String,
    second_words: String,
    part: Part,
}

pub(super) async fn show(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    screen(&staff, call, Form::new().with("draw", asked.draw)).await
}

pub(super) async fn score(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (form, heard) = heard(&staff, form).await?;
    let Some(heard) = heard else { return screen(&staff, call, form).await };
    let (by, draw) = (staff.by(), form.value("draw").to_owned());
    let done = staff.app.write(move |work| shell::score(work, &by, call, &draw, &heard)).await;
    after(&staff, call, form, done, QUEUE, "flash-call-scored").await
}

pub(super) async fn second(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (form, heard) = heard(&staff, reply::form(fields)).await?;
    let Some(heard) = heard else { return screen(&staff, call, form).await };
    let by = staff.by();
    let done = staff.app.write(move |work| shell::second(work, &by, call, &heard)).await;
    after(&staff, call, form, done, QUEUE, "flash-call-second").await
}

pub(super) async fn answer(
    staff: Staff,
    Path(call): Path<ReceptionId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let words = match seen::said(form.value("words")) {
        Ok(words) => words,
        Err(wrong) => return screen(&staff, call, form.refused(wrong)).await,
    };
    let by = staff.by();
    let done = staff.app.write(move |work| shell::answer(work, &by, call, &words)).await;
    after(&staff, call, form, done, &call_href(&call), "flash-call-answered").await
}

async fn after(
    staff: &Staff,
    call: ReceptionId,
    form: Form,
    done: Result<(), Failure>,
    to: &str,
    flash: &str,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(reply::done(staff, to, flash)),
        Err(Failure::Refused(refusal)) => {
            // Scores are refused as a whole in the rules, item by item on the form before that.
            let whole = Refusal { field: None, ..refusal };
            screen(staff, call, form.refused(&whole)).await
        }
        Err(failure) => Err(failure),
    }
}

/// Points of each item and words; what is wrong is said beside its field.
async fn heard(staff: &Staff, form: Form) -> Result<(Form, Option<Heard>), Failure> {
    let sheet = staff.app.read(|snapshot, app| call_quality::in_force(snapshot, app)).await?;
    let of = |item: &CallItem| (field(item), form.value(&field(item)).trim().parse().ok());
    match seen::heard(&sheet, of, form.value("words")) {
        Ok(heard) => Ok((form, Some(heard))),
        Err(wrong) => Ok((wrong.into_iter().fold(form, Form::refused), None)),
    }
}

/// The field of an item's points.
fn field(item: &CallItem) -> String {
    format!("points-{}", item.code)
}

async fn screen(staff: &Staff, call: ReceptionId, form: Form) -> Result<Response, Failure> {
    let Seen { taken, check, sheet, words, part } = seen::load(staff, call).await?;
    let view = match taken.matter {
        Some(matter) => matter_of(staff, matter).await?,
        None => None,
    };
    let page = staff.desk_page("call-check-title", NAV).in_error(form.has_errors());
    let [first_words, answer, second_words] = words;
    let draw = form.value("draw").to_owned();
    let shown = Shown {
        page,
        form: form.clone(),
        call: taken,
        draw,
        check,
        sheet,
        view,
        first_words,
        answer,
        second_words,
        part,
    };
    reply::page(&shown, Some(&form))
}

/// The matter that was filed, where the reader may see it.
async fn matter_of(staff: &Staff, matter: MatterId) -> Result<Option<MatterView>, Failure> {
    let person = staff.person.clone();
    let read = staff
        .app
        .read(move |snapshot, app| matters::view(snapshot, app, matter, Viewer::Staff(&person)))
        .await;
    match read {
        Ok(view) => Ok(Some(view)),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

impl Shown {
    fn scores(&self) -> bool {
        matches!(self.part, Part::Score | Part::Second)
    }

    fn answers(&self) -> bool {
        self.part == Part::Answer
    }

    fn action(&self) -> String {
        let verb = if self.part == Part::Second { "second-score" } else { "score" };
        format!("{}/{verb}", call_href(&self.call.id))
    }

    fn answer_action(&self) -> String {
        format!("{}/answer", call_href(&self.call.id))
    }

    fn send(&self) -> String {
        self.page.t(if self.part == Part::Second { "call-second-send" } else { "call-score-send" })
    }

    fn items(&self) -> Vec<&CallItem> {
        self.sheet.in_use().collect()
    }

    fn field(&self, item: &CallItem) -> String {
        field(item)
    }

    fn label(&self, item: &CallItem) -> String {
        let name = item.name.in_locale(self.page.locale());
        self.page.t2("call-item", "name", name, "points", item.points)
    }

    fn help(&self, item: &CallItem) -> String {
        item.help.in_locale(self.page.locale()).to_owned()
    }

    fn channel(&self) -> String {
        self.call.channel.map_or_else(String::new, |code| channel(&self.page, code.code()))
    }

    fn ending(&self) -> String {
        ending(&self.page, &self.call.ending)
    }

    fn lasted(&self) -> String {
        let seconds = (self.call.ended_at.micros() - self.call.begun_at.micros()) / 1_000_000;
        self.page.t2("call-lasted-n", "minutes", seconds / 60, "seconds", seconds % 60)
    }

    fn given(&self, score: &Score) -> Vec<(String, String)> {
        let item = |item: &CallItem| {
            let points = score.scores.get(&item.code)?;
            let name = item.name.in_locale(self.page.locale()).to_owned();
            Some((name, format!("{points}/{}", item.points)))
        };
        self.sheet.items.iter().filter_map(item).collect()
    }

    fn state(&self) -> String {
        self.check.state.map_or_else(|| self.page.t("call-open"), |state| self.page.t(state.key()))
    }

    fn answer_days(&self) -> i64 {
        ANSWER_DAYS
    }

    fn back(&self) -> &'static str {
        if self.answers() || self.part == Part::Look { super::OWN } else { QUEUE }
    }

    fn title(&self, view: &MatterView) -> String {
        match view.title.as_str() {
            "" => self.page.t("matter-title-withheld"),
            title => title.to_owned(),
        }
    }
}
