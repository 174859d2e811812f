//! Clocks that are right and explain themselves: instants, zones, the working calendar,
//! limits with their pauses, caps and extensions, and the light that follows from them.

mod calendar;
mod calendar_file;
mod cap;
mod counting;
mod due;
mod elapsed;
mod explanation;
mod instant;
mod light;
mod light_bounds;
mod pause;
mod span;
mod zone;

pub use calendar::{Calendar, Day, DayKind, DayReason, WorkingInterval};
pub use calendar_file::{CalendarError, CalendarProblem};
pub use due::Due;
pub use elapsed::Elapsed;
pub use explanation::{
    Cap, CapReason, CountReason, CountedDay, Explanation, Extension, SkipReason, SkippedDay,
};
pub use instant::{Instant, InstantError};
pub use jiff::civil::{Date, DateTime, Time};
pub use light::{Light, Remaining, light, remaining};
pub use light_bounds::{LightBounds, latest_start, light_bounds};
pub use pause::Pause;
pub use span::{Span, SpanError, TimeBase};
pub use zone::{Zone, ZoneError};
