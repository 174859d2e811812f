//! The matter engine: streams, projections, timers around the pure rules.
