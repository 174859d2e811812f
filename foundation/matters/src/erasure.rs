//! Erasing a person: the journal stays whole, what it sealed about them opens no more.

use crate::filing::PHONE;
use kernel::SubjectId;
use kernel::text::normal_phone;
use platform::{App, Failure};
use std::collections::BTreeSet;

/// Whom to erase.
#[derive(Clone)]
pub enum Person {
    /// Everyone known by this telephone number.
    Phone(String),
    /// One data subject.
    Subject(SubjectId),
}

/// Erases a person; answers how many data subjects they were. The erasure is noted beside
/// the master key before anything is destroyed, so that a restored backup repeats it.
///
/// # Errors
/// [`Failure::NotFound`] where nobody is known by that number.
pub async fn erase_person(app: &App, person: Person) -> Result<usize, Failure> {
    let subjects = match person {
        Person::Subject(subject) => BTreeSet::from([subject]),
        Person::Phone(phone) => known_by(app, &phone).await?,
    };
    if subjects.is_empty() {
        return Err(Failure::NotFound);
    }
    for subject in &subjects {
        app.keyring.note_erasure(subject).map_err(|error| Failure::Internal(error.to_string()))?;
    }
    erase(app, &subjects).await?;
    Ok(subjects.len())
}

/// Repeats every erasure ever noted: after a backup made before them was restored.
/// Answers how many data subjects were brought back by it and erased again.
///
/// # Errors
/// Whatever the store or the key ring says.
pub async fn replay_erasures(app: &App) -> Result<usize, Failure> {
    let subjects = app.keyring.erasures().map_err(|error| Failure::Internal(error.to_string()))?;
    erase(app, &subjects).await
}

async fn known_by(app: &App, phone: &str) -> Result<BTreeSet<SubjectId>, Failure> {
    let phone = normal_phone(phone).ok_or(Failure::NotFound)?;
    let blind = app.vault.blind(PHONE, &phone);
    let found = app.read(move |snapshot, _| Ok(store::subjects::find(snapshot, &blind, PHONE)?)).await?;
    Ok(found.into_iter().map(SubjectId).collect())
}

async fn erase(app: &App, subjects: &BTreeSet<SubjectId>) -> Result<usize, Failure> {
    if subjects.is_empty() {
        return Ok(0);
    }
    let mut erased = 0;
    for subject in subjects.iter().cloned() {
        let outcome =
            app.store.write(move |tx| store::erase::subject(tx, &subject.0).map_err(Failure::from)).await?;
        erased += usize::from(outcome.key);
    }
    Ok(app.store.scrub().await.map(|()| erased)?)
}
