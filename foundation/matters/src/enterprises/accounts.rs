//! Enterprise accounts: streams `enterprise:<credit code>`, whose rules are
//! `matters_rules::enterprise`. An officer verifies an address; whoever proves to own it sees
//! the enterprise's appeals, but for the shielded ones of others.

use super::{CODE, bounded};
use crate::filing::{EMAIL, subject_by_phone};
use crate::sealing::TextSealer;
use kernel::credit_code::normal_credit_code;
use kernel::permission::{Permission, may_ever};
use kernel::text::{
    fold_for_search, like_containing, mask_email, mask_phone, normal_email, normal_phone, plain_line,
};
use kernel::time::Instant;
use kernel::{AccountId, Actor, AddressId, Aggregate, MatterId, Recorded, Refusal, SubjectId};
use matters_rules::enterprise::{
    Address, Basis, Command, Enterprise, EnterpriseRules, Event, Person, RevocationReason, Verified,
};
use platform::{App, By, Failure, Shell, Work};
use store::{Query, params};

/// The streams with what surrounds the rules.
#[derive(Clone, Copy, Debug)]
pub struct EnterpriseAccounts;

/// An address to verify. Personal data in the clear: no `Debug`.
pub struct Request {
    /// The enterprise's credit code, as typed.
    pub credit_code: String,
    /// Its name.
    pub enterprise: String,
    /// Who is behind the address.
    pub person: Person,
    /// On what it was verified.
    pub basis: Basis,
    /// The appeal in which the address was given.
    pub matter: Option<MatterId>,
}

/// An enterprise with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its credit code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Addresses that hold.
    pub addresses: i64,
}

/// An address as an officer sees it: enough to tell whose it is, not to write to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressView {
    /// Which.
    pub id: AddressId,
    /// How the person is called; empty once they are erased.
    pub name: String,
    /// Masked.
    pub phone: String,
    /// Masked.
    pub email: String,
    /// On what it was verified.
    pub basis: Basis,
    /// When, and by whom.
    pub verified: (Instant, Option<AccountId>),
    /// When it was taken back, by whom and why.
    pub revoked: Option<(Instant, Option<AccountId>, RevocationReason)>,
    /// When it was last used.
    pub used_at: Option<Instant>,
}

/// What an address opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The enterprise's credit code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Through which address.
    pub address: AddressId,
    /// Whose.
    pub subject: SubjectId,
}

/// Verifies an address for an enterprise; answers with its credit code.
///
/// # Errors
/// `enterprise-missing`, `credit-code-malformed`, `contact-name-missing`, `phone-malformed`,
/// `email-malformed`, each on its field; those of the rules; [`Failure::NotPermitted`].
pub fn verify(work: &mut Work<'_>, by: &By, request: &Request) -> Result<String, Failure> {
    let (code, person) = checked(request)?;
    let key = subject_by_phone(work, &person.phone)?;
    let blind = work.vault().blind(EMAIL, &person.email);
    store::subjects::add_index(work.tx, &blind, EMAIL, &key.subject().0)?;
    let verified = Verified {
        address: AddressId(work.fresh.uuid()),
        enterprise: plain_line(&request.enterprise),
        blind,
        person: TextSealer::with(key).seal(work, &person),
        basis: request.basis,
        matter: request.matter,
    };
    work.act::<EnterpriseAccounts>(&code, by, None, &Command::Verify(Box::new(verified)))?;
    Ok(code)
}

/// What was typed, in normal form.
fn checked(request: &Request) -> Result<(String, Person), Refusal> {
    let typed = &request.person;
    let wrong = |field, code| Refusal::field(field, code);
    if request.enterprise.trim().is_empty() {
        return Err(wrong("enterprise", "enterprise-missing"));
    }
    let code = normal_credit_code(&request.credit_code);
    let code = code.ok_or_else(|| wrong("credit_code", "credit-code-malformed"))?;
    if typed.name.trim().is_empty() {
        return Err(wrong("name", "contact-name-missing"));
    }
    let phone = normal_phone(&typed.phone).unwrap_or_default();
    if phone.is_empty() && !typed.phone.trim().is_empty() {
        return Err(wrong("phone", "phone-malformed"));
    }
    let email = normal_email(&typed.email).ok_or_else(|| wrong("email", "email-malformed"))?;
    Ok((code, Person { name: plain_line(&typed.name), phone, email }))
}

/// Takes an address back.
///
/// # Errors
/// `enterprise-address-gone`; [`Failure::NotPermitted`].
pub fn revoke(
    work: &mut Work<'_>,
    by: &By,
    code: &str,
    address: AddressId,
    reason: RevocationReason,
) -> Result<(), Failure> {
    work.act::<EnterpriseAccounts>(code, by, None, &Command::Revoke { address, reason }).map(drop)
}

/// Notes that an address entered, or opened an appeal of the enterprise.
///
/// # Errors
/// `enterprise-address-gone` where it was taken back meanwhile.
pub fn note_use(work: &mut Work<'_>, member: &Membership, matter: Option<MatterId>) -> Result<(), Failure> {
    let command = Command::Use { address: member.address, matter };
    work.act::<EnterpriseAccounts>(&member.code, &By::Public, None, &command).map(drop)
}

/// Enterprises with an account whose name or code holds what is typed (all, where nothing
/// is), by name.
///
/// # Errors
/// Whatever the store says.
pub fn accounts(query: &mut dyn Query, typed: &str, limit: usize) -> Result<Vec<Account>, Failure> {
    let sql = "select c.code, c.name, (select count(*) from enterprise_address a where a.code = c.code) \
               from enterprise_account c where c.search like $1 escape '!' order by c.name, c.code limit $2";
    let rows = query.query(sql, &params![like_containing(&fold_for_search(typed.trim())), bounded(limit)])?;
    rows.iter()
        .map(|row| Ok(Account { code: row.text(0)?, name: row.text(1)?, addresses: row.int(2)? }))
        .collect()
}

/// An enterprise's name and every address it ever had, newest first.
///
/// # Errors
/// [`Failure::NotFound`] for one without an account.
pub fn account(query: &mut dyn Query, app: &App, code: &str) -> Result<(String, Vec<AddressView>), Failure> {
    let state = platform::act::load::<EnterpriseAccounts>(query, code)?.state;
    if state.addresses.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut shown = Vec::with_capacity(state.addresses.len());
    for address in state.addresses.iter().rev() {
        shown.push(address_view(query, app, address)?);
    }
    Ok((state.name, shown))
}

fn address_view(query: &mut dyn Query, app: &App, address: &Address) -> Result<AddressView, Failure> {
    let sealed = &address.verified.person;
    let person = match platform::act::subject_key(query, &app.vault, &sealed.subject)? {
        Some(key) => app.vault.open(&key, sealed)?.into_inner(),
        None => Person::default(),
    };
    let masked =
        |text: &str, mask: fn(&str) -> String| if text.is_empty() { String::new() } else { mask(text) };
    Ok(AddressView {
        id: address.verified.address,
        phone: masked(&person.phone, mask_phone),
        email: masked(&person.email, mask_email),
        name: person.name,
        basis: address.verified.basis,
        verified: (address.at, address.by),
        revoked: address.revoked,
        used_at: address.used_at,
    })
}

/// The enterprises that an address (in normal form) is verified for.
///
/// # Errors
/// Whatever the store says.
pub fn memberships(query: &mut dyn Query, app: &App, email: &str) -> Result<Vec<Membership>, Failure> {
    let sql = "select a.code, c.name, a.id, a.subject from enterprise_address a \
               join enterprise_account c on c.code = a.code where a.blind = $1 order by c.name, a.code";
    let rows = query.query(sql, &params![app.vault.blind(EMAIL, email)])?;
    rows.iter()
        .map(|row| {
            let unreadable = |_| Failure::Internal("an address's id is no UUID".into());
            Ok(Membership {
                code: row.text(0)?,
                name: row.text(1)?,
                address: row.str(2)?.parse().map_err(unreadable)?,
                subject: SubjectId(row.text(3)?),
            })
        })
        .collect()
}

/// Whether an address was not taken back.
///
/// # Errors
/// Whatever the store says.
pub fn holds(query: &mut dyn Query, address: AddressId) -> Result<bool, Failure> {
    let sql = "select 1 from enterprise_address where id = $1";
    Ok(query.query_one_opt(sql, &params![address.to_string()])?.is_some())
}

/// The newest appeals whose card names that credit code.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn matters_of(
    query: &mut dyn Query,
    app: &App,
    code: &str,
    limit: usize,
) -> Result<Vec<String>, Failure> {
    let sql = "select m.id from matter_enterprise e join matter m on m.id = e.matter \
               where e.code_blind = $1 order by m.filed_at desc, m.id desc limit $2";
    let rows = query.query(sql, &params![app.vault.blind(CODE, code), bounded(limit)])?;
    rows.iter().map(|row| Ok(row.text(0)?)).collect()
}

impl Aggregate for EnterpriseAccounts {
    type State = Enterprise;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = EnterpriseRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        EnterpriseRules::event_kind(event)
    }

    fn decide(state: &Enterprise, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        EnterpriseRules::decide(state, command, &())
    }

    fn fold(state: Enterprise, event: &Recorded<Event>) -> Enterprise {
        EnterpriseRules::fold(state, event)
    }
}

impl Shell for EnterpriseAccounts {
    fn facts(_: &mut Work<'_>, _: &Enterprise, _: &Command, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    /// Officers verify and take back; whoever proved an address on the public pages uses it.
    fn permit(_: &Enterprise, command: &Command, (): &(), by: &By) -> Result<Actor, Failure> {
        let permitted = match (command, by) {
            (Command::Use { .. }, By::Public) => by.actor(None),
            (Command::Verify(_) | Command::Revoke { .. }, By::Person { grants, .. }) => {
                let grant = grants.iter().find(|grant| may_ever(grant.role, Permission::EnterpriseVerify));
                grant.and_then(|grant| by.actor(Some(grant)))
            }
            (Command::Verify(_) | Command::Revoke { .. }, By::Operator) => by.actor(None),
            _ => None,
        };
        permitted.ok_or(Failure::NotPermitted)
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Enterprise, _: &Enterprise) -> Result<(), Failure> {
        Ok(())
    }
}
