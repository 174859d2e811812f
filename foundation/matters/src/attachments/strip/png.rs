//! PNG (ISO/IEC 15948): a signature and chunks, each of length, type, data and checksum.

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length, type and checksum of a chunk.
const FRAME: usize = 12;

/// The same picture without texts, Exif and the time it was made.
pub(super) fn without_metadata(png: &[u8]) -> Option<Vec<u8>> {
    let mut rest = png.strip_prefix(SIGNATURE)?;
    let mut out = Vec::with_capacity(png.len());
    out.extend_from_slice(SIGNATURE);
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let chunk = rest.get(..length.checked_add(FRAME)?)?;
        let kind = &chunk[4..8];
        if !tells(kind) {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        rest = &rest[chunk.len()..];
    }
}

fn tells(kind: &[u8]) -> bool {
    [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"].iter().any(|told| kind == *told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("short").to_be_bytes();
        [&length, kind, data, b"crc!"].concat()
    }

    #[test]
    fn texts_and_exif_go_and_the_picture_stays() {
        let (header, data, end) = (chunk(b"IHDR", b"1x1"), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b""));
        let place = chunk(b"eXIf", b"27.7N 112.0E");
        let words = chunk(b"tEXt", b"Author\0somebody");
        let picture = [SIGNATURE, &header, &place, &words, &data, &end, b"trailing"].concat();
        assert_eq!(without_metadata(&picture), Some([SIGNATURE, &header, &data, &end].concat()));
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        let cut = [SIGNATURE, &chunk(b"IHDR", b"1x1")].concat();
        for broken in [&b"no picture"[..], SIGNATURE, &cut, &[SIGNATURE, b"\xff\xff\xff\xffIDAT"].concat()] {
            assert_eq!(without_metadata(broken), None);
        }
    }
}
