//! A definition as the file it reads from. What an office wrote beside it (comments, order of
//! attributes) is not kept.

use super::{Choice, Definition, Field, FlowKind, Gives, Indicator, Kind, Measure, Period, Stage};
use crate::rules::Name;
use std::fmt::Write;

impl Definition {
    /// The file: what [`Definition::parse`] reads as the same again.
    pub fn to_toml(&self) -> String {
        let mut file = Lines::default();
        file.text("code", &self.code);
        file.plain("version", self.version);
        file.text("effective_from", &self.effective_from.to_string());
        file.name("", &self.name);
        file.name("about", &self.about);
        file.name("group", &self.group);
        file.text("icon", &self.icon);
        file.some("owner", self.owner.as_ref().map_or("", |owner| owner.as_str()));
        file.texts("title", &self.title);
        for field in &self.fields {
            write_field(&mut file, field);
        }
        for stage in &self.stages {
            write_stage(&mut file, stage);
        }
        for flow in &self.flows {
            write_flow(&mut file, flow);
        }
        if let Some(follow_up) = &self.follow_up {
            file.head("[follow_up]");
            file.name("", &follow_up.name);
            file.some("cadence", &follow_up.cadence.map(String::from).unwrap_or_default());
            file.some("since", follow_up.since.as_deref().unwrap_or_default());
        }
        for level in &self.levels {
            file.head("[[level]]");
            file.text("code", &level.code);
            file.name("", &level.name);
        }
        for fields in &self.unique {
            file.head("[[unique]]");
            file.texts("fields", fields);
        }
        self.write_chains(&mut file);
        for indicator in &self.indicators {
            write_indicator(&mut file, indicator);
        }
        file.0
    }

    fn write_chains(&self, file: &mut Lines) {
        if let Some(coverage) = &self.coverage {
            file.head("[coverage]");
            file.name("", &coverage.name);
            file.text("field", &coverage.field);
            file.text("level", coverage.level.code());
            file.some("unit_kind", coverage.unit_kind.as_deref().unwrap_or_default());
            file.some("where", &coverage.condition.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        for becomes in &self.becomes {
            file.head("[[becomes]]");
            file.text("register", &becomes.register);
            file.text("link", &becomes.link);
            file.some("stage", becomes.stage.as_deref().unwrap_or_default());
            file.head("[becomes.fields]");
            for (theirs, ours) in &becomes.fields {
                file.text(theirs, ours);
            }
        }
    }
}

fn write_field(file: &mut Lines, field: &Field) {
    file.head("[[field]]");
    file.text("code", &field.code);
    file.name("", &field.name);
    file.name("hint", &field.hint);
    file.text("kind", field.kind.word());
    for (key, is) in [
        ("required", field.required),
        ("listed", field.listed),
        ("filtered", field.filtered),
        ("retired", field.retired),
    ] {
        file.flag(key, is);
    }
    match &field.kind {
        Kind::Text { long, max, credit_code, sealed } => {
            file.flag("long", *long);
            file.plain("max", max);
            file.flag("credit_code", *credit_code);
            file.flag("sealed", *sealed);
        }
        Kind::Number { decimals, bounds, suffix } => {
            file.plain("decimals", decimals);
            file.flag("bounds", *bounds);
            file.name("suffix", suffix);
        }
        Kind::Money { bounds, unit } => {
            file.flag("bounds", *bounds);
            file.text("unit", unit.code());
        }
        Kind::Choice { options, many } => {
            file.flag("many", *many);
            write_choices(file, options);
        }
        Kind::Area { level } => file.some("level", level.map_or("", |level| level.code())),
        Kind::Reference { register, many } => {
            file.text("register", register);
            file.flag("many", *many);
        }
        Kind::Derived { expression, gives } => {
            file.text("expression", &expression.to_string());
            match gives {
                Gives::Number(decimals) => file.plain("decimals", decimals),
                Gives::Money => file.text("gives", "money"),
                Gives::Date => file.text("gives", "date"),
                Gives::Text => file.text("gives", "text"),
                Gives::Choice(options) => {
                    file.text("gives", "choice");
                    write_choices(file, options);
                }
            }
        }
        Kind::Date | Kind::Unit | Kind::Point | Kind::Attachment | Kind::Recurrence => {}
    }
}

fn write_choices(file: &mut Lines, options: &[Choice]) {
    for option in options {
        file.head("[[field.choice]]");
        file.text("code", &option.code);
        file.name("", &option.name);
        file.flag("retired", option.retired);
    }
}

fn write_stage(file: &mut Lines, stage: &Stage) {
    file.head("[[stage]]");
    file.text("code", &stage.code);
    file.name("", &stage.name);
    file.texts("to", &stage.to);
    file.texts("requires", &stage.requires);
    file.flag("check", stage.check);
}

fn write_flow(file: &mut Lines, flow: &FlowKind) {
    file.head("[[flow]]");
    file.text("code", &flow.code);
    file.name("", &flow.name);
    file.some("money", flow.money.map_or("", |unit| unit.code()));
    file.flag("verified", flow.verified);
    file.flag("evidence", flow.evidence);
}

fn write_indicator(file: &mut Lines, indicator: &Indicator) {
    file.head("[[indicator]]");
    file.text("code", &indicator.code);
    file.name("", &indicator.name);
    match &indicator.measure {
        Measure::Count => {}
        Measure::Sum(field) => file.text("sum", field),
        Measure::Distinct(field) => file.text("distinct", field),
        Measure::Flow(flow) => file.text("flow", flow),
        Measure::Contacts => file.flag("contacts", true),
        Measure::Level(level) => file.text("level", level),
        Measure::EverLevel(level) => file.text("ever", level),
    }
    file.some("where", &indicator.condition_text);
    match &indicator.period {
        Some(Period::Field(field)) => file.text("period", field),
        Some(Period::Stage(stage)) => file.text("period_stage", stage),
        None => {}
    }
}

/// Lines of TOML.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn head(&mut self, head: &str) {
        let _ = write!(self.0, "\n{head}\n");
    }

    fn plain(&mut self, key: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn flag(&mut self, key: &str, is: bool) {
        if is {
            self.plain(key, "true");
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        self.plain(key, quoted(text));
    }

    fn some(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }

    fn texts(&mut self, key: &str, texts: &[String]) {
        let list: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        self.plain(key, format!("[{}]", list.join(", ")));
    }

    /// `zh` and `en`, or `hint_zh` and `hint_en`; the record's own Chinese name always.
    fn name(&mut self, of: &str, name: &Name) {
        match of {
            "" => {
                self.text("zh", &name.zh);
                self.some("en", &name.en);
            }
            of => {
                self.some(&format!("{of}_zh"), &name.zh);
                self.some(&format!("{of}_en"), &name.en);
            }
        }
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_the_product_reads_as_the_same_again() {
        for (code, toml) in crate::BUILT_IN {
            let definition = Definition::parse(toml).expect(code);
            let written = definition.to_toml();
            let again =
                Definition::parse(&written).unwrap_or_else(|wrong| panic!("{code}: {wrong:#?}\n{written}"));
            assert_eq!(again, definition, "{code}");
        }
    }

    #[test]
    fn quotes_and_control_characters_stay_text() {
        assert_eq!(quoted("a\"b\\c\nd\u{7f}"), "\"a\\\"b\\\\c\\nd\\u007F\"");
    }
}
