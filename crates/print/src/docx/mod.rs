//! Forms and notices as Word documents, in the layout habits of GB/T 9704: A4 with its
//! margins, a title in 小标宋, text in 仿宋, and stand-ins named for machines without them.
//!
//! A caller says what a sheet holds ([`Sheet`]); this module knows the format. Pages show
//! the same sheets as HTML, so that what is printed and what is downloaded never differ.

mod parts;
pub mod template;
mod xml;

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One form or notice: begins on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is, e.g. 事项承办单.
    pub title: String,
    /// Its number, e.g. 娄政办发〔2022〕5号; empty for none.
    pub number: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// To whom, flush left.
    Address(String),
    /// A paragraph, its first line set in by two characters. Line breaks make paragraphs.
    Text(String),
    /// Names and what belongs to them, in a ruled table.
    Table(Vec<Line>),
    /// A ruled table with heads: the first row.
    Grid(Vec<Vec<String>>),
    /// Who signs and when, at the right.
    Signature(Vec<String>),
    /// Small print.
    Note(String),
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// What is printed there; line breaks make paragraphs.
    pub value: String,
    /// Empty lines left below it, to write and stamp on.
    pub room: u8,
}

impl Line {
    /// A line with its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), room: 0 }
    }

    /// The same with room to write.
    #[must_use]
    pub fn with_room(self, room: u8) -> Self {
        Self { room, ..self }
    }
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The container was not written.
    #[error("the document could not be packed: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The container was not written.
    #[error("the document could not be packed: {0}")]
    Io(#[from] std::io::Error),
    /// A list so long that no program would open the document.
    #[error("the document would be too long to be opened")]
    TooLong,
}

/// The sheets as one document. `mark` stands at the head of every page, e.g. 演示数据; none
/// for real data. The same sheets give the same bytes.
///
/// # Errors
/// See [`DocxError`].
pub fn document(sheets: &[Sheet], mark: Option<&str>) -> Result<Vec<u8>, DocxError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/fontTable.xml", parts::font_table()),
        ("word/styles.xml", parts::styles()),
        ("word/header1.xml", xml::header(mark.unwrap_or_default())),
        ("word/footer1.xml", xml::footer()),
        ("word/document.xml", xml::document(sheets)),
    ] {
        container.start_file(name, options)?;
        container.write_all(content.as_bytes())?;
    }
    Ok(container.finish()?.into_inner())
}
