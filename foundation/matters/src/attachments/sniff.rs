//! What a file is, by its first bytes; a name or a header can say anything.

/// The kinds that may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// JPEG photo.
    Jpeg,
    /// PNG picture.
    Png,
    /// GIF picture.
    Gif,
    /// WebP picture.
    Webp,
    /// HEIC photo.
    Heic,
    /// MP4 or QuickTime film.
    Mp4,
    /// MP3 sound.
    Mp3,
    /// AMR sound, as telephones record.
    Amr,
    /// PDF.
    Pdf,
    /// Word, Excel or PowerPoint, as an Open XML package.
    OpenXml,
    /// Word, Excel or PowerPoint, as written before 2007.
    Ole,
}

impl MediaType {
    /// As sent in `Content-Type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Mp4 => "video/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Amr => "audio/amr",
            Self::Pdf => "application/pdf",
            Self::OpenXml => "application/vnd.openxmlformats-officedocument",
            Self::Ole => "application/x-ole-storage",
        }
    }
}

/// The kind of a file, if it may be attached.
pub(super) fn media_type(bytes: &[u8]) -> Option<MediaType> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if starts(b"\xff\xd8\xff") {
        Some(MediaType::Jpeg)
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some(MediaType::Png)
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some(MediaType::Gif)
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        Some(MediaType::Webp)
    } else if at(4, b"ftyp") {
        let heic = [b"heic", b"heix", b"mif1", b"msf1"].iter().any(|brand| at(8, *brand));
        Some(if heic { MediaType::Heic } else { MediaType::Mp4 })
    } else if starts(b"ID3") || starts(b"\xff\xfb") || starts(b"\xff\xf3") {
        Some(MediaType::Mp3)
    } else if starts(b"#!AMR") {
        Some(MediaType::Amr)
    } else if starts(b"%PDF-") {
        Some(MediaType::Pdf)
    } else if starts(b"PK\x03\x04") && is_open_xml(bytes) {
        Some(MediaType::OpenXml)
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(MediaType::Ole)
    } else {
        None
    }
}

/// An Open XML package names its parts in the clear; any other archive stays out.
fn is_open_xml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    [b"[Content_Types].xml".as_slice(), b"_rels/.rels"]
        .iter()
        .any(|part| head.windows(part.len()).any(|window| window == *part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_content() {
        assert_eq!(media_type(b"\xff\xd8\xff\xe0 rest"), Some(MediaType::Jpeg));
        assert_eq!(media_type(b"%PDF-1.7"), Some(MediaType::Pdf));
        assert_eq!(media_type(b"\0\0\0\x18ftypheic"), Some(MediaType::Heic));
        assert_eq!(media_type(b"\0\0\0\x18ftypisom"), Some(MediaType::Mp4));
        assert_eq!(media_type(b"PK\x03\x04....[Content_Types].xml"), Some(MediaType::OpenXml));
        for refused in [b"MZ\x90\0".as_slice(), b"<html>", b"PK\x03\x04 program.exe", b"", b"#!/bin/sh"] {
            assert_eq!(media_type(refused), None);
        }
    }
}
