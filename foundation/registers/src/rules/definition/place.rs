//! What of a definition a line of its written file speaks about: a form has no lines, so that
//! what the file's checker finds is said of the thing it concerns.

use super::Definition;
use super::edit::{Edit, Part};
use crate::rules::Name;
use kernel::UnitId;

/// A thing of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'d> {
    /// What it is called.
    pub name: &'d Name,
    /// Its code; empty for the register as such.
    pub code: String,
}

impl Definition {
    /// What the line of [`Definition::to_toml`]'s file belongs to, lines counted from 1. Options
    /// and what hangs on something else belong to that.
    pub fn place_of(&self, toml: &str, line: usize) -> Place<'_> {
        let heads = toml.lines().take(line).filter(|line| line.starts_with('['));
        let whole = Place { name: &self.name, code: String::new() };
        let (mut place, mut seen) = (whole.clone(), [0_usize; 5]);
        for head in heads {
            let mut next = |list: usize| {
                seen[list] += 1;
                seen[list] - 1
            };
            let found = match head.trim_matches(['[', ']']) {
                "field" => self.fields.get(next(0)).map(|field| (&field.name, field.code.clone())),
                "stage" => self.stages.get(next(1)).map(|stage| (&stage.name, stage.code.clone())),
                "flow" => self.flows.get(next(2)).map(|flow| (&flow.name, flow.code.clone())),
                "level" => self.levels.get(next(3)).map(|level| (&level.name, level.code.clone())),
                "indicator" => self.indicators.get(next(4)).map(|figure| (&figure.name, figure.code.clone())),
                "coverage" => {
                    self.coverage.as_ref().map(|coverage| (&coverage.name, Part::Coverage.code().to_owned()))
                }
                "follow_up" => self.follow_up.as_ref().map(|contacts| (&contacts.name, String::new())),
                "unique" | "becomes" => Some((&self.name, String::new())),
                _ => continue,
            };
            place = found.map_or_else(|| whole.clone(), |(name, code)| Place { name, code });
        }
        place
    }
}

/// Whose register the text of a definition says that it is: also of a draft that does not read.
pub fn owner_of(text: &str) -> Option<UnitId> {
    let mut head = text.lines().take_while(|line| !line.trim_start().starts_with('['));
    let value = head.find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "owner").then(|| value.split('#').next().unwrap_or_default())
    })?;
    let owner = value.trim().trim_matches(['"', '\'']);
    (!owner.is_empty()).then(|| owner.into())
}

impl Edit {
    /// The code of the one thing that is put; empty for what is said of the register as such.
    pub fn puts(&self) -> Option<&str> {
        match self {
            Self::Basics(_) => Some(""),
            Self::Put(field) => Some(&field.code),
            Self::PutStage(stage) => Some(&stage.code),
            Self::PutFlow(flow) => Some(&flow.code),
            Self::PutLevel(level) => Some(&level.code),
            Self::PutFigure(figure) => Some(&figure.code),
            Self::PutCoverage(_) => Some(Part::Coverage.code()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_known_of_what_does_not_read() {
        let owner = |text: &str| owner_of(text).map(|owner| owner.as_str().to_owned());
        assert_eq!(owner("code = \"a\"\n owner = \"xx\" # ours\n[[field").as_deref(), Some("xx"));
        assert_eq!(owner("code = \"a\"\n[[field]]\nowner = \"xx\"\n"), None);
        assert_eq!(owner("owner = \"\""), None);
        let mut definition =
            Definition::parse(include_str!("../../../definitions/sites.toml")).expect("reads");
        definition.owner = Some("lx".into());
        assert_eq!(owner(&definition.to_toml()).as_deref(), Some("lx"));
    }

    #[test]
    fn a_line_is_told_by_what_it_belongs_to() {
        let text = include_str!("../../../definitions/projects.toml");
        let definition = Definition::parse(text).expect("a definition");
        let toml = definition.to_toml();
        let at = |needle: &str| {
            let line = toml.lines().position(|line| line == needle).expect(needle);
            definition.place_of(&toml, line + 1)
        };
        assert_eq!(definition.place_of(&toml, 1), Place { name: &definition.name, code: String::new() });
        assert_eq!(at("zh = \"总投资\"").code, "total");
        assert_eq!(at("zh = \"是（1亿元以上，含）\"").name.zh, "重大项目", "options belong to their field");
        assert_eq!(at("zh = \"签约\"").code, "signed");
        assert_eq!(at("zh = \"到位资金\"").code, "paid_in");
        let last = definition.indicators.last().expect("a figure");
        assert_eq!(definition.place_of(&toml, toml.lines().count()).code, last.code);
    }
}
