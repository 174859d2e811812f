//! What pages read: lists and counts within the reader's scope, one matter whole, and the
//! appellant's way in by number and code.

mod actor;
mod caller;
mod evaluation;
mod eyes;
mod heat;
mod limits;
mod list;
mod masked;
mod model;
mod nodes;
mod openings;
mod own;
mod phones;
mod pressed;
mod reach;
mod tab;
mod timeline;
mod track;
mod view;
mod waiting;
mod watching;

pub use caller::by_phone;
pub(crate) use caller::rows_by_number;
pub use heat::{Heat, HeatRow, WEEKS, heat};
pub(crate) use list::uuid;
pub use list::{
    Filter, ListPage, Matching, Row, Signing, Watched, count, list, matching, rows, tab_counts, watched_units,
};
pub use masked::MaskedWords;
pub(crate) use model::READ;
pub use model::{
    ActorView, AnswerView, AreaName, CallView, ClockView, CompletionView, ContactView, DeclineView,
    DemandView, ExclusionView, GroundView, LimitView, LookView, MatterLink, MatterView, NodeView, NoteView,
    ObjectionView, OpeningView, PressureView, RatingView, RequestView, StoodIn, TerminationView,
    TimelineItem, UnitName, Viewer,
};
pub use nodes::matter_of;
pub use own::{OwnRow, of_enterprise, own};
pub use phones::{duty_phones, out_of_hours};
pub use pressed::{Pressed, pressed};
pub use reach::beyond_own_limit;
pub use tab::{COUNTED_TO, FOUND_TO, Tab};
pub use track::{by_number, track};
pub use view::view;
pub use waiting::{Waiting, waiting};
pub use watching::{condition_words, why_words};
