//! The Word templates of a kind: every file that was uploaded stays, and one of them or none
//! is in use. What a file must be like is checked before, see [`crate::word`].

use kernel::time::Instant;
use kernel::{AccountId, Aggregate, BlobId, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// A file as it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordFile {
    /// Which.
    pub file: BlobId,
    /// Whether it has a place for the words that are edited on the page.
    pub body: bool,
}

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// A file that was found sound becomes the next version.
    Upload(WordFile),
    /// From now on reports are made with that version; none: in the plain layout.
    Choose(Option<u32>),
}

/// What happened.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// See [`Command::Upload`].
    Uploaded {
        /// What was kept.
        #[serde(flatten)]
        word: WordFile,
    },
    /// See [`Command::Choose`].
    Chosen {
        /// Which; none: the plain layout.
        version: Option<u32>,
    },
}

/// A version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// The file.
    pub word: WordFile,
    /// When it came.
    pub at: Instant,
    /// Who brought it.
    pub by: Option<AccountId>,
}

/// The Word templates of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The oldest first.
    pub versions: Vec<Version>,
    /// The number of the one in use.
    pub chosen: Option<u32>,
}

impl Words {
    /// The version of that number.
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The one in use.
    pub fn in_use(&self) -> Option<&Version> {
        self.chosen.and_then(|number| self.version(number))
    }
}

/// The pure rules of the streams `report_word:<kind>`.
#[derive(Clone, Copy, Debug)]
pub struct WordRules;

impl Aggregate for WordRules {
    type State = Words;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "report_word";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Uploaded { .. } => "uploaded",
            Event::Chosen { .. } => "chosen",
        }
    }

    fn decide(state: &Words, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        match *command {
            Command::Upload(word) => Ok(vec![Event::Uploaded { word }]),
            Command::Choose(version) if version == state.chosen => Ok(Vec::new()),
            Command::Choose(Some(number)) if state.version(number).is_none() => {
                Err(Refusal::field("version", "report-word-unknown"))
            }
            Command::Choose(version) => Ok(vec![Event::Chosen { version }]),
        }
    }

    fn fold(mut state: Words, entry: &Recorded<Event>) -> Words {
        match entry.event {
            Event::Uploaded { word } => {
                let number = u32::try_from(state.versions.len()).unwrap_or(u32::MAX).saturating_add(1);
                state.versions.push(Version { number, word, at: entry.at(), by: entry.actor.account() });
            }
            Event::Chosen { version } => state.chosen = version,
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Actor, Source};
    use uuid::Uuid;

    fn after(state: Words, command: Command) -> Result<Words, &'static str> {
        let events = WordRules::decide(&state, &command, &()).map_err(|refusal| refusal.code)?;
        Ok(events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            WordRules::fold(
                state,
                &Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event },
            )
        }))
    }

    #[test]
    fn a_file_is_used_once_it_is_chosen_and_can_be_left_again() {
        let upload = |n| Command::Upload(WordFile { file: BlobId(Uuid::from_u128(n)), body: n == 2 });
        let words = after(after(Words::default(), upload(1)).expect("kept"), upload(2)).expect("kept");
        assert_eq!(words.in_use(), None, "uploading alone changes no report");
        let words = after(words, Command::Choose(Some(2))).expect("chosen");
        assert_eq!(words.in_use().map(|version| (version.number, version.word.body)), Some((2, true)));
        assert_eq!(after(words.clone(), Command::Choose(Some(3))), Err("report-word-unknown"));
        let words = after(words, Command::Choose(Some(1))).expect("an older one again");
        assert_eq!(after(words, Command::Choose(None)).expect("left").in_use(), None);
    }
}
