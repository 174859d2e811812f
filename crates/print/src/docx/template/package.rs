//! The container of a document from outside: unpacked within limits, refused where it could
//! do more than hold words and pictures.

use crate::docx::DocxError;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The most parts of a document.
const PARTS: usize = 400;
/// The largest part that holds text, unpacked.
const PART: u64 = 4 * 1024 * 1024;
/// All parts together, unpacked.
const ALL: u64 = 40 * 1024 * 1024;
/// The body.
const BODY: &str = "word/document.xml";
/// Fields that fetch something from elsewhere, or start a program.
const FETCHING: [&str; 8] =
    ["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "MACROBUTTON", "DATABASE"];

/// Why a file is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// Written before 2007, or locked by a password.
    #[error("an old or locked document")]
    Old,
    /// No Word document at all.
    #[error("no Word document")]
    Unreadable,
    /// It brings programs along.
    #[error("a document with macros")]
    Macros,
    /// It unpacks to more than a report can be.
    #[error("a document of too many or too large parts")]
    Large,
    /// It would fetch something from elsewhere when opened.
    #[error("a document that refers to {0}")]
    External(String),
    /// It holds other files.
    #[error("a document that holds another file: {0}")]
    Embedded(String),
    /// A part is not well formed.
    #[error("the part {0} is not well formed")]
    Malformed(String),
}

/// The unpacked parts, in the order of the container.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Unsound> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(Unsound::Old);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unsound::Unreadable)?;
        if archive.len() > PARTS {
            return Err(Unsound::Large);
        }
        let (mut parts, mut names, mut unpacked) = (Vec::new(), BTreeSet::new(), 0);
        for index in 0..archive.len() {
            let file = archive.by_index(index).map_err(|_| Unsound::Unreadable)?;
            let name = file.name().map_err(|_| Unsound::Unreadable)?.into_owned();
            if file.is_dir() {
                continue;
            }
            let strays =
                name.starts_with('/') || name.contains('\\') || name.split('/').any(|part| part == "..");
            if strays || !names.insert(name.to_ascii_lowercase()) {
                return Err(Unsound::Unreadable);
            }
            let mut content = Vec::new();
            // What a container says of its sizes is not believed.
            file.take(ALL - unpacked + 1).read_to_end(&mut content).map_err(|_| Unsound::Unreadable)?;
            unpacked += content.len() as u64;
            if unpacked > ALL {
                return Err(Unsound::Large);
            }
            parts.push((name, content));
        }
        let package = Self { parts };
        package.check()?;
        Ok(package)
    }

    /// The parts that hold what is read on paper: the body, then heads, feet and notes.
    pub(super) fn texts(&self) -> Vec<String> {
        let printed = |name: &str| {
            let file = name.strip_prefix("word/").filter(|file| file.ends_with(".xml"));
            let kinds = ["header", "footer", "footnotes", "endnotes"];
            file.is_some_and(|file| kinds.iter().any(|kind| file.starts_with(kind)))
        };
        let others = self.parts.iter().map(|(name, _)| name).filter(|name| printed(name)).cloned();
        std::iter::once(BODY.to_owned()).chain(others).collect()
    }

    /// A part as text.
    pub(super) fn text(&self, name: &str) -> Result<&str, Unsound> {
        let content = self.parts.iter().find(|(known, _)| known == name).map(|(_, content)| content);
        let content = content.ok_or(Unsound::Unreadable)?;
        if content.len() as u64 > PART {
            return Err(Unsound::Large);
        }
        std::str::from_utf8(content).map_err(|_| Unsound::Malformed(name.to_owned()))
    }

    /// The container again, with some parts changed.
    pub(super) fn with(&self, changed: &BTreeMap<String, String>) -> Result<Vec<u8>, DocxError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut container = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            container.start_file(name.as_str(), options)?;
            container.write_all(changed.get(name).map_or(content.as_slice(), String::as_bytes))?;
        }
        Ok(container.finish()?.into_inner())
    }

    fn check(&self) -> Result<(), Unsound> {
        let types = self.text("[Content_Types].xml")?;
        let named = |ending: &str| self.parts.iter().find(|(name, _)| name.to_lowercase().contains(ending));
        if types.contains("macroEnabled") || types.contains("vbaProject") || named("vbaproject").is_some() {
            return Err(Unsound::Macros);
        }
        for holding in ["word/embeddings/", "word/activex/", "word/afchunk"] {
            if let Some((name, _)) = named(holding) {
                return Err(Unsound::Embedded(name.clone()));
            }
        }
        for (name, _) in self.parts.iter().filter(|(name, _)| name.ends_with(".rels")) {
            self.check_relations(name)?;
        }
        self.texts().iter().try_for_each(|name| check_fields(name, self.text(name)?))
    }

    /// Nothing outside is referred to but what a reader may click on.
    fn check_relations(&self, name: &str) -> Result<(), Unsound> {
        let malformed = || Unsound::Malformed(name.to_owned());
        let mut reader = Reader::from_str(self.text(name)?);
        loop {
            let element = match reader.read_event().map_err(|_| malformed())? {
                Event::Eof => return Ok(()),
                Event::DocType(_) => return Err(malformed()),
                Event::Start(element) | Event::Empty(element) => element,
                _ => continue,
            };
            let attribute = |name: &str| {
                let found = element.attributes().flatten().find(|one| one.key.0 == name);
                found.map(|one| one.value.into_owned()).unwrap_or_default()
            };
            let kind = attribute("Type");
            if kind.ends_with("/aFChunk") || kind.ends_with("/oleObject") || kind.ends_with("/control") {
                return Err(Unsound::Embedded(attribute("Target")));
            }
            let target = attribute("Target");
            let clicked = kind.ends_with("/hyperlink")
                && ["http://", "https://", "mailto:", "#"].iter().any(|scheme| target.starts_with(scheme));
            if attribute("TargetMode").eq_ignore_ascii_case("external") && !clicked {
                return Err(Unsound::External(target));
            }
        }
    }
}

/// No field that fetches or starts something. A field's words may be cut into runs anywhere.
fn check_fields(name: &str, text: &str) -> Result<(), Unsound> {
    let malformed = || Unsound::Malformed(name.to_owned());
    let mut reader = Reader::from_str(text);
    let (mut within, mut told) = (false, String::new());
    let fetches = |told: &str| {
        let first = told.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        FETCHING.contains(&first.as_str()).then_some(first)
    };
    loop {
        match reader.read_event().map_err(|_| malformed())? {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(malformed()),
            Event::Start(element) if element.name().0 == "w:instrText" => within = true,
            Event::End(element) if element.name().0 == "w:instrText" => within = false,
            Event::Text(words) if within => told.push_str(&words),
            Event::Start(element) | Event::Empty(element) => match element.name().0 {
                "w:fldChar" => {
                    if let Some(field) = fetches(&std::mem::take(&mut told)) {
                        return Err(Unsound::External(field));
                    }
                }
                "w:fldSimple" => {
                    let instruction = element.attributes().flatten().find(|one| one.key.0 == "w:instr");
                    if let Some(field) = instruction.and_then(|one| fetches(&one.value)) {
                        return Err(Unsound::External(field));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}
