//! The QR code on a receipt: the address of the tracking page with number and code in its
//! fragment, which browsers keep to themselves: no server, proxy or log ever sees it.

use platform::{App, Failure};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// A QR code as one SVG path over squares of side 1.
pub struct Picture {
    /// Squares along one side, the quiet zone of four included.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

/// White squares around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// The address where a matter is tracked.
pub fn track_address(app: &App) -> String {
    format!("{}/track", app.config.public_url.trim_end_matches('/'))
}

impl Picture {
    /// The picture that leads to a matter.
    ///
    /// # Errors
    /// [`Failure::Internal`] for an address too long for any QR code.
    pub fn of(app: &App, number: &str, code: &str) -> Result<Self, Failure> {
        Self::draw(&format!("{}#{number}/{code}", track_address(app)))
    }

    fn draw(text: &str) -> Result<Self, Failure> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|error| Failure::Internal(format!("QR code: {error}")))?;
        let width = code.width();
        let mut path = String::new();
        for (n, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (n % width + QUIET, n / width + QUIET);
                write!(path, "M{x} {y}h1v1h-1z").expect("a String takes any write");
            }
        }
        Ok(Self { side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let picture = Picture::draw("https://tx.example.cn/track#202601010001/AB2C-DEFG-HJKM").expect("fits");
        assert!(picture.side >= 21 + 2 * QUIET);
        for (x, y) in [(QUIET, QUIET), (picture.side - QUIET - 1, QUIET), (QUIET, picture.side - QUIET - 1)] {
            assert!(picture.path.contains(&format!("M{x} {y}h")), "{x} {y}");
        }
        assert!(!picture.path.contains("M3 "));
    }
}
