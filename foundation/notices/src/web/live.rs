//! How many are new, told to an open page as it changes (server-sent events).

use crate::read;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use platform::web::Staff;
use platform::{App, Failure};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{MissedTickBehavior, interval};

/// A stream ends by itself and the browser asks again: so a session that has ended stops
/// being told, and a server that stops waits no longer than this. In looks of [`PATIENCE`].
const LOOKS: u32 = 6;
/// How long to wait where nobody says that something was written.
const PATIENCE: Duration = Duration::from_secs(5);
/// No more than one look in this time, whatever is written.
const PAUSE: Duration = Duration::from_secs(1);
/// When the browser asks again.
const AGAIN: Duration = Duration::from_secs(2);

pub(super) async fn stream(staff: Staff) -> Result<Response, Failure> {
    let (tell, told) = mpsc::channel(1);
    tokio::spawn(watch(staff.app.clone(), staff.person.account, tell));
    Ok(Sse::new(Live(told)).keep_alive(KeepAlive::default()).into_response())
}

/// Tells the number at once, and whenever it changes. Ends when nobody listens any more.
async fn watch(app: App, account: kernel::AccountId, tell: Sender<Event>) {
    let mut wakeups = app.store.wakeups();
    let (mut patience, mut pause) = (interval(PATIENCE), interval(PAUSE));
    for ticks in [&mut patience, &mut pause] {
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks.tick().await;
    }
    let (mut known, mut looks) = (None, 0);
    while looks < LOOKS {
        let Ok(unread) = app.read(move |snapshot, app| read::unread(snapshot, app, account)).await else {
            return;
        };
        if known != Some(unread) {
            known = Some(unread);
            if tell.send(Event::default().retry(AGAIN).data(unread.to_string())).await.is_err() {
                return;
            }
        }
        tokio::select! {
            () = tell.closed() => return,
            woken = wakeups.wait() => if woken.is_err() { return },
            _ = patience.tick() => looks += 1,
        }
        pause.tick().await;
    }
}

/// What was told, as it comes.
struct Live(Receiver<Event>);

impl Stream for Live {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
