//! The items of a HEIC photo (ISO/IEC 14496-12 §8.11, ISO/IEC 23008-12): the picture's tiles,
//! and beside them Exif and XMP. Those are overwritten by an Exif that tells nothing and by
//! space; orientation and colour are properties of the picture and stay.

use super::base_media::Box4;
use super::{Blanks, Read};

/// An Exif item that says nothing but "upright": its offset, the signature, and a TIFF with
/// that one entry.
const NOTHING: &[u8] = b"\0\0\0\x06Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0";

/// What an item may tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Exif,
    Xmp,
    /// Nobody knows.
    Other,
}

/// Overwrites what the items of a `meta` box tell; false where it holds no items.
pub(super) fn items(meta: &Box4, read: &mut Read<'_>, blanks: &mut Blanks) -> Option<bool> {
    // A full box: version and flags first. QuickTime's is none, and holds no items.
    let parts = meta.content.checked_add(4).filter(|from| *from <= meta.end);
    let Some(parts) = parts.and_then(|from| Box4::all(read, from, meta.end)) else { return Some(false) };
    let of = |kind: &[u8; 4]| parts.iter().find(|part| part.kind == *kind);
    let (Some(infos), Some(places)) = (of(b"iinf"), of(b"iloc")) else { return Some(false) };
    let telling = telling(infos, read)?;
    let own = of(b"idat").map(|data| (data.content, data.end));
    for (item, from, length) in extents(places, own, read, blanks, &telling)? {
        let what = telling.iter().find(|(id, _)| *id == item)?.1;
        let over = match what {
            Tells::Exif if length >= NOTHING.len() => {
                let mut over = NOTHING.to_vec();
                over.resize(length, 0);
                over
            }
            Tells::Exif => vec![0; length],
            Tells::Xmp => vec![b' '; length],
            Tells::Other => {
                blanks.remains = true;
                continue;
            }
        };
        blanks.over.push((from, over));
    }
    Some(true)
}

/// The items that tell, by what their entries say they are.
fn telling(infos: &Box4, read: &mut Read<'_>) -> Option<Vec<(u32, Tells)>> {
    let mut list = Reader::of(infos, read)?;
    let version = list.number(1)?;
    list.skip(3);
    let _count = list.number(if version == 0 { 2 } else { 4 })?;
    let (from, mut found) = (list.place(), Vec::new());
    for entry in Box4::all(read, from, infos.end)? {
        let mut info = Reader::of(&entry, read)?;
        let version = info.number(1)?;
        info.skip(3);
        let item = match version {
            2 => info.number(2)?,
            3 => info.number(4)?,
            _ => return None,
        };
        info.skip(2);
        let kind: [u8; 4] = *info.bytes(4)?.first_chunk()?;
        let tells = match &kind {
            b"Exif" => Tells::Exif,
            b"mime" => {
                info.text()?; // its name
                if info.text()? == b"application/rdf+xml" { Tells::Xmp } else { Tells::Other }
            }
            b"uri " => Tells::Other,
            _ => continue,
        };
        found.push((u32::try_from(item).ok()?, tells));
    }
    Some(found)
}

/// Where the telling items lie in the file: item, place, length.
fn extents(
    places: &Box4,
    own: Option<(usize, usize)>,
    read: &mut Read<'_>,
    blanks: &mut Blanks,
    telling: &[(u32, Tells)],
) -> Option<Vec<(u32, usize, usize)>> {
    let mut list = Reader::of(places, read)?;
    let version = list.number(1)?;
    list.skip(3);
    let (sizes, more) = (list.number(1)?, list.number(1)?);
    let (offset_size, length_size, base_size) = (sizes >> 4, sizes & 15, more >> 4);
    let index_size = if version == 0 { 0 } else { more & 15 };
    let count = list.number(if version < 2 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for _ in 0..count {
        let item = u32::try_from(list.number(if version < 2 { 2 } else { 4 })?).ok()?;
        let method = if version == 0 { 0 } else { list.number(2)? & 15 };
        let elsewhere = list.number(2)? != 0;
        let base = list.number(base_size)?;
        for _ in 0..list.number(2)? {
            list.number(index_size)?;
            let (offset, length) = (list.number(offset_size)?, list.number(length_size)?);
            if !telling.iter().any(|(id, _)| *id == item) {
                continue;
            }
            let within = match (method, own) {
                (0, _) => Some((0, usize::MAX)),
                (1, Some(own)) => Some(own),
                _ => None,
            };
            // A length of none means "to the end of the file": unsure whose bytes those are.
            let Some((from, end)) = within.filter(|_| !elsewhere && length > 0) else {
                blanks.remains = true;
                continue;
            };
            let from = from.checked_add(base)?.checked_add(offset)?;
            if from.checked_add(length)? > end {
                return None;
            }
            read(from, length)?;
            found.push((item, from, length));
        }
    }
    Some(found)
}

/// Reads the numbers of a box one after the other.
struct Reader {
    bytes: Vec<u8>,
    starts: usize,
    at: usize,
}

impl Reader {
    /// Longest box of this kind that is read.
    const MOST: usize = 4 * 1024 * 1024;

    fn of(part: &Box4, read: &mut Read<'_>) -> Option<Self> {
        let length = part.end - part.content;
        let bytes = (length <= Self::MOST).then(|| read(part.content, length))??;
        Some(Self { bytes, starts: part.content, at: 0 })
    }

    fn bytes(&mut self, length: usize) -> Option<&[u8]> {
        let found = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(found)
    }

    /// A number of so many bytes; none of no bytes is nought.
    fn number(&mut self, length: usize) -> Option<usize> {
        let found = self.bytes(length).filter(|_| length <= 8)?;
        found.iter().try_fold(0usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))
    }

    /// A text that ends with a zero.
    fn text(&mut self) -> Option<&[u8]> {
        let length = self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0)?;
        self.bytes(length + 1).map(|text| &text[..length])
    }

    fn skip(&mut self, length: usize) {
        self.at += length;
    }

    /// Where in the file it stands.
    fn place(&self) -> usize {
        self.starts + self.at
    }
}

#[cfg(test)]
mod tests {
    use super::super::base_media::tests::part;
    use crate::attachments::{MediaType, strip::stripped};

    fn info(item: u16, kind: &[u8]) -> Vec<u8> {
        part(b"infe", &[b"\x02\0\0\0", item.to_be_bytes().as_slice(), b"\0\0", kind, b"\0"].concat())
    }

    fn place(item: u16, offset: usize, length: usize) -> Vec<u8> {
        let number = |n: usize| u32::try_from(n).expect("short").to_be_bytes();
        let head = [item.to_be_bytes(), [0, 0], [0, 0], [0, 1]].concat();
        [head.as_slice(), &number(offset), &number(length)].concat()
    }

    /// A photo of a tile, an Exif of that length and an XMP, as telephones lay them out.
    fn photo(exif: &[u8], xmp: &[u8]) -> Vec<u8> {
        let tile = b"the picture's tile";
        let built = |from: usize| {
            let infos = [info(1, b"hvc1"), info(2, b"Exif"), info(3, b"mime\0application/rdf+xml")].concat();
            let infos = part(b"iinf", &[b"\0\0\0\0\0\x03".as_slice(), &infos].concat());
            let places = [
                place(1, from, tile.len()),
                place(2, from + tile.len(), exif.len()),
                place(3, from + tile.len() + exif.len(), xmp.len()),
            ]
            .concat();
            let places = part(b"iloc", &[b"\x01\0\0\0\x44\0\0\x03".as_slice(), &places].concat());
            let meta = part(b"meta", &[b"\0\0\0\0".as_slice(), &infos, &places].concat());
            [part(b"ftyp", b"heic\0\0\0\0"), meta].concat()
        };
        let head = built(built(0).len() + 8);
        [head, part(b"mdat", &[tile, exif, xmp].concat())].concat()
    }

    const EXIF: &[u8] = b"\0\0\0\x06Exif\0\0II*\0 Xphone 12 27.7001N 112.0085E taken 2026-11-20";

    #[test]
    fn exif_and_xmp_are_overwritten_and_the_tile_stays() {
        let photo = photo(EXIF, b"<rdf:RDF>somebody</rdf:RDF>");
        let kept = stripped(MediaType::Heic, &photo).expect("a photo");
        assert!(!kept.remains);
        assert_eq!(kept.bytes.len(), photo.len());
        let text = String::from_utf8_lossy(&kept.bytes).into_owned();
        assert!(text.contains("the picture's tile") && text.contains("hvc1"));
        for told in ["Xphone", "27.70", "2026-11-20", "somebody"] {
            assert!(!text.contains(told), "{told}");
        }
        assert_eq!(stripped(MediaType::Heic, &kept.bytes), Some(kept), "a second time changes nothing");
    }

    #[test]
    fn a_short_exif_becomes_zeros() {
        let kept = stripped(MediaType::Heic, &photo(b"27.7001N", b"<x/>")).expect("a photo");
        assert!(!String::from_utf8_lossy(&kept.bytes).contains("27.70"));
    }

    #[test]
    fn a_place_beyond_the_file_is_left_alone() {
        let whole = photo(EXIF, b"<x/>");
        let mut lying = whole.clone();
        let at = super::super::find(&lying, b"iloc", 0).expect("its places");
        lying[at + 4 + 8 + 16 + 8] = 0x7f;
        assert_eq!(stripped(MediaType::Heic, &lying), None);
        assert_eq!(stripped(MediaType::Heic, &whole[..whole.len() - 3]), None);
    }
}
