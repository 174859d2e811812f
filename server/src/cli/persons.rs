//! `tongxin erase-person`: destroys a person's key and clears every copy.

use super::{CliError, Place};
use clap::Args;
use std::io::{BufRead, Write};

/// See the module.
#[derive(Debug, Args)]
pub struct ErasePersonCommand {
    /// The person's telephone number. Left out, it is read from standard input, so that it
    /// need not stand in the shell's history.
    #[arg(long)]
    phone: Option<String>,
    /// The subject's id instead (stands in the journal).
    #[arg(long, conflicts_with = "phone")]
    subject: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Erases; the journal stays whole, its sealed values stay shut for good.
///
/// # Errors
/// When nobody is known by that number.
pub fn erase(command: ErasePersonCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let who = match (command.subject, command.phone) {
        (Some(subject), _) => matters::erasure::Person::Subject(kernel::SubjectId(subject)),
        (None, Some(phone)) => matters::erasure::Person::Phone(phone),
        (None, None) => {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            matters::erasure::Person::Phone(line.trim().to_owned())
        }
    };
    let opened = command.place.open_existing()?;
    let erased = opened.block_on(matters::erasure::erase_person(&opened.app, who))?;
    if erased == 0 {
        return Err(CliError::Usage("nobody is known by that number".into()));
    }
    writeln!(
        out,
        "erased: {erased} data subject(s); their matters stay in the figures, their words and contacts are gone"
    )?;
    Ok(())
}
