//! 审批查看保密身份: the second person of two; the appellant sees both.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideOpening {
    /// Number of the request within the matter.
    pub request: u32,
    /// Whether the identity may be seen for a while.
    pub approve: bool,
    /// Why not; needed for a refusal.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for DecideOpening {
    const SPEC: Spec = spec!(DecideOpening, ShieldDecide, ["/opening-decision"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hidden("request"), about.decision("approve"), about.reason()])
    }

    fn preset(about: &About) -> Form {
        about.opening.iter().fold(Form::new(), |form, request| form.with("request", request))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let request = read.code("request", |number| number.parse().ok());
        let (approve, reason) = (read.yes_or_no("approve"), read.maybe("reason"));
        read.finish(|| Some(Self { request: request?, approve: approve?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text_if(!self.approve, "reason", self.reason.as_deref(), REASON)?;
        Some(Command::DecideOpening { request: self.request, approve: self.approve, reason })
    }
}
