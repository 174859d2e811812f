//! 并单: a duplicate goes under a master and gets its answer; its own rating stays its own.

use super::field::Kind;
use super::prelude::*;
use platform::ui::Choice;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Merge {
    /// Number of the master matter.
    pub master: String,
    /// Why they are the same; the appellant reads it.
    pub reason: String,
}

impl Verb for Merge {
    const SPEC: Spec = spec!(Merge, MatterMerge, ["/merge"], needs: Needs { matters: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let master = about.hinted("master", Kind::Line);
        if about.others.is_empty() {
            return group(vec![master, about.reason()]);
        }
        let mut others = about.others.clone();
        others.push(Choice::new("", about.t("other-none")));
        group(vec![
            about.hinted("other", Kind::Radios(others)).optional(),
            master.optional(),
            about.reason(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        // A number typed outranks one chosen.
        let chosen = read.maybe("master").or_else(|| read.maybe("other"));
        let master = chosen.unwrap_or_else(|| read.needed("master"));
        let reason = read.needed("reason");
        read.finish(|| Some(Self { master, reason }))
    }

    fn other_number(&self) -> Option<&str> {
        Some(self.master.trim())
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON);
        let Some(master) = place.other else {
            return ink.refuse(FieldError::new("master", "entry-no-such-matter"));
        };
        Some(Command::Merge { master, reason: reason? })
    }
}
