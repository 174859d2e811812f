//! `/admin/tokens`: bearer tokens of staff systems.

use super::reply::{self, Fields};
use crate::accounts::{self, parse_day};
use crate::read::{self, TokenRow};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use kernel::time::Instant;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/tokens.html")]
struct Tokens {
    page: Page,
    form: Form,
    rows: Vec<TokenRow>,
    now: Instant,
}

#[derive(Template)]
#[template(path = "identity/token_issued.html")]
struct Issued {
    page: Page,
    secret: String,
}

/// The list with the form for a new one.
pub(super) async fn list(staff: Staff) -> Result<Response, Failure> {
    reply::page(&screen(&staff, Form::new()).await?)
}

/// Issues a token and shows its secret once.
pub(super) async fn issue(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    match reply::sort(issue_for(&staff, &form).await)? {
        Ok(secret) => {
            let page = staff.desk_page("tokens-issued-title", "nav-tokens");
            reply::page(&Issued { page, secret })
        }
        Err(refusal) => reply::again(&screen(&staff, reply::refused(form, &refusal)).await?),
    }
}

/// Revokes a token.
pub(super) async fn revoke(
    staff: Staff,
    Path((id, token)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (account, token) = (reply::id(&id)?, reply::id(&token)?);
    match reply::sort(accounts::revoke_token(&staff.app, &staff.by(), account, token).await)? {
        Ok(()) => Ok(reply::done(&staff, "/admin/tokens", "flash-token-revoked")),
        Err(refusal) => reply::again(&screen(&staff, reply::refused(Form::new(), &refusal)).await?),
    }
}

async fn issue_for(staff: &Staff, form: &Form) -> Result<String, Failure> {
    let missing = Refusal::field("account", "account-unknown");
    let account = reply::account_of(&staff.app, form.value("account"), missing).await?;
    let last_day = parse_day("expires", form.value("expires"))?;
    let expires_at = staff.app.config.zone.end_of_day(last_day);
    let name = form.value("name");
    let (_, secret) = accounts::issue_token(&staff.app, &staff.by(), account, name, expires_at).await?;
    Ok(secret)
}

async fn screen(staff: &Staff, form: Form) -> Result<Tokens, Failure> {
    let locale = staff.prefs.locale;
    let rows = staff.app.read(move |q, _| Ok(read::tokens(q, locale)?)).await?;
    let page = staff.desk_page("tokens-title", "nav-tokens").in_error(form.has_errors());
    Ok(Tokens { page, form, rows, now: staff.app.now() })
}
