//! Several calls in one round trip: every request is sent before the first reply is awaited.

use crate::Value;
use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use tokio_postgres::{Client, Error, Row, RowStream, Statement};

/// Calls sent together at most, so that neither side's buffer fills up while both only send.
pub(super) const LONGEST: usize = 64;

/// One request.
pub(super) enum Call<'a> {
    /// Statements without parameters.
    Script(&'static str),
    /// A statement of which the number of rows is wanted.
    Execute(Statement, &'a [Value]),
    /// A statement of which the rows are wanted.
    Query(Statement, &'a [Value]),
}

/// What came back.
pub(super) enum Reply {
    /// Rows changed.
    Changed(u64),
    /// Rows still to be read.
    Rows(Pin<Box<RowStream>>),
}

impl Reply {
    /// Rows changed; none where rows were asked for.
    pub(super) fn changed(&self) -> u64 {
        match self {
            Self::Changed(count) => *count,
            Self::Rows(_) => 0,
        }
    }
}

/// Sends all calls and gives their replies in order, or the first error. Later calls then
/// failed too: the server refuses everything after an error in a transaction.
pub(super) async fn fly(client: &Client, calls: Vec<Call<'_>>) -> Result<Vec<Reply>, Error> {
    let mut flying: Vec<Flying<'_>> =
        calls.into_iter().map(|call| Flying::Underway(Box::pin(one(client, call)))).collect();
    // A first look at each sends its request; replies come in the same order.
    poll_fn(|context| {
        for call in &mut flying {
            if let Flying::Underway(future) = call
                && let Poll::Ready(reply) = future.as_mut().poll(context)
            {
                *call = Flying::Landed(reply);
            }
        }
        Poll::Ready(())
    })
    .await;
    let mut replies = Vec::with_capacity(flying.len());
    for call in flying {
        replies.push(match call {
            Flying::Underway(future) => future.await?,
            Flying::Landed(reply) => reply?,
        });
    }
    Ok(replies)
}

/// The next row of a reply.
pub(super) async fn next(rows: &mut Pin<Box<RowStream>>) -> Result<Option<Row>, Error> {
    poll_fn(|context| rows.as_mut().poll_next(context)).await.transpose()
}

enum Flying<'a> {
    Underway(Pin<Box<dyn Future<Output = Result<Reply, Error>> + 'a>>),
    Landed(Result<Reply, Error>),
}

async fn one(client: &Client, call: Call<'_>) -> Result<Reply, Error> {
    match call {
        Call::Script(sql) => client.batch_execute(sql).await.map(|()| Reply::Changed(0)),
        Call::Execute(statement, params) => client.execute_raw(&statement, params).await.map(Reply::Changed),
        Call::Query(statement, params) => {
            let rows = client.query_raw(&statement, params).await?;
            Ok(Reply::Rows(Box::pin(rows)))
        }
    }
}
