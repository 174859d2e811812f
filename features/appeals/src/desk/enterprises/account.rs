//! `/enterprises/{code}`: every address an enterprise ever had: who verified it on what, when
//! it was last used, and taking it back. Numbers and addresses are masked: enough to tell
//! whose they are.

use super::super::page as desk;
use super::super::words::Words;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{AccountId, AddressId};
use matters::enterprises::accounts::{self, AddressView};
use matters_rules::enterprise::RevocationReason;
use platform::Failure;
use platform::ui::{Choice, Page};
use platform::web::Staff;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "desk/enterprises/account.html")]
struct AccountPage {
    page: Page,
    words: Words,
    code: String,
    addresses: Vec<AddressView>,
    /// The posts of whoever verified or took back.
    posts: BTreeMap<AccountId, String>,
    reasons: Vec<Choice>,
}

/// The account.
///
/// # Errors
/// [`Failure::NotFound`] for an enterprise without one.
pub async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let (wanted, locale) = (code.clone(), staff.prefs.locale);
    let (name, addresses, posts) = staff
        .app
        .read(move |snapshot, app| {
            let (name, addresses) = accounts::account(snapshot, app, &wanted)?;
            let mut posts = BTreeMap::new();
            let officers = addresses.iter().flat_map(|address| {
                [address.verified.1, address.revoked.and_then(|(_, by, _)| by)].into_iter().flatten()
            });
            for officer in officers {
                let post = identity::read::account(snapshot, officer)?
                    .map(|account| account.named(locale).to_owned());
                posts.insert(officer, post.unwrap_or_default());
            }
            Ok((name, addresses, posts))
        })
        .await?;
    let page = super::page(&staff, "enterprises-title").titled_text(name);
    let words = Words::of(&staff.app, &page);
    let reasons =
        RevocationReason::ALL.iter().map(|reason| Choice::new(reason.code(), page.t(reason.key()))).collect();
    desk::show(StatusCode::OK, &AccountPage { page, words, code, addresses, posts, reasons })
}

/// Takes an address back: field `reason`.
///
/// # Errors
/// [`Failure::Refused`] where it was taken back before, [`Failure::Malformed`] without a
/// reason.
pub async fn revoke(
    staff: Staff,
    Path((code, address)): Path<(String, String)>,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let address: AddressId = address.parse().map_err(|_| Failure::NotFound)?;
    let given = sent.iter().find(|(name, _)| name == "reason").map_or("", |(_, value)| value.as_str());
    let reason = RevocationReason::parse(given).ok_or_else(|| Failure::Malformed("no reason".into()))?;
    let (by, of) = (staff.by(), code.clone());
    staff.app.write(move |work| accounts::revoke(work, &by, &of, address, reason)).await?;
    Ok(desk::go(&staff, &format!("/enterprises/{code}"), "flash-enterprise-revoked"))
}

impl AccountPage {
    fn post(&self, officer: &Option<AccountId>) -> String {
        officer.and_then(|officer| self.posts.get(&officer)).cloned().unwrap_or_default()
    }

    fn holding(&self) -> usize {
        self.addresses.iter().filter(|address| address.revoked.is_none()).count()
    }
}
