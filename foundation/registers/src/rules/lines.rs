//! What a record gathers beside its values: dated lines, contacts, levels.

use super::amount::Decimal;
use kernel::time::{Date, Instant};
use kernel::{AccountId, MatterId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A dated line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowLine {
    /// Which.
    pub id: Uuid,
    /// What it says.
    #[serde(flatten)]
    pub flow: Flow,
    /// Who recorded it; none: a program.
    pub recorded_by: Option<AccountId>,
    /// Who verified it, and when.
    pub verified: Option<(Option<AccountId>, Instant)>,
    /// Why it counts no more.
    pub void: Option<String>,
}

/// What a dated line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// Which kind.
    pub kind: String,
    /// The day.
    pub on: Date,
    /// Yuan where the kind is money; else a number.
    pub amount: Decimal,
    /// What proves it; may be empty.
    #[serde(default)]
    pub evidence: String,
}

/// A contact that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Which.
    pub id: Uuid,
    /// What was noted.
    #[serde(flatten)]
    pub note: ContactNote,
    /// The appeal its difficulty became.
    #[serde(default)]
    pub appeal: Option<MatterId>,
    /// The matter its promise became.
    #[serde(default)]
    pub matter: Option<MatterId>,
    /// Whether the promise was kept, and when.
    #[serde(default)]
    pub kept_on: Option<Date>,
    /// Why it counts no more.
    #[serde(default)]
    pub void: Option<String>,
}

/// What is noted of a contact: issues raised and promises made, nothing about a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactNote {
    /// The day.
    pub on: Date,
    /// How: a code of [`ContactWay`].
    pub way: ContactWay,
    /// What it was about.
    pub about: String,
    /// A difficulty that was raised; may be empty.
    #[serde(default)]
    pub difficulty: String,
    /// What was promised; may be empty.
    #[serde(default)]
    pub promise: String,
    /// By when.
    #[serde(default)]
    pub promised_by: Option<Date>,
}

kernel::codes! {
    /// How a contact was made.
    ContactWay, "register-way" {
        /// 上门走访
        Visit = "visit",
        /// 座谈
        Meeting = "meeting",
        /// 电话
        Phone = "phone",
        /// 线上
        Online = "online",
        /// 其他
        Other = "other",
    }
}

/// A level that was awarded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// Which level.
    pub level: String,
    /// Since when.
    pub on: Date,
    /// The document that says so; may be empty.
    #[serde(default)]
    pub document: String,
    /// Since when no more.
    #[serde(default)]
    pub ended: Option<Date>,
}
