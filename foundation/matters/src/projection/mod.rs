//! The matters' read models, made from the journal alone: one row per matter, per
//! assignment, per unit that has to do with it, and per dated fact.

mod evaluation;
mod fold_cache;
mod matter;
mod nodes;
mod now;
mod tables;

pub use matter::MatterProjection;
pub(crate) use now::holder;

use store::Projection;

/// All of this crate, in the order they are applied.
pub fn all() -> Vec<Box<dyn Projection>> {
    vec![
        Box::new(crate::configuration::ConfigurationProjection),
        Box::new(MatterProjection::default()),
        Box::new(crate::enterprises::EnterpriseProjection),
        Box::new(crate::enterprises::AddressProjection),
        Box::new(crate::receptions::ReceptionProjection),
    ]
}
