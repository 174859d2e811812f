//! Films, sound and HEIC photos: boxes within boxes (ISO/IEC 14496-12). Samples are found by
//! their offset in the file, so nothing may move: a box that tells becomes a free one, and
//! times become "unknown".

use super::{Blanks, Read, heic};

/// The most of a film's description that is read: an hour of film needs a few megabytes.
const DESCRIPTION_MAX: usize = 32 * 1024 * 1024;
/// The `uuid` box of XMP.
const XMP: [u8; 16] =
    [0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac];
/// Boxes at the top that tell nothing besides the film.
const PLAIN: [&[u8; 4]; 12] = [
    b"ftyp", b"styp", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra", b"sidx", b"pdin", b"prft",
    b"pnot",
];

/// A box: where it stands, its kind, and where its content stands.
pub(super) struct Box4 {
    pub at: usize,
    pub kind: [u8; 4],
    pub content: usize,
    pub end: usize,
}

impl Box4 {
    /// The box at a place, if a whole one stands there before `end`.
    fn read(read: &mut Read<'_>, at: usize, end: usize) -> Option<Self> {
        let head = read(at, 8)?;
        let kind = *head.last_chunk::<4>()?;
        let (size, header) = match u32::from_be_bytes(*head.first_chunk()?) {
            0 => (end - at, 8),
            1 => (usize::try_from(u64::from_be_bytes(*read(at + 8, 8)?.first_chunk()?)).ok()?, 16),
            size => (usize::try_from(size).ok()?, 8),
        };
        let whole = at.checked_add(size).filter(|whole| size >= header && *whole <= end)?;
        Some(Self { at, kind, content: at + header, end: whole })
    }

    /// The boxes between two places, which they fill.
    pub fn all(read: &mut Read<'_>, from: usize, end: usize) -> Option<Vec<Self>> {
        let (mut at, mut found) = (from, Vec::new());
        while at < end {
            // QuickTime ends some lists with four zeros.
            if end - at < 8 && read(at, end - at)?.iter().all(|byte| *byte == 0) {
                break;
            }
            let next = Self::read(read, at, end)?;
            at = next.end;
            found.push(next);
        }
        Some(found)
    }

    /// Makes it a free box without content.
    fn free(&self, blanks: &mut Blanks) {
        blanks.over.push((self.at + 4, b"free".to_vec()));
        blanks.over.push((self.content, vec![0; self.end - self.content]));
    }

    /// Makes the times of a header unknown: they stand behind its version and flags.
    fn unknown_times(&self, read: &mut Read<'_>, blanks: &mut Blanks) -> Option<()> {
        let length = if read(self.content, 1)?[0] == 1 { 16 } else { 8 };
        if self.end - self.content < 4 + length {
            return None;
        }
        blanks.over.push((self.content + 4, vec![0; length]));
        Some(())
    }

    fn is_xmp(&self, read: &mut Read<'_>) -> bool {
        self.end - self.content >= XMP.len() && read(self.content, XMP.len()).is_some_and(|id| id == XMP)
    }
}

/// What must be written over such a file.
pub(super) fn blanks(size: usize, read: &mut Read<'_>) -> Option<Blanks> {
    let mut blanks = Blanks::default();
    for part in Box4::all(read, 0, size)? {
        match &part.kind {
            b"moov" if part.end - part.content <= DESCRIPTION_MAX => movie(&part, read, &mut blanks)?,
            b"moov" => return None,
            b"meta" => {
                if !heic::items(&part, read, &mut blanks)? {
                    part.free(&mut blanks);
                }
            }
            b"udta" => part.free(&mut blanks),
            b"uuid" if part.is_xmp(read) => part.free(&mut blanks),
            kind if PLAIN.contains(&kind) => {}
            _ => blanks.remains = true,
        }
    }
    Some(blanks)
}

/// The film's description, read once; its places are those of the file.
fn movie(movie: &Box4, read: &mut Read<'_>, blanks: &mut Blanks) -> Option<()> {
    let (from, whole) = (movie.content, read(movie.content, movie.end - movie.content)?);
    let mut read = |at: usize, length: usize| {
        let at = at.checked_sub(from)?;
        Some(whole.get(at..at.checked_add(length)?)?.to_vec())
    };
    for part in Box4::all(&mut read, movie.content, movie.end)? {
        match &part.kind {
            b"mvhd" => part.unknown_times(&mut read, blanks)?,
            b"udta" | b"meta" => part.free(blanks),
            b"trak" => track(&part, &mut read, blanks)?,
            b"uuid" if part.is_xmp(&mut read) => part.free(blanks),
            b"uuid" => blanks.remains = true,
            _ => {}
        }
    }
    Some(())
}

fn track(track: &Box4, read: &mut Read<'_>, blanks: &mut Blanks) -> Option<()> {
    for part in Box4::all(read, track.content, track.end)? {
        match &part.kind {
            b"tkhd" => part.unknown_times(read, blanks)?,
            b"udta" | b"meta" => part.free(blanks),
            b"mdia" => media(&part, read, blanks)?,
            b"uuid" => blanks.remains = true,
            _ => {}
        }
    }
    Some(())
}

fn media(media: &Box4, read: &mut Read<'_>, blanks: &mut Blanks) -> Option<()> {
    for part in Box4::all(read, media.content, media.end)? {
        match &part.kind {
            b"mdhd" => part.unknown_times(read, blanks)?,
            // Version and flags, a reserved field, then the kind of track: some cameras write
            // places as a track of their own, or as subtitles.
            b"hdlr" => {
                let kind = read(part.content + 8, 4)?;
                blanks.remains |= !matches!(kind.as_slice(), b"vide" | b"soun" | b"hint" | b"tmcd");
            }
            _ => {}
        }
    }
    Some(())
}

#[cfg(test)]
pub(super) mod tests {
    use crate::attachments::{MediaType, strip::stripped};

    pub fn part(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).expect("short").to_be_bytes();
        [length.as_slice(), kind, content].concat()
    }

    fn header(kind: &[u8; 4]) -> Vec<u8> {
        part(kind, &[&[0; 4][..], b"MADETIME", &[7; 80]].concat())
    }

    fn film(handler: &[u8; 4]) -> Vec<u8> {
        let place = part(b"\xa9xyz", b"\0\x11\0\0+27.7001+112.0085/");
        let keys = part(b"meta", b"com.apple.quicktime.location.ISO6709 +27.7001");
        let kind = part(b"hdlr", &[&[0; 8][..], handler, &[0; 12]].concat());
        let media = part(b"mdia", &[header(b"mdhd"), kind, part(b"minf", b"samples")].concat());
        let track = part(b"trak", &[header(b"tkhd"), part(b"udta", b"name"), media].concat());
        let movie = part(b"moov", &[header(b"mvhd"), part(b"udta", &place), keys, track].concat());
        let xmp = part(b"uuid", &[super::XMP.as_slice(), b"<x:xmpmeta/>"].concat());
        [part(b"ftyp", b"isom\0\0\0\0"), movie, part(b"mdat", b"the film itself"), xmp].concat()
    }

    #[test]
    fn place_names_and_times_go_and_the_film_stays_where_it_is() {
        let film = film(b"vide");
        let kept = stripped(MediaType::Mp4, &film).expect("a film");
        assert!(!kept.remains);
        assert_eq!(kept.bytes.len(), film.len());
        let text = String::from_utf8_lossy(&kept.bytes).into_owned();
        for told in ["27.70", "location", "MADETIME", "xmpmeta", "name", "udta"] {
            assert!(!text.contains(told), "{told}");
        }
        let at = |bytes: &[u8]| super::super::find(bytes, b"the film itself", 0);
        assert_eq!(at(&kept.bytes), at(&film));
        assert!(text.contains("samples") && text.contains("free"));
        assert_eq!(stripped(MediaType::Mp4, &kept.bytes), Some(kept), "a second time changes nothing");
    }

    #[test]
    fn a_track_of_places_is_warned_about() {
        for (handler, remains) in [(b"soun", false), (b"meta", true), (b"sbtl", true)] {
            assert_eq!(stripped(MediaType::Mov, &film(handler)).expect("a film").remains, remains);
        }
        let strange = [film(b"vide"), part(b"sefd", b"a maker's own")].concat();
        assert!(stripped(MediaType::Mp4, &strange).expect("a film").remains);
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        let whole = film(b"vide");
        for cut in [9, 40, 120, whole.len() - 1] {
            assert_eq!(stripped(MediaType::Mp4, &whole[..cut]), None, "cut at {cut}");
        }
        let lying = [&part(b"ftyp", b"isom")[..], b"\xff\xff\xff\xffmoov"].concat();
        assert_eq!(stripped(MediaType::Mp4, &lying), None);
    }
}
