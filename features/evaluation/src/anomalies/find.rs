//! Finding what is out of the ordinary among the matters in the reader's scope.

use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use kernel::{MatterId, UnitId, codes};
use matters::configuration::evaluation::{self, Evaluation, Threshold};
use matters::filing::{PHONE, SECOND_PHONE};
use platform::{App, Failure};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, Row, Value};

codes! {
    /// What is out of the ordinary.
    AnomalyKind, "anomaly" {
        /// 评价少而全部满意
        FewAllSatisfied = "few_all_satisfied",
        /// 审核通过后即评价
        Prompt = "prompt",
        /// 同一电话多人评价
        OnePhone = "one_phone",
        /// 答复雷同
        SameAnswers = "same_answers",
        /// 同一回访员全部好评
        CallsAllPositive = "calls_all_positive",
    }
}

/// Something out of the ordinary.
#[derive(Clone, Debug)]
pub struct Anomaly {
    /// What.
    pub kind: AnomalyKind,
    /// By what it is told from others of its kind; says nothing of a person.
    pub key: String,
    /// Whose answers it is about; none where it is about no unit.
    pub unit: Option<UnitId>,
    /// Out of how many ratings it was found, where that says something.
    pub of: Option<usize>,
    /// How many appellants, where it is about a telephone.
    pub appellants: Option<usize>,
    /// The matters behind it, the newest first.
    pub matters: Vec<MatterId>,
}

/// A rating that counts: the last one of its matter.
struct Rated {
    matter: MatterId,
    by_appellant: bool,
    account: Option<String>,
    satisfied: bool,
    waited: Option<i64>,
    units: BTreeSet<UnitId>,
    phones: BTreeSet<String>,
    subject: String,
}

/// All of them, by kind and then by how many matters stand behind them.
///
/// # Errors
/// Whatever the store says.
pub fn find(query: &mut dyn Query, app: &App, grants: &[Grant]) -> Result<Vec<Anomaly>, Failure> {
    let rules = evaluation::in_force(query, app)?;
    let days = i64::from(rules.threshold(Threshold::Days));
    let since = app.now().plus_micros(-days * 24 * 3_600_000_000);
    let rated = rated(query, grants, since)?;
    let mut found = few_all_satisfied(&rated, &rules);
    found.extend(prompt(&rated, &rules));
    found.extend(one_phone(&rated, &rules));
    found.extend(calls_all_positive(&rated, &rules));
    found.extend(same_answers(query, grants, since, &rules)?);
    found
        .sort_by_key(|anomaly| (anomaly.kind, std::cmp::Reverse(anomaly.matters.len()), anomaly.key.clone()));
    Ok(found)
}

fn few_all_satisfied(rated: &[Rated], rules: &Evaluation) -> Vec<Anomaly> {
    let few = threshold(rules, Threshold::FewFrom)..=threshold(rules, Threshold::FewTo);
    let of_units = by_unit(rated.iter());
    let odd =
        of_units.into_iter().filter(|(_, of)| few.contains(&of.len()) && of.iter().all(|one| one.satisfied));
    odd.map(|(unit, of)| of_unit(AnomalyKind::FewAllSatisfied, unit, &of, Some(of.len()))).collect()
}

/// Ratings that the appellant can hardly have thought about, for each unit.
fn prompt(rated: &[Rated], rules: &Evaluation) -> Vec<Anomaly> {
    let within = i64::from(rules.threshold(Threshold::PromptMinutes)) * 60_000_000;
    let is_prompt = |one: &&Rated| one.by_appellant && one.waited.is_some_and(|waited| waited <= within);
    let all: BTreeMap<UnitId, usize> =
        by_unit(rated.iter()).into_iter().map(|(unit, of)| (unit, of.len())).collect();
    let of_units = by_unit(rated.iter().filter(is_prompt));
    of_units
        .into_iter()
        .map(|(unit, of)| {
            let whole = all.get(&unit).copied();
            of_unit(AnomalyKind::Prompt, unit, &of, whole)
        })
        .collect()
}

fn one_phone(rated: &[Rated], rules: &Evaluation) -> Vec<Anomaly> {
    let many = threshold(rules, Threshold::PhoneAppellants);
    let mut by_phone: BTreeMap<&str, Vec<&Rated>> = BTreeMap::new();
    for one in rated.iter().filter(|one| one.by_appellant) {
        for phone in &one.phones {
            by_phone.entry(phone).or_default().push(one);
        }
    }
    let appellants = |of: &[&Rated]| of.iter().map(|one| one.subject.as_str()).collect::<BTreeSet<_>>().len();
    by_phone
        .into_iter()
        .filter(|(_, of)| appellants(of) >= many)
        .map(|(phone, of)| Anomaly {
            appellants: Some(appellants(&of)),
            ..of_nobody(AnomalyKind::OnePhone, phone, &of)
        })
        .collect()
}

fn calls_all_positive(rated: &[Rated], rules: &Evaluation) -> Vec<Anomaly> {
    let many = threshold(rules, Threshold::CallsPositive);
    let mut by_account: BTreeMap<&str, Vec<&Rated>> = BTreeMap::new();
    for one in rated.iter().filter(|one| !one.by_appellant) {
        if let Some(account) = &one.account {
            by_account.entry(account).or_default().push(one);
        }
    }
    by_account
        .into_iter()
        .filter(|(_, of)| of.len() >= many && of.iter().all(|one| one.satisfied))
        .map(|(account, of)| of_nobody(AnomalyKind::CallsAllPositive, account, &of))
        .collect()
}

/// Answers of one unit with the same words.
fn same_answers(
    query: &mut dyn Query,
    grants: &[Grant],
    since: Instant,
    rules: &Evaluation,
) -> Result<Vec<Anomaly>, Failure> {
    let (scope, mut values) = identity::scope::matter_filter(grants, Permission::EvaluationRead, 1);
    values.push(since.into());
    let at = values.len();
    let sql = format!(
        "select a.unit, a.print, a.matter from matter_answer a join matter m on m.id = a.matter \
         where {scope} and a.at >= ${at} and a.print <> '' and a.node is not null \
         order by a.unit, a.print, a.at desc, a.matter"
    );
    let mut alike: BTreeMap<(UnitId, String), Vec<MatterId>> = BTreeMap::new();
    for row in query.query(&sql, &values)? {
        let key = (UnitId(row.text(0)?), row.text(1)?);
        let matters = alike.entry(key).or_default();
        let id = matter(&row, 2)?;
        if !matters.contains(&id) {
            matters.push(id);
        }
    }
    let many = threshold(rules, Threshold::SameAnswers);
    let odd = alike.into_iter().filter(|(_, matters)| matters.len() >= many);
    Ok(odd
        .map(|((unit, print), matters)| Anomaly {
            kind: AnomalyKind::SameAnswers,
            key: told_apart(AnomalyKind::SameAnswers, &format!("{unit} {print}")),
            unit: Some(unit),
            of: None,
            appellants: None,
            matters,
        })
        .collect())
}

/// The ratings that count, given since then, of the matters in scope, the newest first.
fn rated(query: &mut dyn Query, grants: &[Grant], since: Instant) -> Result<Vec<Rated>, Failure> {
    let (scope, mut values) = identity::scope::matter_filter(grants, Permission::EvaluationRead, 1);
    values.push(since.into());
    let at = values.len();
    let first = at + 1;
    values.extend([Value::from(PHONE), Value::from(SECOND_PHONE)]);
    let sql = format!(
        "select r.matter, r.rated_by, r.account, r.solved, r.grade, r.waited, m.subject, n.unit, i.blind \
         from matter_rating r join matter m on m.id = r.matter \
         left join matter_node n on n.matter = r.matter and n.state = 'approved' and n.role <> 'co' and n.relay = 0 \
         left join subject_index i on i.subject = m.subject and i.kind in (${first}, ${}) \
         where {scope} and r.at >= ${at} and not exists (select 1 from matter_rating later \
         where later.matter = r.matter and later.version > r.version) \
         order by r.at desc, r.matter, n.unit, i.blind",
        values.len()
    );
    let mut found: Vec<Rated> = Vec::new();
    for row in query.query(&sql, &values)? {
        let id = matter(&row, 0)?;
        if found.last().is_none_or(|last| last.matter != id) {
            found.push(Rated {
                matter: id,
                by_appellant: row.str(1)? == "appellant",
                account: row.opt_text(2)?,
                satisfied: row.str(3)? == "yes" && !row.str(4)?.ends_with("dissatisfied"),
                waited: row.opt_int(5)?,
                units: BTreeSet::new(),
                phones: BTreeSet::new(),
                subject: row.text(6)?,
            });
        }
        if let Some(last) = found.last_mut() {
            last.units.extend(row.opt_text(7)?.map(UnitId));
            last.phones.extend(row.opt_text(8)?);
        }
    }
    Ok(found)
}

fn by_unit<'a>(rated: impl Iterator<Item = &'a Rated>) -> BTreeMap<UnitId, Vec<&'a Rated>> {
    let mut units: BTreeMap<UnitId, Vec<&Rated>> = BTreeMap::new();
    for one in rated {
        for unit in &one.units {
            units.entry(unit.clone()).or_default().push(one);
        }
    }
    units
}

fn of_unit(kind: AnomalyKind, unit: UnitId, of: &[&Rated], whole: Option<usize>) -> Anomaly {
    Anomaly { of: whole, unit: Some(unit.clone()), ..of_nobody(kind, unit.as_str(), of) }
}

fn of_nobody(kind: AnomalyKind, told: &str, of: &[&Rated]) -> Anomaly {
    let matters = of.iter().map(|one| one.matter).collect();
    Anomaly { kind, key: told_apart(kind, told), unit: None, of: None, appellants: None, matters }
}

/// A name of its own that leads back to nobody.
fn told_apart(kind: AnomalyKind, by: &str) -> String {
    let digest = Sha256::digest(format!("{}\u{0}{by}", kind.code()));
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn threshold(rules: &Evaluation, threshold: Threshold) -> usize {
    rules.threshold(threshold) as usize
}

fn matter(row: &Row, index: usize) -> Result<MatterId, Failure> {
    row.str(index)?.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))
}
