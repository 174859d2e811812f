//! Pure rules of the network: areas 区划, units 单位, the townships' duty list 履职事项清单.
//! No IO: what must be known of the world stands in each aggregate's facts.

pub mod area;
pub mod boundaries;
pub mod codes;
pub mod dated;
pub mod duty;
pub mod unit;

pub use codes::UnitKind;
pub use kernel::Level;
