//! The parts of a definition as the editor lists them: what each is called and says.

use super::super::Working;
use super::Part;
use crate::{condition, figures, show};
use platform::ui::Page;
use registers::rules::definition::{Becomes, Coverage, Definition, FlowKind, Stage};
use std::collections::BTreeMap;

/// One kind of parts.
pub(in super::super) struct Card {
    pub part: &'static str,
    pub title: String,
    pub about: String,
    pub add: String,
    pub lines: Vec<Line>,
    /// Whether there may be another one.
    pub open: bool,
}

/// One part.
pub(in super::super) struct Line {
    pub code: String,
    pub name: String,
    pub words: String,
    /// Whether it may be dropped.
    pub drops: bool,
}

/// All of them, in the order of the editor; `registers` names other registers.
pub(in super::super) fn cards(
    page: &Page,
    working: &Working,
    registers: &BTreeMap<String, String>,
) -> Vec<Card> {
    let definition = &working.definition;
    let card = |part: &Part| {
        let key = part.key();
        let lines = definition.codes_of(*part).into_iter().map(|code| {
            let (name, words) = line(page, definition, *part, &code, registers);
            Line { name, words, drops: !working.keeps(*part, &code), code }
        });
        let lines: Vec<Line> = lines.collect();
        Card {
            part: part.code(),
            title: page.t(key),
            about: page.t(&format!("{key}-about")),
            add: page.t(&format!("{key}-add")),
            open: *part != Part::Coverage || lines.is_empty(),
            lines,
        }
    };
    Part::ALL.iter().map(card).collect()
}

fn line(
    page: &Page,
    definition: &Definition,
    part: Part,
    code: &str,
    registers: &BTreeMap<String, String>,
) -> (String, String) {
    let named = |name| show::name(page, name).to_owned();
    let found = match part {
        Part::Stage => definition.stage(code).map(|it| (named(&it.name), stage(page, definition, it))),
        Part::Flow => definition.flow(code).map(|it| (named(&it.name), flow(page, it))),
        Part::Level => definition.level(code).map(|(_, it)| (named(&it.name), String::new())),
        Part::Figure => {
            definition.indicator(code).map(|it| (named(&it.name), figures::formula(page, definition, it)))
        }
        Part::Coverage => {
            definition.coverage.as_ref().map(|it| (named(&it.name), coverage(page, definition, it)))
        }
        Part::Becoming => definition.becomes.iter().find(|it| it.code() == code).map(|it| {
            let register = registers.get(&it.register).unwrap_or(&it.register);
            (register.clone(), becoming(page, definition, it))
        }),
    };
    found.unwrap_or_else(|| (code.to_owned(), String::new()))
}

fn joined(page: &Page, words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(if show::english(page) { ", " } else { "、" })
}

fn sentence(page: &Page, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(if show::english(page) { "; " } else { "；" })
}

fn field(page: &Page, definition: &Definition, code: &str) -> String {
    definition.field(code).map_or_else(|| code.to_owned(), |field| show::name(page, &field.name).to_owned())
}

fn stage(page: &Page, definition: &Definition, stage: &Stage) -> String {
    let to = joined(page, stage.to.iter().map(|to| show::stage(page, definition, Some(to))));
    let needs = joined(page, stage.requires.iter().map(|code| field(page, definition, code)));
    sentence(
        page,
        [
            match to.is_empty() {
                true => page.t("register-stage-ends"),
                false => page.t1("register-stage-to", "stages", to),
            },
            if needs.is_empty() { needs } else { page.t1("register-stage-needs", "fields", needs) },
            if stage.check { page.t("register-stage-checked") } else { String::new() },
        ],
    )
}

fn flow(page: &Page, flow: &FlowKind) -> String {
    sentence(
        page,
        [
            flow.money.map_or_else(|| page.t("register-kind-number"), |unit| page.t(unit.key())),
            if flow.evidence { page.t("register-flow-needs-evidence") } else { String::new() },
            if flow.verified { page.t("register-flow-counts-verified") } else { String::new() },
        ],
    )
}

fn coverage(page: &Page, definition: &Definition, coverage: &Coverage) -> String {
    let level = page.t(&format!("level-{}", coverage.level.code()));
    let where_ = coverage.condition.as_ref().map(|condition| {
        condition::words(page, definition, condition).unwrap_or_else(|| condition.to_string())
    });
    sentence(
        page,
        [
            page.t2(
                "register-part-coverage-says",
                "level",
                level,
                "field",
                field(page, definition, &coverage.field),
            ),
            where_.map(|condition| page.t1("register-part-only", "condition", condition)).unwrap_or_default(),
        ],
    )
}

fn becoming(page: &Page, definition: &Definition, becomes: &Becomes) -> String {
    let given = joined(page, becomes.fields.iter().map(|(_, ours)| field(page, definition, ours)));
    let stage = becomes.stage.as_ref().map(|stage| show::stage(page, definition, Some(stage)));
    sentence(
        page,
        [
            if given.is_empty() { given } else { page.t1("register-becoming-gives", "fields", given) },
            stage.map(|stage| page.t1("register-becoming-reaches", "stage", stage)).unwrap_or_default(),
        ],
    )
}
