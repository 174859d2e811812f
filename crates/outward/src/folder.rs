//! A folder by which another system and this one pass files to each other: `in` for what comes,
//! `done` and `refused` for what became of it, `out` for what is to be fetched.

use std::fs;
use std::io::{Error, ErrorKind, Read as _, Write as _};
use std::path::Path;

/// Names of the JSON files in `in` that are complete, in their order, at most so many. Who
/// writes one gives it another name, or one that begins with a dot, until it is whole.
///
/// # Errors
/// The file system's.
pub fn laid_down(home: &Path, most: usize) -> Result<Vec<String>, Error> {
    let folder = home.join("in");
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && name.ends_with(".json") && !name.starts_with('.') {
            files.push(name);
        }
    }
    files.sort();
    files.truncate(most);
    Ok(files)
}

/// What a file of `in` holds.
///
/// # Errors
/// The file system's; [`ErrorKind::FileTooLarge`] beyond `most` bytes.
pub fn read(home: &Path, name: &str, most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let file = fs::File::open(home.join("in").join(name))?;
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Moves a file out of `in`: to `done`, or to `refused` with the reason beside it.
///
/// # Errors
/// The file system's.
pub fn put_away(home: &Path, name: &str, refused: Option<&str>) -> Result<(), Error> {
    let folder = home.join(if refused.is_some() { "refused" } else { "done" });
    fs::create_dir_all(&folder)?;
    if let Some(reason) = refused {
        fs::write(folder.join(format!("{name}.txt")), format!("{reason}\n"))?;
    }
    fs::rename(home.join("in").join(name), folder.join(name))
}

/// Lays a file down in `out`: whole, or not at all.
///
/// # Errors
/// The file system's.
pub fn lay_down(home: &Path, name: &str, body: &str) -> Result<(), Error> {
    let folder = home.join("out");
    fs::create_dir_all(&folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(body.as_bytes())?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))
}
