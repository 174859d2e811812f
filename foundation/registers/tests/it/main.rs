//! Registers on both engines: records, figures, new versions of a definition, scope.

mod built_in;
mod definitions;
mod figures;
mod places;
mod records;
mod scope;
mod support;
