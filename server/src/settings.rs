//! `tongxin.toml`: what an office sets once. Every setting has a default that runs.

use kernel::UnitId;
use kernel::time::{Date, Zone};
use platform::config::{Carried, Config, Gateway, Mail, Outward, Secret, Security, Smtp};
use platform::ui::Site;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file's content.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The address people use; left out, the one that is listened on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trusted_proxies: Vec<IpAddr>,
    /// IANA name of the city's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Code of the unit that receives appeals from the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intake_office: Option<String>,
    /// Largest attachment in megabytes; 100 where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_max_mb: Option<usize>,
    /// `false` where no reviewed map may be shown: tables then stand instead of maps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maps: Option<bool>,
    /// How messages to people outside are sent; left out, none are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailSettings>,
    /// How other systems are reached over HTTP; left out, only public addresses are, and no
    /// short messages are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outward: Option<OutwardSettings>,
    /// Folder in which files of other platforms of the exchange come and go (docs/exchange.md);
    /// left out, `exchange` beside the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange_folder: Option<PathBuf>,
    /// Names on the pages.
    pub site: SiteSettings,
}

/// How messages to people outside are sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// For a demo: into an outbox that anyone may read, instead of by a server.
    pub outbox: bool,
    /// The mail server.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// Its port; left out, what its security usually has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// `tls`, `starttls` or `none`.
    pub security: Security,
    /// Log-in name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// File that holds the password, so that this one may be read by others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    /// The sender's address, e.g. `同心 <noreply@tx.example.cn>`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
}

/// How other systems are reached over HTTP.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutwardSettings {
    /// Hosts that may be sent to although they lie inside the house or take plain HTTP.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// What carries short messages and those of the office's messenger (docs/gateway.md).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<GatewaySettings>,
}

/// See [`platform::config::Gateway`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// Where it takes messages.
    pub url: String,
    /// File that holds the secret requests are signed with, `whsec_` and base64.
    pub secret_file: PathBuf,
    /// `sms`, `wecom`, `dingtalk`.
    pub carries: Vec<Carried>,
}

/// Names on the pages, in Chinese and English.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteSettings {
    /// The platform's public name.
    pub name_zh: String,
    /// The same in English.
    pub name_en: String,
    /// The office that runs it.
    pub office_zh: String,
    /// The same in English.
    pub office_en: String,
    /// The hotline's number.
    pub hotline: String,
    /// The office's mark in document numbers 机关代字.
    pub document_mark: String,
    /// The data are made up: 演示数据 stands on every page.
    pub demo: bool,
    /// What has to be said beside the figures of a day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figure_notes: Vec<FigureNote>,
}

/// An assumption that the figures of a day rest on, said where they are shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureNote {
    /// The day the figures are of.
    pub as_of: Date,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl FigureNote {
    fn texts(&self) -> (Date, [String; 2]) {
        (self.as_of, [self.zh.clone(), self.en.clone()])
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not TOML of this shape.
    #[error("{path}: {source}")]
    Toml {
        /// Which file.
        path: String,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The mail section is incomplete.
    #[error("[mail]: {0}")]
    Mail(&'static str),
    /// No such zone.
    #[error("zone = \"{0}\": no such time zone; use an IANA name such as Asia/Shanghai")]
    Zone(String),
}

impl Settings {
    /// Reads a file; a missing one is all defaults.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(SettingsError::Io { path: path.display().to_string(), source }),
        };
        toml::from_str(&text).map_err(|source| SettingsError::Toml {
            path: path.display().to_string(),
            source: Box::new(source),
        })
    }

    /// As the platform wants them.
    ///
    /// # Errors
    /// [`SettingsError::Zone`], [`SettingsError::Mail`], [`SettingsError::Io`] for the password file.
    pub fn config(&self) -> Result<Config, SettingsError> {
        let mut config = Config::default();
        if let Some(name) = &self.zone {
            config.zone = Zone::named(name).map_err(|_| SettingsError::Zone(name.clone()))?;
        }
        if let Some(url) = &self.public_url {
            config.public_url.clone_from(url);
        }
        config.trusted_proxies.clone_from(&self.trusted_proxies);
        if let Some(megabytes) = self.attachment_max_mb {
            config.attachment_max = megabytes.saturating_mul(1024 * 1024);
        }
        config.maps = self.maps.unwrap_or(config.maps);
        if let Some(mail) = &self.mail {
            config.mail = mail.config()?;
        }
        config.exchange_folder.clone_from(&self.exchange_folder);
        if let Some(outward) = &self.outward {
            config.outward = outward.config()?;
        }
        config.intake_office = self.intake_office.clone().map(UnitId);
        let or =
            |value: &str, default: &str| if value.is_empty() { default.to_owned() } else { value.to_owned() };
        config.site = Arc::new(Site {
            name: [or(&self.site.name_zh, "同心"), or(&self.site.name_en, "Tongxin")],
            office: [self.site.office_zh.clone(), self.site.office_en.clone()],
            hotline: self.site.hotline.clone(),
            document_mark: self.site.document_mark.clone(),
            demo: self.site.demo,
            figure_notes: self.site.figure_notes.iter().map(FigureNote::texts).collect(),
            zone: config.zone.clone(),
        });
        Ok(config)
    }
}

impl OutwardSettings {
    fn config(&self) -> Result<Outward, SettingsError> {
        let gateway = match &self.gateway {
            None => None,
            Some(gateway) => Some(Gateway {
                url: gateway.url.clone(),
                secret: secret(&gateway.secret_file)?,
                carries: gateway.carries.clone(),
            }),
        };
        Ok(Outward { hosts: self.hosts.clone(), gateway })
    }
}

/// The secret that a file holds.
fn secret(path: &Path) -> Result<Secret, SettingsError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| SettingsError::Io { path: path.display().to_string(), source })?;
    Ok(Secret::new(text.trim_end().to_owned()))
}

impl MailSettings {
    fn config(&self) -> Result<Mail, SettingsError> {
        if self.outbox {
            return Ok(Mail::Outbox);
        }
        if self.host.is_empty() || self.from.is_empty() {
            return Err(SettingsError::Mail("host and from are needed (or outbox = true in a demo)"));
        }
        let password = self.password_file.as_deref().map(secret).transpose()?;
        // RFC 8314: 465 with TLS from the start, 587 with STARTTLS.
        let usual = match self.security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        };
        Ok(Mail::Smtp(Smtp {
            host: self.host.clone(),
            port: self.port.unwrap_or(usual),
            security: self.security,
            user: self.user.clone(),
            password,
            from: self.from.clone(),
        }))
    }
}
