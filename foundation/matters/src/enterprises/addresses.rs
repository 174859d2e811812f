//! Verified addresses as rows: found by the blind index of an e-mail address.

use kernel::{Aggregate, SubjectId};
use matters_rules::enterprise::{EnterpriseRules, Event};
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// One row per enterprise with an account.
const ACCOUNT: &str = "
create table enterprise_account (
    code text primary key,
    name text not null,
    search text not null
);
";

/// One row per address that holds; it goes when it is taken back, or the person is erased.
const ADDRESS: &str = "
create table enterprise_address (
    id text primary key,
    code text not null,
    subject text not null,
    blind text not null
);
create index enterprise_address_blind on enterprise_address (blind);
create index enterprise_address_code on enterprise_address (code);
create index enterprise_address_subject on enterprise_address (subject);
";

/// Keeps `enterprise_account` and `enterprise_address`.
#[derive(Clone, Copy, Debug)]
pub struct AddressProjection;

impl Projection for AddressProjection {
    fn name(&self) -> &'static str {
        "enterprise_addresses"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "enterprise_account", ddl: ACCOUNT, order_by: "code" },
            TableDef { name: "enterprise_address", ddl: ADDRESS, order_by: "id" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((EnterpriseRules::KIND, code)) = entry.stream.split_once(':') else { return Ok(()) };
        let event = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        match event {
            Event::Verified(verified) => {
                let search = format!(
                    "{} {}",
                    kernel::text::fold_for_search(&verified.enterprise),
                    code.to_lowercase()
                );
                tx.execute_later(
                    "insert into enterprise_account (code, name, search) values ($1, $2, $3) \
                     on conflict (code) do update set name = excluded.name, search = excluded.search",
                    params![code, &verified.enterprise, search],
                )?;
                let SubjectId(subject) = &verified.person.subject;
                // The person may have been erased since.
                if store::subjects::key(tx, subject)?.is_none() {
                    return Ok(());
                }
                tx.execute_later(
                    "insert into enterprise_address (id, code, subject, blind) values ($1, $2, $3, $4)",
                    params![verified.address.to_string(), code, subject, &verified.blind],
                )
            }
            Event::Revoked { address, .. } => {
                tx.execute_later("delete from enterprise_address where id = $1", params![address.to_string()])
            }
            Event::Used { .. } => Ok(()),
        }
    }

    fn erase(&self, tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
        tx.execute_later("delete from enterprise_address where subject = $1", params![subject])
    }
}
