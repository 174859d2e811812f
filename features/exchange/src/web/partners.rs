//! `/admin/exchange`: the other platforms, what is agreed with each, and the secret that
//! messages are signed with, shown once.

use super::one_partner;
use crate::projection::{self, PartnerRow};
use crate::rules::partner::{Adapter, Command, Direction, Terms};
use crate::{NAV_PARTNERS, folder, outgoing, shell};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Refusal, UnitId};
use matters::raising::{self, units};
use network::UnitRow;
use outward::kept;
use platform::config::Secret;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{Failure, Work};

/// The list.
pub(crate) const PATH: &str = "/admin/exchange";
/// Longest code, in characters.
const CODE_MAX: usize = 20;

#[derive(Template)]
#[template(path = "exchange/partners.html")]
struct List {
    page: Page,
    rows: Vec<PartnerRow>,
}

#[derive(Template)]
#[template(path = "exchange/partner.html")]
struct Shown {
    page: Page,
    form: Form,
    units: Vec<UnitRow>,
    /// None for one that is not there yet.
    row: Option<PartnerRow>,
    /// A secret that was just agreed.
    secret: Option<Secret>,
    /// Where it sends its messages.
    address: String,
    /// Where its files are, on the server.
    folder: Option<String>,
}

pub(crate) async fn list(staff: Staff) -> Result<Response, Failure> {
    let rows = staff.app.read(|snapshot, _| Ok::<_, Failure>(projection::partners(snapshot)?)).await?;
    reply::page(&List { page: staff.desk_page("exchange-partners", NAV_PARTNERS), rows }, None)
}

pub(crate) async fn fresh(staff: Staff) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().map(|office| office.to_string()).unwrap_or_default();
    let form = Form::new()
        .with("direction", Direction::Above.code())
        .with("adapter", Adapter::Http.code())
        .with("unit", office);
    screen(&staff, None, form, None).await
}

pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let row = one_partner(&staff, code).await?;
    let form = filled(&row);
    screen(&staff, Some(row), form, None).await
}

pub(crate) async fn add(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (by, wanted) = (staff.by(), form.clone());
    let code = form.value("code").trim().to_owned();
    let named = code.clone();
    let added = staff
        .app
        .write(move |work| {
            let code = spelt(&named)?;
            let secret = agreed(work, wanted.value("secret"))?;
            let sealed = kept::seal(work, &shell::owner(code), &secret);
            let direction = Direction::parse(wanted.value("direction")).unwrap_or(Direction::Above);
            let command = Command::Add { direction, terms: terms(&wanted), secret: sealed };
            shell::act(work, &by, code, &command)?;
            Ok(secret)
        })
        .await;
    match added {
        Ok(secret) => {
            let row = one_partner(&staff, code).await?;
            let form = filled(&row);
            screen(&staff, Some(row), form, Some(secret)).await
        }
        Err(Failure::Refused(refusal)) => screen(&staff, None, form.refused(&refusal), None).await,
        Err(failure) => Err(failure),
    }
}

pub(crate) async fn change(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let row = one_partner(&staff, code).await?;
    let (by, code, terms) = (staff.by(), row.code.clone(), terms(&form));
    let changed =
        staff.app.write(move |work| shell::act(work, &by, &code, &Command::Change(terms.clone()))).await;
    match changed {
        Ok(()) => Ok(reply::done(&staff, PATH, "flash-exchange-changed")),
        Err(Failure::Refused(refusal)) => screen(&staff, Some(row), form.refused(&refusal), None).await,
        Err(failure) => Err(failure),
    }
}

pub(crate) async fn renew(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let row = one_partner(&staff, code).await?;
    let (by, code, typed) = (staff.by(), row.code.clone(), form.value("secret").to_owned());
    let renewed = staff
        .app
        .write(move |work| {
            let secret = agreed(work, &typed)?;
            let sealed = kept::seal(work, &shell::owner(&code), &secret);
            shell::act(work, &by, &code, &Command::Renew { secret: sealed })?;
            Ok::<_, Failure>(secret)
        })
        .await;
    match renewed {
        Ok(secret) => {
            let form = filled(&row);
            screen(&staff, Some(row), form, Some(secret)).await
        }
        Err(Failure::Refused(refusal)) => {
            let form = filled(&row).refused(&refusal);
            screen(&staff, Some(row), form, None).await
        }
        Err(failure) => Err(failure),
    }
}

/// Turned on again, everything that waited is carried.
pub(crate) async fn turn(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let on = reply::form(fields).value("on") == "yes";
    let row = one_partner(&staff, code).await?;
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            shell::act(work, &by, &row.code, &Command::Turn { on })?;
            if on { outgoing::carry_all(work, &row.code).map(drop) } else { Ok(()) }
        })
        .await?;
    Ok(reply::done(&staff, PATH, if on { "flash-exchange-on" } else { "flash-exchange-off" }))
}

/// A code names a folder and stands in an address: small letters, digits and dashes.
fn spelt(code: &str) -> Result<&str, Refusal> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let length = code.chars().count();
    match (1..=CODE_MAX).contains(&length) && code.chars().all(fine) && !code.starts_with('-') {
        true => Ok(code),
        false => Err(Refusal::field("code", "exchange-code-malformed").with("max", CODE_MAX)),
    }
}

/// The secret that the other side gave, or a fresh one.
fn agreed(work: &mut Work<'_>, typed: &str) -> Result<Secret, Failure> {
    match typed.trim() {
        "" => Ok(outward::secret(work.fresh.bytes())),
        typed if outward::is_secret(typed) => Ok(Secret::new(typed.to_owned())),
        _ => Err(Refusal::field("secret", "exchange-secret-malformed").into()),
    }
}

fn terms(form: &Form) -> Terms {
    let adapter = Adapter::parse(form.value("adapter")).unwrap_or(Adapter::Http);
    Terms {
        name: kernel::text::plain_line(form.value("name")),
        unit: UnitId::from(form.value("unit")),
        adapter,
        url: match adapter {
            Adapter::Http => form.value("url").trim().to_owned(),
            Adapter::Files => String::new(),
        },
    }
}

fn filled(row: &PartnerRow) -> Form {
    Form::new()
        .with("direction", row.direction.code())
        .with("name", &row.terms.name)
        .with("unit", &row.terms.unit)
        .with("adapter", row.terms.adapter.code())
        .with("url", &row.terms.url)
}

async fn screen(
    staff: &Staff,
    row: Option<PartnerRow>,
    form: Form,
    secret: Option<Secret>,
) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let offered = staff
        .app
        .read(move |snapshot, _| {
            let mut offered: Vec<UnitRow> = network::unit(snapshot, &office)?.into_iter().collect();
            offered.extend(units(snapshot, &office)?);
            Ok::<_, Failure>(offered)
        })
        .await?;
    let title = if row.is_some() { "exchange-partner" } else { "exchange-partner-new" };
    let page = staff.desk_page(title, NAV_PARTNERS).in_error(form.has_errors());
    let status = match (form.has_errors(), &secret) {
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, Some(_)) => StatusCode::CREATED,
        (false, None) => StatusCode::OK,
    };
    let config = &staff.app.config;
    let address = row.as_ref().map_or_else(String::new, |row| {
        format!("{}/api/v1/exchange/{}", config.public_url.trim_end_matches('/'), row.code)
    });
    let by_files = |row: &&PartnerRow| row.terms.adapter == Adapter::Files;
    let folder = row
        .as_ref()
        .filter(by_files)
        .map(|row| folder::home(&staff.app, row).map(|home| home.display().to_string()).unwrap_or_default());
    reply::show(status, &Shown { page, form, units: offered, row, secret, address, folder })
}

impl List {
    fn ways(&self, row: &PartnerRow) -> String {
        self.page.t2(
            "exchange-ways",
            "direction",
            self.page.t(row.direction.key()),
            "adapter",
            self.page.t(row.terms.adapter.key()),
        )
    }
}

impl Shown {
    fn action(&self) -> String {
        self.row.as_ref().map_or_else(|| PATH.to_owned(), |row| format!("{PATH}/{}", row.code))
    }

    fn directions(&self) -> Vec<Choice> {
        let hint = |direction: &Direction| self.page.t(&format!("{}-what", direction.key()));
        Direction::ALL
            .iter()
            .map(|direction| {
                Choice::new(direction.code(), self.page.t(direction.key())).hint(hint(direction))
            })
            .collect()
    }

    fn adapters(&self) -> Vec<Choice> {
        let hint = |adapter: &Adapter| self.page.t(&format!("{}-what", adapter.key()));
        Adapter::ALL
            .iter()
            .map(|adapter| Choice::new(adapter.code(), self.page.t(adapter.key())).hint(hint(adapter)))
            .collect()
    }

    fn unit_choices(&self) -> Vec<Choice> {
        raising::unit_choices(&self.page, &self.units).collect()
    }
}
