//! Many rows in one stream: PostgreSQL's `COPY … FROM STDIN` in its text format.

use crate::Value;
use bytes::Bytes;
use futures_sink::Sink;
use std::fmt::Write;
use std::future::poll_fn;
use std::pin::pin;
use tokio_postgres::{Client, Error};

/// Text sent at once.
const CHUNK: usize = 1 << 18;

/// Sends the rows to a `copy` statement.
pub(super) async fn rows_in(client: &Client, sql: &str, rows: &[Vec<Value>]) -> Result<(), Error> {
    let mut sink = pin!(client.copy_in::<_, Bytes>(sql).await?);
    let mut text = String::with_capacity(CHUNK * 2);
    for row in rows {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                text.push('\t');
            }
            spell(value, &mut text);
        }
        text.push('\n');
        if text.len() >= CHUNK {
            poll_fn(|context| sink.as_mut().poll_ready(context)).await?;
            sink.as_mut().start_send(Bytes::from(std::mem::take(&mut text)))?;
        }
    }
    poll_fn(|context| sink.as_mut().poll_ready(context)).await?;
    sink.as_mut().start_send(Bytes::from(text))?;
    sink.as_mut().finish().await.map(drop)
}

/// A value as the text format spells it.
fn spell(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("\\N"),
        Value::Int(value) => write!(out, "{value}").expect("a String takes any write"),
        Value::Real(value) => write!(out, "{value}").expect("a String takes any write"),
        Value::Text(text) => text.chars().for_each(|c| match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }),
        Value::Bytes(bytes) => {
            out.push_str("\\\\x");
            bytes.iter().for_each(|byte| write!(out, "{byte:02x}").expect("a String takes any write"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_is_taken_for_the_format() {
        let spelt = |value: Value| {
            let mut out = String::new();
            spell(&value, &mut out);
            out
        };
        assert_eq!(spelt(Value::Null), "\\N");
        assert_eq!(spelt("\\N\ta\nb".into()), "\\\\N\\ta\\nb");
        assert_eq!(spelt(Value::Bytes(vec![0, 255])), "\\\\x00ff");
    }
}
