//! The book of answers: figures that were asked for once are kept, and brought up to date
//! instead of worked out anew. An answer is exact for the snapshot it is read from: of the
//! matters that were written to since, or had a limit run out, what they counted for is
//! taken out and what they count for now is added. A test holds it equal to the fold.

use super::days;
use super::fold::{self, in_scope};
use kernel::MatterId;
use kernel::permission::Grant;
use kernel::time::Instant;
use matters_rules::figures::{Breakdown, By, Fact, Query, parts};
use platform::Failure;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::chain::{self, Grown, Mark};
use store::params;

/// Answers kept; the one not asked for longest is forgotten.
const CAPACITY: usize = 96;

/// The answers, by what was asked.
#[derive(Default)]
pub(super) struct Book(Mutex<Vec<(String, Page)>>);

/// One answer; empty until it was worked out. Who asks the same at the same time waits.
type Page = Arc<Mutex<Option<Answer>>>;

pub(super) struct Answer {
    question: Query,
    breakdown: Arc<Breakdown>,
    /// How much of the journal is in it.
    mark: Mark,
    members: Members,
}

/// Which matters the reader may count.
pub(super) enum Members {
    All,
    AllBut(HashSet<MatterId>),
    Only(HashSet<MatterId>),
}

impl Members {
    fn count(&self, id: &MatterId) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(others) => !others.contains(id),
            Self::Only(members) => members.contains(id),
        }
    }

    fn set(&mut self, id: MatterId, counts: bool) {
        match (self, counts) {
            (Self::All, _) => {}
            (Self::AllBut(others), false) => _ = others.insert(id),
            (Self::AllBut(others), true) => _ = others.remove(&id),
            (Self::Only(members), true) => _ = members.insert(id),
            (Self::Only(members), false) => _ = members.remove(&id),
        }
    }
}

impl Book {
    /// The answer to a question as of this snapshot. `question` makes the question when it
    /// has to be worked out; `key` is its text, without the time of asking.
    pub fn answer(
        &self,
        q: &mut dyn store::Query,
        key: &str,
        now: Instant,
        (by, grants): (Option<By>, Option<&[Grant]>),
        question: &mut dyn FnMut(&mut dyn store::Query) -> Result<Query, Failure>,
    ) -> Result<Arc<Breakdown>, Failure> {
        let page = self.page(key);
        let mut page = page.lock().unwrap_or_else(PoisonError::into_inner);
        let current = match page.as_mut() {
            Some(answer) => answer.bring_up_to_date(q, now, by, grants)?,
            None => false,
        };
        if !current {
            *page = None;
            let asked = question(q)?;
            *page = Some(Answer::work_out(q, asked, by, grants)?);
        }
        page.as_ref()
            .map(|answer| answer.breakdown.clone())
            .ok_or_else(|| Failure::Internal("an answer that was just worked out is gone".into()))
    }

    fn page(&self, key: &str) -> Page {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = pages.iter().position(|(known, _)| known == key);
        let page = match found {
            Some(index) => pages.remove(index).1,
            None => Page::default(),
        };
        if pages.len() >= CAPACITY {
            pages.remove(0);
        }
        pages.push((key.to_owned(), page.clone()));
        page
    }
}

impl Answer {
    fn work_out(
        q: &mut dyn store::Query,
        question: Query,
        by: Option<By>,
        grants: Option<&[Grant]>,
    ) -> Result<Self, Failure> {
        if let Some(answer) = days::answer(q, &question, by, grants)? {
            return Ok(answer);
        }
        let mark = chain::mark(q)?;
        let members = match grants {
            Some(grants) => Members::Only(in_scope(q, grants, None)?),
            None => Members::All,
        };
        let breakdown = fold::breakdown(q, &question, by, grants)?;
        Ok(Self::new(question, breakdown, mark, members))
    }

    /// Takes in what happened since. `false` where it must be worked out anew: the tree of
    /// units changed, and with it who counts what, or the clock went back.
    fn bring_up_to_date(
        &mut self,
        q: &mut dyn store::Query,
        now: Instant,
        by: Option<By>,
        grants: Option<&[Grant]>,
    ) -> Result<bool, Failure> {
        let Some((grown, mark)) = chain::grown(q, &self.mark)? else {
            return Ok(true);
        };
        if now < self.question.now || grown.iter().any(|grown| grown.stream.starts_with("unit:")) {
            return Ok(false);
        }
        let after = Query { now, ..self.question.clone() };
        self.catch_up(q, &after, &written(&grown), BTreeSet::new(), by, grants)?;
        self.mark = mark;
        Ok(true)
    }

    /// An answer to a question, with what is in it.
    pub fn new(question: Query, breakdown: Breakdown, mark: Mark, members: Members) -> Self {
        Self { question, breakdown: Arc::new(breakdown), mark, members }
    }

    /// Replaces what was written to since and what had a limit run out between the two times
    /// of asking, and `others`.
    pub fn catch_up(
        &mut self,
        q: &mut dyn store::Query,
        after: &Query,
        written: &BTreeMap<MatterId, i64>,
        others: BTreeSet<MatterId>,
        by: Option<By>,
        grants: Option<&[Grant]>,
    ) -> Result<(), Failure> {
        let before = self.question.clone();
        let mut touched: BTreeSet<MatterId> = written.keys().copied().chain(others).collect();
        touched.extend(turned(q, &before, after)?);
        let touched: Vec<MatterId> = touched.into_iter().collect();
        for ids in touched.chunks(CHUNK) {
            self.replace(q, ids, written, (&before, after), by, grants)?;
        }
        self.question = after.clone();
        Ok(())
    }

    fn replace(
        &mut self,
        q: &mut dyn store::Query,
        ids: &[MatterId],
        written: &BTreeMap<MatterId, i64>,
        (before, after): (&Query, &Query),
        by: Option<By>,
        grants: Option<&[Grant]>,
    ) -> Result<(), Failure> {
        let allowed = match grants {
            Some(grants) => Some(in_scope(q, grants, Some(ids))?),
            None => None,
        };
        let breakdown = Arc::make_mut(&mut self.breakdown);
        for (id, facts) in facts_of(q, ids)? {
            let known = written.get(&id).copied().unwrap_or(i64::MAX);
            let counted = self.members.count(&id);
            let counts = allowed.as_ref().is_none_or(|allowed| allowed.contains(&id));
            let all: Vec<Fact> = facts.iter().map(|(_, fact)| fact.clone()).collect();
            if counts {
                breakdown.add(&parts(&all, after, by));
            }
            if counted {
                let old: Vec<Fact> = facts
                    .into_iter()
                    .filter(|(version, _)| *version <= known)
                    .map(|(_, fact)| fact)
                    .collect();
                breakdown.take_out(&parts(&old, before, by));
            }
            self.members.set(id, counts);
        }
        Ok(())
    }
}

/// The matters among the streams that grew, each with the version it had.
pub(super) fn written(grown: &[Grown]) -> BTreeMap<MatterId, i64> {
    let matter = |grown: &Grown| Some((grown.stream.strip_prefix("matter:")?.parse().ok()?, grown.from));
    grown.iter().filter_map(matter).collect()
}

/// Matters looked up by one statement.
pub(super) const CHUNK: usize = 400;

/// The matters of which a limit ran out between the two times of asking.
fn turned(q: &mut dyn store::Query, before: &Query, after: &Query) -> Result<Vec<MatterId>, Failure> {
    let (one, other) = (before.judged_at(), after.judged_at());
    let (from, to) = (one.min(other), one.max(other));
    if from == to {
        return Ok(Vec::new());
    }
    let rows =
        q.query("select distinct matter from figure_turn where at >= $1 and at < $2", &params![from, to])?;
    rows.iter().map(|row| Ok(matter_id(row.str(0)?)?)).collect()
}

pub(super) type Dated = Vec<(i64, Fact)>;

/// The facts of these matters, each with the version of the entry it comes from.
pub(super) fn facts_of(
    q: &mut dyn store::Query,
    ids: &[MatterId],
) -> Result<BTreeMap<MatterId, Dated>, Failure> {
    let mut matters: BTreeMap<MatterId, Dated> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(matters);
    }
    let (places, params) = fold::places(ids, 1);
    q.query_each(
        &format!(
            "select version, data from matter_fact where matter in ({places}) order by matter, version, seq"
        ),
        &params,
        &mut |row| {
            let fact = fold::fact(row.str(1)?)?;
            matters.entry(fact.matter).or_default().push((row.int(0)?, fact));
            Ok(())
        },
    )?;
    Ok(matters)
}

pub(super) fn matter_id(text: &str) -> Result<MatterId, store::StoreError> {
    text.parse().map_err(|_| store::StoreError::Corrupt(format!("`{text}` is no matter")))
}
