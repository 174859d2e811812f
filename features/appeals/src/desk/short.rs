//! `/a/{short}`: the address of an assignment that fits into a text message. Whoever is not
//! signed in logs in first and comes back here.

use super::assignment;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{MatterId, NodeId};
use platform::Failure;
use platform::web::{Access, Routes, Staff};
use std::str::FromStr;

/// Digits and letters that cannot be taken for one another: those of Bitcoin's base 58.
const LETTERS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// As many as any id needs.
const LENGTH: usize = 22;

/// The short address.
pub fn routes() -> Routes {
    Routes::new().get("/a/{short}", Access::SignedIn, follow)
}

/// An assignment's short address on this installation.
pub fn href(public_url: &str, node: NodeId) -> String {
    format!("{}/a/{}", public_url.trim_end_matches('/'), short(node))
}

async fn follow(staff: Staff, Path(short): Path<String>) -> Result<Response, Failure> {
    let node = long(&short).ok_or(Failure::NotFound)?;
    let matter = staff.app.read(move |snapshot, _| matters::read::matter_of(snapshot, node)).await?;
    let matter: MatterId = matter.ok_or(Failure::NotFound)?;
    // Whether this person may know of it is decided where it leads, by the same rules as ever.
    Ok(Redirect::to(&assignment::href(matter, node)).into_response())
}

fn short(node: NodeId) -> String {
    let mut rest = node.0.as_u128();
    let mut letters = [LETTERS[0]; LENGTH];
    for letter in letters.iter_mut().rev() {
        *letter = LETTERS[usize::try_from(rest % 58).expect("below 58")];
        rest /= 58;
    }
    letters.iter().map(|letter| char::from(*letter)).collect()
}

fn long(short: &str) -> Option<NodeId> {
    if short.len() != LENGTH {
        return None;
    }
    let id = short.bytes().try_fold(0_u128, |id, letter| {
        let digit = LETTERS.iter().position(|known| *known == letter)?;
        id.checked_mul(58)?.checked_add(u128::try_from(digit).ok()?)
    })?;
    NodeId::from_str(&format!("{id:032x}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_assignment() {
        for id in ["00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"] {
            let node = NodeId::from_str(id).expect("an id");
            let short = short(node);
            assert_eq!((short.len(), long(&short)), (LENGTH, Some(node)), "{short}");
        }
    }

    #[test]
    fn what_is_no_address_leads_nowhere() {
        for wrong in ["", "abc", "zzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000", "1111111111111111111l1I"]
        {
            assert_eq!(long(wrong), None, "{wrong}");
        }
        assert_eq!(
            href("https://tx.example.cn/", NodeId(Default::default())),
            "https://tx.example.cn/a/1111111111111111111111"
        );
    }
}
