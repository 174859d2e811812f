//! PDF (ISO 32000): the document information dictionary and XMP packets are overwritten by
//! space where they stand in the clear, so that no offset changes. What is packed or sits
//! elsewhere cannot be seen from here, and is warned about.

use super::{Stripped, find};
use std::ops::Range;

/// The same document; `None` for one that is signed or locked.
pub(super) fn without_metadata(pdf: &[u8]) -> Option<Stripped> {
    if has(pdf, b"/Encrypt") || has(pdf, b"/ByteRange") {
        return None;
    }
    let mut bytes = pdf.to_vec();
    let mut remains = UNSEEN.iter().any(|mark| has(pdf, mark));
    for info in information(pdf) {
        let objects = objects(pdf, &info);
        remains |= objects.is_empty();
        for object in objects {
            match strings(pdf, object) {
                Some(strings) => strings.into_iter().for_each(|text| text.blank(&mut bytes)),
                None => remains = true,
            }
        }
    }
    let packets = packets(pdf);
    remains |= packets.len() < count(pdf, b"/Metadata").min(count(pdf, b"/XML"));
    for packet in packets {
        bytes[packet].fill(b' ');
    }
    Some(Stripped { bytes, remains })
}

/// What may tell something out of sight: packed objects, pictures' own Exif, files within the
/// file, notes with their authors, and what programs keep for themselves.
const UNSEEN: [&[u8]; 5] = [b"/ObjStm", b"Exif\0\0", b"/EmbeddedFile", b"/Popup", b"/PieceInfo"];

/// The objects that trailers name as the document's information, as `12 0`.
fn information(pdf: &[u8]) -> Vec<Vec<u8>> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(place) = find(pdf, b"/Info", at) {
        at = place + 5;
        let rest = &pdf[at..pdf.len().min(at + 40)];
        let words: Vec<&[u8]> = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
        if !rest.first().is_some_and(u8::is_ascii_whitespace) {
            continue;
        }
        if let [number, generation, reference, ..] = words.as_slice()
            && [number, generation].iter().all(|word| word.iter().all(u8::is_ascii_digit))
            && reference.starts_with(b"R")
        {
            let name = [number, b" ".as_slice(), generation].concat();
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// Where the dictionaries of an object begin: a document that was changed has several.
fn objects(pdf: &[u8], name: &[u8]) -> Vec<usize> {
    let opening = [name, b" obj"].concat();
    let (mut at, mut found) = (0, Vec::new());
    while let Some(place) = find(pdf, &opening, at) {
        at = place + opening.len();
        let stands_alone = place == 0 || pdf[place - 1].is_ascii_whitespace();
        let begins = at + pdf[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if stands_alone && pdf[begins..].starts_with(b"<<") {
            found.push(begins);
        }
    }
    found
}

/// The inside of a string, literal or in hexadecimal digits.
struct Text {
    at: Range<usize>,
    is_hex: bool,
}

impl Text {
    /// Overwrites it by spaces, the last digit of an odd number counting as `20` too.
    fn blank(self, bytes: &mut [u8]) {
        for (n, byte) in bytes[self.at].iter_mut().enumerate() {
            *byte = match (self.is_hex, n % 2) {
                (false, _) => b' ',
                (true, 0) => b'2',
                (true, _) => b'0',
            };
        }
    }
}

/// The strings of the dictionary that begins there; `None` where a value stands elsewhere or
/// the dictionary does not end.
fn strings(pdf: &[u8], begins: usize) -> Option<Vec<Text>> {
    let (mut at, mut depth, mut found) = (begins, 0, Vec::new());
    loop {
        match *pdf.get(at)? {
            b'<' if pdf.get(at + 1) == Some(&b'<') => (depth, at) = (depth + 1, at + 2),
            b'>' if pdf.get(at + 1) == Some(&b'>') => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return Some(found);
                }
            }
            b'<' => {
                let end = find(pdf, b">", at)?;
                found.push(Text { at: at + 1..end, is_hex: true });
                at = end + 1;
            }
            b'(' => {
                let end = literal_end(pdf, at)?;
                found.push(Text { at: at + 1..end, is_hex: false });
                at = end + 1;
            }
            b'%' => at += pdf[at..].iter().position(|byte| matches!(byte, b'\r' | b'\n'))?,
            b'R' if pdf[at - 1].is_ascii_whitespace() => return None,
            _ => at += 1,
        }
    }
}

/// Where the closing bracket of a literal string stands; brackets within may be nested or
/// escaped.
fn literal_end(pdf: &[u8], begins: usize) -> Option<usize> {
    let (mut at, mut depth) = (begins, 0);
    loop {
        match *pdf.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// What XMP packets hold between their first and their last line.
fn packets(pdf: &[u8]) -> Vec<Range<usize>> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(begins) = find(pdf, b"<?xpacket begin", at) {
        let Some(from) = find(pdf, b"?>", begins).map(|end| end + 2) else { break };
        let Some(to) = find(pdf, b"<?xpacket end", from) else { break };
        found.push(from..to);
        at = to;
    }
    found
}

fn has(pdf: &[u8], mark: &[u8]) -> bool {
    find(pdf, mark, 0).is_some()
}

fn count(pdf: &[u8], mark: &[u8]) -> usize {
    let (mut at, mut times) = (0, 0);
    while let Some(place) = find(pdf, mark, at) {
        (at, times) = (place + mark.len(), times + 1);
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = "<?xpacket begin='' id='W5M0'?><x:xmpmeta><dc:creator>somebody</dc:creator></x:xmpmeta><?xpacket end='w'?>";

    fn document(info: &str, more: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n9 0 obj\n<< /Type /Catalog /Metadata 5 0 R >>\nendobj\n\
             5 0 obj\n<< /Type /Metadata /Subtype /XML /Length 99 >>\nstream\n{PACKET}\nendstream\nendobj\n\
             11 0 obj\n<< /Title (kept) >>\nendobj\n\
             1 0 obj\n{info}\nendobj\n{more}\
             trailer\n<< /Root 9 0 R /Info 1 0 R /Size 6 >>\nstartxref\n9\n%%EOF\n"
        )
        .into_bytes()
    }

    #[test]
    fn information_and_packets_become_space_and_nothing_moves() {
        let info = r"<< /Author (Zhang \(San\) (nested)) /Creator <5A68616E67F> /Producer (Word) % (a remark)
            /CreationDate (D:20261126) /Trapped /False >>";
        let pdf = document(info, "");
        let kept = without_metadata(&pdf).expect("a document");
        assert!(!kept.remains);
        assert_eq!(kept.bytes.len(), pdf.len());
        let text = String::from_utf8(kept.bytes.clone()).expect("text");
        for told in ["Zhang", "San", "nested", "5A68", "Word", "2026", "somebody"] {
            assert!(!text.contains(told), "{told} in {text}");
        }
        for stays in
            ["/Author (", "<20202020202>", "/Trapped /False >>", "(kept)", "<?xpacket end", "startxref"]
        {
            assert!(text.contains(stays), "{stays} in {text}");
        }
        assert_eq!(without_metadata(&kept.bytes), Some(kept), "a second time changes nothing");
    }

    #[test]
    fn what_cannot_be_seen_is_warned_about() {
        let plain = "<< /Author (Zhang) >>";
        assert!(without_metadata(&document("<< /Author 7 0 R >>", "")).expect("a document").remains);
        for more in ["/ObjStm", "Exif\0\0", "/EmbeddedFile", "/Popup", "/Metadata 6 0 R /Subtype /XML"] {
            let kept = without_metadata(&document(plain, more)).expect("a document");
            assert!(kept.remains, "{more}");
            assert!(find(&kept.bytes, b"Zhang", 0).is_none());
        }
        let packed = b"%PDF-1.7\n<< /Type /XRef /Info 40 0 R >>";
        assert!(without_metadata(packed).expect("a document").remains, "its information is packed");
    }

    #[test]
    fn a_signed_or_locked_document_is_left_alone() {
        for mark in ["/Encrypt 8 0 R", "/ByteRange [0 1 2 3]"] {
            assert_eq!(without_metadata(&document("<< /Author (Zhang) >>", mark)), None);
        }
        let open = document("<< /Author (Zhang", "");
        assert!(without_metadata(&open).expect("kept").remains);
    }
}
