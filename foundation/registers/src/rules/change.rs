//! What a new version of a definition does to the records there are.

use super::definition::{Definition, Kind};
use super::expression::Source;

/// What became of a part of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is new.
    New,
    /// It says something else.
    Changed,
    /// It is there no more.
    Gone,
}

/// One thing that a new version does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Something that records may hold would be gone or mean something else: never published.
    Lost {
        /// Its code.
        what: String,
    },
    /// A field is new; records hold nothing there yet.
    Added {
        /// The field.
        field: String,
        /// Whether new and changed records must have it.
        required: bool,
    },
    /// A field is no longer asked for; what records hold stays.
    Retired {
        /// The field.
        field: String,
    },
    /// A computed field rests on one that is no longer asked for: new records will lack it.
    Unfed {
        /// The computed field.
        field: String,
        /// What it rests on.
        without: String,
    },
    /// A field must be filled in from now on.
    Required {
        /// The field.
        field: String,
    },
    /// Records become unique by these fields.
    Unique {
        /// The fields.
        fields: Vec<String>,
    },
    /// A computed field is computed otherwise, for all records.
    Recomputed {
        /// The field.
        field: String,
    },
    /// A stage is new, or leads elsewhere, asks for other fields or for a check.
    Stage {
        /// Its code.
        stage: String,
        /// New or changed: one that is gone is lost.
        how: How,
    },
    /// A kind of lines is new, or its lines count otherwise.
    Flow {
        /// Its code.
        flow: String,
        /// New or changed: one that is gone is lost.
        how: How,
    },
    /// A level is new, or the levels stand in another order: which is the highest that a
    /// record holds is found anew.
    Levels,
    /// Contacts are kept from now on, or are due at other times.
    Contacts {
        /// New or changed: contacts that are gone are lost.
        how: How,
    },
    /// A figure.
    Figure {
        /// Its code.
        figure: String,
        /// What became of it.
        how: How,
    },
    /// Which areas should have a record.
    Coverage {
        /// What became of it.
        how: How,
    },
    /// What records may become.
    Becoming {
        /// The other register.
        register: String,
        /// What became of it.
        how: How,
    },
}

/// What differs for records, in the order of the later version.
pub fn effects(before: &Definition, after: &Definition) -> Vec<Effect> {
    let mut found = Vec::new();
    for field in &before.fields {
        match after.field(&field.code) {
            None => found.push(Effect::Lost { what: field.code.clone() }),
            Some(now) if !same_kind(&field.kind, &now.kind) => {
                found.push(Effect::Lost { what: field.code.clone() });
            }
            Some(now) => {
                let gone = field.options().iter().find(|option| now.option(&option.code).is_none());
                if let Some(option) = gone.filter(|_| !field.is_derived()) {
                    found.push(Effect::Lost { what: format!("{}.{}", field.code, option.code) });
                }
                if now.retired && !field.retired {
                    found.push(Effect::Retired { field: field.code.clone() });
                    found.extend(unfed(after, &field.code));
                }
                if now.required && !field.required && !now.retired {
                    found.push(Effect::Required { field: field.code.clone() });
                }
                if field.is_derived() && field.kind != now.kind {
                    found.push(Effect::Recomputed { field: field.code.clone() });
                }
            }
        }
    }
    for field in after.fields.iter().filter(|field| before.field(&field.code).is_none()) {
        found.push(match field.is_derived() {
            true => Effect::Recomputed { field: field.code.clone() },
            false => Effect::Added { field: field.code.clone(), required: field.required },
        });
    }
    let codes = |lost: Vec<&String>| {
        lost.into_iter().map(|what| Effect::Lost { what: what.clone() }).collect::<Vec<_>>()
    };
    found.extend(codes(
        before.stages.iter().map(|s| &s.code).filter(|code| after.stage(code).is_none()).collect(),
    ));
    found.extend(codes(
        before.flows.iter().map(|f| &f.code).filter(|code| after.flow(code).is_none()).collect(),
    ));
    found.extend(codes(
        before.levels.iter().map(|l| &l.code).filter(|code| after.level(code).is_none()).collect(),
    ));
    if before.follow_up.is_some() && after.follow_up.is_none() {
        found.push(Effect::Lost { what: "follow_up".to_owned() });
    }
    let new = after.unique.iter().filter(|fields| !before.unique.contains(fields));
    found.extend(new.map(|fields| Effect::Unique { fields: fields.clone() }));
    found.extend(of_stages(before, after));
    found.extend(of_lines(before, after));
    found.extend(of_parts(before, after));
    found
}

/// Computed fields that rest on a field.
fn unfed<'d>(after: &'d Definition, without: &'d str) -> impl Iterator<Item = Effect> + 'd {
    let rests = move |kind: &Kind| match kind {
        Kind::Derived { expression, .. } => expression
            .sources()
            .iter()
            .any(|source| matches!(source, Source::Field(code) | Source::Degree(code) if code == without)),
        _ => false,
    };
    let computed = after.fields.iter().filter(move |field| !field.retired && rests(&field.kind));
    computed.map(move |field| Effect::Unfed { field: field.code.clone(), without: without.to_owned() })
}

fn of_stages(before: &Definition, after: &Definition) -> Vec<Effect> {
    let mut found = Vec::new();
    for stage in &after.stages {
        let how = match before.stage(&stage.code) {
            None => How::New,
            Some(was) if (&was.to, &was.requires, was.check) != (&stage.to, &stage.requires, stage.check) => {
                How::Changed
            }
            Some(_) => continue,
        };
        found.push(Effect::Stage { stage: stage.code.clone(), how });
    }
    found
}

/// Of dated lines, contacts and levels: what stands beside a record's fields.
fn of_lines(before: &Definition, after: &Definition) -> Vec<Effect> {
    let mut found = Vec::new();
    for flow in &after.flows {
        match before.flow(&flow.code) {
            None => found.push(Effect::Flow { flow: flow.code.clone(), how: How::New }),
            // Money and numbers are no measure of each other.
            Some(was) if was.money.is_some() != flow.money.is_some() => {
                found.push(Effect::Lost { what: flow.code.clone() });
            }
            Some(was) if (was.verified, was.evidence) != (flow.verified, flow.evidence) => {
                found.push(Effect::Flow { flow: flow.code.clone(), how: How::Changed });
            }
            Some(_) => {}
        }
    }
    let order = |of: &Definition| of.levels.iter().map(|level| level.code.clone()).collect::<Vec<_>>();
    if order(before) != order(after) {
        found.push(Effect::Levels);
    }
    match (&before.follow_up, &after.follow_up) {
        (None, Some(_)) => found.push(Effect::Contacts { how: How::New }),
        (Some(was), Some(now)) if (was.cadence, &was.since) != (now.cadence, &now.since) => {
            found.push(Effect::Contacts { how: How::Changed });
        }
        _ => {}
    }
    found
}

/// Of what is read from records: figures, coverage, and what records may become.
fn of_parts(before: &Definition, after: &Definition) -> Vec<Effect> {
    let mut found = Vec::new();
    for figure in &after.indicators {
        let how = match before.indicator(&figure.code) {
            None => How::New,
            Some(was)
                if (&was.measure, &was.condition, &was.period)
                    != (&figure.measure, &figure.condition, &figure.period) =>
            {
                How::Changed
            }
            Some(_) => continue,
        };
        found.push(Effect::Figure { figure: figure.code.clone(), how });
    }
    let gone = before.indicators.iter().filter(|figure| after.indicator(&figure.code).is_none());
    found.extend(gone.map(|figure| Effect::Figure { figure: figure.code.clone(), how: How::Gone }));
    match (&before.coverage, &after.coverage) {
        (None, Some(_)) => found.push(Effect::Coverage { how: How::New }),
        (Some(_), None) => found.push(Effect::Coverage { how: How::Gone }),
        (Some(was), Some(now)) if was != now => found.push(Effect::Coverage { how: How::Changed }),
        _ => {}
    }
    for becomes in &after.becomes {
        let was = before.becomes.iter().find(|was| was.code() == becomes.code());
        let how = match was {
            None => How::New,
            Some(was) if was != becomes => How::Changed,
            Some(_) => continue,
        };
        found.push(Effect::Becoming { register: becomes.register.clone(), how });
    }
    let still = |was: &super::definition::Becomes| after.becomes.iter().any(|now| now.code() == was.code());
    let gone = before.becomes.iter().filter(|was| !still(was));
    found.extend(gone.map(|was| Effect::Becoming { register: was.register.clone(), how: How::Gone }));
    found
}

/// Whether what records hold still reads. Bounds, lengths, hints and decimals may change.
fn same_kind(before: &Kind, after: &Kind) -> bool {
    match (before, after) {
        (Kind::Reference { register, .. }, Kind::Reference { register: now, .. }) => register == now,
        (before, after) => before.word() == after.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::definition::edit::{Edit, Part};

    fn projects() -> Definition {
        let (_, toml) = crate::BUILT_IN.iter().find(|(code, _)| *code == "projects").expect("built in");
        Definition::parse(toml).expect("reads")
    }

    #[test]
    fn what_is_counted_otherwise_or_no_more_is_told() {
        let before = projects();
        assert_eq!(effects(&before, &before), []);
        let mut after = before.clone().edited(Edit::DropPart(Part::Figure, "platforms".into()));
        after.indicators[0].period = None;
        after.flows[0].verified = false;
        after.stages[0].to = vec!["signed".into()];
        let found = effects(&before, &after);
        let demo = Effect::Figure { figure: "demo_count".into(), how: How::Changed };
        let platforms = Effect::Figure { figure: "platforms".into(), how: How::Gone };
        let paid = Effect::Flow { flow: "paid_in".into(), how: How::Changed };
        let talks = Effect::Stage { stage: "talks".into(), how: How::Changed };
        assert_eq!(found, [talks, paid, demo, platforms]);
    }

    #[test]
    fn lines_of_money_never_become_lines_of_numbers() {
        let (before, mut after) = (projects(), projects());
        after.flows[0].money = None;
        assert_eq!(effects(&before, &after), [Effect::Lost { what: "paid_in".into() }]);
    }
}
