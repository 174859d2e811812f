//! Erasing a person: the journal stays whole, what it sealed about them opens no more.

use crate::filing::{PHONE, SECOND_PHONE};
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
        Person::Phone(phone) => {
            let phone = normal_phone(&phone).ok_or(Failure::NotFound)?;
            drop_drafts(app, phone.clone()).await?;
            known_by(app, &phone).await?
        }
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

/// A draft has no subject yet: those whose words hold the number go. What does not open was
/// sealed by an installation with another key and ends by itself.
async fn drop_drafts(app: &App, phone: String) -> Result<(), Failure> {
    const PAGE: i64 = 100;
    let mut after = String::new();
    loop {
        let (from, number) = (after.clone(), phone.clone());
        let last = app
            .write(move |work| {
                let page = store::drafts::all_after(work.tx, &from, PAGE)?;
                for (key, sealed) in &page {
                    let holds =
                        work.vault().open_own(key, sealed).is_ok_and(|plain| holds_number(&plain, &number));
                    if holds {
                        store::drafts::delete(work.tx, key)?;
                    }
                }
                Ok(page.into_iter().next_back().map(|(key, _)| key))
            })
            .await?;
        match last {
            Some(key) => after = key,
            None => return Ok(()),
        }
    }
}

/// Whether the words hold the number, however it is spaced.
fn holds_number(plain: &[u8], number: &str) -> bool {
    let digits: Vec<u8> = plain.iter().copied().filter(|byte| !matches!(byte, b' ' | b'-')).collect();
    digits.windows(number.len()).any(|window| window == number.as_bytes())
}

async fn known_by(app: &App, phone: &str) -> Result<BTreeSet<SubjectId>, Failure> {
    let blind = app.vault.blind(PHONE, phone);
    let found = app
        .read(move |snapshot, _| {
            let mut found = store::subjects::find(snapshot, &blind, PHONE)?;
            found.extend(store::subjects::find(snapshot, &blind, SECOND_PHONE)?);
            Ok(found)
        })
        .await?;
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
