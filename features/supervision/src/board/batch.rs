//! `POST /desk/supervision/measures`: reminds or urges the units of all ticked assignments with
//! the same words. Each is a command of its own: what one refuses does not hold up the others.

use super::{Look, screen};
use axum::response::Response;
use kernel::{MatterId, NodeId};
use matters::TextSealer;
use matters_rules::command::Supervise;
use matters_rules::{Addressee, Command, Measure};
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{App, By, Failure};

/// The most assignments of one batch.
pub(crate) const MOST: usize = 200;
/// The longest words that go with a measure, in characters.
pub(crate) const LONGEST: usize = 500;

/// What was ticked.
pub(crate) type Ticked = Vec<(MatterId, NodeId)>;

pub(super) async fn send(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let look = Look::of_form(&form);
    let ticked = ticked(&form);
    let mut form = form;
    if ticked.is_empty() {
        form.refuse(FieldError { field: None, ..FieldError::new("", "supervision-none-ticked") });
    }
    let text = match form.text("text") {
        None => {
            form.refuse(FieldError::new("text", "entry-missing"));
            String::new()
        }
        Some(text) if text.chars().count() > LONGEST => {
            form.refuse(FieldError::new("text", "supervision-too-long").with("max", LONGEST as u64));
            String::new()
        }
        Some(text) => text.to_owned(),
    };
    let offered = |measure: &Measure| matches!(measure, Measure::Reminder | Measure::Urge);
    let Some(measure) = Measure::parse(form.value("measure")).filter(offered).filter(|_| !form.has_errors())
    else {
        return screen(staff, look, form).await;
    };
    let mut refused = 0;
    for (matter, node) in &ticked {
        match supervise(&staff.app, staff.by(), *matter, *node, measure, text.clone()).await {
            Ok(()) => {}
            Err(Failure::Refused(_) | Failure::NotPermitted | Failure::NotFound) => refused += 1,
            Err(failure) => return Err(failure),
        }
    }
    if refused == 0 {
        let to = look.href(super::PATH, None);
        return Ok(reply::done(&staff, &to, "flash-supervision-sent"));
    }
    let done = (ticked.len() - refused) as u64;
    let told =
        FieldError::new("", "supervision-some-refused").with("done", done).with("refused", refused as u64);
    screen(staff, look, form.refused(FieldError { field: None, ..told })).await
}

async fn supervise(
    app: &App,
    by: By,
    matter: MatterId,
    node: NodeId,
    measure: Measure,
    text: String,
) -> Result<(), Failure> {
    app.write(move |work| {
        let text = Some(TextSealer::of(work, matter)?.text(work, &text));
        let wanted =
            Supervise { node: Some(node), measure, to: Addressee::Unit, text, slip: None, trigger: None };
        matters::act(work, &by, matter, None, &Command::Supervise(Box::new(wanted))).map(drop)
    })
    .await
}

/// The ticked assignments, those that read.
pub(crate) fn ticked(form: &Form) -> Ticked {
    let read = |tick: &String| {
        let (matter, node) = tick.split_once(':')?;
        Some((matter.parse().ok()?, node.parse().ok()?))
    };
    form.all("assignment").iter().filter_map(read).take(MOST).collect()
}
