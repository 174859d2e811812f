//! Who may make, edit and issue a report, and change a template.

use crate::rules::period::Kind;
use crate::rules::report::{Command, Report, ReportRules};
use crate::rules::template::{Change, Facts, Template, TemplateRules};
use crate::rules::word::{self, WordRules, Words};
use kernel::Actor;
use kernel::permission::{Grant, Permission, Standing, permit};
use matters::configuration::placeholders::named;
use platform::{App, By, Failure, Shell, Work};
use store::Query;
use uuid::Uuid;

/// Carries out a command on a report of the city's office.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`] for whoever is not of that office.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    expected: Option<i64>,
    command: &Command,
) -> Result<(), Failure> {
    of_office(work, by, Permission::ReportIssue)?;
    work.act::<ReportRules>(&id.to_string(), by, expected, command).map(drop)
}

/// Changes the template of a kind.
///
/// # Errors
/// As [`act`].
pub fn change(work: &mut Work<'_>, by: &By, kind: Kind, text: &str) -> Result<(), Failure> {
    of_office(work, by, Permission::ReportTemplate)?;
    work.act::<TemplateRules>(kind.code(), by, None, &Change { text: text.to_owned() }).map(drop)
}

/// Keeps or chooses a Word template of a kind.
///
/// # Errors
/// As [`act`].
pub fn change_word(work: &mut Work<'_>, by: &By, kind: Kind, command: &word::Command) -> Result<(), Failure> {
    of_office(work, by, Permission::ReportTemplate)?;
    work.act::<WordRules>(kind.code(), by, None, command).map(drop)
}

fn of_office(work: &mut Work<'_>, by: &By, permission: Permission) -> Result<(), Failure> {
    let app = work.app();
    let system = matches!(by, By::System(_));
    if system || may(work.tx, app, by.grants(), permission)? { Ok(()) } else { Err(Failure::NotPermitted) }
}

/// Whether one of these grants reaches the city's office, whose reports these are.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn may(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    permission: Permission,
) -> Result<bool, Failure> {
    Ok(permit(grants, permission, &office(q, app)?).is_some())
}

fn office(q: &mut dyn Query, app: &App) -> Result<Standing, Failure> {
    let office = match &app.config.intake_office {
        Some(office) => network::unit(q, office)?.map(|unit| unit.path),
        None => None,
    };
    Ok(Standing { office, ..Standing::default() })
}

impl Shell for ReportRules {
    fn facts(_: &mut Work<'_>, _: &Report, _: &Command, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    /// The timer makes reports; people make, edit and issue them.
    fn permit(_: &Report, command: &Command, (): &(), by: &By) -> Result<Actor, Failure> {
        if let (By::System(_), Command::Make { .. }) = (by, command) {
            return by.actor(None).ok_or(Failure::NotPermitted);
        }
        let grant = issuing(by.grants(), Permission::ReportIssue);
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Report, _: &Report) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for TemplateRules {
    fn facts(work: &mut Work<'_>, _: &Template, command: &Change, _: &By) -> Result<Facts, Failure> {
        let known = crate::values::names(work.app());
        let named = named(&command.text);
        let strange = named.into_iter().find(|name| !known.iter().any(|known| known == name));
        Ok(Facts { strange: strange.map(str::to_owned) })
    }

    fn permit(_: &Template, _: &Change, _: &Facts, by: &By) -> Result<Actor, Failure> {
        let grant = issuing(by.grants(), Permission::ReportTemplate);
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor(_: &mut Facts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Template, _: &Template) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for WordRules {
    fn facts(_: &mut Work<'_>, _: &Words, _: &word::Command, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    fn permit(_: &Words, _: &word::Command, (): &(), by: &By) -> Result<Actor, Failure> {
        let grant = issuing(by.grants(), Permission::ReportTemplate);
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Words, _: &Words) -> Result<(), Failure> {
        Ok(())
    }
}

fn issuing(grants: &[Grant], permission: Permission) -> Option<&Grant> {
    grants.iter().find(|grant| kernel::permission::may_ever(grant.role, permission))
}
