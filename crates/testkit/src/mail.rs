//! A mail server for a test: speaks enough SMTP (RFC 5321) on loopback to take messages, and
//! hands them over to be looked at.

use platform::config::{Mail, Security, Smtp};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// See the module.
pub struct MailServer {
    address: SocketAddr,
    received: Receiver<Received>,
    busy: Arc<AtomicUsize>,
}

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Whom the envelope names.
    pub to: String,
    /// Header and body.
    pub content: String,
}

impl MailServer {
    /// Starts one on a free port. It ends with the test.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        let (sender, received) = channel();
        let busy = Arc::new(AtomicUsize::new(0));
        let turned_away = busy.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let taken =
                    turned_away.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
                // A client that breaks off is the client's own affair.
                let _ = converse(stream, taken.is_ok(), &sender);
            }
        });
        Self { address, received, busy }
    }

    /// The settings that lead to it.
    pub fn settings(&self) -> Mail {
        Mail::Smtp(Smtp {
            host: self.address.ip().to_string(),
            port: self.address.port(),
            security: Security::None,
            user: None,
            password: None,
            from: "Tongxin <noreply@example.cn>".into(),
        })
    }

    /// Turns the next connections away, as a server does that is overloaded.
    pub fn is_busy_for(&self, connections: usize) {
        self.busy.store(connections, Ordering::SeqCst);
    }

    /// The next message that was taken, if one was. A job that sends has ended when it was.
    pub fn next(&self) -> Option<Received> {
        self.received.try_recv().ok()
    }
}

fn converse(mut stream: TcpStream, busy: bool, sender: &Sender<Received>) -> std::io::Result<()> {
    if busy {
        return stream.write_all(b"421 busy\r\n");
    }
    let mut lines = BufReader::new(stream.try_clone()?);
    stream.write_all(b"220 test\r\n")?;
    let mut to = String::new();
    let mut line = String::new();
    while {
        line.clear();
        lines.read_line(&mut line)?
    } > 0
    {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                stream.write_all(b"250 ok\r\n")?;
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut content = String::new();
                while {
                    line.clear();
                    lines.read_line(&mut line)?
                } > 0
                    && line != ".\r\n"
                {
                    content.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| &line[1..]));
                }
                sender.send(Received { to: to.clone(), content }).map_err(std::io::Error::other)?;
                stream.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => stream.write_all(b"250 ok\r\n")?,
        }
    }
    Ok(())
}
