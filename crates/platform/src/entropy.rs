//! The one place that draws random bytes. A unit of work draws one seed and derives all
//! its ids from it, so that a retried transaction names things alike.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::Instant;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// Where random bytes come from.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "this is the place the ban points to")]
        getrandom::fill(bytes).expect("the operating system's generator answers once the machine is up");
    }
}

/// The same bytes every run: for tests only.
pub struct SeededEntropy {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededEntropy {
    /// A sequence named by `seed`.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let n = self.drawn.fetch_add(1, Ordering::SeqCst);
            let block =
                Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(n.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// Fresh values for one unit of work, all derived from one seed.
#[derive(Clone)]
pub struct Fresh {
    seed: [u8; 32],
    now: Instant,
    drawn: u64,
}

impl Fresh {
    /// Draws the seed.
    pub fn draw(entropy: &dyn Entropy, now: Instant) -> Self {
        let mut seed = [0; 32];
        entropy.fill(&mut seed);
        Self { seed, now, drawn: 0 }
    }

    /// The next `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        for chunk in out.chunks_mut(32) {
            let block =
                Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
            self.drawn += 1;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        out
    }

    /// A UUID v7: sorts by time.
    pub fn uuid(&mut self) -> Uuid {
        let millis = u64::try_from(self.now.micros() / 1000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid()
    }

    /// A secret of 256 bits for cookies and bearer tokens, URL-safe.
    pub fn token(&mut self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A code a person can read out and type: 12 characters without look-alikes, 60 bits,
    /// in groups of four.
    pub fn code(&mut self) -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ*";
        let bits = self.bytes::<24>();
        // 31 letters would bias a modulo; draw again on the placeholder instead.
        let mut letters = bits.iter().map(|b| LETTERS[usize::from(b & 31)]).filter(|c| *c != b'*');
        let mut out = String::with_capacity(14);
        for n in 0..12 {
            if n > 0 && n % 4 == 0 {
                out.push('-');
            }
            // 24 draws for 12 letters: a shortage has odds below one in 10^11.
            out.push(char::from(letters.next().unwrap_or(b'7')));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_readable_and_differ() {
        let mut fresh = Fresh::draw(&SeededEntropy::new(1), Instant::from_micros(0));
        let (a, b) = (fresh.code(), fresh.code());
        assert_ne!(a, b);
        assert_eq!(a.len(), 14);
        assert!(a.chars().all(|c| c == '-' || c.is_ascii_alphanumeric()));
        assert!(!a.contains(['0', 'O', '1', 'I', 'L']));
    }

    #[test]
    fn a_cloned_fresh_repeats_itself() {
        let mut one = Fresh::draw(&SeededEntropy::new(2), Instant::from_micros(1_000_000));
        let mut two = one.clone();
        assert_eq!(one.uuid(), two.uuid());
        assert_eq!(one.uuid().get_version_num(), 7);
    }
}
