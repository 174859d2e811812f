//! The intake desk's telephone: what became an appeal, and of the recent weeks also what did
//! not: wrong numbers, calls handed to an emergency service, and those that broke off.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::dice::Dice;
use crate::story::Who;
use kernel::time::{Calendar, Instant};
use kernel::{ReceptionId, Source};
use matters::receptions;
use matters::{FileRequest, Receipt};
use matters_rules::reception::{Command, Ending};
use matters_rules::{Channel, EmergencyService, InvalidCall};
use platform::{App, By, Failure, Work};

/// Working days back from today on which there were calls that became no appeal.
const DAYS: u32 = 20;
/// Seconds that such a call lasts.
const LASTS: i64 = 70;

/// Files what a caller said, as the desk does: the call begins and ends with it.
///
/// # Errors
/// Those of the filing.
pub(crate) fn taken(work: &mut Work<'_>, by: &By, request: &FileRequest) -> Result<Receipt, Failure> {
    let id = ReceptionId(work.fresh.uuid());
    let (office, channel) = (request.office.clone(), request.channel);
    receptions::begin(work, by, id, office, channel, &request.contact.phone)?;
    let receipt = matters::file(work, by, request)?;
    let ending = Ending::Filed { matter: receipt.id, channel };
    receptions::act(work, by, id, &Command::End(ending))?;
    Ok(receipt)
}

/// The calls of the recent weeks that became no appeal.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let calendar = Calendar::china().in_zone(app.config.zone.clone());
    let by = cast.by(&Who::Intake)?;
    let mut date = calendar.zone().date_of(app.now());
    for back in 0..DAYS {
        let mut dice = Dice::of("calls", back.into());
        for call in 0..dice.range(2, 5) {
            let minutes = dice.range(8 * 60 + 35, 17 * 60 + 20);
            let (hour, minute) = (minutes / 60, minutes % 60);
            let at = date.at(i8::try_from(hour).unwrap_or(9), i8::try_from(minute).unwrap_or(0), 0, 0);
            let at = calendar.zone().instant(at);
            let ending = ending(&mut dice);
            let phone = format!("1380000{:04}", 7000 + back * 10 + call);
            if at.plus_seconds(LASTS) < app.now() {
                one(app, by.clone(), at, phone, ending).await.map_err(DemoError::at("a call"))?;
            }
        }
        date = calendar.previous_working_day(date);
    }
    Ok(())
}

fn ending(dice: &mut Dice) -> Ending {
    let service = dice.pick(EmergencyService::ALL).copied();
    let reason = dice.pick(InvalidCall::ALL).copied();
    match (dice.range(0, 9), service, reason) {
        (0, Some(service), _) => Ending::Emergency { service },
        (3.., _, Some(reason)) => Ending::Invalid { reason },
        _ => Ending::GivenUp,
    }
}

async fn one(app: &App, by: By, at: Instant, phone: String, ending: Ending) -> Result<(), Failure> {
    let id = ReceptionId(app.fresh().uuid());
    let caller = by.clone();
    let begun = move |work: &mut Work<'_>| {
        receptions::begin(work, &caller, id, OFFICE.into(), Channel::Hotline, &phone)
    };
    app.write_occurred(Source::Replayed, at, begun).await?;
    let over =
        move |work: &mut Work<'_>| receptions::act(work, &by, id, &Command::End(ending.clone())).map(drop);
    app.write_occurred(Source::Replayed, at.plus_seconds(LASTS), over).await
}
