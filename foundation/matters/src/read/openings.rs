//! Every opening of sealed data: who asked, who allowed it, who looked, when and why. The
//! appellant sees the same list (PRODUCT rule 8).

use super::model::{ActorView, LookView, OpeningView};
use super::view::Page;
use kernel::Recorded;
use matters_rules::Event;
use matters_rules::state::Opening;
use platform::Failure;

/// The requests to open the sealed identity.
pub(super) fn requests(page: &Page<'_>) -> Result<Vec<OpeningView>, Failure> {
    let openings = page.matter.openings.iter();
    openings
        .map(|opening| {
            let asked = |event: &Event| {
                matches!(event, Event::OpeningRequested { request, .. } if *request == opening.request)
            };
            let decided = |event: &Event| {
                matches!(event, Event::OpeningGranted { request, .. } | Event::OpeningRefused { request, .. }
                    if *request == opening.request)
            };
            Ok(OpeningView {
                request: opening.request,
                at: opening.at,
                by: who(page, asked).unwrap_or(ActorView::System),
                decided_by: who(page, decided),
                reason: page.opener.text(&opening.reason)?,
                open_until: opening.open_until,
                decided: opening.decided,
            })
        })
        .collect()
}

/// Every look at the contact data. The reason of a shielded matter is that of the request
/// which stood open to whoever looked.
pub(super) fn looks(page: &Page<'_>) -> Result<Vec<LookView>, Failure> {
    let mut shown = Vec::new();
    for entry in page.history {
        let Event::ContactOpened { purpose } = entry.event else { continue };
        let opened = open_to(page, entry).map(|opening| page.opener.text(&opening.reason)).transpose()?;
        shown.push(LookView {
            at: entry.at(),
            by: page.units.actor(&entry.actor, true),
            purpose,
            reason: opened.unwrap_or_default(),
        });
    }
    Ok(shown)
}

fn open_to<'p>(page: &'p Page<'_>, entry: &Recorded<Event>) -> Option<&'p Opening> {
    let (account, at) = (entry.actor.account()?, entry.at());
    let mut openings = page.matter.openings.iter().rev();
    openings.find(|opening| {
        opening.by == account && opening.at <= at && opening.open_until.is_some_and(|until| at <= until)
    })
}

fn who(page: &Page<'_>, is: impl Fn(&Event) -> bool) -> Option<ActorView> {
    let entry = page.history.iter().find(|entry| is(&entry.event))?;
    Some(page.units.actor(&entry.actor, true))
}
