//! What was quoted on a matter: which item, in which version. A stream of its own, written
//! in the transaction of the answer, so that an item that many quote is nobody's bottleneck.

use kernel::{Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An item in one of its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quoted {
    /// Which item.
    pub item: Uuid,
    /// Which version.
    pub version: u32,
}

impl Quoted {
    /// Reads `item:version`, as forms send it.
    pub fn parse(text: &str) -> Option<Self> {
        let (item, version) = text.trim().split_once(':')?;
        Some(Self { item: item.parse().ok()?, version: version.parse().ok()? })
    }

    /// As forms send it.
    pub fn wire(&self) -> String {
        format!("{}:{}", self.item, self.version)
    }
}

/// Quoted in an answer.
#[derive(Clone, Debug)]
pub struct Quote(pub Quoted);

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// See [`Quote`].
    Quoted(Quoted),
}

/// What the rules must know: whether that version is offered now.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// See above.
    pub offered: bool,
}

/// The pure rules of the streams `quote:<matter>`.
#[derive(Clone, Copy, Debug)]
pub struct Quoting;

impl Aggregate for Quoting {
    type State = Vec<Quoted>;
    type Command = Quote;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "quote";

    fn event_kind(_: &Event) -> &'static str {
        "quoted"
    }

    /// Twice the same is once; what has expired meanwhile may no longer be quoted.
    fn decide(state: &Vec<Quoted>, Quote(quoted): &Quote, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        if state.contains(quoted) {
            return Ok(Vec::new());
        }
        if !facts.offered {
            return Err(Refusal::field("quoted", "knowledge-not-offered"));
        }
        Ok(vec![Event::Quoted(*quoted)])
    }

    fn fold(mut state: Vec<Quoted>, entry: &Recorded<Event>) -> Vec<Quoted> {
        let Event::Quoted(quoted) = &entry.event;
        state.push(*quoted);
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_it_is_written_and_is_quoted_once() {
        let quoted = Quoted { item: Uuid::from_u128(7), version: 3 };
        assert_eq!(Quoted::parse(&quoted.wire()), Some(quoted));
        assert_eq!(Quoted::parse("7:3"), None);
        let twice = Quoting::decide(&vec![quoted], &Quote(quoted), &Facts { offered: false });
        assert!(twice.expect("harmless").is_empty());
        let late = Quoting::decide(&Vec::new(), &Quote(quoted), &Facts { offered: false });
        assert_eq!(late.expect_err("expired").code, "knowledge-not-offered");
    }
}
