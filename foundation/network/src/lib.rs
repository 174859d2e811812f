//! Areas, units, zones; their import.
