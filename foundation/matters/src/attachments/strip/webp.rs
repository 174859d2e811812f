//! WebP (RFC 9649): a RIFF file of chunks, each of type, length and data padded to an even
//! length. An extended file says in its `VP8X` chunk what others follow.

/// Bits of `VP8X` that announce Exif and XMP.
const ANNOUNCED: u8 = 0b0000_1100;

/// The same picture without Exif and XMP.
pub(super) fn without_metadata(webp: &[u8]) -> Option<Vec<u8>> {
    let mut rest = webp.get(12..).filter(|_| webp.starts_with(b"RIFF") && &webp[8..12] == b"WEBP")?;
    let mut body = b"WEBP".to_vec();
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let whole = length.checked_add(length % 2)?.checked_add(8)?;
        let chunk = rest.get(..whole)?;
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let at = body.len() + 8;
                body.extend_from_slice(chunk);
                *body.get_mut(at)? &= !ANNOUNCED;
            }
            _ => body.extend_from_slice(chunk),
        }
        rest = &rest[whole..];
    }
    let length = u32::try_from(body.len()).ok()?.to_le_bytes();
    Some([b"RIFF", length.as_slice(), &body].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("short").to_le_bytes();
        let pad: &[u8] = if data.len() % 2 == 1 { b"\0" } else { b"" };
        [kind, &length, data, pad].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let body = [b"WEBP".as_slice(), &chunks.concat()].concat();
        let length = u32::try_from(body.len()).expect("short").to_le_bytes();
        [b"RIFF".as_slice(), &length, &body].concat()
    }

    #[test]
    fn exif_and_its_announcement_go_and_the_picture_stays() {
        let pixels = chunk(b"VP8 ", b"odd");
        let before = file(&[
            chunk(b"VP8X", b"\x1c.........."),
            pixels.clone(),
            chunk(b"EXIF", b"27.7N"),
            chunk(b"XMP ", b"<x/>"),
        ]);
        assert_eq!(without_metadata(&before), Some(file(&[chunk(b"VP8X", b"\x10.........."), pixels])));
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        for broken in [&b"RIFF"[..], b"RIFF\x04\0\0\0WAVE", b"RIFF\x20\0\0\0WEBPVP8 \xff\xff\0\0"] {
            assert_eq!(without_metadata(broken), None);
        }
    }
}
