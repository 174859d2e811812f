//! What a feature brings along. The one list of features stands in `server`.

use crate::jobs::JobHandler;
use crate::ui::Source;
use crate::web::Routes;
use store::Projection;

/// A feature's table of contents.
#[derive(Default)]
pub struct Feature {
    /// Its texts.
    pub locales: Vec<Source>,
    /// Its pages and API.
    pub routes: Routes,
    /// Its read models.
    pub projections: Vec<Box<dyn Projection>>,
    /// Its jobs by kind.
    pub jobs: Vec<(&'static str, JobHandler)>,
}
