//! 答复并提交: contact, answer, evidence and submission in one short form, made for a phone.
//! All of it happens, or nothing does.

use super::field::Kind;
use super::prelude::*;
use super::result::DemandOutcome;
use kernel::BlobId;
use kernel::time::Instant;
use matters_rules::{ContactWay, command};

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Respond {
    /// What became of each demand.
    pub results: Vec<DemandOutcome>,
    /// The answer. That it was forwarded is none.
    pub text: String,
    /// How the appellant was spoken to and answered.
    #[schema(value_type = String, example = "phone")]
    pub way: ContactWay,
    /// When they were answered.
    #[schema(value_type = String, format = DateTime)]
    pub answered_at: Instant,
    /// What was said in the first contact; needed where none is on record.
    #[serde(default)]
    pub contact_text: Option<String>,
    /// When that was; as `answered_at` where left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub contact_at: Option<Instant>,
    /// Stored files that prove it.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub attachments: Vec<BlobId>,
    /// A word to those who review it.
    #[serde(default)]
    pub note: Option<String>,
    /// Why it is sent although its words lack something; needed where they do.
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl Verb for Respond {
    const SPEC: Spec = spec!(Respond, AssignmentSubmit, ["/nodes/{node}/response"]);

    fn form(about: &About) -> Vec<Group> {
        let ways: Vec<_> =
            ContactWay::ALL.iter().copied().filter(|way| *way != ContactWay::Unreachable).collect();
        let mut fields = about.results();
        fields.push(about.hinted("text", Kind::Text(6, LONG)));
        fields.extend(about.override_reason());
        fields.push(match about.nobody_to_tell {
            true => about.hidden("way"),
            false => about.field("way", Kind::Inline(about.ways(&ways))),
        });
        if about.contact_missing {
            fields.push(about.hinted("contact_text", Kind::Text(2, REASON)));
        }
        fields.push(about.hinted("photo", Kind::Camera).optional());
        // What few need: it happened just now, and the photo says enough.
        let mut more = vec![
            about.field("note", Kind::Text(2, REASON)).optional(),
            about.hinted("attachments", Kind::Files).optional(),
        ];
        if about.contact_missing {
            more.push(about.field("contact_at", Kind::Moment));
        }
        more.push(about.field("answered_at", Kind::Moment));
        let more = Group { legend: about.t("more"), folded: true, fields: more };
        group(fields).into_iter().chain([more]).collect()
    }

    fn preset(about: &About) -> Form {
        let platform = about.shielded || about.nobody_to_tell;
        let way = if platform { ContactWay::Platform } else { ContactWay::Phone };
        Form::new()
            .with("demands", about.demands.len().max(1))
            .with("way", way.code())
            .with("contact_at", &about.now)
            .with("answered_at", &about.now)
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (results, text) = (read.results(), read.needed("text"));
        let (way, answered_at) = (read.code("way", ContactWay::parse), read.moment("answered_at"));
        // The form asks for the contact only where none is on record.
        let asked = data.form.text("contact_at").is_some();
        let contact_text = if asked { Some(read.needed("contact_text")) } else { None };
        let contact_at = if asked { read.moment("contact_at") } else { None };
        let (note, override_reason) = (read.maybe("note"), read.maybe("override_reason"));
        read.finish(|| {
            Some(Self {
                results: results?,
                text,
                way: way?,
                answered_at: answered_at?,
                contact_text,
                contact_at,
                attachments: Vec::new(),
                note,
                override_reason,
            })
        })
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.attachments)
    }

    fn answer(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let Self { results, text, way, answered_at, contact_text, contact_at, attachments, note, .. } = &self;
        // Every text is looked at, so that the form says all that is wrong at once.
        let text = ink.answer("text", text, self.override_reason.as_deref());
        let contact = ink.optional("contact_text", contact_text.as_deref(), REASON);
        let note = ink.optional("note", note.as_deref(), REASON);
        Some(Command::Respond(Box::new(command::Respond {
            node: place.node?,
            contact: contact?.map(|words| (contact_at.unwrap_or(*answered_at), words)),
            way: *way,
            results: DemandOutcome::all(results.clone()),
            text: text?,
            answered_at: *answered_at,
            attachments: attachments.clone(),
            note: note?,
        })))
    }
}
