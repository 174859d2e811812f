//! An enterprise's account: addresses are verified once, used while they hold, taken back.

use crate::support::at;
use kernel::{Actor, AddressId, Aggregate, Recorded, Refusal, Sealed, Source, SubjectId};
use matters_rules::enterprise::{
    ADDRESSES_MAX, Basis, Command, Enterprise, EnterpriseRules, Event, RevocationReason, Verified,
};

#[derive(Default)]
struct Account(Enterprise, i64);

impl Account {
    fn does(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = EnterpriseRules::decide(&self.0, command, &())?;
        for event in &events {
            self.1 += 1;
            let at = at("2022-06-13T09:00");
            let entry = Recorded {
                version: self.1,
                occurred_at: at,
                recorded_at: at,
                source: Source::Live,
                actor: Actor::Operator,
                event: event.clone(),
            };
            self.0 = EnterpriseRules::fold(std::mem::take(&mut self.0), &entry);
        }
        Ok(events)
    }
}

fn id(n: u128) -> AddressId {
    AddressId(uuid::Uuid::from_u128(n))
}

fn verify(n: u128, blind: &str) -> Command {
    Command::Verify(Box::new(Verified {
        address: id(n),
        enterprise: "某厂".into(),
        blind: blind.into(),
        person: Sealed::from_parts(SubjectId("s".into()), "sealed".into()),
        basis: Basis::Licence,
        matter: None,
    }))
}

#[test]
fn an_address_is_verified_once_and_again_after_it_was_taken_back() {
    let mut account = Account::default();
    account.does(&verify(1, "a")).expect("verified");
    assert_eq!(account.does(&verify(2, "a")).expect_err("it holds").code, "enterprise-address-known");
    let revoke = Command::Revoke { address: id(1), reason: RevocationReason::Left };
    account.does(&revoke).expect("taken back");
    assert_eq!(account.does(&revoke).expect_err("it is gone").code, "enterprise-address-gone");
    account.does(&verify(2, "a")).expect("again");
    assert_eq!(account.0.addresses.len(), 2, "nothing is forgotten");
}

#[test]
fn only_an_address_that_holds_is_used() {
    let mut account = Account::default();
    let used = |n| Command::Use { address: id(n), matter: None };
    account.does(&verify(1, "a")).expect("verified");
    account.does(&used(1)).expect("used");
    assert!(account.0.addresses[0].used_at.is_some());
    assert_eq!(account.does(&used(2)).expect_err("unknown").code, "enterprise-address-gone");
    account.does(&Command::Revoke { address: id(1), reason: RevocationReason::Misused }).expect("taken back");
    assert_eq!(account.does(&used(1)).expect_err("gone").code, "enterprise-address-gone");
}

#[test]
fn there_are_not_more_than_a_firm_needs() {
    let mut account = Account::default();
    for n in 0..ADDRESSES_MAX {
        account.does(&verify(n as u128, &n.to_string())).expect("verified");
    }
    assert_eq!(account.does(&verify(99, "more")).expect_err("full").code, "enterprise-addresses-full");
}

#[test]
fn an_events_kind_is_its_tag() {
    let Command::Verify(verified) = verify(1, "a") else { unreachable!("as made") };
    let events = [
        Event::Verified(verified),
        Event::Revoked { address: id(1), reason: RevocationReason::Asked },
        Event::Used { address: id(1), matter: None },
    ];
    for event in events {
        let json = serde_json::to_value(&event).expect("an event");
        assert_eq!(json["type"], EnterpriseRules::event_kind(&event));
        assert_eq!(serde_json::from_value::<Event>(json).expect("it reads back"), event);
    }
}
