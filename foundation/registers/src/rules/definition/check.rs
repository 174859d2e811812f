//! What is wrong with a definition, beyond its shape: codes, names, what it refers to, and
//! the data rule of [`crate::rules::words`].

use super::file::{self, File, NamedLine};
use super::{Definition, Field, Kind, Measure, Period};
use crate::rules::expression::{Expression, Source, Wrong};
use crate::rules::words::forbidden;
use kernel::Refusal;
use kernel::reading::Reading;
use std::collections::BTreeSet;
use toml::Spanned;

/// Columns that every register's table has.
pub(in crate::rules) const OWN_COLUMNS: &[&str] = &[
    "id",
    "unit",
    "title",
    "search",
    "stage",
    "stage_on",
    "level",
    "level_rank",
    "last_contact",
    "next_contact",
    "removed",
    "created_on",
    "changed_at",
];
/// The most of each that a definition may have.
const MOST: usize = 100;

/// Collects what is wrong while a file is read.
pub(super) struct Checking<'t> {
    pub(super) reading: Reading<'t>,
}

impl<'t> Checking<'t> {
    pub(super) fn new(reading: Reading<'t>) -> Self {
        Self { reading }
    }

    pub(super) fn finish(self, definition: Definition) -> Result<Definition, Vec<Refusal>> {
        self.reading.finish(definition)
    }

    /// Codes and names of everything, and whether the names may be.
    pub(super) fn names(&mut self, file: &File) {
        self.code(&file.code, "code");
        self.named(&file.zh, "", "zh");
        self.count(file.field.len(), &file.code, "field");
        self.count(file.indicator.len(), &file.code, "indicator");
        self.codes(file.field.iter().map(|line| &line.code), "field.code");
        self.codes(file.stage.iter().map(|line| &line.code), "stage.code");
        self.codes(file.flow.iter().map(|line| &line.code), "flow.code");
        self.codes(file.level.iter().map(|line| &line.code), "level.code");
        self.codes(file.indicator.iter().map(|line| &line.code), "indicator.code");
        for line in &file.field {
            if OWN_COLUMNS.contains(&line.code.get_ref().as_str()) {
                let value = line.code.get_ref().clone();
                self.reading
                    .wrong("register-code-taken", &line.code, "field.code")
                    .args
                    .insert("value", value);
            }
            let others =
                format!("{} · {} · {} · {}", line.code.get_ref(), line.en, line.hint_zh, line.hint_en);
            self.named(&line.zh, &others, "field.zh");
            self.options(&line.choice, "field.choice");
        }
        for (zh, en, code, place) in file
            .stage
            .iter()
            .map(|line| (&line.zh, &line.en, &line.code, "stage.zh"))
            .chain(file.flow.iter().map(|line| (&line.zh, &line.en, &line.code, "flow.zh")))
            .chain(file.indicator.iter().map(|line| (&line.zh, &line.en, &line.code, "indicator.zh")))
        {
            self.named(zh, &format!("{} · {en}", code.get_ref()), place);
        }
        self.options(&file.level, "level.zh");
        if let Some(line) = &file.coverage {
            self.named(&line.zh, &line.en, "coverage.zh");
        }
        for line in &file.becomes {
            self.code(&line.register, "becomes.register");
            self.code(&line.link, "becomes.link");
        }
        if let Some(line) = &file.follow_up {
            self.named(&line.zh, &line.en, "follow_up.zh");
        }
    }

    fn options(&mut self, lines: &[NamedLine], place: &str) {
        self.count(lines.len(), &Spanned::new(0..0, String::new()), place);
        self.codes(lines.iter().map(|line| &line.code), place);
        for line in lines {
            self.named(&line.zh, &format!("{} · {}", line.code.get_ref(), line.en), place);
        }
    }

    /// A name that is there and holds no forbidden word, nor do the texts beside it.
    fn named(&mut self, zh: &Spanned<String>, beside: &str, place: &str) {
        if zh.get_ref().trim().is_empty() {
            self.reading.wrong("document-name-missing", zh, place);
        }
        let found = [zh.get_ref().as_str()].into_iter().chain(beside.split(" · ")).find_map(forbidden);
        if let Some(word) = found {
            let refusal = self.reading.wrong("register-word-forbidden", zh, place);
            refusal.args.insert("word", word.to_owned());
            refusal.args.insert("value", zh.get_ref().clone());
        }
    }

    fn codes<'a>(&mut self, codes: impl Iterator<Item = &'a Spanned<String>> + Clone, place: &str) {
        let mut seen = BTreeSet::new();
        for code in codes {
            self.code(code, place);
            if !seen.insert(code.get_ref().clone()) {
                self.about("document-code-twice", code, place);
            }
        }
    }

    /// Codes become names of tables and columns.
    fn code(&mut self, code: &Spanned<String>, place: &str) {
        let text = code.get_ref();
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let first = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        if !first || text.len() > 40 || text.contains("__") || !text.bytes().all(plain) {
            self.about("register-code-malformed", code, place);
        }
    }

    fn count(&mut self, count: usize, at: &Spanned<String>, place: &str) {
        if count > MOST {
            self.reading.wrong("register-too-many", at, place).args.insert("max", MOST.to_string());
        }
    }

    pub(super) fn some(&mut self, lines: &[NamedLine], at: &Spanned<String>) {
        if lines.is_empty() {
            self.reading.wrong("register-choices-missing", at, "field.choice");
        }
    }

    pub(super) fn needed(
        &mut self,
        given: Option<&Spanned<String>>,
        at: &Spanned<String>,
        what: &str,
    ) -> String {
        match given {
            Some(text) => text.get_ref().clone(),
            None => {
                self.reading.wrong("register-attribute-missing", at, what);
                String::new()
            }
        }
    }

    pub(super) fn unknown(&mut self, at: &Spanned<String>, place: &str, known: &str) {
        let value = at.get_ref().clone();
        let refusal = self.reading.wrong("register-unknown", at, place);
        refusal.args.insert("value", value);
        refusal.args.insert("known", known.to_owned());
    }

    pub(super) fn expression(&mut self, text: &Spanned<String>) -> Option<Expression> {
        match file::read(text.get_ref()) {
            Ok(expression) => Some(expression),
            Err(Wrong { at, expected }) => {
                let refusal = self.reading.wrong("register-expression", text, "expression");
                refusal.args.insert("at", (at + 1).to_string());
                refusal.args.insert("expected", expected.to_owned());
                None
            }
        }
    }

    /// Everything that names something else names something there is.
    pub(super) fn references(&mut self, file: &File, definition: &Definition) {
        if file.title.is_empty() {
            self.reading.wrong("register-title-missing", &file.code, "title");
        }
        for name in &file.title {
            let fits = |kind: &Kind| {
                matches!(
                    kind,
                    Kind::Text { long: false, .. }
                        | Kind::Choice { many: false, .. }
                        | Kind::Number { .. }
                        | Kind::Date
                )
            };
            self.field_of(definition, name, "title", fits, "text、choice、number、date");
        }
        for line in &file.stage {
            for to in &line.to {
                if definition.stage(to.get_ref()).is_none() {
                    let known = codes(definition.stages.iter().map(|stage| &stage.code));
                    self.unknown(to, "stage.to", &known);
                }
            }
            for field in &line.requires {
                self.field_of(definition, field, "stage.requires", |_| true, "");
            }
        }
        for line in &file.unique {
            for field in &line.fields {
                let fits =
                    |kind: &Kind| !matches!(kind, Kind::Attachment | Kind::Derived { .. } | Kind::Point);
                self.field_of(
                    definition,
                    field,
                    "unique.fields",
                    fits,
                    "text、choice、area、unit、reference",
                );
            }
        }
        if let Some(since) = file.follow_up.as_ref().and_then(|line| line.since.as_ref()) {
            self.field_of(definition, since, "follow_up.since", |kind| *kind == Kind::Date, "date");
        }
        self.chains(file, definition);
        for line in &file.field {
            let Some(field) = definition.field(line.code.get_ref()).filter(|field| field.is_sealed()) else {
                continue;
            };
            if field.listed || field.filtered {
                self.about("register-sealed-shown", &line.code, "field.sealed");
            }
        }
        for (line, field) in
            file.field.iter().filter_map(|line| Some((line, definition.field(line.code.get_ref())?)))
        {
            self.derived(line.expression.as_ref(), field, definition);
        }
        for (line, indicator) in file.indicator.iter().zip(&definition.indicators) {
            match &indicator.measure {
                Measure::Sum(_) => {
                    let fits = |kind: &Kind| {
                        use super::Gives;
                        matches!(kind, Kind::Number { .. } | Kind::Money { .. })
                            || matches!(kind, Kind::Derived { gives: Gives::Number(_) | Gives::Money, .. })
                    };
                    let at = line.sum.as_ref().unwrap_or(&line.code);
                    self.field_of(definition, at, "indicator.sum", fits, "number、money");
                }
                Measure::Distinct(_) => {
                    let at = line.distinct.as_ref().unwrap_or(&line.code);
                    let fits = |kind: &Kind| !matches!(kind, Kind::Attachment | Kind::Point);
                    self.field_of(definition, at, "indicator.distinct", fits, "text、choice、area、unit");
                }
                Measure::Flow(flow) if definition.flow(flow).is_none() => {
                    let known = codes(definition.flows.iter().map(|flow| &flow.code));
                    self.unknown(line.flow.as_ref().unwrap_or(&line.code), "indicator.flow", &known);
                }
                Measure::Level(level) | Measure::EverLevel(level) if definition.level(level).is_none() => {
                    let known = codes(definition.levels.iter().map(|level| &level.code));
                    let at = line.level.as_ref().or(line.ever.as_ref()).unwrap_or(&line.code);
                    self.unknown(at, "indicator.level", &known);
                }
                _ => {}
            }
            match &indicator.period {
                Some(Period::Field(_)) => {
                    let at = line.period.as_ref().unwrap_or(&line.code);
                    self.field_of(definition, at, "indicator.period", |kind| *kind == Kind::Date, "date");
                }
                Some(Period::Stage(stage)) if definition.stage(stage).is_none() => {
                    let known = codes(definition.stages.iter().map(|stage| &stage.code));
                    self.unknown(
                        line.period_stage.as_ref().unwrap_or(&line.code),
                        "indicator.period_stage",
                        &known,
                    );
                }
                _ => {}
            }
            if let (Some(expression), Some(at)) = (&indicator.condition, &line.condition) {
                self.sources(expression, at, "indicator.where", definition);
                if !expression.is_condition() {
                    self.about("register-condition", at, "indicator.where");
                }
            }
        }
    }

    /// What a register should cover, and what its records become.
    fn chains(&mut self, file: &File, definition: &Definition) {
        if let Some(line) = &file.coverage {
            let fits = |kind: &Kind| matches!(kind, Kind::Area { .. });
            self.field_of(definition, &line.field, "coverage.field", fits, "area");
            let condition = definition.coverage.as_ref().and_then(|coverage| coverage.condition.as_ref());
            if let (Some(condition), Some(at)) = (condition, &line.condition) {
                self.sources(condition, at, "coverage.where", definition);
                if !condition.is_condition() {
                    self.about("register-condition", at, "coverage.where");
                }
            }
        }
        for line in &file.becomes {
            if let Some(stage) = line.stage.as_ref().filter(|at| definition.stage(at.get_ref()).is_none()) {
                let known = codes(definition.stages.iter().map(|stage| &stage.code));
                self.unknown(stage, "becomes.stage", &known);
            }
            for ours in line.fields.values() {
                self.field_of(definition, ours, "becomes.fields", |_| true, "");
            }
        }
    }

    fn derived(&mut self, at: Option<&Spanned<String>>, field: &Field, definition: &Definition) {
        let (Kind::Derived { expression, .. }, Some(at)) = (&field.kind, at) else { return };
        self.sources(expression, at, "expression", definition);
        // One level deep: nothing computed rests on another computed field.
        for source in expression.sources() {
            if let Source::Field(code) = source
                && definition.field(&code).is_some_and(Field::is_derived)
            {
                self.reading
                    .wrong("register-derived-of-derived", at, "expression")
                    .args
                    .insert("value", code);
            }
        }
    }

    fn sources(
        &mut self,
        expression: &Expression,
        at: &Spanned<String>,
        place: &str,
        definition: &Definition,
    ) {
        for source in expression.sources() {
            let (there, value) = match &source {
                Source::Field(code) if ["stage", "level", "unit"].contains(&code.as_str()) => (true, code),
                Source::Field(code) | Source::Degree(code) => (definition.field(code).is_some(), code),
                Source::Flow(code) => (definition.flow(code).is_some(), code),
            };
            let sealed = |code: &String| definition.field(code).is_some_and(Field::is_sealed);
            if let Source::Field(code) | Source::Degree(code) = &source
                && sealed(code)
            {
                let value = code.clone();
                self.reading.wrong("register-sealed-used", at, place).args.insert("value", value);
            }
            if !there {
                let value = value.clone();
                let known = codes(definition.fields.iter().map(|field| &field.code));
                let refusal = self.reading.wrong("register-unknown", at, place);
                refusal.args.insert("value", value);
                refusal.args.insert("known", known);
            }
        }
    }

    fn field_of(
        &mut self,
        definition: &Definition,
        at: &Spanned<String>,
        place: &str,
        fits: impl Fn(&Kind) -> bool,
        kinds: &str,
    ) {
        match definition.field(at.get_ref()) {
            None => {
                let known = codes(definition.fields.iter().map(|field| &field.code));
                self.unknown(at, place, &known);
            }
            Some(field) if field.is_sealed() && place != "stage.requires" => {
                let value = field.code.clone();
                self.reading.wrong("register-sealed-used", at, place).args.insert("value", value);
            }
            Some(field) if !fits(&field.kind) => {
                let refusal = self.reading.wrong("register-kind-unfit", at, place);
                refusal.args.insert("value", field.code.clone());
                refusal.args.insert("known", kinds.to_owned());
            }
            Some(_) => {}
        }
    }

    fn about(&mut self, code: &'static str, at: &Spanned<String>, place: &str) {
        let value = at.get_ref().clone();
        self.reading.wrong(code, at, place).args.insert("value", value);
    }
}

fn codes<'a>(codes: impl Iterator<Item = &'a String>) -> String {
    codes.map(String::as_str).collect::<Vec<_>>().join("、")
}
