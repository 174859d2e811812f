//! 查看联系方式: who looked at it, when and what for is journaled before it is shown.

use super::field::Kind;
use super::prelude::*;
use matters_rules::ContactPurpose;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct OpenContact {
    /// `contact`, `verify`, `visit`, `call_back` or `delivery`; the appellant sees it.
    #[serde(default = "to_contact")]
    #[schema(value_type = String, example = "contact")]
    pub purpose: ContactPurpose,
}

fn to_contact() -> ContactPurpose {
    ContactPurpose::Contact
}

impl Verb for OpenContact {
    const SPEC: Spec = spec!(OpenContact, MatterRead, ["/contact"]);

    fn form(about: &About) -> Vec<Group> {
        let purposes = about.codes(ContactPurpose::ALL, ContactPurpose::code, ContactPurpose::key);
        group(vec![about.hinted("purpose", Kind::Radios(purposes))])
    }

    fn preset(_: &About) -> Form {
        Form::new().with("purpose", to_contact().code())
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let purpose = read.code("purpose", ContactPurpose::parse);
        read.finish(|| Some(Self { purpose: purpose? }))
    }

    fn into_command(self, _: &Place, _: &mut Ink<'_>) -> Option<Command> {
        Some(Command::OpenContact { purpose: self.purpose })
    }
}
