//! `tongxin demo`: fills an empty folder with the demo city and serves it.

use super::{CliError, Place, open_door};
use crate::serve::Door;
use crate::settings::{FigureNote, MailSettings, Settings, SiteSettings};
use clap::{Args, ValueEnum};
use platform::Failure;
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Units whose accounts are printed; the file holds all.
const SHOWN: [&str; 4] = ["ld-gd", "lx-platform", "jia-platform", "jia-zj"];

/// See the module.
#[derive(Debug, Args)]
pub struct DemoCommand {
    /// The folder; a demo city that is there already is served as it is.
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    data: PathBuf,
    /// Only make it.
    #[arg(long)]
    no_serve: bool,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "TONGXIN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// What to make: the replay of 2022 takes longer.
    #[arg(long, value_enum, env = "TONGXIN_DEMO_LAYERS", default_value = "all")]
    layers: LayersArg,
    /// The password of all demo accounts; left out, one is drawn.
    #[arg(long, env = "TONGXIN_DEMO_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

/// Which stories the demo tells.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LayersArg {
    /// The replay of 2022 and the last eight weeks.
    All,
    /// The last eight weeks alone.
    Living,
}

impl From<LayersArg> for demo::Layers {
    fn from(layers: LayersArg) -> Self {
        match layers {
            LayersArg::All => Self::All,
            LayersArg::Living => Self::Living,
        }
    }
}

impl From<demo::FigureNote> for FigureNote {
    fn from(note: demo::FigureNote) -> Self {
        Self { as_of: note.as_of, zh: note.zh.into(), en: note.en.into() }
    }
}

/// Makes the city where there is none, prints the accounts, serves.
///
/// # Errors
/// When the folder holds another installation, or the script does not run through.
pub fn run(command: DemoCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let place = Place::folder(command.data.clone());
    let accounts = command.data.join("demo-accounts.json");
    if place.exists() && !accounts.exists() {
        return Err(CliError::Usage(format!(
            "{}: holds an installation that is not the demo, or one that was cut short; choose another --data",
            command.data.display()
        )));
    }
    let door = match command.no_serve {
        true => None,
        false => Some(open_door(command.listen)?),
    };
    if !place.exists() {
        make(&place, door.as_ref(), &command, &accounts, out)?;
    }
    print(&accounts, out)?;
    match door {
        None => Ok(()),
        Some(door) => place.open_behind(&door)?.serve(door),
    }
}

fn make(
    place: &Place,
    door: Option<&Door>,
    command: &DemoCommand,
    accounts: &Path,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    place.store_in_new_folder()?;
    let settings = Settings {
        zone: Some("Asia/Shanghai".into()),
        intake_office: Some(demo::cast::OFFICE.into()),
        mail: Some(MailSettings { outbox: true, ..MailSettings::default() }),
        site: SiteSettings {
            name_zh: "娄底同心".into(),
            name_en: "Tongxin Loudi".into(),
            office_zh: "娄底市营商环境直通车办公室".into(),
            office_en: "Loudi Business Environment Direct Line Office".into(),
            hotline: "0738-0000000".into(),
            document_mark: "娄直通车".into(),
            demo: true,
            figure_notes: vec![demo::figure_note().into()],
        },
        ..Settings::default()
    };
    if let Some(path) = place.settings_path() {
        let text = toml::to_string(&settings).map_err(|error| Failure::Internal(error.to_string()))?;
        std::fs::write(path, text)?;
    }
    let opened = match door {
        None => place.open()?,
        Some(door) => place.open_behind(door)?,
    };
    let password = command.password.clone().unwrap_or_else(|| opened.app.fresh().code());
    writeln!(out, "making the demo city in {} …", command.data.display())?;
    let made = opened
        .block_on(demo::make(&opened.app, &password, command.layers.into()))
        .map_err(|error| CliError::Found(format!("the demo city could not be made: {error}")))?;
    writeln!(out, "{} appeals, {} accounts", made.appeals, made.cast.len() - made.appeals)?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(accounts)?;
    serde_json::to_writer_pretty(&mut file, &made.cast)?;
    file.sync_all()?;
    Ok(())
}

/// The accounts, one line each.
fn print(accounts: &Path, out: &mut dyn Write) -> Result<(), CliError> {
    let cast: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(accounts)?)?;
    let text = |member: &serde_json::Value, key: &str| member[key].as_str().unwrap_or_default().to_owned();
    writeln!(out, "\n{:<16} {:<24} post", "role", "user")?;
    let (appellants, staff): (Vec<_>, Vec<_>) = cast.iter().partition(|member| member["role"] == "appellant");
    let (of_units, posts): (Vec<_>, Vec<_>) =
        staff.into_iter().partition(|member| text(member, "role").starts_with("unit_"));
    let shown = of_units.iter().filter(|member| SHOWN.contains(&member["unit"].as_str().unwrap_or_default()));
    for member in posts.into_iter().chain(shown.copied()) {
        writeln!(out, "{:<16} {:<24} {}", text(member, "role"), text(member, "user"), text(member, "post"))?;
    }
    writeln!(
        out,
        "… and a liaison and a head of each of {} units: liaison.UNIT, head.UNIT",
        of_units.len() / 2
    )?;
    if let Some(first) = cast.first() {
        writeln!(
            out,
            "\npassword of all of them: {}   (also in {})\n",
            text(first, "password"),
            accounts.display()
        )?;
    }
    writeln!(out, "followed by number and code at /track, for example:")?;
    for member in appellants.iter().take(3) {
        writeln!(out, "  {}  {}  {}", text(member, "user"), text(member, "password"), text(member, "post"))?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}
