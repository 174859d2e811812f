//! The file an office writes, as TOML.

use super::check::Checking;
use super::{
    Becomes, Choice, Coverage, Definition, Field, FlowKind, FollowUp, Gives, Grade, Indicator, Kind, Measure,
    Period, Stage,
};
use crate::rules::expression::Expression;
use crate::rules::{Cadence, MoneyUnit, Name};
use kernel::reading::Reading;
use kernel::time::Date;
use kernel::{Level, Refusal, UnitId};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub code: Spanned<String>,
    pub version: u32,
    pub effective_from: Date,
    pub zh: Spanned<String>,
    #[serde(default)]
    en: String,
    #[serde(default)]
    about_zh: String,
    #[serde(default)]
    about_en: String,
    #[serde(default)]
    group_zh: String,
    #[serde(default)]
    group_en: String,
    #[serde(default)]
    icon: String,
    owner: Option<String>,
    pub title: Vec<Spanned<String>>,
    #[serde(default)]
    pub field: Vec<FieldLine>,
    #[serde(default)]
    pub stage: Vec<StageLine>,
    #[serde(default)]
    pub flow: Vec<FlowLine>,
    pub follow_up: Option<FollowLine>,
    #[serde(default)]
    pub level: Vec<NamedLine>,
    #[serde(default)]
    pub unique: Vec<UniqueLine>,
    #[serde(default)]
    pub indicator: Vec<IndicatorLine>,
    pub coverage: Option<CoverageLine>,
    #[serde(default)]
    pub becomes: Vec<BecomesLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldLine {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub hint_zh: String,
    #[serde(default)]
    pub hint_en: String,
    pub kind: Spanned<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    listed: bool,
    #[serde(default)]
    filtered: bool,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    long: bool,
    max: Option<usize>,
    #[serde(default)]
    credit_code: bool,
    #[serde(default)]
    sealed: bool,
    decimals: Option<u8>,
    #[serde(default)]
    bounds: bool,
    #[serde(default)]
    suffix_zh: String,
    #[serde(default)]
    suffix_en: String,
    unit: Option<Spanned<String>>,
    #[serde(default)]
    many: bool,
    level: Option<Spanned<String>>,
    pub register: Option<Spanned<String>>,
    pub expression: Option<Spanned<String>>,
    gives: Option<Spanned<String>>,
    #[serde(default)]
    pub choice: Vec<NamedLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedLine {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StageLine {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub to: Vec<Spanned<String>>,
    #[serde(default)]
    pub requires: Vec<Spanned<String>>,
    #[serde(default)]
    check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverageLine {
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    pub field: Spanned<String>,
    level: Spanned<String>,
    unit_kind: Option<String>,
    #[serde(rename = "where")]
    pub condition: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BecomesLine {
    pub register: Spanned<String>,
    pub link: Spanned<String>,
    pub stage: Option<Spanned<String>>,
    #[serde(default)]
    pub fields: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlowLine {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    money: Option<Spanned<String>>,
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    evidence: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowLine {
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    cadence: Option<Spanned<String>>,
    pub since: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UniqueLine {
    pub fields: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorLine {
    pub code: Spanned<String>,
    pub zh: Spanned<String>,
    #[serde(default)]
    pub en: String,
    pub sum: Option<Spanned<String>>,
    pub distinct: Option<Spanned<String>>,
    pub flow: Option<Spanned<String>>,
    #[serde(default)]
    contacts: bool,
    pub level: Option<Spanned<String>>,
    pub ever: Option<Spanned<String>>,
    #[serde(rename = "where")]
    pub condition: Option<Spanned<String>>,
    pub period: Option<Spanned<String>>,
    pub period_stage: Option<Spanned<String>>,
}

/// Reads it, then checks what it says against itself.
pub(super) fn parse(text: &str) -> Result<Definition, Vec<Refusal>> {
    let reading = Reading::new(text);
    let file: File = reading.shape()?;
    let mut checking = Checking::new(reading);
    checking.names(&file);
    let fields: Vec<Field> = file.field.iter().filter_map(|line| field(line, &mut checking)).collect();
    let definition = Definition {
        code: file.code.get_ref().clone(),
        version: file.version,
        effective_from: file.effective_from,
        name: Name { zh: file.zh.get_ref().clone(), en: file.en.clone() },
        about: Name { zh: file.about_zh.clone(), en: file.about_en.clone() },
        icon: if file.icon.is_empty() { "list".to_owned() } else { file.icon.clone() },
        group: Name { zh: file.group_zh.clone(), en: file.group_en.clone() },
        owner: file.owner.clone().map(UnitId),
        title: texts(&file.title),
        fields,
        stages: file
            .stage
            .iter()
            .map(|line| Stage {
                code: line.code.get_ref().clone(),
                name: name(&line.zh, &line.en),
                to: texts(&line.to),
                requires: texts(&line.requires),
                check: line.check,
            })
            .collect(),
        flows: file
            .flow
            .iter()
            .map(|line| FlowKind {
                code: line.code.get_ref().clone(),
                name: name(&line.zh, &line.en),
                money: line.money.as_ref().and_then(|unit| money_unit(unit, &mut checking)),
                verified: line.verified,
                evidence: line.evidence,
            })
            .collect(),
        follow_up: file.follow_up.as_ref().map(|line| follow_up(line, &mut checking)),
        levels: file
            .level
            .iter()
            .map(|line| Grade { code: line.code.get_ref().clone(), name: name(&line.zh, &line.en) })
            .collect(),
        unique: file.unique.iter().map(|line| texts(&line.fields)).collect(),
        indicators: file.indicator.iter().map(|line| indicator(line, &mut checking)).collect(),
        coverage: file.coverage.as_ref().and_then(|line| coverage(line, &mut checking)),
        becomes: file.becomes.iter().map(becomes).collect(),
    };
    checking.references(&file, &definition);
    checking.finish(definition)
}

fn field(line: &FieldLine, checking: &mut Checking<'_>) -> Option<Field> {
    let kind = match line.kind.get_ref().as_str() {
        "text" => {
            let max = line.max.unwrap_or(if line.long { 2000 } else { 200 });
            Kind::Text {
                long: line.long,
                max: max.min(5000),
                credit_code: line.credit_code,
                sealed: line.sealed,
            }
        }
        "number" => Kind::Number {
            decimals: line.decimals.unwrap_or(0).min(6),
            bounds: line.bounds,
            suffix: Name { zh: line.suffix_zh.clone(), en: line.suffix_en.clone() },
        },
        "money" => {
            let unit = line.unit.as_ref().and_then(|unit| money_unit(unit, checking));
            Kind::Money { bounds: line.bounds, unit: unit.unwrap_or(MoneyUnit::Yuan) }
        }
        "date" => Kind::Date,
        "choice" => {
            checking.some(&line.choice, &line.code);
            Kind::Choice { options: choices(&line.choice), many: line.many }
        }
        "unit" => Kind::Unit,
        "area" => Kind::Area { level: line.level.as_ref().and_then(|level| area_level(level, checking)) },
        "reference" => {
            let register = checking.needed(line.register.as_ref(), &line.code, "register");
            Kind::Reference { register, many: line.many }
        }
        "point" => Kind::Point,
        "attachment" => Kind::Attachment,
        "recurrence" => Kind::Recurrence,
        "derived" => {
            checking.needed(line.expression.as_ref(), &line.code, "expression");
            let expression = checking.expression(line.expression.as_ref()?)?;
            let gives = match line.gives.as_ref().map_or("number", |gives| gives.get_ref().as_str()) {
                "number" => Gives::Number(line.decimals.unwrap_or(0).min(6)),
                "money" => Gives::Money,
                "date" => Gives::Date,
                "text" => Gives::Text,
                "choice" => {
                    checking.some(&line.choice, &line.code);
                    Gives::Choice(choices(&line.choice))
                }
                _ => {
                    checking.unknown(line.gives.as_ref()?, "gives", "number、money、date、text、choice");
                    return None;
                }
            };
            Kind::Derived { expression, gives }
        }
        _ => {
            let known = "text、number、money、date、choice、unit、area、reference、point、attachment、recurrence、derived";
            checking.unknown(&line.kind, "kind", known);
            return None;
        }
    };
    Some(Field {
        code: line.code.get_ref().clone(),
        name: name(&line.zh, &line.en),
        hint: Name { zh: line.hint_zh.clone(), en: line.hint_en.clone() },
        kind,
        required: line.required,
        listed: line.listed,
        filtered: line.filtered,
        retired: line.retired,
    })
}

fn follow_up(line: &FollowLine, checking: &mut Checking<'_>) -> FollowUp {
    let cadence = line.cadence.as_ref().and_then(|text| {
        let cadence = Cadence::parse(text.get_ref());
        if cadence.is_none() {
            checking.unknown(text, "cadence", "30 days、2 months、1 year");
        }
        cadence
    });
    let since = line.since.as_ref().map(|field| field.get_ref().clone());
    FollowUp { name: name(&line.zh, &line.en), cadence, since }
}

fn indicator(line: &IndicatorLine, checking: &mut Checking<'_>) -> Indicator {
    let text = |field: &Spanned<String>| field.get_ref().clone();
    let measures = [
        line.sum.as_ref().map(|field| Measure::Sum(text(field))),
        line.distinct.as_ref().map(|field| Measure::Distinct(text(field))),
        line.flow.as_ref().map(|field| Measure::Flow(text(field))),
        line.contacts.then_some(Measure::Contacts),
        line.level.as_ref().map(|field| Measure::Level(text(field))),
        line.ever.as_ref().map(|field| Measure::EverLevel(text(field))),
    ];
    let mut given = measures.into_iter().flatten();
    let measure = given.next().unwrap_or(Measure::Count);
    if given.next().is_some() {
        checking.reading.wrong("register-indicator-twice", &line.code, "indicator");
    }
    let period = match (&line.period, &line.period_stage) {
        (Some(field), _) => Some(Period::Field(text(field))),
        (None, Some(stage)) => Some(Period::Stage(text(stage))),
        (None, None) => None,
    };
    Indicator {
        code: text(&line.code),
        name: name(&line.zh, &line.en),
        measure,
        condition: line.condition.as_ref().and_then(|text| checking.expression(text)),
        condition_text: line.condition.as_ref().map(text).unwrap_or_default(),
        period,
    }
}

fn coverage(line: &CoverageLine, checking: &mut Checking<'_>) -> Option<Coverage> {
    Some(Coverage {
        name: name(&line.zh, &line.en),
        field: line.field.get_ref().clone(),
        level: area_level(&line.level, checking)?,
        unit_kind: line.unit_kind.clone(),
        condition: line.condition.as_ref().and_then(|text| checking.expression(text)),
    })
}

fn becomes(line: &BecomesLine) -> Becomes {
    let fields = line.fields.iter();
    Becomes {
        register: line.register.get_ref().clone(),
        link: line.link.get_ref().clone(),
        stage: line.stage.as_ref().map(|stage| stage.get_ref().clone()),
        fields: fields.map(|(theirs, ours)| (theirs.clone(), ours.get_ref().clone())).collect(),
    }
}

fn money_unit(unit: &Spanned<String>, checking: &mut Checking<'_>) -> Option<MoneyUnit> {
    let found = MoneyUnit::parse(unit.get_ref());
    if found.is_none() {
        checking.unknown(unit, "unit", "yuan、wan、yi");
    }
    found
}

fn area_level(level: &Spanned<String>, checking: &mut Checking<'_>) -> Option<Level> {
    let found = Level::parse(level.get_ref());
    if found.is_none() {
        checking.unknown(level, "level", "province、city、county、township、village");
    }
    found
}

fn choices(lines: &[NamedLine]) -> Vec<Choice> {
    lines
        .iter()
        .map(|line| Choice {
            code: line.code.get_ref().clone(),
            name: name(&line.zh, &line.en),
            retired: line.retired,
        })
        .collect()
}

fn name(zh: &Spanned<String>, en: &str) -> Name {
    Name { zh: zh.get_ref().clone(), en: en.to_owned() }
}

fn texts(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|text| text.get_ref().clone()).collect()
}

/// An expression that reads; what is wrong is told at its line.
pub(super) fn read(text: &str) -> Result<Expression, crate::rules::expression::Wrong> {
    Expression::parse(text)
}
