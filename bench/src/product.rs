//! The product in a process of its own, as an office runs it.

use crate::BenchError;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server. Stopped when dropped.
pub struct Product {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process until it listens.
    pub start: Duration,
}

impl Product {
    /// Starts it and waits until it says where it listens.
    ///
    /// # Errors
    /// When it ends instead.
    pub fn start(binary: &Path, arguments: &[String]) -> Result<Self, BenchError> {
        let begun = Instant::now();
        let mut child = Command::new(binary)
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .env("TONGXIN_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or_else(|| BenchError::unexpected("no output"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let start = begun.elapsed();
        let address =
            line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        match address {
            Some(address) => Ok(Self { child, address, start }),
            None => {
                // It has ended, or is of no use.
                let _ = child.kill();
                let _ = child.wait();
                Err(BenchError::unexpected(format!("the server said \"{}\"", line.trim())))
            }
        }
    }

    /// Memory it holds now and held at most, in bytes.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn memory(&self) -> Result<(u64, u64), BenchError> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0)
        };
        Ok((kib("VmRSS:") * 1024, kib("VmHWM:") * 1024))
    }
}

/// Size of the program as it is given away: without the lines that only profiles and
/// backtraces read.
///
/// # Errors
/// When `strip`, which comes with every linker, does not run.
pub fn stripped_size(binary: &Path, folder: &Path) -> Result<u64, BenchError> {
    let stripped = folder.join("stripped");
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(binary).status()?;
    if !status.success() {
        return Err(BenchError::unexpected("strip failed"));
    }
    let size = std::fs::metadata(&stripped)?.len();
    std::fs::remove_file(&stripped)?;
    Ok(size)
}

impl Drop for Product {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
