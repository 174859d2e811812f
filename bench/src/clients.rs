//! Clients side by side, each asking again as soon as it was answered.

use crate::BenchError;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What came of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// Answers a second.
    pub per_second: f64,
    /// Half of the answers took at most so long, in milliseconds.
    pub p50: f64,
    /// 99 of 100 did.
    pub p99: f64,
    /// How many there were.
    pub answers: usize,
}

/// What a client does for one answer. The number counts requests over all clients.
pub trait Ask: Clone + Send + 'static {
    /// A client's own connection.
    type Line: Send;
    /// Opens it.
    fn open(&self) -> impl Future<Output = Result<Self::Line, BenchError>> + Send;
    /// Asks once.
    fn ask(&self, line: &mut Self::Line, number: u64) -> impl Future<Output = Result<(), BenchError>> + Send;
}

/// Lets so many clients ask for so long.
///
/// # Errors
/// The first client's that failed.
pub async fn run<A: Ask>(ask: A, clients: usize, span: Duration) -> Result<Measured, BenchError> {
    let numbers = Arc::new(AtomicU64::new(0));
    let mut running = JoinSet::new();
    let start = Instant::now();
    for _ in 0..clients {
        let (ask, numbers) = (ask.clone(), numbers.clone());
        running.spawn(async move {
            let mut line = ask.open().await?;
            let mut took = Vec::new();
            while start.elapsed() < span {
                let asked = Instant::now();
                ask.ask(&mut line, numbers.fetch_add(1, Ordering::Relaxed)).await?;
                took.push(asked.elapsed());
            }
            Ok::<_, BenchError>(took)
        });
    }
    let mut took: Vec<Duration> = Vec::new();
    while let Some(client) = running.join_next().await {
        took.extend(client.map_err(|error| BenchError::unexpected(error.to_string()))??);
    }
    Ok(summary(took, start.elapsed()))
}

fn summary(mut took: Vec<Duration>, span: Duration) -> Measured {
    took.sort_unstable();
    let at = |share: f64| {
        let index = ((took.len() as f64 * share) as usize).min(took.len().saturating_sub(1));
        took.get(index).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    };
    Measured {
        per_second: took.len() as f64 / span.as_secs_f64(),
        p50: at(0.5),
        p99: at(0.99),
        answers: took.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_counts_from_the_slowest() {
        let took = (1..=100).rev().map(Duration::from_millis).collect();
        let measured = summary(took, Duration::from_secs(2));
        assert_eq!((measured.per_second, measured.p50, measured.p99), (50.0, 51.0, 100.0));
    }
}
