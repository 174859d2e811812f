//! How else to be reached: by which way, at which address, when not, and whether all of a
//! day in one message.

use super::{done, page};
use crate::rules::{Channel, Choice, Hours};
use crate::settings::{self, Settings};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::text::normal_email;
use platform::Failure;
use platform::ui::{Choice as Option_, FieldError, Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct Screen {
    page: Page,
    form: Form,
    /// Whether mail is sent here at all.
    mail: bool,
    times: Vec<Option_>,
}

pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let account = staff.person.account;
    let kept = staff.app.read(move |snapshot, app| settings::load(snapshot, app, account)).await?;
    page(StatusCode::OK, &screen(&staff, filled(&kept)))
}

pub(super) async fn keep(
    staff: Staff,
    axum::Form(typed): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Form = typed.into_iter().collect();
    let chosen = match read(&form) {
        Ok(chosen) => chosen,
        Err(errors) => {
            let form = errors.into_iter().fold(form, Form::refused);
            return page(StatusCode::UNPROCESSABLE_ENTITY, &screen(&staff, form));
        }
    };
    let account = staff.person.account;
    staff
        .app
        .write(move |work| {
            let app = work.app();
            let kept = settings::load(work.tx, app, account)?;
            settings::keep(
                work,
                account,
                &Settings { phone: kept.phone, messenger: kept.messenger, ..chosen.clone() },
            )
        })
        .await?;
    Ok(done(&staff, "/me/notices/settings", "flash-notices-kept"))
}

fn screen(staff: &Staff, form: Form) -> Screen {
    let shell = staff.desk_page("notices-settings-title", "").in_error(form.has_errors());
    let time = |minute: u16| {
        let time = clock(minute);
        Option_::new(&time, &time)
    };
    Screen {
        mail: mail::is_open(&staff.app, mail::Channel::Email),
        times: (0..48).map(|half| time(half * 30)).collect(),
        page: shell,
        form,
    }
}

fn filled(kept: &Settings) -> Form {
    let choice = &kept.choice;
    let mut form = Form::new().with("email", &kept.email);
    if choice.channels.contains(&Channel::Email) {
        form = form.with("by_mail", "yes");
    }
    form = form.with("when", if choice.digest.is_some() { "digest" } else { "at_once" });
    form = form.with("digest", clock(choice.digest.unwrap_or(8 * 60 + 30)));
    let Hours { from, to } = choice.quiet.unwrap_or(Hours { from: 22 * 60, to: 7 * 60 });
    if choice.quiet.is_some() {
        form = form.with("quiet", "yes");
    }
    form.with("quiet_from", clock(from)).with("quiet_to", clock(to))
}

/// What was chosen, or everything that is wrong with it.
fn read(form: &Form) -> Result<Settings, Vec<FieldError>> {
    let mut errors = Vec::new();
    let by_mail = form.value("by_mail") == "yes";
    let typed = form.value("email").trim();
    let email = match normal_email(typed) {
        Some(email) => email,
        None => {
            if by_mail && typed.is_empty() {
                errors.push(FieldError::new("email", "notice-address-missing"));
            } else if !typed.is_empty() {
                errors.push(FieldError::new("email", "notice-address-malformed"));
            }
            String::new()
        }
    };
    let mut time = |field: &str| {
        minute(form.value(field)).unwrap_or_else(|| {
            errors.push(FieldError::new(field, "notice-time-malformed"));
            0
        })
    };
    let digest = (form.value("when") == "digest").then(|| time("digest"));
    let quiet =
        (form.value("quiet") == "yes").then(|| Hours { from: time("quiet_from"), to: time("quiet_to") });
    if !errors.is_empty() {
        return Err(errors);
    }
    let channels = by_mail.then_some(Channel::Email).into_iter().collect();
    let choice = Choice { channels, digest, quiet };
    Ok(Settings { choice, email, ..Settings::default() })
}

/// `08:30` as a minute of the day.
fn minute(typed: &str) -> Option<u16> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
