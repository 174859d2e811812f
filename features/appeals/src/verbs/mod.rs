//! The verbs of the loop, one file each: what is sent, how a form says it, which command it
//! becomes. Pages and API mount the same list; the rules stand in `matters-rules`.
//!
//! A verb is a resource: `POST /matters/{id}/acceptance`, and `GET` of the same address is
//! its form. Start with [`spec::Spec`], [`Verb`] and [`perform`].

mod demands;
mod field;
mod ink;
mod perform;
mod place;
mod reader;
mod register;
mod result;
mod spec;

pub use assign::AssignTo;
pub use demands::suggested_demands;
pub use field::{About, Advised, Field, Group, Kind, Phrase};
pub use ink::{Ink, asks_why};
pub use perform::{Rejected, carry_out, perform, perform_with};
pub use place::Place;
pub use reader::{FormData, Reader};
pub use register::{Register, Registered};
pub use result::DemandOutcome;
pub use spec::{Address, Needs, Spec};

use kernel::BlobId;
use matters_rules::Command;
use platform::ui::{FieldError, Form, Source};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// Texts of the verbs' forms.
pub const LOCALES: Source = Source {
    name: "appeals/verbs",
    zh_cn: include_str!("../../locales/zh-CN/verbs.ftl"),
    en: include_str!("../../locales/en/verbs.ftl"),
};

/// One verb: what is sent as JSON or as a form, and the command it becomes.
pub trait Verb: Clone + DeserializeOwned + ToSchema + Send + Sized + 'static {
    /// Name, address and permission.
    const SPEC: Spec;

    /// The groups of its form's fields; none for a verb that is one click.
    fn form(about: &About) -> Vec<Group> {
        let _ = about;
        Vec::new()
    }

    /// What a fresh form is filled with.
    fn preset(about: &About) -> Form {
        let _ = about;
        Form::new()
    }

    /// Reads a sent form.
    ///
    /// # Errors
    /// Everything in it that cannot be read.
    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>>;

    /// The stored files it names, where it takes any: [`perform`] checks that they are
    /// this matter's and adds those that came along.
    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        None
    }

    /// The words of an answer, where it is one: [`perform`] has them looked at.
    fn answer(&self) -> Option<&str> {
        None
    }

    /// Number of another matter it refers to; [`perform`] looks it up into [`Place::other`].
    fn other_number(&self) -> Option<&str> {
        None
    }

    /// The command, its words checked and sealed. What is wrong with them is noted on the
    /// ink; then there is no command.
    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command>;
}

/// Something done for every verb, for example mounting a route.
pub trait Visitor {
    /// Does it for one.
    fn verb<V: Verb>(&mut self);
}

macro_rules! verbs {
    ($($module:ident::$verb:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$verb;)+

        /// Every verb that concerns an existing matter.
        pub const ALL: &[Spec] = &[$($verb::SPEC),+];

        /// Visits them in the same order.
        pub fn visit(visitor: &mut impl Visitor) {
            $(visitor.verb::<$verb>();)+
        }
    };
}

verbs! {
    accept::Accept,
    ask_completion::AskCompletion,
    propose_decline::ProposeDecline,
    decide_decline::DecideDecline,
    transfer::Transfer,
    answer_directly::AnswerDirectly,
    merge::Merge,
    assign::Assign,
    sign::Sign,
    object::Object,
    decide_objection::DecideObjection,
    release::Release,
    contact::Contact,
    progress::Progress,
    request_interval::RequestInterval,
    decide_interval::DecideInterval,
    resume::Resume,
    answer::Answer,
    submit::Submit,
    respond::Respond,
    sign_off::SignOff,
    review::Review,
    call_back::CallBack,
    record_rating::RecordRating,
    decide_redo::DecideRedo,
    ask_source::AskSource,
    set_source_limit::SetSourceLimit,
    escalate::Escalate,
    supervise::Supervise,
    close::Close,
    withdraw::Withdraw,
    request_termination::RequestTermination,
    decide_termination::DecideTermination,
    verify::Verify,
    archive::Archive,
    correct::Correct,
    redact::Redact,
    note::Note,
    message::Message,
    add_material::AddMaterial,
    settle_pressure::SettlePressure,
    request_opening::RequestOpening,
    claim_exclusion::ClaimExclusion,
    judge_exclusion::JudgeExclusion,
    decide_opening::DecideOpening,
    open_contact::OpenContact,
}

/// What nearly every verb's file needs.
mod prelude {
    pub(super) use super::Verb;
    pub(super) use super::field::{About, Group, group};
    pub(super) use super::ink::{Ink, LONG, REASON, SHORT};
    pub(super) use super::place::Place;
    pub(super) use super::reader::{FormData, Reader};
    pub(super) use super::spec::{NOTHING, Needs, Spec, spec};
    pub(super) use matters_rules::Command;
    pub(super) use platform::ui::{FieldError, Form};
    pub(super) use serde::Deserialize;
    pub(super) use utoipa::ToSchema;
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::ui::i18n::Locale;
    use std::collections::BTreeSet;

    #[test]
    fn every_verb_has_its_own_address_and_its_words() {
        let mut seen = BTreeSet::new();
        for spec in ALL {
            for address in spec.addresses {
                assert!(seen.insert(address.web), "{} twice", address.web);
                assert_eq!(address.web.contains("{node}"), address.of_node, "{}", address.web);
            }
            for locale in Locale::ALL {
                let keys = LOCALES.keys(locale);
                for part in ["heading", "lead", "send"] {
                    let key = format!("{}-{part}", spec.key());
                    assert!(keys.contains(key.as_str()), "{key} in {}", locale.code());
                }
                assert!(keys.contains(spec.flash().as_str()), "{} in {}", spec.flash(), locale.code());
            }
        }
    }

    #[test]
    fn an_address_names_the_matter_and_where_it_must_the_assignment() {
        let (matter, node) = (kernel::MatterId(Default::default()), kernel::NodeId(Default::default()));
        let nil = "00000000-0000-0000-0000-000000000000";
        assert_eq!(Sign::SPEC.href(matter, Some(node)), format!("/matters/{nil}/nodes/{nil}/signature"));
        assert_eq!(Assign::SPEC.href(matter, None), format!("/matters/{nil}/assignments"));
        assert_eq!(Assign::SPEC.href(matter, Some(node)), format!("/matters/{nil}/nodes/{nil}/assignments"));
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(LOCALES.keys(Locale::ZhCn), LOCALES.keys(Locale::En));
    }
}
