//! Issues within the reader's scope, and what is known of their matters.

use super::shell::Issues;
use crate::place::{ASSIGNED_TO, Places};
use crate::rules::issue::{Event, Issue, IssueState, Opened, Text};
use crate::rules::report::Member;
use kernel::permission::{Grant, Permission, Relation, Standing, allows, permit};
use kernel::time::Instant;
use kernel::{MatterId, UnitId};
use platform::paging::{Order, Paged, cut, key};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Query, Row, Value, params};

/// Phases in which a matter is over.
const OVER: &str = "('declined', 'left_early', 'closed', 'archived')";

/// An issue in a list.
#[derive(Clone, Debug)]
pub struct IssueRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// How far it is.
    pub state: IssueState,
    /// When it was opened.
    pub at: Instant,
    /// The newest version of its report, and the newest that is signed; 0 for none.
    pub report: (i64, i64),
    /// Its matters, and how many of them are open.
    pub members: (i64, i64),
}

/// An issue with its words opened.
#[derive(Clone)]
pub(crate) struct Opening {
    pub issue: Issue,
    pub opened: Opened,
    pub grounds: String,
    pub result: String,
    /// Whether the reader may change it, and sign its report.
    pub may: [bool; 2],
}

/// Those under way first.
const ORDER: Order = Order {
    numbers: &["cast(case when i.state = 'open' then 1 else 0 end as bigint)", "i.opened_at"],
    id: "i.id",
};

/// The issues of the reader's offices and units, those under way and the newest first, after the
/// key of an earlier page.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn issues(
    query: &mut dyn Query,
    grants: &[Grant],
    after: Option<&str>,
    most: usize,
) -> Result<Paged<IssueRow>, Failure> {
    let mut values: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for grant in grants {
        for (relation, column) in [(Relation::Office, "o.path"), (Relation::Handler, "u.path")] {
            if allows(grant.role, Permission::IssueRead, relation) {
                values.push(grant.path.0.as_str().into());
                values.push(network::upper_bound(&grant.path.0).into());
                any.push(format!("({column} >= ${} and {column} < ${})", values.len() - 1, values.len()));
            }
        }
    }
    if any.is_empty() {
        return Ok((Vec::new(), None));
    }
    let behind = ORDER.behind(after, &mut values)?;
    let ending = ORDER.ending(most, &mut values);
    let members = "from common_issue_member c join matter m on m.id = c.matter where c.issue = i.id \
                   and c.removed_at is null";
    let sql = format!(
        "select i.id, i.number, i.title, i.unit, i.state, i.opened_at, i.written, i.signed, \
         (select count(*) {members}), (select count(*) {members} and m.phase not in {OVER}) \
         from common_issue i join unit o on o.code = i.office join unit u on u.code = i.unit \
         where ({}) and {behind} {ending}",
        any.join(" or "),
    );
    let rows = query.query(&sql, &values)?.iter().map(issue_row).collect::<Result<Vec<_>, _>>()?;
    let rank = |row: &IssueRow| i64::from(row.state == IssueState::Open);
    Ok(cut(rows, most, |row| key(&[rank(row), row.at.micros()], &row.id)))
}

fn issue_row(row: &Row) -> Result<IssueRow, Failure> {
    Ok(IssueRow {
        id: row.text(0)?,
        number: row.text(1)?,
        title: row.text(2)?,
        unit: UnitId(row.text(3)?),
        state: IssueState::parse(row.str(4)?).unwrap_or(IssueState::Open),
        at: row.instant(5)?,
        report: (row.int(6)?, row.int(7)?),
        members: (row.int(8)?, row.int(9)?),
    })
}

/// An issue, where the reader may see it.
///
/// # Errors
/// [`Failure::NotFound`] where not.
pub(crate) fn load(query: &mut dyn Query, app: &App, grants: &[Grant], id: &str) -> Result<Opening, Failure> {
    let issue = platform::act::load::<Issues>(query, id)?.state;
    let opened = issue.opened.clone().ok_or(Failure::NotFound)?;
    let standing = standing(query, &opened)?;
    let may = |permission| permit(grants, permission, &standing).is_some();
    if !may(Permission::IssueRead) {
        return Err(Failure::NotFound);
    }
    let grounds = plain(query, app, &opened, Some(&opened.grounds))?;
    let result = plain(query, app, &opened, issue.result.as_ref())?;
    let may = [may(Permission::IssueManage), may(Permission::IssueSign)];
    Ok(Opening { issue, opened, grounds, result, may })
}

/// Opens a sealed text of an issue; empty for none.
pub(crate) fn plain(
    query: &mut dyn Query,
    app: &App,
    opened: &Opened,
    text: Option<&Text>,
) -> Result<String, Failure> {
    let Some(text) = text else { return Ok(String::new()) };
    let key = platform::act::subject_key(query, &app.vault, &opened.subject)?.ok_or(Failure::NotFound)?;
    Ok(app.vault.open(&key, text)?.into_inner())
}

/// How anyone stands to an issue: to the office that groups, and to the unit that answers for it.
pub(crate) fn standing(query: &mut dyn Query, opened: &Opened) -> Result<Standing, Failure> {
    let office = network::unit(query, &opened.office)?.map(|unit| unit.path);
    let handlers = network::unit(query, &opened.unit)?.map(|unit| unit.path).into_iter().collect();
    Ok(Standing { office, handlers, ..Standing::default() })
}

/// The numbers of other open issues under which one of these matters stands.
pub(super) fn elsewhere(
    query: &mut dyn Query,
    matters: &[MatterId],
    but: &str,
) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for matter in matters {
        for (_, number) in open_of_matter(query, *matter)? {
            if number != but && !found.contains(&number) {
                found.push(number);
            }
        }
    }
    Ok(found)
}

/// An issue a matter stands under.
pub(crate) struct OfMatter {
    pub id: String,
    pub number: String,
    pub title: String,
    pub state: IssueState,
}

/// The issues a matter stands under, the newest first.
pub(crate) fn of_matter(query: &mut dyn Query, matter: MatterId) -> Result<Vec<OfMatter>, Failure> {
    let sql = "select i.id, i.number, i.title, i.state from common_issue_member c \
               join common_issue i on i.id = c.issue where c.matter = $1 and c.removed_at is null \
               order by i.opened_at desc, i.id";
    let rows = query.query(sql, &params![matter.to_string()])?;
    let row = |row: &Row| {
        let state = IssueState::parse(row.str(3)?).unwrap_or(IssueState::Open);
        Ok(OfMatter { id: row.text(0)?, number: row.text(1)?, title: row.text(2)?, state })
    };
    rows.iter().map(row).collect()
}

/// The last answer that was sent to all, empty while there is none; none where this reader may
/// not open the issue.
pub(crate) fn answer_of(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    id: &str,
) -> Result<Option<String>, Failure> {
    let opening = match load(query, app, grants, id) {
        Err(Failure::NotFound) => return Ok(None),
        opening => opening?,
    };
    let sent =
        platform::act::history::<Issues>(query, id)?.into_iter().rev().find_map(|entry| match entry.event {
            Event::Answered { text, .. } => Some(text),
            _ => None,
        });
    plain(query, app, &opening.opened, sent.as_ref()).map(Some)
}

/// The open issues a matter stands under: id and number.
fn open_of_matter(query: &mut dyn Query, matter: MatterId) -> Result<Vec<(String, String)>, Failure> {
    let sql = "select i.id, i.number from common_issue_member c join common_issue i on i.id = c.issue \
               where c.matter = $1 and c.removed_at is null and i.state = 'open' order by i.opened_at, i.id";
    let rows = query.query(sql, &params![matter.to_string()])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// What is known of these matters for a report, in nobody's scope: it counts, it names none.
pub(super) fn members(
    query: &mut dyn Query,
    app: &App,
    matters: &[MatterId],
) -> Result<Vec<Member>, Failure> {
    if matters.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Value> = matters.iter().map(|matter| matter.to_string().into()).collect();
    let places = (1..=values.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let mut units: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    let sql = format!(
        "select distinct matter, unit from matter_node where matter in ({places}) and role <> 'co' \
         and relay = 0 and state not in ('reassigned', 'released') order by matter, unit"
    );
    for row in query.query(&sql, &values)? {
        units.entry(row.text(0)?).or_default().push(UnitId(row.text(1)?));
    }
    let mut known = Places::read(query)?;
    let sql = format!(
        "select m.id, m.filed_at, m.phase in {OVER}, m.due, m.category, a.path, {ASSIGNED_TO} from matter m \
         left join area a on a.code = m.area where m.id in ({places}) order by m.id"
    );
    let (zone, now) = (&app.config.zone, app.now());
    let rows = query.query(&sql, &values)?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                filed: Some(zone.date_of(row.instant(1)?)),
                over: row.bool(2)?,
                late: row.opt_instant(3)?.is_some_and(|due| due < now),
                category: row.opt_text(4)?,
                place: known.of(query, row.opt_str(5)?, row.opt_str(6)?)?,
                units: units.remove(row.str(0)?).unwrap_or_default(),
            })
        })
        .collect()
}
