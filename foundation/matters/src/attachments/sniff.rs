//! What a file is, by its first bytes; a name or a header can say anything.

use serde::{Deserialize, Serialize};

/// Bytes from the start that suffice to tell.
pub const HEAD: usize = 4096;

/// The kinds that may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// MP4 film.
    Mp4,
    /// QuickTime film.
    Mov,
    /// AAC sound, as most telephones record.
    M4a,
    /// MP3 sound.
    Mp3,
    /// AMR sound, as older telephones record.
    Amr,
    /// Sound as it is.
    Wav,
    /// WebM, as browsers record.
    Webm,
    /// Ogg sound, as other browsers record.
    Ogg,
    /// PDF.
    Pdf,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
    /// PowerPoint presentation.
    Pptx,
    /// Word, Excel or PowerPoint whose parts do not say which near the start.
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
            Self::Mov => "video/quicktime",
            Self::M4a => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Amr => "audio/amr",
            Self::Wav => "audio/wav",
            Self::Webm => "video/webm",
            Self::Ogg => "audio/ogg",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::OpenXml => "application/vnd.openxmlformats-officedocument",
            Self::Ole => "application/x-ole-storage",
        }
    }

    /// Whether what it tells besides itself can be taken out of the whole file, see
    /// [`super::stripped`].
    pub fn is_strippable(self) -> bool {
        let office = matches!(self, Self::Docx | Self::Xlsx | Self::Pptx | Self::OpenXml);
        office || matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Pdf) || self.is_base_media()
    }

    /// Whether it is made of boxes (ISO/IEC 14496-12), which are overwritten where they stand,
    /// see [`super::blanks`].
    pub fn is_base_media(self) -> bool {
        matches!(self, Self::Heic | Self::Mp4 | Self::Mov | Self::M4a)
    }

    /// Whether such a file, as it comes, may tell of an author, a device or a place.
    pub fn may_tell(self) -> bool {
        !matches!(self, Self::Gif | Self::Amr | Self::Wav)
    }
}

/// The kind of a file by its first bytes ([`HEAD`] suffice), if it may be attached.
pub fn media_type(bytes: &[u8]) -> Option<MediaType> {
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
    } else if starts(b"RIFF") && at(8, b"WAVE") {
        Some(MediaType::Wav)
    } else if starts(b"\x1a\x45\xdf\xa3") {
        webm(&bytes[..bytes.len().min(HEAD)])
    } else if starts(b"OggS\0") {
        Some(MediaType::Ogg)
    } else if at(4, b"ftyp") {
        Some(base_media(bytes.get(8..12).unwrap_or_default()))
    } else if starts(b"ID3") || is_mpeg_audio(bytes) {
        Some(MediaType::Mp3)
    } else if starts(b"#!AMR") {
        Some(MediaType::Amr)
    } else if starts(b"%PDF-") {
        Some(MediaType::Pdf)
    } else if starts(b"PK\x03\x04") {
        open_xml(&bytes[..bytes.len().min(HEAD)])
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(MediaType::Ole)
    } else {
        None
    }
}

/// EBML (RFC 8794) whose document type, which stands in its head, is that of WebM; Matroska at
/// large may hold anything.
fn webm(head: &[u8]) -> Option<MediaType> {
    const DOC_TYPE: &[u8] = b"\x42\x82\x84webm";
    head.windows(DOC_TYPE.len()).any(|window| window == DOC_TYPE).then_some(MediaType::Webm)
}

/// Which file of the ISO base media family (ISO/IEC 14496-12) its major brand says it is.
fn base_media(brand: &[u8]) -> MediaType {
    match brand {
        b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => MediaType::Heic,
        b"qt  " => MediaType::Mov,
        b"M4A " | b"M4B " => MediaType::M4a,
        _ => MediaType::Mp4,
    }
}

/// A frame of MPEG audio without a tag before it: eleven bits set, then layer III.
fn is_mpeg_audio(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 == 0x02)
}

/// An Open XML package names its parts in the clear; any other archive stays out.
fn open_xml(head: &[u8]) -> Option<MediaType> {
    let names = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if names(b"word/") {
        Some(MediaType::Docx)
    } else if names(b"xl/") {
        Some(MediaType::Xlsx)
    } else if names(b"ppt/") {
        Some(MediaType::Pptx)
    } else {
        (names(b"[Content_Types].xml") || names(b"_rels/.rels")).then_some(MediaType::OpenXml)
    }
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
        assert_eq!(media_type(b"\0\0\0\x14ftypqt  "), Some(MediaType::Mov));
        assert_eq!(media_type(b"\0\0\0\x1cftypM4A "), Some(MediaType::M4a));
        assert_eq!(media_type(b"RIFF\x24\0\0\0WAVEfmt "), Some(MediaType::Wav));
        assert_eq!(media_type(b"\xff\xfb\x90\x64"), Some(MediaType::Mp3));
        assert_eq!(media_type(b"#!AMR\n"), Some(MediaType::Amr));
        let webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04";
        assert_eq!(media_type(webm), Some(MediaType::Webm));
        assert_eq!(media_type(b"\x1a\x45\xdf\xa3\x42\x82\x88matroska"), None);
        assert_eq!(media_type(b"OggS\0\x02rest"), Some(MediaType::Ogg));
        assert_eq!(media_type(b"PK\x03\x04....[Content_Types].xml"), Some(MediaType::OpenXml));
        assert_eq!(
            media_type(b"PK\x03\x04....[Content_Types].xml PK word/document.xml"),
            Some(MediaType::Docx)
        );
        assert_eq!(media_type(b"PK\x03\x04....xl/workbook.xml"), Some(MediaType::Xlsx));
        for refused in [b"MZ\x90\0".as_slice(), b"<html>", b"PK\x03\x04 program.exe", b"", b"#!/bin/sh"] {
            assert_eq!(media_type(refused), None);
        }
    }
}
