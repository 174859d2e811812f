//! `/account/absence`: one's own absences, and who stands in 代.

use super::reply::{self, Fields};
use crate::absences::{self, AbsenceRow, NewAbsence};
use crate::accounts::parse_day;
use crate::rules::absence::{AbsenceId, AbsenceKind};
use crate::rules::account::day_before;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/absence.html")]
struct Absences {
    page: Page,
    form: Form,
    rows: Vec<AbsenceRow>,
    standing_in: Vec<AbsenceRow>,
    kinds: Vec<Choice>,
    candidates: Vec<Choice>,
    today: Date,
}

/// One's absences and the form for a new one.
pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let form = Form::new().with("from", today).with("kind", AbsenceKind::Duty.code());
    reply::page(&screen(&staff, form).await?)
}

/// Notes an absence.
pub(super) async fn note(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let outcome = match new_absence(&form) {
        Ok(new) => absences::note(&staff.app, &staff.by(), staff.person.account, new).await.map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    answer(&staff, outcome, form, "flash-absence-noted").await
}

/// Back early, or called off: from today on one acts for oneself again.
pub(super) async fn end(staff: Staff, Path(absence): Path<String>) -> Result<Response, Failure> {
    let absence: AbsenceId = reply::id(&absence)?;
    let last_day = day_before(staff.app.config.zone.date_of(staff.app.now()));
    let outcome = absences::end(&staff.app, &staff.by(), staff.person.account, absence, last_day).await;
    answer(&staff, outcome, Form::new(), "flash-absence-ended").await
}

fn new_absence(form: &Form) -> Result<NewAbsence, Refusal> {
    let kind = AbsenceKind::parse(form.value("kind"));
    let unknown = |_| Refusal::field("substitute", "substitute-unknown");
    Ok(NewAbsence {
        from: parse_day("from", form.value("from"))?,
        until: parse_day("until", form.value("until"))?,
        kind: kind.ok_or_else(|| Refusal::field("kind", "absence-kind-missing"))?,
        substitute: form.text("substitute").map(|id| id.parse().map_err(unknown)).transpose()?,
    })
}

async fn answer(
    staff: &Staff,
    outcome: Result<(), Failure>,
    form: Form,
    flash: &str,
) -> Result<Response, Failure> {
    match reply::sort(outcome)? {
        Ok(()) => Ok(reply::done(staff, "/account/absence", flash)),
        Err(refusal) => reply::again(&screen(staff, reply::refused(form, &refusal)).await?),
    }
}

async fn screen(staff: &Staff, form: Form) -> Result<Absences, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let locale = staff.prefs.locale;
    let account = staff.person.account;
    let (rows, standing_in, candidates) = staff
        .app
        .read(move |q, _| {
            Ok((
                absences::of_account(q, account, today, locale)?,
                absences::stood_in_by(q, account, today, locale)?,
                absences::candidates(q, account, today, locale)?,
            ))
        })
        .await?;
    let page = staff.desk_page("absence-title", "").in_error(form.has_errors());
    let kinds = AbsenceKind::ALL.iter().map(|kind| Choice::new(kind.code(), page.t(kind.key()))).collect();
    let candidates = candidates.into_iter();
    let candidates =
        candidates.map(|other| Choice::new(other.account, other.name).group(other.unit)).collect();
    Ok(Absences { page, form, rows, standing_in, kinds, candidates, today })
}

impl Absences {
    /// `12月1日 – 12月3日`.
    fn span(&self, row: &AbsenceRow) -> String {
        let Self { page, .. } = self;
        page.t2("absence-span", "from", page.date(&row.absence.from), "until", page.date(&row.absence.until))
    }

    /// Whether it runs today.
    fn runs(&self, row: &AbsenceRow) -> bool {
        row.not_over(self.today) && row.absence.from <= self.today
    }
}
