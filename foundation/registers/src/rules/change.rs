//! What a new version of a definition does to the records there are.

use super::definition::{Definition, Kind};

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
    found
}

/// Whether what records hold still reads. Bounds, lengths, hints and decimals may change.
fn same_kind(before: &Kind, after: &Kind) -> bool {
    match (before, after) {
        (Kind::Reference { register, .. }, Kind::Reference { register: now, .. }) => register == now,
        (before, after) => before.word() == after.word(),
    }
}
