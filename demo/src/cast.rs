//! An account for every role, and for every unit that has a part in a story.

use crate::DemoError;
use crate::play::{Taken, abreast};
use crate::story::{Story, Who};
use identity::accounts::{self, NewGrant};
use identity::rules::account::Title;
use kernel::permission::{Grant, Role};
use kernel::time::Date;
use kernel::{AccountId, UnitId};
use platform::{App, By, Failure};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The city's root unit.
pub const CITY: &str = "ld";
/// The office that receives appeals.
pub const OFFICE: &str = "ld-ydb";

/// Posts of the city that every demo has: log-in, role, unit, title, title in English. Of
/// several with one role the last plays it in the stories.
const POSTS: &[(&str, Role, &str, &str, &str)] = &[
    ("intake", Role::Intake, OFFICE, "直通车办受理员", "Express line intake officer"),
    ("dispatcher", Role::Dispatcher, OFFICE, "直通车办派单员", "Express line dispatcher"),
    ("shift_head.night", Role::ShiftHead, OFFICE, "直通车办夜班值班长", "Express line night shift head"),
    ("shift_head", Role::ShiftHead, OFFICE, "直通车办值班长", "Express line shift head"),
    ("call_back", Role::CallBack, OFFICE, "直通车办回访员", "Express line call-back officer"),
    ("quality", Role::Quality, OFFICE, "直通车办质检员", "Express line quality inspector"),
    ("knowledge.city", Role::Knowledge, CITY, "市知识库管理员", "City knowledge editor"),
    ("knowledge.check", Role::Knowledge, CITY, "市知识库审核员", "City knowledge reviewer"),
    ("knowledge", Role::Knowledge, "ld-xzsp", "行政审批局知识库管理员", "Approval bureau knowledge editor"),
    ("registers", Role::Registers, CITY, "市业务专员", "City registers officer"),
    ("registers.lx", Role::Registers, "lx", "娄星区业务专员", "Louxing registers officer"),
    ("supervisor", Role::Supervisor, CITY, "市督办员", "City supervision officer"),
    ("leader", Role::Leader, CITY, "市领导", "City leader"),
    ("clerk", Role::Clerk, CITY, "市领导代录人", "Clerk to the city leader"),
    ("assessor", Role::Assessor, CITY, "市考评人员", "City assessor"),
    ("admin_system", Role::AdminSystem, CITY, "系统管理员", "System administrator"),
    ("admin_security", Role::AdminSecurity, CITY, "安全管理员", "Security administrator"),
    ("admin_audit", Role::AdminAudit, CITY, "审计管理员", "Audit administrator"),
];

/// Units that have accounts whatever the stories are: who shows the demo counts on them.
const ALWAYS: &[&str] = &["ld-gd", "ld-rs", "ld-zj", "lx-platform", "lx-zj", "jia-platform", "jia-zj"];

/// An account of the demo, for the list that is printed.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// Role's code.
    pub role: &'static str,
    /// Log-in name.
    pub user: String,
    /// The same for all.
    pub password: String,
    /// The post's title.
    pub post: String,
    /// The same in English; empty for an appellant.
    pub post_en: String,
    /// Unit's code.
    pub unit: String,
}

impl Member {
    /// The appellant of an appeal: its number and code in place of user and password.
    pub fn appellant(taken: Taken) -> Self {
        let Taken { number, code, title } = taken;
        let role = Role::Appellant.code();
        Self { role, user: number, password: code, post: title, post_en: String::new(), unit: String::new() }
    }
}

/// Everyone, and how each step's sender stands.
pub struct Cast {
    members: Vec<Member>,
    senders: BTreeMap<Who, By>,
    posts: BTreeMap<Role, By>,
    users: BTreeMap<String, By>,
}

impl Cast {
    /// The sender of a staff step.
    ///
    /// # Errors
    /// [`DemoError::Data`] where nobody has the part.
    pub fn by(&self, who: &Who) -> Result<By, DemoError> {
        self.senders.get(who).cloned().ok_or_else(|| DemoError::Data(format!("nobody plays {who:?}")))
    }

    /// The sender who holds that post of the city.
    ///
    /// # Errors
    /// [`DemoError::Data`] where nobody holds it.
    pub fn post(&self, role: Role) -> Result<By, DemoError> {
        self.posts.get(&role).cloned().ok_or_else(|| DemoError::Data(format!("nobody is {role:?}")))
    }

    /// The sender who logs in so.
    ///
    /// # Errors
    /// [`DemoError::Data`] where nobody does.
    pub fn user(&self, user: &str) -> Result<By, DemoError> {
        self.users.get(user).cloned().ok_or_else(|| DemoError::Data(format!("nobody is {user}")))
    }

    /// The accounts.
    pub fn into_members(self) -> Vec<Member> {
        self.members
    }
}

/// Makes the accounts; all share the password.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App, password: &str, stories: &[Story]) -> Result<Cast, DemoError> {
    let mut members: Vec<(Member, Role, Option<Who>)> = POSTS
        .iter()
        .map(|(user, role, unit, post, post_en)| {
            let who = match role {
                Role::Intake => Some(Who::Intake),
                Role::Dispatcher => Some(Who::Dispatcher),
                Role::ShiftHead => Some(Who::ShiftHead),
                Role::CallBack => Some(Who::CallBack),
                Role::Supervisor => Some(Who::Supervisor),
                _ => None,
            };
            (member(user, *role, unit, (post, post_en), password), *role, who)
        })
        .collect();
    let mut units: BTreeSet<UnitId> = stories.iter().flat_map(Story::units).cloned().collect();
    units.extend(ALWAYS.iter().copied().map(UnitId::from));
    for unit in &units {
        let (name, en_name) = unit_names(app, unit).await?;
        for (role, kind, title, title_en) in [
            (Role::UnitLiaison, "liaison", "承办联络员", "liaison"),
            (Role::UnitHead, "head", "分管领导", "head in charge"),
        ] {
            let who =
                if role == Role::UnitHead { Who::Head(unit.clone()) } else { Who::Liaison(unit.clone()) };
            let post = (format!("{name}{title}"), format!("{en_name}, {title_en}"));
            members.push((
                member(&format!("{kind}.{unit}"), role, unit.as_str(), (&post.0, &post.1), password),
                role,
                Some(who),
            ));
        }
    }
    for (member, ..) in &members {
        let fits = identity::rules::password::check("password", password, &member.user);
        fits.map_err(|refusal| DemoError::at("password")(refusal.into()))?;
    }
    // One password, so one hash: hashing is slow on purpose.
    let hash = identity::login::hash_password(app, password.to_owned()).await;
    let hash = hash.map_err(DemoError::at("password"))?;
    let creations = members.into_iter().map(|(member, role, who)| {
        let (app, hash) = (app.clone(), hash.clone());
        async move {
            let what = format!("account {}", member.user);
            let (account, grant) = create(&app, &member, role, hash).await.map_err(DemoError::at(what))?;
            Ok((member, role, who, By::Person { account, grants: Arc::from([grant]), token: None }))
        }
    });
    let mut cast = Cast {
        members: Vec::new(),
        senders: BTreeMap::new(),
        posts: BTreeMap::new(),
        users: BTreeMap::new(),
    };
    for (member, role, who, by) in abreast(creations.collect()).await? {
        if POSTS.iter().any(|(user, ..)| *user == member.user) {
            cast.posts.insert(role, by.clone());
            cast.users.insert(member.user.clone(), by.clone());
        }
        if let Some(who) = who {
            cast.senders.insert(who, by);
        }
        cast.members.push(member);
    }
    Ok(cast)
}

fn member(user: &str, role: Role, unit: &str, (post, post_en): (&str, &str), password: &str) -> Member {
    Member {
        role: role.code(),
        user: user.to_owned(),
        password: password.to_owned(),
        post: post.to_owned(),
        post_en: post_en.to_owned(),
        unit: unit.to_owned(),
    }
}

/// The account with its one grant, in force since the service opened.
async fn create(app: &App, member: &Member, role: Role, hash: String) -> Result<(AccountId, Grant), Failure> {
    let by = By::Operator;
    let title = Title { name: member.post.clone(), en_name: member.post_en.clone() };
    let account = accounts::create_with_hash(app, &by, &member.user, title, hash).await?;
    let unit = UnitId::from(member.unit.as_str());
    let from = Date::constant(2022, 3, 19);
    accounts::grant(app, &by, account, NewGrant { role, unit: unit.clone(), from, to: None }).await?;
    let found = unit.clone();
    let path = app
        .read(move |snapshot, _| Ok(network::unit(snapshot, &found)?))
        .await?
        .ok_or(Failure::NotFound)?
        .path;
    Ok((account, Grant::own(role, unit, path)))
}

/// Its short name, and its English one.
async fn unit_names(app: &App, unit: &UnitId) -> Result<(String, String), DemoError> {
    let id = unit.clone();
    let found = app.read(move |snapshot, _| Ok(network::unit(snapshot, &id)?)).await;
    match found.map_err(DemoError::at("units"))? {
        Some(unit) => Ok((unit.short_name, unit.en_name)),
        None => Err(DemoError::Data(format!("no unit {unit}"))),
    }
}
