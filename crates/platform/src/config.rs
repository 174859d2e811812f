//! Settings of an installation: everything local is data or configuration.

use crate::ui::Site;
use kernel::UnitId;
use kernel::time::Zone;
use std::path::PathBuf;
use std::sync::Arc;

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
            attachment_max: 20 * 1024 * 1024,
            attachments_max: 9,
        }
    }
}

impl Config {
    /// Whether cookies carry `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
