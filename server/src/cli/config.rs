//! `tongxin config export PLACE` and `tongxin config import PLACE`: every document of the
//! configuration with its versions, as text that people read and another installation takes
//! over. PLACE is a file that ends in `.toml`, or a folder with one file per version.

use super::{CliError, Place};
use clap::{Args, Subcommand};
use matters::configuration::bundle::{self, Bundle, Taken};
use platform::ui::Locale;
use platform::{By, Failure};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The list in a folder.
const LIST: &str = "configuration.toml";

/// Which way.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write all documents with all versions.
    Export(Export),
    /// Publish the versions that are not here yet; all of them, or none.
    Import(Import),
}

/// Where to.
#[derive(Debug, Args)]
pub struct Export {
    /// A new file that ends in .toml, or a new folder.
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Where from.
#[derive(Debug, Args)]
pub struct Import {
    /// What `config export` wrote.
    from: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

/// Carries it out.
///
/// # Errors
/// When a file cannot be read or written, or a version is refused; the words say why.
pub fn run(command: ConfigCommand, out: &mut dyn Write) -> Result<(), CliError> {
    match command {
        ConfigCommand::Export(export) => self::export(&export, out),
        ConfigCommand::Import(import) => self::import(&import, out),
    }
}

fn export(export: &Export, out: &mut dyn Write) -> Result<(), CliError> {
    if export.to.exists() {
        let words = "is there already; name a new file or folder";
        return Err(CliError::Usage(format!("{}: {words}", export.to.display())));
    }
    let opened = export.place.open_existing()?;
    let bundle = opened.block_on(async {
        matters::configuration::seed(&opened.app).await?;
        opened.app.read(|snapshot, app| bundle::export(snapshot, &app.config.zone)).await
    })?;
    let count = bundle.versions.len();
    if is_file(&export.to) {
        std::fs::write(&export.to, text(&bundle)?)?;
    } else {
        write_folder(&export.to, bundle)?;
    }
    writeln!(out, "{}: {count} versions", export.to.display())?;
    Ok(())
}

fn import(import: &Import, out: &mut dyn Write) -> Result<(), CliError> {
    let bundle = read(&import.from)?;
    let opened = import.place.open_existing()?;
    let translator = opened.app.locales.translator(Locale::ZhCn);
    let taken = opened.block_on(bundle::take(&opened.app, By::Operator, bundle, import.dry_run));
    match taken {
        Ok(taken) => report(&taken, import.dry_run, out),
        Err(Failure::Refused(refusal)) => {
            Err(CliError::Usage(format!("{}: {}", import.from.display(), translator.refusal(&refusal))))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn report(taken: &Taken, dry_run: bool, out: &mut dyn Write) -> Result<(), CliError> {
    for (document, version, differs) in &taken.new {
        let verb = if dry_run { "would publish" } else { "published" };
        writeln!(out, "{verb} {} {version}", document.code())?;
        for one in differs {
            let place = [one.place.as_str(), &one.entry, &one.field];
            let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
            writeln!(out, "  {}: {} → {}", place.join(" · "), value(&one.before), value(&one.after))?;
        }
    }
    writeln!(out, "{} new, {} known already", taken.new.len(), taken.known)?;
    Ok(())
}

fn is_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn text(bundle: &Bundle) -> Result<String, CliError> {
    toml::to_string_pretty(bundle).map_err(|error| CliError::Found(error.to_string()))
}

fn write_folder(folder: &Path, mut bundle: Bundle) -> Result<(), CliError> {
    std::fs::create_dir_all(folder)?;
    let mut counts = std::collections::BTreeMap::new();
    for kept in &mut bundle.versions {
        let n = counts.entry(kept.document.clone()).or_insert(0_u32);
        *n += 1;
        kept.file = format!("{}-{n:03}.toml", kept.document);
        std::fs::write(folder.join(&kept.file), std::mem::take(&mut kept.toml))?;
    }
    std::fs::write(folder.join(LIST), text(&bundle)?)?;
    Ok(())
}

fn read(from: &Path) -> Result<Bundle, CliError> {
    let (list, folder) =
        if is_file(from) { (from.to_owned(), from.parent()) } else { (from.join(LIST), Some(from)) };
    let unreadable =
        |path: &Path, error: &dyn std::fmt::Display| CliError::Usage(format!("{}: {error}", path.display()));
    let content = std::fs::read_to_string(&list).map_err(|error| unreadable(&list, &error))?;
    let mut bundle: Bundle = toml::from_str(&content).map_err(|error| unreadable(&list, &error))?;
    for kept in bundle.versions.iter_mut().filter(|kept| !kept.file.is_empty()) {
        let name = Path::new(&kept.file);
        // A list names files beside it, nothing else of the machine.
        if name.components().count() != 1 || name.file_name() != Some(name.as_os_str()) {
            return Err(unreadable(&list, &format!("{}: must lie beside the list", kept.file)));
        }
        let path = folder.unwrap_or(Path::new(".")).join(name);
        kept.toml = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
    }
    Ok(bundle)
}
