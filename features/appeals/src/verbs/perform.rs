//! Carries out a verb: stores its files, looks up what it refers to, seals its words and
//! hands the command to the loop. The one way in for pages and API.

use super::{Ink, Place, Verb};
use kernel::{BlobId, MatterId};
use matters::attachments::{SealedFile, keep, seal_all};
use matters::{Filter, Matters, TextSealer, Upload};
use matters_rules::Matter;
use platform::ui::FieldError;
use platform::{Acted, App, By, Failure, Work};

/// Why a verb was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// Something is wrong with what was sent; everything at once.
    #[error("{} fields are wrong", .0.len())]
    Fields(Vec<FieldError>),
    /// A rule said no, someone was quicker, or worse.
    #[error(transparent)]
    Failed(Failure),
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Invalid(errors) => Self::Fields(errors),
            failure => Self::Failed(failure),
        }
    }
}

/// Carries out a verb. `expected` is the version of the matter that the sender saw;
/// `uploads` are files that come with it.
///
/// # Errors
/// See [`Rejected`].
pub async fn perform<V: Verb>(
    app: &App,
    by: By,
    place: Place,
    expected: Option<i64>,
    request: V,
    uploads: Vec<Upload>,
) -> Result<Acted<Matter>, Rejected> {
    perform_with(app, by, place, expected, request, uploads, |_, _| Ok(())).await
}

/// The same, with what else is noted in the same transaction once it was carried out.
///
/// # Errors
/// See [`Rejected`].
pub async fn perform_with<V: Verb>(
    app: &App,
    by: By,
    place: Place,
    expected: Option<i64>,
    request: V,
    uploads: Vec<Upload>,
    then: impl Fn(&mut Work<'_>, &By) -> Result<(), Failure> + Send + 'static,
) -> Result<Acted<Matter>, Rejected> {
    let uploads = seal_all(app, uploads).await?;
    let acted = app
        .write(move |work| {
            let acted = carry_out(work, &by, place, expected, request.clone(), &uploads)?;
            then(work, &by)?;
            Ok(acted)
        })
        .await?;
    Ok(acted)
}

/// The same inside a unit of work, where several verbs stand or fall together.
///
/// # Errors
/// [`Failure::Invalid`] with everything that is wrong with what was sent; else what
/// [`matters::act`] says.
pub fn carry_out<V: Verb>(
    work: &mut Work<'_>,
    by: &By,
    place: Place,
    expected: Option<i64>,
    mut request: V,
    uploads: &[SealedFile],
) -> Result<Acted<Matter>, Failure> {
    let other = match request.other_number() {
        Some(number) => matters::read::by_number(work.tx, number)?,
        None => None,
    };
    let sealer = TextSealer::of(work, place.id)?;
    if let Some(files) = request.files() {
        own(work, &sealer, files)?;
        for upload in uploads {
            files.push(keep(work, sealer.key(), upload)?);
        }
    }
    let examined = match request.answer() {
        Some(words) => Some(matters::quality::examine(work, sealer.key(), place.id, place.node, words)?),
        None => None,
    };
    let mut ink = Ink::new(|plain| sealer.text(work, plain)).examined(examined);
    let command = request.into_command(&Place { other, ..place }, &mut ink);
    let errors = ink.into_errors();
    match command.filter(|_| errors.is_empty()) {
        Some(command) => matters::act(work, by, place.id, expected, &command),
        None => {
            known(work, by, place.id)?;
            Err(Failure::Invalid(errors))
        }
    }
}

/// What is wrong with a request is told only to those who may know of the matter.
fn known(work: &mut Work<'_>, by: &By, id: MatterId) -> Result<(), Failure> {
    let number = Some(work.load::<Matters>(&id.to_string())?.state.number);
    let filter = Filter { number, ..Filter::default() };
    let app = work.app();
    let found = matters::list(work.tx, app, by.grants(), &filter, None, 1)?;
    if found.rows.is_empty() { Err(Failure::NotFound) } else { Ok(()) }
}

/// Files named in a request must be this person's: naming another's would open them here.
fn own(work: &mut Work<'_>, sealer: &TextSealer, files: &[BlobId]) -> Result<(), Failure> {
    let subject = Some(sealer.key().subject().0.as_str());
    for file in files {
        let blob = store::blobs::get(work.tx, &file.to_string())?;
        if blob.as_ref().and_then(|blob| blob.subject.as_deref()) != subject {
            return Err(Failure::NotFound);
        }
    }
    Ok(())
}
