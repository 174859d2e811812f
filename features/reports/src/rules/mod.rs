//! The pure rules: the [`period`] of a report, the words of a [`template`], the files of
//! [`word`] templates, and the life of a [`report`].

pub mod period;
pub mod report;
pub mod template;
pub mod word;
