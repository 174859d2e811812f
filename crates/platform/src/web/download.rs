//! A file to take away: never shown in the browser's own window, whatever it holds.

use crate::error::Failure;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The file under its name, for this reader alone.
///
/// # Errors
/// [`Failure::Internal`] where the name cannot stand in a header, which its encoding rules out.
pub fn download(name: &str, content: Vec<u8>) -> Result<Response, Failure> {
    let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(name));
    let disposition =
        HeaderValue::try_from(disposition).map_err(|error| Failure::Internal(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, content).into_response())
}

/// RFC 5987: everything but letters, digits, dot, dash and underscore.
fn percent_encoded(name: &str) -> String {
    use std::fmt::Write;
    name.bytes().fold(String::with_capacity(name.len() * 3), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_encoded() {
        assert_eq!(percent_encoded("现场 1.jpg"), "%E7%8E%B0%E5%9C%BA%201.jpg");
    }
}
