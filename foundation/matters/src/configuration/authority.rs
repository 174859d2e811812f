//! How far posts grant on their own what units ask for 审批权限. What the lines mean is the
//! rules' own (`matters_rules::authority`).

use super::{Document, cached, version_in_force};
use kernel::permission::{Role, may_ever};
use kernel::reading::Reading;
use kernel::time::{Date, Instant, Span};
use kernel::{Level, Refusal};
use matters_rules::authority::{Authority, Granting, Measured, Most, OwnLimit};
use platform::{App, Failure};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The document as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/authority.toml");

/// The posts that may be limited: those who decide below the last.
pub const ROLES: [Role; 5] =
    [Role::UnitLiaison, Role::UnitHead, Role::Dispatcher, Role::ShiftHead, Role::Quality];

/// One version of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorities {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// Its lines.
    pub authority: Arc<Authority>,
}

/// The lines in force at that time.
///
/// # Errors
/// Whatever the store says.
pub fn at(query: &mut dyn Query, app: &App, now: Instant) -> Result<Arc<Authority>, Failure> {
    static PARSED: super::Parsed<Authorities> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Authority>> =
        LazyLock::new(|| Authorities::parse(DEFAULT).expect("a test reads the delivered document").authority);
    match version_in_force(query, app, Document::Authority, now)? {
        None => Ok(DELIVERED.clone()),
        Some(version) => {
            let read = cached(&PARSED, &version.fingerprint, || {
                Authorities::parse(&version.toml(query)?).map_err(super::damaged)
            })?;
            Ok(read.authority.clone())
        }
    }
}

impl Authorities {
    /// Reads the document.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.limit.iter().map(|line| &line.code), "limit.code");
        let mut said = BTreeSet::new();
        let mut limits = Vec::with_capacity(file.limit.len());
        for line in &file.limit {
            let Some(limit) = line.read(&mut reading) else { continue };
            if !said.insert((limit.role, limit.level, limit.granting)) {
                reading.wrong("authority-twice", &line.code, "limit.granting");
            }
            limits.push(limit);
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, authority: Arc::new(Authority { limits }) })
    }
}

impl Line {
    /// What it says; nothing where it is wrong, which is noted.
    fn read(&self, reading: &mut Reading<'_>) -> Option<OwnLimit> {
        let mut unknown = |at: &Spanned<String>, field: &str, code: &'static str| {
            let value = at.get_ref().clone();
            reading.wrong(code, at, field).args.insert("value", value);
        };
        let role = Role::parse(self.post.get_ref()).filter(|role| ROLES.contains(role));
        let granting = Granting::parse(self.granting.get_ref());
        let most = granting.map(|granting| most(granting, self.most.get_ref().trim()));
        let level = self.level.as_ref().filter(|level| !level.get_ref().is_empty());
        let read = level.map(|level| Level::parse(level.get_ref()));
        if role.is_none() {
            unknown(&self.post, "limit.post", "authority-post");
        }
        if let (Some(level), Some(None)) = (level, read) {
            unknown(level, "limit.level", "authority-level");
        }
        match (role, granting) {
            (_, None) => unknown(&self.granting, "limit.granting", "authority-granting"),
            (Some(role), Some(granting)) if !may_ever(role, granting.permission()) => {
                unknown(&self.granting, "limit.granting", "authority-not-theirs");
            }
            _ => {}
        }
        if let Some(Err(code)) = most {
            unknown(&self.most, "limit.most", code);
        }
        Some(OwnLimit { role: role?, level: read.flatten(), granting: granting?, most: most?.ok()? })
    }
}

/// How much a line says, in what is counted there; else what is wrong with it.
fn most(granting: Granting, said: &str) -> Result<Most, &'static str> {
    let span = Span::parse(said).ok();
    let nothing = said == "0" || span.is_some_and(|span| span.amount == 0);
    match granting.measure() {
        Measured::Time => span.map(Most::Time).ok_or("authority-most"),
        Measured::Times => said.parse().map(Most::Times).map_err(|_| "authority-times"),
        Measured::AllOrNone if nothing => Ok(Most::NOTHING),
        Measured::AllOrNone => Err("authority-all-or-none"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    #[serde(default)]
    limit: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: Spanned<String>,
    post: Spanned<String>,
    #[serde(default)]
    level: Option<Spanned<String>>,
    granting: Spanned<String>,
    most: Spanned<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use matters_rules::authority::LAST;

    #[test]
    fn the_delivered_lines_read_and_leave_the_last_unlimited() {
        let read = Authorities::parse(DEFAULT).expect("delivered").authority;
        let county = Some(Level::County);
        let most = |role, level, granting| read.most(role, level, granting);
        let time = |span| Some(Most::Time(span));
        assert_eq!(most(Role::UnitHead, county, Granting::Extension), time(Span::working_days(5)));
        assert_eq!(most(Role::UnitHead, Some(Level::City), Granting::Extension), None);
        assert_eq!(most(Role::UnitHead, county, Granting::Tracking), time(Span::natural_days(0)));
        assert_eq!(
            most(Role::ShiftHead, Some(Level::City), Granting::Tracking),
            time(Span::natural_days(180))
        );
        for post in [Role::UnitLiaison, Role::UnitHead, Role::Dispatcher, Role::ShiftHead] {
            assert_eq!(most(post, county, Granting::Reassignment), Some(Most::Times(2)), "{post:?}");
        }
        assert_eq!(most(Role::ShiftHead, Some(Level::City), Granting::Decline), None);
        assert!(
            !ROLES.contains(&LAST) && Granting::ALL.iter().all(|what| most(LAST, county, *what).is_none())
        );
    }

    #[test]
    fn what_is_granted_or_not_is_taken_away_in_either_way_of_writing_nothing() {
        let delivered = "granting = \"suspension\"\nmost = \"60d\"";
        for (granting, none) in [("decline", "0"), ("termination", "0d"), ("exclusion", "0")] {
            let line = format!("granting = \"{granting}\"\nmost = \"{none}\"");
            let read = Authorities::parse(&DEFAULT.replacen(delivered, &line, 1)).expect("reads").authority;
            let granting = Granting::parse(granting).expect("a code");
            assert_eq!(read.most(Role::ShiftHead, None, granting), Some(Most::NOTHING), "{granting:?}");
        }
    }

    /// A document that an office published before objections could be limited limits none.
    #[test]
    fn a_document_of_before_reads_and_leaves_the_rest_unlimited() {
        let before = DEFAULT.split("# How often").next().expect("its lines of before");
        let read = Authorities::parse(before).expect("reads").authority;
        assert_eq!(read.limits.len(), 5);
        assert_eq!(read.most(Role::Dispatcher, Some(Level::City), Granting::Reassignment), None);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let codes = |from: &str, to: &str| {
            let wrong = Authorities::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong");
            wrong.into_iter().map(|refusal| refusal.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("post = \"unit_head\"", "post = \"supervisor\""), ["authority-post"]);
        assert_eq!(codes("level = \"county\"", "level = \"parish\""), ["authority-level"]);
        assert_eq!(codes("granting = \"extension\"", "granting = \"delay\""), ["authority-granting"]);
        assert_eq!(
            codes("granting = \"extension\"\nmost = \"5wd\"", "granting = \"termination\"\nmost = \"0d\""),
            ["authority-not-theirs"]
        );
        assert_eq!(codes("most = \"5wd\"", "most = \"five\""), ["authority-most"]);
        assert_eq!(codes("granting = \"suspension\"", "granting = \"extension\""), ["authority-twice"]);
        assert_eq!(
            codes("granting = \"suspension\"\nmost = \"60d\"", "granting = \"termination\"\nmost = \"60d\""),
            ["authority-all-or-none"]
        );
        assert_eq!(codes("most = \"2\"", "most = \"2d\""), ["authority-times"]);
        assert_eq!(codes("county_suspension", "county_extension"), ["document-code-twice"]);
    }
}
