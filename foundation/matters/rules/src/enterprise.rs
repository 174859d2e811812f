//! 企业账户: the addresses through which an enterprise's own people see what it filed. An
//! officer verifies each and may take it back; what is done through one is noted. The stream
//! is named by the enterprise's credit code (GB 32100).
//!
//! Of a person nothing is kept but name, telephone number and e-mail address, sealed under
//! their own key.

use kernel::time::Instant;
use kernel::{AccountId, AddressId, Aggregate, MatterId, Recorded, Refusal, Sealed, codes};
use serde::{Deserialize, Serialize};

/// The most addresses of one enterprise that hold at a time.
pub const ADDRESSES_MAX: usize = 20;

codes! {
    /// On what an officer verified that an address is the enterprise's.
    Basis, "enterprise-basis" {
        /// 营业执照和授权书
        Licence = "licence",
        /// 拨打企业登记电话核实
        RegisteredPhone = "registered_phone",
        /// 上门走访核实
        Visit = "visit",
    }
}

codes! {
    /// Why an address is taken back.
    RevocationReason, "enterprise-revocation" {
        /// 人员离职或换岗
        Left = "left",
        /// 企业或本人要求
        Asked = "asked",
        /// 核实有误
        Mistaken = "mistaken",
        /// 冒用或泄露
        Misused = "misused",
    }
}

/// Who is behind an address. Personal: it lies sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// How they are called.
    pub name: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// The address.
    pub email: String,
}

/// An address as verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Which.
    pub address: AddressId,
    /// The enterprise's name, as the officer has it.
    pub enterprise: String,
    /// Blind index of the address.
    pub blind: String,
    /// Who is behind it, sealed under that person's key.
    pub person: Sealed<Person>,
    /// On what.
    pub basis: Basis,
    /// The appeal in which the address was given, where it was verified from one.
    #[serde(default)]
    pub matter: Option<MatterId>,
}

/// What may be wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The address is the enterprise's.
    Verify(Box<Verified>),
    /// It is no more, or never was.
    Revoke {
        /// Which.
        address: AddressId,
        /// Why.
        reason: RevocationReason,
    },
    /// Whoever proved the address enters, or opens an appeal of the enterprise.
    Use {
        /// Which.
        address: AddressId,
        /// The appeal opened; none: the list.
        matter: Option<MatterId>,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Verified(Box<Verified>),
    Revoked {
        address: AddressId,
        reason: RevocationReason,
    },
    Used {
        address: AddressId,
        #[serde(default)]
        matter: Option<MatterId>,
    },
}

/// An address of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As it was verified.
    pub verified: Verified,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Option<AccountId>,
    /// When it was taken back, by whom and why.
    pub revoked: Option<(Instant, Option<AccountId>, RevocationReason)>,
    /// When it was last used.
    pub used_at: Option<Instant>,
}

/// An enterprise's account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enterprise {
    /// Its name, as last verified.
    pub name: String,
    /// Every address it ever had, in the order verified.
    pub addresses: Vec<Address>,
}

impl Enterprise {
    /// The address of that id, while it holds.
    pub fn holding(&self, id: AddressId) -> Option<&Address> {
        self.addresses.iter().find(|address| address.verified.address == id && address.revoked.is_none())
    }

    fn ever(&mut self, id: AddressId) -> Option<&mut Address> {
        self.addresses.iter_mut().find(|address| address.verified.address == id)
    }
}

/// The rules of an enterprise's account.
#[derive(Clone, Copy, Debug)]
pub struct EnterpriseRules;

impl Aggregate for EnterpriseRules {
    type State = Enterprise;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "enterprise";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Verified(_) => "verified",
            Event::Revoked { .. } => "revoked",
            Event::Used { .. } => "used",
        }
    }

    fn decide(state: &Enterprise, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Verify(verified) => {
                let holding = || state.addresses.iter().filter(|address| address.revoked.is_none());
                if holding().any(|address| address.verified.blind == verified.blind) {
                    return Err(Refusal::field("email", "enterprise-address-known"));
                }
                if holding().count() >= ADDRESSES_MAX {
                    let full = Refusal::field("email", "enterprise-addresses-full");
                    return Err(full.with("max", ADDRESSES_MAX));
                }
                Ok(vec![Event::Verified(verified.clone())])
            }
            Command::Revoke { address, reason } => match state.holding(*address) {
                Some(_) => Ok(vec![Event::Revoked { address: *address, reason: *reason }]),
                None => Err(Refusal::new("enterprise-address-gone")),
            },
            Command::Use { address, matter } => match state.holding(*address) {
                Some(_) => Ok(vec![Event::Used { address: *address, matter: *matter }]),
                None => Err(Refusal::new("enterprise-address-gone")),
            },
        }
    }

    fn fold(mut state: Enterprise, entry: &Recorded<Event>) -> Enterprise {
        let at = entry.at();
        match &entry.event {
            Event::Verified(verified) => {
                state.name.clone_from(&verified.enterprise);
                state.addresses.push(Address {
                    verified: verified.as_ref().clone(),
                    at,
                    by: entry.actor.account(),
                    revoked: None,
                    used_at: None,
                });
            }
            Event::Revoked { address, reason } => {
                if let Some(address) = state.ever(*address) {
                    address.revoked = Some((at, entry.actor.account(), *reason));
                }
            }
            Event::Used { address, .. } => {
                if let Some(address) = state.ever(*address) {
                    address.used_at = Some(at);
                }
            }
        }
        state
    }
}
