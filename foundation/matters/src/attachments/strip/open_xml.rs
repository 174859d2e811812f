//! Word, Excel and PowerPoint (ISO/IEC 29500): a package of parts. Its properties are
//! replaced by empty ones, names of authors and reviewers emptied wherever they stand, and
//! pictures within treated as pictures. Parts that need no change are copied as they are
//! packed.

use super::{Stripped, stripped, xml};
use crate::attachments::media_type;
use std::io::{Cursor, Read as _, Write as _};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The largest part that is unpacked.
const PART_MAX: u64 = 32 * 1024 * 1024;
/// All that is unpacked of one file.
const ALL_MAX: u64 = 96 * 1024 * 1024;

/// Properties that say nothing, by the part they stand in.
const PROPERTIES: [(&str, &str); 3] = [
    (
        "docProps/core.xml",
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"#,
    ),
    (
        "docProps/app.xml",
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"#,
    ),
    (
        "docProps/custom.xml",
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"#,
    ),
];
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Parts that may name people: authors of comments and changes, persons, who holds it open.
const NAMING: [&str; 8] = [
    "word/",
    "xl/workbook.xml",
    "xl/comments",
    "xl/persons/",
    "xl/revisions/",
    "ppt/commentAuthors.xml",
    "ppt/authors.xml",
    "ppt/comments/",
];

/// What becomes of a part.
enum Part {
    Copy,
    Write(Vec<u8>),
    /// Copied, though it may tell something.
    Unsure,
}

/// The same package; `None` for one that is signed, locked, or not built as its standard says.
pub(super) fn without_metadata(package: &[u8]) -> Option<Stripped> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len())));
    let (mut remains, mut unpacked) = (false, 0);
    for index in 0..archive.len() {
        let (name, part) = {
            let file = archive.by_index(index).ok()?;
            let name = file.name().ok()?.into_owned();
            // A signature would not hold any more; what is locked cannot be looked into.
            if name.starts_with("_xmlsignatures/") || file.encrypted() {
                return None;
            }
            let is_looked_into = !file.is_dir() && tells(&name);
            let part = if !is_looked_into {
                if is_unsure(&name) { Part::Unsure } else { Part::Copy }
            } else if file.size() > PART_MAX || unpacked + file.size() > ALL_MAX {
                Part::Unsure
            } else {
                let mut bytes = Vec::new();
                file.take(PART_MAX + 1).read_to_end(&mut bytes).ok()?;
                unpacked += bytes.len() as u64;
                changed(&name, bytes)
            };
            (name, part)
        };
        match part {
            Part::Write(bytes) => written(&mut out, &name, &bytes).ok()?,
            part => {
                remains |= matches!(part, Part::Unsure);
                out.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?;
            }
        }
    }
    let bytes = out.finish().ok()?.into_inner();
    let again = ZipArchive::new(Cursor::new(&bytes)).ok()?;
    (again.len() == archive.len()).then_some(Stripped { bytes, remains })
}

fn written(out: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), ZipError> {
    out.start_file(name, SimpleFileOptions::default())?;
    Ok(out.write_all(bytes)?)
}

/// Whether a part is unpacked to see what it tells.
fn tells(name: &str) -> bool {
    let is_xml = has_ending(name, &["xml"]);
    PROPERTIES.iter().any(|(part, _)| *part == name)
        || (is_xml && NAMING.iter().any(|naming| name.starts_with(naming)))
        || has_ending(name, &["jpg", "jpeg", "png", "webp"])
}

/// Parts that may tell something and cannot be looked into: files within the file, macros,
/// printers, pictures of other kinds.
fn is_unsure(name: &str) -> bool {
    let plain = ["xml", "rels", "gif", "emf", "wmf", "svg", "vml", "odttf", "fntdata"];
    !name.ends_with('/') && !has_ending(name, &plain) || name.starts_with("customXml/")
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    endings.contains(&ending.as_str())
}

fn changed(name: &str, bytes: Vec<u8>) -> Part {
    if let Some((_, empty)) = PROPERTIES.iter().find(|(part, _)| *part == name) {
        return Part::Write(format!("{DECLARATION}{empty}").into_bytes());
    }
    if !has_ending(name, &["xml"]) {
        return match media_type(&bytes).and_then(|kind| stripped(kind, &bytes)) {
            Some(picture) if picture.bytes == bytes => Part::Copy,
            Some(picture) => Part::Write(picture.bytes),
            None => Part::Unsure,
        };
    }
    let Ok(part) = String::from_utf8(bytes) else { return Part::Unsure };
    // Only a workbook's list of commentators names them as text.
    let emptied = if name.starts_with("xl/comments") { "author" } else { "" };
    match xml::without(&part, names_someone, emptied) {
        Some(same) if same == part => Part::Copy,
        Some(other) => Part::Write(other.into_bytes()),
        None => Part::Unsure,
    }
}

/// Whether an attribute names a person, or a path on their computer.
fn names_someone(element: &str, attribute: &str) -> bool {
    match attribute {
        "author" | "initials" | "userName" | "userId" => true,
        "name" => matches!(element, "cmAuthor" | "author"),
        "displayName" => element == "person",
        "url" => element == "absPath",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachments::MediaType;

    const SECRETS: [&str; 6] = ["张三", "李四", "Zhang", "27.7N", "某某有限公司", "zhangsan"];

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            written(&mut out, name, bytes).expect("packed");
        }
        out.finish().expect("a package").into_inner()
    }

    fn unpacked(package: &[u8]) -> Vec<(String, String)> {
        let mut archive = ZipArchive::new(Cursor::new(package)).expect("a package");
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a part");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("unpacked");
            parts.push((file.name().expect("a name").into_owned(), String::from_utf8_lossy(&bytes).into()));
        }
        parts
    }

    fn photo() -> Vec<u8> {
        let exif = b"Exif\0\0 27.7N";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [b"\xff\xd8\xff\xe1".as_slice(), &length, exif, b"\xff\xda\0\x02pixels\xff\xd9"].concat()
    }

    fn document() -> Vec<(&'static str, Vec<u8>)> {
        let text = |text: &str| text.as_bytes().to_vec();
        vec![
            ("[Content_Types].xml", text("<Types/>")),
            ("_rels/.rels", text("<Relationships/>")),
            (
                "docProps/core.xml",
                text("<cp:coreProperties><dc:creator>张三</dc:creator></cp:coreProperties>"),
            ),
            ("docProps/app.xml", text("<Properties><Company>某某有限公司</Company></Properties>")),
            (
                "word/document.xml",
                text(
                    r#"<w:document><w:ins w:id="3" w:author="李四" w:date="2026"><w:t>增容申请</w:t></w:ins></w:document>"#,
                ),
            ),
            (
                "word/comments.xml",
                text(
                    r#"<w:comments><w:comment w:id="0" w:author="Zhang" w:initials="Zhang"><w:t>同意</w:t></w:comment></w:comments>"#,
                ),
            ),
            ("word/media/image1.jpeg", photo()),
        ]
    }

    fn packed(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
        package(&parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>())
    }

    #[test]
    fn authors_company_and_places_go_and_the_words_stay() {
        let kept = stripped(MediaType::Docx, &packed(&document())).expect("a document");
        assert!(!kept.remains);
        let parts = unpacked(&kept.bytes);
        let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, document().iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let all: String = parts.into_iter().map(|(_, text)| text).collect();
        for secret in SECRETS {
            assert!(!all.contains(secret), "{secret}");
        }
        for words in ["增容申请", "同意", "pixels", r#"w:id="3""#] {
            assert!(all.contains(words), "{words}");
        }
    }

    #[test]
    fn a_workbook_forgets_who_commented_and_where_it_lay() {
        let parts = [
            (
                "xl/workbook.xml",
                r#"<workbook><x15ac:absPath url="C:\Users\zhangsan\"/><sheet name="表1"/></workbook>"#,
            ),
            (
                "xl/comments1.xml",
                "<comments><authors><author>张三</author></authors><text>看这里</text></comments>",
            ),
            (
                "xl/persons/person.xml",
                r#"<personList><person displayName="李四" id="{1}" userId="S::zhangsan"/></personList>"#,
            ),
            ("xl/worksheets/sheet1.xml", "<c>张三丰收了</c>"),
        ];
        let parts: Vec<_> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let kept = stripped(MediaType::Xlsx, &package(&parts)).expect("a workbook");
        let all: Vec<String> = unpacked(&kept.bytes).into_iter().map(|(_, text)| text).collect();
        assert_eq!(all[0], r#"<workbook><x15ac:absPath url=""/><sheet name="表1"/></workbook>"#);
        assert_eq!(all[1], "<comments><authors><author></author></authors><text>看这里</text></comments>");
        assert_eq!(all[2], r#"<personList><person displayName="" id="{1}" userId=""/></personList>"#);
        assert_eq!(all[3], "<c>张三丰收了</c>", "cells are what the file is about");
    }

    #[test]
    fn what_cannot_be_looked_into_is_warned_about() {
        for name in
            ["word/embeddings/old.bin", "word/vbaProject.bin", "customXml/item1.xml", "word/media/a.tiff"]
        {
            let mut parts = document();
            parts.push((name, b"who knows".to_vec()));
            let kept = stripped(MediaType::Docx, &packed(&parts)).expect("a document");
            assert!(kept.remains, "{name}");
            assert!(unpacked(&kept.bytes).contains(&(name.into(), "who knows".into())));
        }
    }

    #[test]
    fn a_signed_or_broken_package_is_left_alone() {
        let mut signed = document();
        signed.push(("_xmlsignatures/sig1.xml", b"<Signature/>".to_vec()));
        assert_eq!(stripped(MediaType::Docx, &packed(&signed)), None);
        let whole = packed(&document());
        assert_eq!(stripped(MediaType::Docx, &whole[..whole.len() - 30]), None);
        assert_eq!(stripped(MediaType::OpenXml, b"PK\x03\x04 and then nothing"), None);
    }
}
