//! The sheets as WordprocessingML (ECMA-376). Lengths are twips, a twentieth of a point;
//! sizes of letters are half points.

use super::parts::{DECLARATION, LABEL, LATIN, NAMESPACES, TEXT, TITLE};
use super::{Block, Line, Sheet};
use std::fmt::Write;

/// 二号, for titles.
const SIZE_TITLE: u8 = 44;
/// 三号, for texts.
const SIZE_TEXT: u8 = 32;
/// 四号, for tables and page numbers.
const SIZE_TABLE: u8 = 28;
/// 小四, for small print.
const SIZE_NOTE: u8 = 24;
/// The text area of GB/T 9704, 156 mm wide.
const WIDTH: u16 = 8845;
/// Of the names in a table.
const WIDTH_LABEL: u16 = 2100;

/// How a paragraph stands.
#[derive(Clone, Copy)]
struct Style {
    font: &'static str,
    size: u8,
    /// `left`, `center` or `right`.
    align: &'static str,
    /// Hundredths of a character that the first line is set in.
    indent: u16,
    /// Exact distance of lines; 0 as the letters need.
    line: u16,
    /// Space below.
    after: u16,
}

const BODY: Style = Style { font: TEXT, size: SIZE_TEXT, align: "both", indent: 200, line: 580, after: 0 };
const CELL: Style = Style { font: TEXT, size: SIZE_TABLE, align: "left", indent: 0, line: 0, after: 0 };

/// The body of the document.
pub(super) fn document(sheets: &[Sheet]) -> String {
    let mut out = format!("{DECLARATION}<w:document {NAMESPACES}><w:body>");
    for (n, sheet) in sheets.iter().enumerate() {
        let title = Style { font: TITLE, size: SIZE_TITLE, align: "center", after: 160, ..CELL };
        paragraph(&mut out, &sheet.title, title, n > 0);
        if !sheet.number.is_empty() {
            let number = Style { size: SIZE_TEXT, align: "center", after: 240, ..CELL };
            paragraph(&mut out, &sheet.number, number, false);
        }
        sheet.blocks.iter().for_each(|block| one(&mut out, block));
    }
    // A4; 37 mm above, 35 below, 28 left, 26 right (GB/T 9704-2012, 5.2).
    out.push_str(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"1000\" \
         w:footer=\"1400\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    out
}

/// The mark at the head of every page.
pub(super) fn header(mark: &str) -> String {
    let mut out = format!("{DECLARATION}<w:hdr {NAMESPACES}>");
    paragraph(&mut out, mark, Style { font: LABEL, align: "center", ..CELL }, false);
    out + "</w:hdr>"
}

/// The page's number between dashes.
pub(super) fn footer() -> String {
    format!(
        "{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
         <w:r>{run}<w:t xml:space=\"preserve\">— </w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple>\
         <w:r>{run}<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>",
        run = letters("宋体", SIZE_TABLE),
    )
}

fn one(out: &mut String, block: &Block) {
    match block {
        Block::Address(text) => paragraph(out, text, Style { indent: 0, ..BODY }, false),
        Block::Text(text) => lines(out, text, BODY),
        Block::Table(rows) => table(out, rows),
        Block::Grid(rows) => grid(out, rows),
        Block::Signature(rows) => {
            paragraph(out, "", BODY, false);
            let style = Style { align: "right", indent: 0, ..BODY };
            rows.iter().for_each(|row| paragraph(out, row, style, false));
        }
        Block::Note(text) => {
            lines(out, text, Style { size: SIZE_NOTE, align: "left", indent: 0, line: 400, ..BODY })
        }
    }
}

fn table(out: &mut String, rows: &[Line]) {
    let value = WIDTH - WIDTH_LABEL;
    table_of(out, &[WIDTH_LABEL, value], |out| {
        for row in rows {
            out.push_str("<w:tr>");
            let label = Style { font: LABEL, align: "center", ..CELL };
            cell(out, WIDTH_LABEL, true, |out| paragraph(out, &row.label, label, false));
            cell(out, value, false, |out| {
                lines(out, &row.value, CELL);
                (0..row.room).for_each(|_| paragraph(out, "", CELL, false));
            });
            out.push_str("</w:tr>");
        }
    });
}

/// Columns of one width; the heads stand again on every page.
fn grid(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let width = WIDTH / u16::try_from(columns).unwrap_or(u16::MAX);
    table_of(out, &vec![width; columns], |out| {
        for (n, row) in rows.iter().enumerate() {
            let head = n == 0;
            out.push_str(if head { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
            let style = Style { font: if head { LABEL } else { TEXT }, align: "center", ..CELL };
            for column in 0..columns {
                let text = row.get(column).map_or("", String::as_str);
                cell(out, width, true, |out| paragraph(out, text, style, false));
            }
            out.push_str("</w:tr>");
        }
    });
}

fn table_of(out: &mut String, widths: &[u16], rows: impl FnOnce(&mut String)) {
    let border =
        |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/>");
    let borders: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].into_iter().map(border).collect();
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"50\" w:type=\"dxa\"/>\
         <w:left w:w=\"110\" w:type=\"dxa\"/><w:bottom w:w=\"50\" w:type=\"dxa\"/>\
         <w:right w:w=\"110\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )
    .expect("a String takes any write");
    rows(out);
    out.push_str("</w:tbl>");
    // A table needs a paragraph after it; a low one, so that nothing moves.
    paragraph(out, "", Style { size: 8, ..CELL }, false);
}

fn cell(out: &mut String, width: u16, centred: bool, content: impl FnOnce(&mut String)) {
    let align = if centred { "<w:vAlign w:val=\"center\"/>" } else { "" };
    write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{align}</w:tcPr>")
        .expect("a String takes any write");
    content(out);
    out.push_str("</w:tc>");
}

fn lines(out: &mut String, text: &str, style: Style) {
    if text.trim().is_empty() {
        paragraph(out, "", style, false);
    }
    let said = text.lines().filter(|line| !line.trim().is_empty());
    said.for_each(|line| paragraph(out, line.trim(), style, false));
}

fn paragraph(out: &mut String, text: &str, style: Style, on_new_page: bool) {
    let Style { font, size, align, indent, line, after } = style;
    out.push_str("<w:p><w:pPr>");
    if on_new_page {
        out.push_str("<w:pageBreakBefore/>");
    }
    let rule = if line > 0 { format!(" w:line=\"{line}\" w:lineRule=\"exact\"") } else { String::new() };
    write!(out, "<w:spacing w:before=\"0\" w:after=\"{after}\"{rule}/>").expect("a String takes any write");
    if indent > 0 {
        let twips = u32::from(indent) * u32::from(size) / 10;
        write!(out, "<w:ind w:firstLineChars=\"{indent}\" w:firstLine=\"{twips}\"/>")
            .expect("a String takes any write");
    }
    write!(out, "<w:jc w:val=\"{align}\"/></w:pPr>").expect("a String takes any write");
    if !text.is_empty() {
        let run = letters(font, size);
        write!(out, "<w:r>{run}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
            .expect("a String takes any write");
    }
    out.push_str("</w:p>");
}

fn letters(font: &str, size: u8) -> String {
    format!(
        "<w:rPr><w:rFonts w:ascii=\"{LATIN}\" w:hAnsi=\"{LATIN}\" w:eastAsia=\"{font}\" w:hint=\"eastAsia\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
    )
}

/// Text as XML 1.0 can hold it: without the characters it cannot.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
        out
    })
}
