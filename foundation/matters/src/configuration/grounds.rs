//! Grounds: what may be given as a reason for a decline, an objection, an extension and the
//! like, how it is worded and what it rests on. Codes of declines are the rules' own.

use super::name::Name;
use super::{Document, cached, version_in_force};
use kernel::reading::Reading;
use kernel::time::{Date, Instant};
use kernel::{Refusal, codes};
use matters_rules::{ActionCode, Command, DeclineGround, GivenGround, IntervalKind};
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The grounds as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/grounds.toml");

codes! {
    /// What a ground is given for.
    GroundKind, "ground-kind" {
        /// 不予受理
        Decline = "decline",
        /// 派单异议
        Objection = "objection",
        /// 延期
        Extension = "extension",
        /// 中止
        Suspension = "suspension",
        /// 挂账跟踪
        Tracking = "tracking",
        /// 终止
        Termination = "termination",
        /// 评价申诉
        Exclusion = "exclusion",
    }
}

/// One version of the grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// In the order of the list, retired ones too.
    pub grounds: Vec<Ground>,
}

/// A ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// For what.
    pub kind: GroundKind,
    /// Its code; unique among its kind.
    pub code: String,
    /// Its wording.
    pub name: Name,
    /// Act, regulation or document it rests on; may be empty.
    pub basis: Name,
    /// For a decline: where the appellant can turn instead; may be empty.
    pub way: Name,
    /// No longer offered.
    pub retired: bool,
}

/// The grounds in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Grounds>, Failure> {
    holding(query, app, app.now())
}

/// The grounds in force at that time.
///
/// # Errors
/// Whatever the store says.
pub fn at(query: &mut dyn Query, app: &App, at: Instant) -> Result<Arc<Grounds>, Failure> {
    holding(query, app, at)
}

/// How that ground of a decline was worded at that time, for entries that do not say it
/// themselves. One that the office does not word is worded as delivered.
///
/// # Errors
/// Whatever the store says.
pub fn of_decline(
    query: &mut dyn Query,
    app: &App,
    ground: DeclineGround,
    at: Instant,
) -> Result<Ground, Failure> {
    let grounds = holding(query, app, at)?;
    let found = [&grounds, &*DELIVERED].into_iter().find_map(|of| of.get(GroundKind::Decline, ground.code()));
    Ok(found.expect("a test finds every code among the delivered grounds").clone())
}

static DELIVERED: LazyLock<Arc<Grounds>> =
    LazyLock::new(|| Arc::new(Grounds::parse(DEFAULT).expect("a test reads the delivered grounds")));

fn holding(query: &mut dyn Query, app: &App, at: Instant) -> Result<Arc<Grounds>, Failure> {
    static PARSED: super::Parsed<Grounds> = LazyLock::new(Mutex::default);
    match version_in_force(query, app, Document::Grounds, at)? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Grounds::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl GroundKind {
    /// Of which kinds a step of that name may give a ground; none where it gives none.
    pub fn of_action(action: ActionCode) -> &'static [Self] {
        match action {
            ActionCode::ProposeDecline => &[Self::Decline],
            ActionCode::Object => &[Self::Objection],
            ActionCode::RequestInterval => &[Self::Extension, Self::Suspension, Self::Tracking],
            ActionCode::RequestTermination => &[Self::Termination],
            ActionCode::ClaimExclusion => &[Self::Exclusion],
            _ => &[],
        }
    }

    /// Of which kind the ground of that command is.
    pub(crate) fn of(command: &Command) -> Option<Self> {
        match command {
            Command::RequestInterval { kind, .. } => Some((*kind).into()),
            other => Self::of_action(other.action()).first().copied(),
        }
    }
}

impl From<IntervalKind> for GroundKind {
    fn from(kind: IntervalKind) -> Self {
        match kind {
            IntervalKind::Extension => Self::Extension,
            IntervalKind::Suspension => Self::Suspension,
            IntervalKind::Tracking => Self::Tracking,
        }
    }
}

impl Ground {
    /// As it goes into the journal when it is given.
    pub fn given(&self) -> GivenGround {
        GivenGround {
            code: self.code.clone(),
            zh: self.name.zh.clone(),
            en: self.name.en.clone(),
            basis_zh: self.basis.zh.clone(),
            basis_en: self.basis.en.clone(),
        }
    }
}

impl Grounds {
    /// Reads the grounds.
    ///
    /// # Errors
    /// Everything wrong with them, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        let mut grounds = Vec::with_capacity(file.ground.len());
        for kind in GroundKind::ALL {
            let of_kind = file.ground.iter().filter(|line| line.kind.get_ref() == kind.code());
            reading.codes(of_kind.map(|line| &line.code), "ground.code");
        }
        for kind in GroundKind::ALL {
            if !file.ground.iter().any(|line| line.kind.get_ref() == kind.code() && !line.retired) {
                let nowhere = Spanned::new(0..0, ());
                let value = kind.code().to_owned();
                reading.wrong("ground-kind-empty", &nowhere, "ground").args.insert("value", value);
            }
        }
        for line in file.ground {
            let Some(kind) = GroundKind::parse(line.kind.get_ref()) else {
                let value = line.kind.get_ref().clone();
                reading.wrong("ground-kind-unknown", &line.kind, "kind").args.insert("value", value);
                continue;
            };
            if kind == GroundKind::Decline && DeclineGround::parse(line.code.get_ref()).is_none() {
                let known: Vec<_> = DeclineGround::ALL.iter().map(|ground| ground.code()).collect();
                let refusal = reading.wrong("ground-decline-unknown", &line.code, "code");
                refusal.args.insert("value", line.code.get_ref().clone());
                refusal.args.insert("known", known.join("、"));
            }
            if line.zh.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "zh");
            }
            grounds.push(Ground {
                kind,
                code: line.code.into_inner(),
                name: Name { zh: line.zh, en: line.en },
                basis: Name { zh: line.basis_zh, en: line.basis_en },
                way: Name { zh: line.way_zh, en: line.way_en },
                retired: line.retired,
            });
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, grounds })
    }

    /// What may be chosen for that.
    pub fn offered(&self, kind: GroundKind) -> impl Iterator<Item = &Ground> {
        self.grounds.iter().filter(move |ground| ground.kind == kind && !ground.retired)
    }

    /// The ground of that code, where it may be chosen.
    pub fn offer(&self, kind: GroundKind, code: &str) -> Option<&Ground> {
        self.offered(kind).find(|ground| ground.code == code)
    }

    /// The ground of that code, retired or not.
    pub fn get(&self, kind: GroundKind, code: &str) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.kind == kind && ground.code == code)
    }

    pub(super) fn removed_since(&self, before: &Self) -> Vec<String> {
        let gone = |ground: &&Ground| self.get(ground.kind, &ground.code).is_none();
        before.grounds.iter().filter(gone).map(|ground| ground.code.clone()).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    ground: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: Spanned<String>,
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    basis_zh: String,
    #[serde(default)]
    basis_en: String,
    #[serde(default)]
    way_zh: String,
    #[serde(default)]
    way_en: String,
    #[serde(default)]
    retired: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_grounds_word_every_code_of_a_decline() {
        let grounds = Grounds::parse(DEFAULT).expect("delivered");
        for code in DeclineGround::ALL {
            let ground = grounds.get(GroundKind::Decline, code.code()).expect("worded");
            assert!(!ground.name.en.is_empty() && !ground.way.zh.is_empty() && !ground.basis.zh.is_empty());
        }
        for kind in GroundKind::ALL {
            assert!(grounds.offered(*kind).count() > 0, "{}", kind.code());
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code =
            |from: &str, to: &str| Grounds::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code;
        assert_eq!(code("code = \"secrecy\"", "code = \"whim\""), "ground-decline-unknown");
        assert_eq!(code("kind = \"decline\"", "kind = \"refusal\""), "ground-kind-unknown");
        assert_eq!(code("code = \"secrecy\"", "code = \"in_proceedings\""), "document-code-twice");
        let gone = ["long_project", "policy_pending"].iter().fold(DEFAULT.to_owned(), |text, code| {
            text.replace(&format!("code = \"{code}\""), &format!("code = \"{code}\"\nretired = true"))
        });
        let refusals = Grounds::parse(&gone).expect_err("nothing left to track on");
        assert_eq!(refusals[0].code, "ground-kind-empty");
    }
}
