//! `tongxin accounts`: the first accounts of an installation, and help for those who lost
//! their password.

use super::place::Opened;
use super::{CliError, Place};
use clap::Subcommand;
use identity::accounts::{self, OneTime};
use identity::read::{self, AccountRow};
use kernel::{Refusal, UnitId};
use platform::{By, Failure};
use std::io::Write;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// Make the three administrators (system, security, audit) of a new installation.
    CreateAdmins {
        /// The unit they administer; left out, the only unit at the top.
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Create an account with a one-time password; roles are granted in the console.
    Create {
        /// Log-in name.
        login: String,
        /// The post's title, e.g. 发改局联络员; not a person's name.
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// List all accounts.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Give an account a new one-time password; its sessions end.
    ResetPassword {
        /// Log-in name.
        login: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Carries it out.
///
/// # Errors
/// When a rule stands in the way.
pub fn run(command: AccountsCommand, out: &mut dyn Write) -> Result<(), CliError> {
    match command {
        AccountsCommand::CreateAdmins { unit, place } => create_admins(&place.open()?, unit, out),
        AccountsCommand::Create { login, name, place } => {
            let opened = place.open()?;
            let made = opened.block_on(accounts::create(&opened.app, &By::Operator, &login, &name));
            one_time(&made.map_err(|failure| told(&opened, failure))?, out)
        }
        AccountsCommand::List { place } => list(&place.open_existing()?, out),
        AccountsCommand::ResetPassword { login, place } => {
            reset_password(&place.open_existing()?, login, out)
        }
    }
}

fn create_admins(opened: &Opened, unit: Option<String>, out: &mut dyn Write) -> Result<(), CliError> {
    let root = match unit {
        Some(unit) => UnitId(unit),
        None => only_root(opened)?,
    };
    let made = opened.block_on(accounts::create_admins(&opened.app, &root));
    for admin in made.map_err(|failure| told(opened, failure))? {
        one_time(&admin, out)?;
    }
    writeln!(out, "Hand them to three persons. Each password works once and must then be changed.")?;
    Ok(())
}

fn only_root(opened: &Opened) -> Result<UnitId, CliError> {
    let roots = opened.block_on(opened.app.read(|snapshot, _| Ok(network::children(snapshot, None)?)))?;
    match roots.as_slice() {
        [root] => Ok(root.code.clone()),
        [] => Err(CliError::Usage("there are no units yet: run `tongxin import units FILE` first".into())),
        _ => Err(CliError::Usage("there are several units at the top: name one with --unit".into())),
    }
}

fn list(opened: &Opened, out: &mut dyn Write) -> Result<(), CliError> {
    let today = opened.app.config.zone.date_of(opened.app.now());
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page: Vec<AccountRow> =
            opened.block_on(opened.app.read(move |snapshot, _| Ok(read::accounts(snapshot, "", &from)?)))?;
        for account in &page {
            let state = if account.enabled(&today) { "enabled" } else { "disabled" };
            writeln!(out, "{}\t{}\t{state}", account.login, account.name)?;
        }
        match page.last() {
            Some(last) if page.len() > usize::try_from(read::PAGE).unwrap_or(usize::MAX) => {
                after.clone_from(&last.login);
            }
            _ => return Ok(()),
        }
    }
}

fn reset_password(opened: &Opened, login: String, out: &mut dyn Write) -> Result<(), CliError> {
    let found = login.to_ascii_lowercase();
    let account =
        opened.block_on(opened.app.read(move |snapshot, _| Ok(read::by_login(snapshot, &found)?)))?;
    let account =
        account.ok_or_else(|| CliError::Usage(format!("no account has the log-in name {login}")))?;
    let reset = opened.block_on(accounts::reset_password(&opened.app, &By::Operator, account.id));
    let password = reset.map_err(|failure| told(opened, failure))?;
    one_time(&OneTime { id: account.id, login: account.login, password }, out)
}

fn one_time(account: &OneTime, out: &mut dyn Write) -> Result<(), CliError> {
    writeln!(out, "{}\t{}", account.login, account.password)?;
    Ok(())
}

/// A refusal in words: the shell speaks English.
fn told(opened: &Opened, failure: Failure) -> CliError {
    match failure {
        Failure::Refused(refusal) => CliError::Usage(words(opened, &refusal)),
        other => other.into(),
    }
}

fn words(opened: &Opened, refusal: &Refusal) -> String {
    opened.app.locales.translator(platform::ui::Locale::En).refusal(refusal)
}
