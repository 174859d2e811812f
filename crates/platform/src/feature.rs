//! What a feature brings along. The one list of features stands in `server`.

use crate::beside::BesideMatter;
use crate::followers::Follower;
use crate::jobs::JobHandler;
use crate::listeners::Listener;
use crate::report_figures::ReportFigures;
use crate::texts::TextIndex;
use crate::ui::Source;
use crate::web::Routes;
use kernel::permission::Permission;
use std::sync::Arc;
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
    /// Its full-text indexes.
    pub texts: Vec<Arc<dyn TextIndex>>,
    /// Its tables that follow the journal at their own pace.
    pub followers: Vec<Arc<dyn Follower>>,
    /// Its readers that act on what was written.
    pub listeners: Vec<Arc<dyn Listener>>,
    /// What it says on matters' pages.
    pub beside: Vec<Arc<dyn BesideMatter>>,
    /// Its figures for the reports an office makes.
    pub report_figures: Vec<Arc<dyn ReportFigures>>,
    /// Its jobs by kind.
    pub jobs: Vec<(&'static str, JobHandler)>,
    /// Its entries in the staff's navigation.
    pub nav: Vec<NavEntry>,
}

/// An entry of the staff's navigation, shown to whoever may ever use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavEntry {
    /// Key of its label; also the name by which a page marks it as open.
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// An icon of `icons.html`.
    pub icon: &'static str,
    /// What it takes; none: anyone signed in.
    pub permission: Option<Permission>,
}
