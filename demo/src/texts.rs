//! What people write in about: the hand-written texts of `data/texts/`, and how one text
//! becomes an appeal of a place, a firm, an amount and a date.
//!
//! `[a|b]` is one of the wordings; `{name}` is filled in. `{d1}`, `{d2}` and `{d3}` in an
//! answer are the days of the first contact, of the answer and one to come, which only the
//! play knows: they stay (see [`crate::play`]).

use crate::DemoError;
use crate::dice::Dice;
use matters_rules::{AppealType, DeclineGround, Outcome};
use serde::Deserialize;

const FILES: [&str; 6] = [
    include_str!("../data/texts/energy.toml"),
    include_str!("../data/texts/land.toml"),
    include_str!("../data/texts/money.toml"),
    include_str!("../data/texts/approvals.toml"),
    include_str!("../data/texts/works.toml"),
    include_str!("../data/texts/trade.toml"),
];
const OUTSIDE: &str = include_str!("../data/texts/outside.toml");

/// One text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "fields are named as in the story they become")]
pub struct Text {
    pub category: String,
    #[serde(rename = "type", default = "help")]
    pub appeal_type: AppealType,
    /// Who can have it: `office` (answered directly), a unit of the city, `county/<part>`,
    /// `township/<item of the duty list>`, `declined` or `transferred`.
    pub to: Vec<String>,
    /// Co-units, parts of the same county.
    #[serde(default)]
    pub co: Vec<String>,
    pub firm: String,
    pub title: String,
    pub text: String,
    #[serde(default)]
    pub wanted: String,
    #[serde(default)]
    pub answer: String,
    pub outcome: Option<Outcome>,
    /// Runs around the clock.
    #[serde(default)]
    pub natural: bool,
    /// Tells something bad of whoever handles it: only for the made-up counties.
    #[serde(default)]
    pub bad_news: bool,
    /// Speaks of the year of the replay.
    #[serde(default)]
    pub replay_only: bool,
    pub ground: Option<DeclineGround>,
    #[serde(default)]
    pub right_way: String,
    #[serde(default)]
    pub transfer_to: String,
    #[serde(default)]
    pub transfer_reason: String,
}

fn help() -> AppealType {
    AppealType::Help
}

/// What is accepted, in the order of the files.
///
/// # Errors
/// [`DemoError::Data`] where a file does not read.
pub fn accepted() -> Result<Vec<Text>, DemoError> {
    let files = FILES.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// What is declined or handed on.
///
/// # Errors
/// See [`accepted`].
pub fn outside() -> Result<Vec<Text>, DemoError> {
    read(OUTSIDE)
}

fn read(file: &str) -> Result<Vec<Text>, DemoError> {
    #[derive(Deserialize)]
    struct File {
        text: Vec<Text>,
    }
    toml::from_str::<File>(file).map(|file| file.text).map_err(|error| DemoError::Data(error.to_string()))
}

/// What is filled in.
#[derive(Clone, Debug)]
pub struct Fill {
    /// County's name.
    pub county: String,
    /// Township's name.
    pub place: String,
    /// A small number.
    pub n: u32,
    /// A larger one.
    pub m: u32,
    /// 10,000 yuan.
    pub money: u32,
    /// How many days something has lasted.
    pub days: u32,
    /// A day some time ago, e.g. `5月12日`.
    pub ago: String,
}

impl Fill {
    /// The wording that the dice choose, with everything known filled in.
    pub fn apply(&self, template: &str, dice: &mut Dice) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('[') {
            out.push_str(before);
            let (choices, tail) = after.split_once(']').unwrap_or((after, ""));
            let choices: Vec<&str> = choices.split('|').collect();
            out.push_str(dice.pick(&choices).copied().unwrap_or_default());
            rest = tail;
        }
        out.push_str(rest);
        [
            ("{county}", self.county.as_str()),
            ("{place}", self.place.as_str()),
            ("{n}", &self.n.to_string()),
            ("{m}", &self.m.to_string()),
            ("{money}", &self.money.to_string()),
            ("{days}", &self.days.to_string()),
            ("{ago}", self.ago.as_str()),
        ]
        .into_iter()
        .fold(out, |text, (mark, value)| text.replace(mark, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_reads_and_says_what_it_needs() {
        let texts = accepted().expect("the files read");
        assert!(texts.len() >= 120, "{}", texts.len());
        for text in &texts {
            assert!(!text.answer.is_empty() && !text.to.is_empty(), "{}", text.title);
            let direct = text.to.iter().any(|to| to == "office");
            assert!(
                direct || (text.answer.contains("{d1}") && text.answer.contains("{d2}")) || text.natural,
                "{}",
                text.title
            );
            assert!(!text.bad_news || text.to.iter().all(|to| to.starts_with("county/")), "{}", text.title);
        }
        for text in outside().expect("the file reads") {
            assert_eq!(text.ground.is_some(), text.to == ["declined"], "{}", text.title);
        }
    }

    #[test]
    fn a_text_is_filled_in_and_one_wording_chosen() {
        let fill = Fill {
            county: "甲县".into(),
            place: "甲县城关镇".into(),
            n: 3,
            m: 40,
            money: 12,
            days: 9,
            ago: "5月6日".into(),
        };
        let filled = fill.apply("{place}[一|二]{n}台，{money}0万，{d1}答", &mut Dice::of("t", 1));
        assert!(
            ["甲县城关镇一3台，120万，{d1}答", "甲县城关镇二3台，120万，{d1}答"].contains(&filled.as_str()),
            "{filled}"
        );
    }
}
