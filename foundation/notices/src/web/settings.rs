//! How else to be reached: by which way, at which address, when not, and whether all of a
//! day in one message.

use crate::deliver::is_open;
use crate::rules::{Channel, Choice, Hours};
use crate::settings::{self, Settings};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::text::{is_mobile, normal_email, normal_phone};
use platform::ui::{Choice as Option_, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{done, show as page};
use platform::{App, Failure};

/// Characters of a name in the office's messenger.
const NAME_MAX: usize = 64;

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct Screen {
    page: Page,
    form: Form,
    open: Open,
    times: Vec<Option_>,
}

/// What is sent from here at all.
#[derive(Clone, Copy)]
struct Open {
    mail: bool,
    sms: bool,
    /// The office's messenger.
    messenger: Option<Channel>,
}

impl Open {
    fn of(app: &App) -> Self {
        let messengers = [Channel::Wecom, Channel::Dingtalk];
        Self {
            mail: is_open(app, Channel::Email),
            sms: is_open(app, Channel::Sms),
            messenger: messengers.into_iter().find(|channel| is_open(app, *channel)),
        }
    }
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
    let open = Open::of(&staff.app);
    let chosen = match read(&form, open) {
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
            // What the form did not ask for stays as it was.
            let phone = if open.sms { chosen.phone.clone() } else { kept.phone };
            let messenger = if open.messenger.is_some() { chosen.messenger.clone() } else { kept.messenger };
            settings::keep(work, account, &Settings { phone, messenger, ..chosen.clone() })
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
        open: Open::of(&staff.app),
        times: (0..48).map(|half| time(half * 30)).collect(),
        page: shell,
        form,
    }
}

fn filled(kept: &Settings) -> Form {
    let choice = &kept.choice;
    let mut form =
        Form::new().with("email", &kept.email).with("phone", &kept.phone).with("messenger", &kept.messenger);
    for channel in &choice.channels {
        form = form.with(ticked(*channel), "yes");
    }
    form = form.with("when", if choice.digest.is_some() { "digest" } else { "at_once" });
    form = form.with("digest", clock(choice.digest.unwrap_or(8 * 60 + 30)));
    let Hours { from, to } = choice.quiet.unwrap_or(Hours { from: 22 * 60, to: 7 * 60 });
    if choice.quiet.is_some() {
        form = form.with("quiet", "yes");
    }
    form.with("quiet_from", clock(from)).with("quiet_to", clock(to))
}

/// The field that chooses a way.
fn ticked(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "by_sms",
        Channel::Wecom | Channel::Dingtalk => "by_messenger",
        Channel::Email | Channel::InApp => "by_mail",
    }
}

/// What was chosen, or everything that is wrong with it.
fn read(form: &Form, open: Open) -> Result<Settings, Vec<FieldError>> {
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
    let by_sms = open.sms && form.value("by_sms") == "yes";
    let typed = form.value("phone").trim();
    let phone = normal_phone(typed).filter(|phone| is_mobile(phone));
    if by_sms && typed.is_empty() {
        errors.push(FieldError::new("phone", "notice-phone-missing"));
    } else if phone.is_none() && !typed.is_empty() {
        errors.push(FieldError::new("phone", "notice-phone-malformed"));
    }
    let by_messenger = open.messenger.filter(|_| form.value("by_messenger") == "yes");
    let messenger = form.value("messenger").trim().to_owned();
    if by_messenger.is_some() && messenger.is_empty() {
        errors.push(FieldError::new("messenger", "notice-messenger-missing"));
    } else if messenger.chars().count() > NAME_MAX || messenger.contains(char::is_whitespace) {
        errors.push(FieldError::new("messenger", "notice-messenger-malformed"));
    }
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
    let mail = by_mail.then_some(Channel::Email);
    let channels = mail.into_iter().chain(by_sms.then_some(Channel::Sms)).chain(by_messenger).collect();
    let choice = Choice { channels, digest, quiet };
    Ok(Settings { choice, email, phone: phone.unwrap_or_default(), messenger })
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
