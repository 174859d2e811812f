//! Keeps the enterprises of filed matters.

use super::blinds;
use kernel::Aggregate;
use kernel::initials::readings;
use kernel::text::fold_for_search;
use matters_rules::event::Filed;
use matters_rules::{Event, MatterRules};
use platform::vault::Vault;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// One row per matter that names an enterprise; `name` and `credit_code` are empty where the
/// matter is shielded.
const MATTER_ENTERPRISE: &str = "
create table matter_enterprise (
    matter text primary key,
    subject text not null,
    name_blind text not null,
    code_blind text,
    name text not null,
    credit_code text not null
);
create index matter_enterprise_name on matter_enterprise (name_blind);
create index matter_enterprise_code on matter_enterprise (code_blind);
create index matter_enterprise_plain on matter_enterprise (name, credit_code);
create index matter_enterprise_subject on matter_enterprise (subject);
";

/// What is offered while a name is typed. `search` holds the folded name, the code and the
/// pinyin initials.
const ENTERPRISE: &str = "
create table enterprise (
    name text not null,
    credit_code text not null,
    search text not null,
    primary key (name, credit_code)
);
";

/// Keeps `matter_enterprise` and `enterprise`.
#[derive(Clone, Copy, Debug)]
pub struct EnterpriseProjection;

impl Projection for EnterpriseProjection {
    fn name(&self) -> &'static str {
        "enterprises"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "matter_enterprise", ddl: MATTER_ENTERPRISE, order_by: "matter" },
            TableDef { name: "enterprise", ddl: ENTERPRISE, order_by: "name, credit_code" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let filed = entry.stream.split_once(':').is_some_and(|(kind, _)| kind == MatterRules::KIND)
            && entry.kind == "filed";
        if !filed {
            return Ok(());
        }
        match serde_json::from_str(&entry.body) {
            Ok(Event::Filed(filed)) => keep(tx, &filed),
            Ok(_) => Ok(()),
            Err(error) => Err(StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version))),
        }
    }

    /// What this person filed goes; a firm that nobody else named goes with it.
    fn erase(&self, tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
        tx.execute_later("delete from matter_enterprise where subject = $1", params![subject])?;
        tx.execute_later(
            "delete from enterprise where not exists (select 1 from matter_enterprise m \
             where m.name = enterprise.name and m.credit_code = enterprise.credit_code)",
            params![],
        )
    }
}

fn keep(tx: &mut Tx, filed: &Filed) -> Result<(), StoreError> {
    let Some(wrapped) = store::subjects::key(tx, &filed.subject.0)? else {
        return Ok(());
    };
    let vault = tx.context::<Vault>()?;
    let card = vault
        .unwrap(&filed.subject, &wrapped)
        .and_then(|key| vault.open(&key, &filed.contact))
        .map_err(|error| StoreError::Corrupt(error.to_string()))?
        .into_inner();
    let (Some(name_blind), code_blind) = blinds(&vault, &card.enterprise, &card.credit_code) else {
        return Ok(());
    };
    let (name, code) = if filed.shielded {
        (String::new(), String::new())
    } else {
        (card.enterprise.clone(), card.credit_code.clone())
    };
    tx.execute_later(
        "insert into matter_enterprise (matter, subject, name_blind, code_blind, name, credit_code) \
         values ($1, $2, $3, $4, $5, $6)",
        params![filed.matter.to_string(), &filed.subject.0, name_blind, code_blind, &name, &code],
    )?;
    if filed.shielded {
        return Ok(());
    }
    let search = format!("{} {} {}", fold_for_search(&name), code.to_lowercase(), readings(&name));
    tx.execute_later(
        "insert into enterprise (name, credit_code, search) values ($1, $2, $3) \
         on conflict (name, credit_code) do nothing",
        params![name, code, search],
    )
}
