//! What a picture tells besides itself: where it was taken, with what, by whom. It is taken
//! out of the formats phones write; the picture stays bit for bit as it is. Films, sound and
//! papers are kept as they come, and the pages say so.

mod jpeg;
mod png;
mod webp;

use super::MediaType;

/// The same picture without what it tells besides; `None` where nothing can be taken out:
/// another kind of file, or one not built as its standard says.
pub fn stripped(media_type: MediaType, bytes: &[u8]) -> Option<Vec<u8>> {
    match media_type {
        MediaType::Jpeg => jpeg::without_metadata(bytes),
        MediaType::Png => png::without_metadata(bytes),
        MediaType::Webp => webp::without_metadata(bytes),
        _ => None,
    }
}
