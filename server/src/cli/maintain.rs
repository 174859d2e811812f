//! Backup, restore, rebuild, doctor, key rotation.

use super::{CliError, Place};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use store::backup;

/// `tongxin backup FILE`
#[derive(Debug, Args)]
pub struct BackupCommand {
    /// The file to write; must not exist.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// `tongxin restore FILE`
#[derive(Debug, Args)]
pub struct RestoreCommand {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// `tongxin rebuild`
#[derive(Debug, Args)]
pub struct RebuildCommand {
    /// Compare only: say what differs, change nothing.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    place: Place,
}

/// `tongxin doctor`
#[derive(Debug, Args)]
pub struct DoctorCommand {
    #[command(flatten)]
    place: Place,
}

/// `tongxin rotate-key`
#[derive(Debug, Args)]
pub struct RotateKeyCommand {
    #[command(flatten)]
    place: Place,
}

/// Writes a backup. It holds no master key: that folder is kept apart on purpose.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn backup(command: BackupCommand, out: &mut dyn Write) -> Result<(), CliError> {
    if command.file.exists() {
        return Err(CliError::Usage(format!(
            "{}: exists already; choose another name",
            command.file.display()
        )));
    }
    let opened = command.place.open_existing()?;
    let report = opened.block_on(backup::write(&opened.app.store, &command.file))?;
    writeln!(
        out,
        "{}: {} journal entries. The master key is not in it: keep its folder safe, apart from the backup.",
        command.file.display(),
        report.entries
    )?;
    Ok(())
}

/// Fills an empty place and erases again whoever was erased since the backup was made.
///
/// # Errors
/// When the place is not empty or the backup does not check out.
pub fn restore(command: RestoreCommand, out: &mut dyn Write) -> Result<(), CliError> {
    if !command.file.exists() {
        return Err(CliError::Usage(format!("{}: no such file", command.file.display())));
    }
    backup::verify(&command.file)?;
    // The key's fingerprint comes with the backup, so the place is filled before it is opened.
    let target = store::Store::open(command.place.store_in_new_folder()?, store::Registry::none())?;
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(backup::restore(&command.file, &target))?;
    drop(target);
    let opened = command.place.open()?;
    let erased = opened.block_on(matters::erasure::replay_erasures(&opened.app))?;
    writeln!(out, "{} journal entries restored, {erased} erased persons erased again", report.entries)?;
    findings(&opened, out)
}

/// Rebuilds all read models, or compares them with what the journal gives.
///
/// # Errors
/// [`CliError::Found`] where they differ.
pub fn rebuild(command: RebuildCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let opened = command.place.open_existing()?;
    if !command.check {
        opened.block_on(opened.app.store.rebuild(&[]))?;
        opened.block_on(platform::texts::rebuild(&opened.app))?;
        writeln!(out, "rebuilt from the journal")?;
        return Ok(());
    }
    let differences = opened.block_on(opened.app.store.rebuild_check())?;
    opened.block_on(platform::texts::catch_up(&opened.app))?;
    let texts = opened.block_on(platform::texts::check(&opened.app))?;
    if differences.is_empty() && texts.is_empty() {
        writeln!(out, "every read model equals what the journal gives")?;
        return Ok(());
    }
    for index in &texts {
        writeln!(out, "the text index {index} does not hold the documents the journal gives")?;
    }
    for difference in &differences {
        let side = |row: &Option<String>| row.clone().unwrap_or_else(|| "(no row)".into());
        let (live, rebuilt) = (side(&difference.live), side(&difference.rebuilt));
        writeln!(out, "{} {}: is {live}, the journal gives {rebuilt}", difference.table, difference.key)?;
    }
    let wrong = differences.len() + texts.len();
    Err(CliError::Found(format!("{wrong} differences from the journal; run `tongxin rebuild`")))
}

/// Checks chains and stored data.
///
/// # Errors
/// [`CliError::Found`] where something is wrong.
pub fn doctor(command: DoctorCommand, out: &mut dyn Write) -> Result<(), CliError> {
    findings(&command.place.open_existing()?, out)
}

/// Rotates the master key.
///
/// # Errors
/// When the key comes from the environment, or the store fails.
pub fn rotate_key(command: RotateKeyCommand, out: &mut dyn Write) -> Result<(), CliError> {
    if command.place.master_key.is_some() {
        return Err(CliError::Usage(
            "the key stands in TONGXIN_MASTER_KEY: rotation needs the key file".into(),
        ));
    }
    let opened = command.place.open_existing()?;
    let count = opened.block_on(platform::assemble::rotate_master_key(&opened.app))?;
    writeln!(
        out,
        "{count} subject keys wrapped anew. Restart every running server. Backups made before need the old key: keep it with them."
    )?;
    Ok(())
}

fn findings(opened: &super::Opened, out: &mut dyn Write) -> Result<(), CliError> {
    let findings = opened.block_on(opened.app.store.read(|snapshot| store::doctor::check(snapshot)))?;
    if findings.is_empty() {
        writeln!(out, "all chains hold")?;
        return Ok(());
    }
    for finding in &findings {
        match finding.position {
            Some(position) => writeln!(out, "entry {position}: {}", finding.reason)?,
            None => writeln!(out, "{}", finding.reason)?,
        }
    }
    Err(CliError::Found(format!("{} findings", findings.len())))
}
