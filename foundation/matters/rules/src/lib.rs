//! The closed loop as pure functions: procedures, decide, fold, figures.
