//! `/admin/grants`: who holds what, in the security administrator's hands.

use super::reply::{self, Fields, ListQuery};
use crate::absences::{self, AbsenceRow};
use crate::accounts::{self, NewGrant, parse_day};
use crate::read::{self, AccountRow, GrantRow};
use crate::rules::absence::AbsenceId;
use crate::rules::account::day_before;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::permission::Role;
use kernel::time::Date;
use kernel::{AccountId, Refusal};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/grants.html")]
struct List {
    page: Page,
    form: Form,
    rows: Vec<(AccountRow, Vec<GrantRow>)>,
    older: String,
}

#[derive(Template)]
#[template(path = "identity/grants_of.html")]
struct Grants {
    page: Page,
    form: Form,
    account: AccountRow,
    grants: Vec<GrantRow>,
    absences: Vec<AbsenceRow>,
    roles: Vec<Choice>,
    today: Date,
}

/// Accounts with what they hold now or will.
pub(super) async fn list(staff: Staff, Query(query): Query<ListQuery>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let locale = staff.prefs.locale;
    let (text, after) = (query.q.clone(), query.after);
    let rows = staff
        .app
        .read(move |q, _| {
            let mut rows = Vec::new();
            for account in read::accounts(q, &text, &after)? {
                let mut grants = read::grants_of(q, account.id, locale)?;
                grants.retain(|grant| grant.held.not_over(today));
                rows.push((account, grants));
            }
            Ok(rows)
        })
        .await?;
    let (rows, more) = reply::cut(rows);
    let last = rows.last().filter(|_| more).map(|(account, _)| account.login.as_str());
    let older = last.map(|last| format!("/admin/grants?q={}&after={last}", reply::encoded(&query.q)));
    let page = staff.desk_page("grants-title", "nav-grants");
    let form = Form::new().with("q", query.q);
    reply::page(&List { page, form, rows, older: older.unwrap_or_default() })
}

/// One account's grants and the form for a new one.
pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    reply::page(&screen(&staff, reply::id(&id)?, Form::new().with("from", today)).await?)
}

/// Grants.
pub(super) async fn grant(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let form = reply::form(fields);
    let outcome = match new_grant(&form) {
        Ok(new) => accounts::grant(&staff.app, &staff.by(), account, new).await.map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    answer(&staff, account, outcome, form, "flash-granted").await
}

/// Ends a grant: from today on it is not in force.
pub(super) async fn end(
    staff: Staff,
    Path((id, grant)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let grant = crate::rules::GrantId(reply::id(&grant)?);
    let last_day = day_before(staff.app.config.zone.date_of(staff.app.now()));
    let outcome = accounts::end_grant(&staff.app, &staff.by(), account, grant, last_day).await;
    answer(&staff, account, outcome, Form::new(), "flash-grant-ended").await
}

/// Ends an absence, and with it whoever stands in: from today on.
pub(super) async fn end_absence(
    staff: Staff,
    Path((id, absence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let absence: AbsenceId = reply::id(&absence)?;
    let last_day = day_before(staff.app.config.zone.date_of(staff.app.now()));
    let outcome = absences::end(&staff.app, &staff.by(), account, absence, last_day).await;
    answer(&staff, account, outcome, Form::new(), "flash-absence-ended").await
}

/// Lifts the waiting after wrong passwords.
pub(super) async fn unlock(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let outcome = accounts::unlock(&staff.app, &staff.by(), account).await;
    answer(&staff, account, outcome, Form::new(), "flash-unlocked").await
}

fn new_grant(form: &Form) -> Result<NewGrant, Refusal> {
    let role = Role::parse(form.value("role"));
    Ok(NewGrant {
        role: role.ok_or_else(|| Refusal::field("role", "grant-role-not-for-staff"))?,
        unit: form.value("unit").trim().into(),
        from: parse_day("from", form.value("from"))?,
        to: form.text("to").map(|day| parse_day("to", day)).transpose()?,
    })
}

async fn answer(
    staff: &Staff,
    account: AccountId,
    outcome: Result<(), Failure>,
    form: Form,
    flash: &str,
) -> Result<Response, Failure> {
    match reply::sort(outcome)? {
        Ok(()) => Ok(reply::done(staff, &format!("/admin/grants/{account}"), flash)),
        Err(refusal) => reply::again(&screen(staff, account, reply::refused(form, &refusal)).await?),
    }
}

async fn screen(staff: &Staff, id: AccountId, form: Form) -> Result<Grants, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let locale = staff.prefs.locale;
    let (account, grants, mut absences) = staff
        .app
        .read(move |q, _| {
            let account = read::account(q, id)?.ok_or(Failure::NotFound)?;
            Ok((account, read::grants_of(q, id, locale)?, absences::of_account(q, id, today, locale)?))
        })
        .await?;
    absences.retain(|row| row.not_over(today));
    let page = staff.desk_page("grants-title", "nav-grants").in_error(form.has_errors());
    let page = page.titled_text(staff.page("grants-title").t1("grants-of", "name", account.named(locale)));
    let staff_roles = Role::ALL.iter().filter(|role| **role != Role::Appellant);
    let roles =
        staff_roles.map(|role| Choice::new(role.code(), page.t(&format!("role-{}", role.code())))).collect();
    Ok(Grants { page, form, account, grants, absences, roles, today })
}
