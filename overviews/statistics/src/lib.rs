//! The figures page and its drill-down.
