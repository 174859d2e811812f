//! Reports in the demo: weekly ones in a Word template of the office's own, the others in the
//! plain layout; those of the last day, week and month that are over, as the timer makes them.

use crate::DemoError;
use crate::cast::Cast;
use ::reports::rules::period::Kind;
use ::reports::rules::word::Command;
use ::reports::{keep_word, make, shell, start_of};
use matters::attachments::Upload;
use platform::App;

/// Makes them.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let (by, kind) = (cast.user("shift_head")?, Kind::Weekly);
    let failed = || DemoError::at("a Word template");
    let bytes = start_of(app, kind.delivered()).map_err(failed())?;
    let upload = Upload { name: "周报模板.docx".to_owned(), bytes };
    let version = keep_word(app, &by, kind, upload).await.map_err(failed())?;
    let chosen = Command::Choose(Some(version));
    app.write(move |work| shell::change_word(work, &by, kind, &chosen)).await.map_err(failed())?;
    make::run(app).await.map(drop).map_err(DemoError::at("reports"))
}
