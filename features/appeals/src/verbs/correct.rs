//! 更正: a new entry says what was wrong; nothing is rewritten.

use super::field::Kind;
use super::prelude::*;
use kernel::{AreaId, UnitId};
use matters_rules::{AppealType, ExpressLine, command};

/// See the module. What is missing stays as it is.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Correct {
    /// Code of the category.
    #[serde(default)]
    pub category: Option<String>,
    /// Code of the area.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub area: Option<AreaId>,
    /// `help`, `consultation`, `complaint` or `suggestion`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub appeal_type: Option<AppealType>,
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// Code of the unit complained about.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub complained_about: Option<UnitId>,
    /// Whether no unit is complained about after all.
    #[serde(default)]
    pub no_complaint: bool,
    /// The express lines it came by.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    pub express_lines: Option<Vec<ExpressLine>>,
    /// Why it is corrected.
    pub reason: String,
}

impl Verb for Correct {
    const SPEC: Spec = spec!(Correct, MatterCorrect, ["/corrections"],
        needs: Needs { units: true, categories: true, areas: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let unchanged = || about.word("verb-unchanged");
        let types = about.codes(AppealType::ALL, AppealType::code, AppealType::key);
        let lines = about.codes(ExpressLine::ALL, ExpressLine::code, ExpressLine::key);
        group(vec![
            about.reason(),
            about.field("category", Kind::Select(about.categories.clone(), unchanged())).optional(),
            about.field("appeal_type", Kind::Select(types, unchanged())).optional(),
            about.field("area", Kind::Select(about.areas.clone(), unchanged())).optional(),
            about.hinted("title", Kind::Line).optional(),
            about.field("complained_about", Kind::Searched(about.units.clone(), unchanged())).optional(),
            about.field("no_complaint", Kind::Tick),
            about.field("express_lines", Kind::Boxes(lines)).optional(),
        ])
    }

    fn preset(about: &About) -> Form {
        about.express_lines.iter().fold(Form::new(), |form, line| form.with("express_lines", line))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let appeal_type = read.maybe_code("appeal_type", AppealType::parse);
        let express_lines = read.codes("express_lines", ExpressLine::parse);
        let (category, area) = (read.maybe("category"), read.maybe("area").map(AreaId::from));
        let (title, complained_about) =
            (read.maybe("title"), read.maybe("complained_about").map(UnitId::from));
        let (no_complaint, reason) = (read.ticked("no_complaint"), read.needed("reason"));
        read.finish(|| {
            let (appeal_type, express_lines) = (appeal_type?, Some(express_lines?));
            Some(Self {
                category,
                area,
                appeal_type,
                title,
                complained_about,
                no_complaint,
                express_lines,
                reason,
            })
        })
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let title = ink.optional("title", self.title.as_deref(), SHORT);
        let reason = ink.text("reason", &self.reason, REASON);
        let complained_about = if self.no_complaint { Some(None) } else { self.complained_about.map(Some) };
        Some(Command::Correct(Box::new(command::Correction {
            category: self.category,
            area: self.area,
            appeal_type: self.appeal_type,
            title: title?,
            complained_about,
            express_lines: self.express_lines,
            reason: Some(reason?),
        })))
    }
}
