//! Settings of an installation: everything local is data or configuration.

use crate::ui::Site;
use kernel::UnitId;
use kernel::time::Zone;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// How messages to people outside are sent.
#[derive(Clone, Debug, Default)]
pub enum Mail {
    /// Not at all: pages say so.
    #[default]
    Off,
    /// Into an outbox that anyone may read: for a demo only.
    Outbox,
    /// By a mail server.
    Smtp(Smtp),
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line to it is protected.
    pub security: Security,
    /// Log-in name, where it asks for one.
    pub user: Option<String>,
    /// Password, where it asks for one.
    pub password: Option<Secret>,
    /// The sender's address, with or without a name.
    pub from: String,
}

/// How the line to a server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    #[default]
    Tls,
    /// TLS after `STARTTLS`; without it nothing is sent.
    StartTls,
    /// Not at all: a server on the same machine.
    None,
}

/// How other systems are reached over HTTP.
#[derive(Clone, Debug, Default)]
pub struct Outward {
    /// Hosts that may be sent to although they lie inside the house or take plain HTTP.
    pub hosts: Vec<String>,
    /// What carries short messages and those of the office's messenger; none: nothing does.
    pub gateway: Option<Gateway>,
}

/// The one adapter for messages besides mail: it takes them in JSON and knows the provider.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Where it takes them.
    pub url: String,
    /// What requests to it are signed with.
    pub secret: Secret,
    /// What it carries.
    pub carries: Vec<Carried>,
}

/// A way that a gateway carries messages by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Carried {
    /// 短信
    Sms,
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
}

/// A secret setting; printing it shows nothing.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret in.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// What the operator sets, with defaults that run.
#[derive(Clone, Debug)]
pub struct Config {
    /// Data folder (embedded database), where there is one.
    pub data: Option<PathBuf>,
    /// The address people use, e.g. `https://tx.example.cn`; decides on `Secure` cookies.
    pub public_url: String,
    /// Addresses of proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// The city's time zone.
    pub zone: Zone,
    /// Names on the pages; says whether the data are made up.
    pub site: Arc<Site>,
    /// The office that receives appeals from the portal.
    pub intake_office: Option<UnitId>,
    /// Whether maps may be drawn: an office without a reviewed one shows tables instead.
    pub maps: bool,
    /// How messages to people outside are sent.
    pub mail: Mail,
    /// How other systems are reached.
    pub outward: Outward,
    /// Where files of other platforms of the exchange come and go; see [`Config::exchange`].
    pub exchange_folder: Option<PathBuf>,
    /// Largest attachment, bytes.
    pub attachment_max: usize,
    /// Most attachments of one request.
    pub attachments_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: None,
            public_url: "http://127.0.0.1:8080".into(),
            trusted_proxies: Vec::new(),
            zone: Zone::default(),
            site: Arc::default(),
            intake_office: None,
            maps: true,
            mail: Mail::default(),
            outward: Outward::default(),
            exchange_folder: None,
            attachment_max: 100 * 1024 * 1024,
            attachments_max: 9,
        }
    }
}

impl Config {
    /// The folder of the exchange: as set, else beside the data; none where neither is.
    pub fn exchange(&self) -> Option<PathBuf> {
        self.exchange_folder.clone().or_else(|| Some(self.data.as_ref()?.join("exchange")))
    }

    /// Whether cookies carry `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
