//! The demo city: real divisions and department names, made-up people, firms and events,
//! played through the product's own commands. Nothing is written beside the write path.
//!
//! - [`city`]: divisions, units, duty list.
//! - [`cast`]: an account for every role and for every unit that has a part.
//! - [`story`]: how an appeal goes, as data.
//! - [`play`]: plays all stories in the order of their times.

pub mod cast;
pub mod city;
pub mod play;
pub mod story;

use platform::{App, Failure};

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The accounts, and each appeal's number and code, for the list that is printed and kept.
    pub cast: Vec<cast::Member>,
    /// How many appeals.
    pub appeals: usize,
}

/// What can go wrong while making the city.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A command was refused or the store failed.
    #[error("{what}: {failure}")]
    Failure {
        /// Which part of the script.
        what: String,
        /// Why.
        failure: Failure,
    },
    /// The data that come with the demo do not fit the product: a fault of ours.
    #[error("demo data: {0}")]
    Data(String),
}

impl DemoError {
    fn at(what: impl Into<String>) -> impl FnOnce(Failure) -> Self {
        let what = what.into();
        move |failure| Self::Failure { what, failure }
    }
}

/// Fills an empty installation.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App, password: &str) -> Result<Made, DemoError> {
    let stories = story::all()?;
    city::make(app).await?;
    matters::configuration::seed(app).await.map_err(DemoError::at("configuration"))?;
    let cast = cast::make(app, password, &stories).await?;
    let taken = play::all(app, &cast, &stories).await?;
    let appeals = taken.len();
    let mut members = cast.into_members();
    members.extend(taken.into_iter().map(cast::Member::appellant));
    Ok(Made { cast: members, appeals })
}
