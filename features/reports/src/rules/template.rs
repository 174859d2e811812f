//! A template: plain text with placeholders. `# ` begins the title, `## ` a heading, `> ` small
//! print; lines of the form `| name | value |` make a table; all else are paragraphs. It is
//! checked before it is kept, and every version stays.

use kernel::{Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The longest template, in characters.
const LONGEST: usize = 20_000;

/// A part of a filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Names and values.
    Table(Vec<(String, String)>),
    /// Small print.
    Note(String),
}

/// A text taken apart; empty lines part paragraphs.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            continue;
        }
        if let Some(row) = line.strip_prefix('|') {
            let mut cells = row.trim_end_matches('|').splitn(2, '|').map(|cell| cell.trim().to_owned());
            let row = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            match parts.last_mut() {
                Some(Part::Table(rows)) => rows.push(row),
                _ => parts.push(Part::Table(vec![row])),
            }
            continue;
        }
        parts.push(match line {
            line if line.starts_with("## ") => Part::Heading(line[3..].trim().to_owned()),
            line if line.starts_with("# ") => Part::Title(line[2..].trim().to_owned()),
            line if line.starts_with("> ") => Part::Note(line[2..].trim().to_owned()),
            line => Part::Text(line.to_owned()),
        });
    }
    parts
}

/// Whether a template reads, and names nothing but what there is; `strange`: the first name
/// that stands for nothing.
///
/// # Errors
/// The first thing wrong, on `text`.
pub fn check(text: &str, strange: Option<&str>) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field("text", "entry-missing"));
    }
    if text.chars().count() > LONGEST {
        return Err(Refusal::field("text", "entry-too-long").with("max", LONGEST));
    }
    let titles = parts(text).iter().filter(|part| matches!(part, Part::Title(_))).count();
    if titles != 1 {
        return Err(Refusal::field("text", "report-title-one"));
    }
    match strange {
        Some(name) => Err(Refusal::field("text", "report-placeholder-unknown").with("name", name)),
        None => Ok(()),
    }
}

/// A new text.
#[derive(Clone, Debug)]
pub struct Change {
    /// The whole of it.
    pub text: String,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// See [`Change`].
    Changed {
        /// The whole text.
        text: String,
    },
}

/// The template of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// How often it was changed; 0: as delivered.
    pub version: u32,
    /// Its text; empty: as delivered.
    pub text: String,
}

/// What the rules must know.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The first name in the new text that stands for nothing.
    pub strange: Option<String>,
}

/// The pure rules of the streams `report_template:<kind>`.
#[derive(Clone, Copy, Debug)]
pub struct TemplateRules;

impl Aggregate for TemplateRules {
    type State = Template;
    type Command = Change;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "report_template";

    fn event_kind(_: &Event) -> &'static str {
        "changed"
    }

    fn decide(state: &Template, command: &Change, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        check(&command.text, facts.strange.as_deref())?;
        let same = state.text == command.text;
        Ok(if same { Vec::new() } else { vec![Event::Changed { text: command.text.clone() }] })
    }

    fn fold(state: Template, entry: &Recorded<Event>) -> Template {
        let Event::Changed { text } = &entry.event;
        Template { version: state.version + 1, text: text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_line_by_line() {
        let text = "# 日报\n\n## 一\n共 1 件。\n\n| 收到 | 1 |\n| 受理 | 2 |\n> 说明";
        let told = parts(text);
        assert_eq!(told.len(), 5);
        assert_eq!(told[3], Part::Table(vec![("收到".into(), "1".into()), ("受理".into(), "2".into())]));
    }

    #[test]
    fn what_a_template_names_must_be_there() {
        let code = |text: &str| check(text, None).expect_err("wrong").code;
        assert_eq!(check("# 日报\n共{received}件", None), Ok(()));
        let strange = check("# 日报\n共{recieved}件", Some("recieved")).expect_err("wrong");
        assert_eq!((strange.code, strange.args["name"].as_str()), ("report-placeholder-unknown", "recieved"));
        assert_eq!(code("共{received}件"), "report-title-one");
        assert_eq!(code(" "), "entry-missing");
    }
}
