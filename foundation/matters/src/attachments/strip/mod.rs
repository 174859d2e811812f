//! What a file tells besides itself: where it was taken, with what, by whom, when. It is
//! taken out of what telephones and offices write, as far as that is safe; the picture, the
//! film and the words stay as they are. A file that is not built as its standard says is kept
//! as it came. What may still tell something is said, so that its sender can be warned.
//!
//! - [`stripped`]: pictures, PDF and Office files, at hand as a whole.
//! - [`blanks`]: films, sound and HEIC photos, overwritten where it stands: they may be too
//!   large to be held in memory.

mod base_media;
mod heic;
mod jpeg;
mod open_xml;
mod pdf;
mod png;
mod webp;
mod xml;

use super::MediaType;

/// A file after what it tells besides itself was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped {
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether it may still tell something.
    pub remains: bool,
}

impl Stripped {
    fn clean(bytes: Vec<u8>) -> Self {
        Self { bytes, remains: false }
    }
}

/// What is written over a file, which keeps its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// Where, and what.
    pub over: Vec<(usize, Vec<u8>)>,
    /// Whether it may still tell something.
    pub remains: bool,
}

/// Reads a stretch of a file: from where, how many bytes; none beyond its end.
pub type Read<'r> = dyn FnMut(usize, usize) -> Option<Vec<u8>> + 'r;

/// The file without what it tells besides itself; `None` where that cannot be taken out:
/// another kind of file, or one not built as its standard says.
pub fn stripped(media_type: MediaType, bytes: &[u8]) -> Option<Stripped> {
    match media_type {
        MediaType::Jpeg => jpeg::without_metadata(bytes).map(Stripped::clean),
        MediaType::Png => png::without_metadata(bytes).map(Stripped::clean),
        MediaType::Webp => webp::without_metadata(bytes).map(Stripped::clean),
        MediaType::Pdf => pdf::without_metadata(bytes),
        MediaType::Docx | MediaType::Xlsx | MediaType::Pptx | MediaType::OpenXml => {
            open_xml::without_metadata(bytes)
        }
        kind if kind.is_base_media() => {
            let mut read = |at: usize, length: usize| Some(bytes.get(at..at.checked_add(length)?)?.to_vec());
            let blanks = blanks(kind, bytes.len(), &mut read)?;
            let mut bytes = bytes.to_vec();
            for (at, over) in blanks.over {
                bytes.get_mut(at..at.checked_add(over.len())?)?.copy_from_slice(&over);
            }
            Some(Stripped { bytes, remains: blanks.remains })
        }
        _ => None,
    }
}

/// What must be written over a film, a sound or a HEIC photo of that size; `None` as for
/// [`stripped`].
pub fn blanks(media_type: MediaType, size: usize, read: &mut Read<'_>) -> Option<Blanks> {
    if !media_type.is_base_media() {
        return None;
    }
    base_media::blanks(size, read)
}

/// Where a pattern is found in bytes, from a place on.
fn find(bytes: &[u8], pattern: &[u8], from: usize) -> Option<usize> {
    let (first, rest) = pattern.split_first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
}
