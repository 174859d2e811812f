//! Takes out of a JPEG what it tells besides the picture: place, device, comments. The
//! picture itself, its colour profile and its orientation-free pixels stay as they are.

/// The same picture without Exif, XMP, IPTC and comments; `None` where the file is not
/// built as the standard says (it is then kept as it came).
pub(super) fn without_metadata(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(jpeg.len());
    let mut at = 2;
    out.extend_from_slice(jpeg.get(..at).filter(|start| *start == [0xff, 0xd8])?);
    loop {
        let [0xff, marker] = *jpeg.get(at..at + 2)? else {
            return None;
        };
        if marker == 0xff {
            at += 1; // fill byte
            continue;
        }
        if marker == START_OF_SCAN {
            out.extend_from_slice(&jpeg[at..]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*jpeg.get(at + 2)?, *jpeg.get(at + 3)?]));
        let segment = jpeg.get(at..at + 2 + length).filter(|_| length >= 2)?;
        if !tells(marker) {
            out.extend_from_slice(segment);
        }
        at += segment.len();
    }
}

const START_OF_SCAN: u8 = 0xda;

/// APP1 (Exif, XMP), APP3 to APP13 (makers' notes, IPTC) and comments. APP0 is the
/// picture's own header, APP2 its colour profile, APP14 how its colours are coded.
fn tells(marker: u8) -> bool {
    matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
        [&[0xff, marker], length.as_slice(), content].concat()
    }

    #[test]
    fn place_and_comments_go_and_the_picture_stays() {
        let scan = [b"\xff\xda\x00\x02picture\xff\xd9".as_slice()].concat();
        let (header, profile) = (segment(0xe0, b"JFIF\0"), segment(0xe2, b"ICC_PROFILE"));
        let photo = [
            b"\xff\xd8".as_slice(),
            &header,
            &segment(0xe1, b"Exif\0\0 27.7N 112.0E"),
            &profile,
            &segment(0xfe, b"a comment"),
            &scan,
        ]
        .concat();
        let expected = [b"\xff\xd8".as_slice(), &header, &profile, &scan].concat();
        assert_eq!(without_metadata(&photo), Some(expected.clone()));
        assert_eq!(without_metadata(&expected), Some(expected));
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        for broken in
            [b"\xff\xd8".as_slice(), b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xe1\0\x01", b"no jpeg"]
        {
            assert_eq!(without_metadata(broken), None);
        }
    }
}
