//! Files people take away, and nothing else: no page, no database. The libraries that
//! write them are heavy and stay behind this door.

pub mod docx;
pub mod xlsx;
