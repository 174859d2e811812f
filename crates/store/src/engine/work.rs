//! A unit of work on its way to a store thread: a closure, its result, and whoever
//! waits for it.

use crate::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::oneshot;

/// What a run of the closure asks for.
#[derive(Debug)]
pub(crate) enum Ran {
    /// It returned `Ok`: keep its changes.
    Kept,
    /// It returned `Err`: roll its changes back.
    Refused,
    /// It panicked: roll its changes back.
    Panicked(String),
}

/// A closure that may be run more than once and is answered exactly once.
pub(crate) trait Work<C>: Send {
    /// Runs the closure and keeps its result until [`Work::finish`].
    fn run(&mut self, on: &mut C) -> Ran;
    /// Answers the caller: with the closure's own last result, or with the store's error.
    fn finish(self: Box<Self>, outcome: Result<(), StoreError>);
}

/// The [`Work`] made of a caller's closure.
pub(crate) struct Closure<F, T, E> {
    closure: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Closure<F, T, E> {
    pub(crate) fn new(closure: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        let work = Self { closure, result: None, reply };
        (work, answer)
    }
}

impl<C, F, T, E> Work<C> for Closure<F, T, E>
where
    F: FnMut(&mut C) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, on: &mut C) -> Ran {
        self.result = None;
        match catch_unwind(AssertUnwindSafe(|| (self.closure)(on))) {
            Ok(result) => {
                let ran = if result.is_ok() { Ran::Kept } else { Ran::Refused };
                self.result = Some(result);
                ran
            }
            Err(payload) => Ran::Panicked(panic_text(payload.as_ref())),
        }
    }

    fn finish(self: Box<Self>, outcome: Result<(), StoreError>) {
        let answer = match (outcome, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        // A caller that stopped waiting (a closed connection) needs no answer.
        let _ = self.reply.send(answer);
    }
}

fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "without a message".to_owned()
    }
}
