//! The demo city: real divisions and department names, made-up people, firms and events,
//! played through the product's own commands. Nothing is written beside the write path.
//!
//! - [`city`]: divisions, units, duty list.
//! - [`cast`]: an account for every role and for every unit that has a part.
//! - [`story`]: how an appeal goes, as data; [`texts`] and [`weave`] make many of a few.
//! - [`replay`]: the stories of 2022; [`living`]: those of the last eight weeks.
//! - [`supervision`]: slips at every step, and the rules that have fired.
//! - [`evaluation`]: claims against ratings, draws, answers sent against a hint.
//! - [`raised`]: instructions, sheets put before leaders, measures of accountability.
//! - [`issues`]: common issues and a hot topic.
//! - [`call_quality`]: a draw of calls, scored, answered, read again.
//! - [`platforms`]: what passed between the province, this city and a county below.
//! - [`registers`]: the ledgers around the loop.
//! - [`knowledge`]: answers, policies and finance products; [`duty`]: rosters and hand-overs;
//!   [`office_reports`]: a Word template of the office's own.
//! - [`play`]: plays all stories, each step at its time.

mod call_quality;
mod calls;
pub mod cast;
pub mod city;
mod command;
pub mod dice;
mod duty;
mod evaluation;
mod ground;
mod issues;
mod knowledge;
pub mod living;
mod office_reports;
mod orders;
mod platforms;
pub mod play;
mod raised;
pub mod registers;
pub mod replay;
pub mod story;
mod supervision;
pub mod texts;
pub mod weave;

use kernel::time::Date;
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

/// Which stories are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// 2022 and the recent weeks.
    All,
    /// The recent weeks alone: quicker, for whoever only needs living data.
    Living,
}

/// The stories of these layers.
///
/// # Errors
/// [`DemoError::Data`] where they do not read.
pub fn stories(layers: Layers) -> Result<Vec<story::Story>, DemoError> {
    let mut stories = match layers {
        Layers::All => replay::stories()?,
        Layers::Living => Vec::new(),
    };
    let titles = stories.iter().map(|story| story.title.clone()).collect();
    stories.extend(living::stories(titles)?);
    Ok(stories)
}

/// What has to be said beside the figures of a day.
#[derive(Clone, Copy, Debug)]
pub struct FigureNote {
    /// The day.
    pub as_of: Date,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// What the press printed and what it did not (PRODUCT §5, C07).
pub fn figure_note() -> FigureNote {
    FigureNote {
        as_of: Date::constant(2022, 8, 22),
        zh: "演示说明：2022年8月的报道只给出满意率96.8%，没有说明分母。这里按346件有效评价中335件满意计算，分母是演示的假设。",
        en: "About this demo: the report of August 2022 gives 96.8% satisfied and no denominator. \
             335 of 346 valid ratings is an assumption of the demo.",
    }
}

/// Fills an empty installation.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App, password: &str, layers: Layers) -> Result<Made, DemoError> {
    let stories = stories(layers)?;
    city::make(app).await?;
    matters::configuration::seed(app).await.map_err(DemoError::at("configuration"))?;
    registers::make(app).await?;
    let cast = cast::make(app, password, &stories).await?;
    let (cast, taken) = play::all(app, cast, stories).await?;
    calls::play(app, &cast).await?;
    supervision::play(app, &cast).await?;
    evaluation::play(app, &cast).await?;
    raised::play(app, &cast).await?;
    issues::play(app, &cast).await?;
    self::call_quality::play(app, &cast).await?;
    platforms::play(app, &cast).await?;
    orders::make(app).await?;
    knowledge::play(app, &cast).await?;
    duty::play(app, &cast).await?;
    office_reports::play(app, &cast).await?;
    let appeals = taken.len();
    let mut members = cast.into_members();
    members.extend(taken.into_iter().map(cast::Member::appellant));
    Ok(Made { cast: members, appeals })
}
