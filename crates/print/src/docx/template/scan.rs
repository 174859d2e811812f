//! Where a part's words stand: paragraphs with their runs of text, and the table rows they
//! stand in, as stretches of the part, which is changed nowhere else.

use super::Unsound;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The longest name in braces, in characters; more is text.
const NAME: usize = 60;

/// A part with what is known of it.
pub(super) struct Scan {
    pub(super) xml: String,
    /// In the order in which they begin.
    pub(super) paragraphs: Vec<Paragraph>,
    /// In the order in which they begin.
    pub(super) rows: Vec<Row>,
    /// Where the body's first paragraph may be put.
    pub(super) begins: usize,
}

/// A paragraph.
pub(super) struct Paragraph {
    pub(super) range: Range<usize>,
    pub(super) runs: Vec<Run>,
    /// The innermost table row it stands in.
    pub(super) row: Option<usize>,
    /// Which cell of that row, from 0.
    pub(super) cell: usize,
    /// Its words.
    pub(super) text: String,
    /// The names in them.
    pub(super) marks: Vec<Mark>,
}

/// A stretch of text of one look.
pub(super) struct Run {
    /// Of the escaped text.
    pub(super) range: Range<usize>,
    /// Bytes of the paragraph's words that are its own.
    pub(super) length: usize,
}

/// A table row.
pub(super) struct Row {
    pub(super) range: Range<usize>,
    /// Which table of the part, and which row of it, from 1.
    pub(super) at: (usize, usize),
}

/// A name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) name: String,
    /// Bytes of the paragraph's text, braces included.
    pub(super) range: Range<usize>,
    /// Whether its braces close.
    pub(super) closed: bool,
}

impl Paragraph {
    /// The name it holds and nothing else.
    pub(super) fn alone(&self) -> Option<&str> {
        let [mark] = self.marks.as_slice() else { return None };
        (mark.closed && self.text.trim().len() == mark.range.len()).then_some(mark.name.as_str())
    }
}

/// The names in braces of a text, in their order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let (opens, closes) = (['{', '｛'], ['}', '｝']);
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = text[from..].find(opens).map(|at| from + at) {
        let inner = text[start..].trim_start_matches(opens);
        let begin = text.len() - inner.len();
        let braces = text[start..begin].chars().count();
        let end = inner.find(|c: char| opens.contains(&c) || closes.contains(&c)).map(|at| begin + at);
        let Some(end) = end.filter(|end| text[*end..].starts_with(closes)) else {
            // Not closed: it reaches to the next one that opens.
            let until = end.unwrap_or(text.len());
            found.push(Mark {
                name: text[begin..until].trim().chars().take(NAME).collect(),
                range: start..begin,
                closed: false,
            });
            from = until;
            continue;
        };
        let closing = text[end..].chars().take(braces).take_while(|c| closes.contains(c));
        let close = end + closing.map(char::len_utf8).sum::<usize>();
        let name = text[begin..end].trim();
        if !name.is_empty() && name.chars().count() <= NAME {
            found.push(Mark { name: name.to_owned(), range: start..close, closed: true });
        }
        from = close;
    }
    found
}

/// What is being read.
#[derive(Default)]
struct Reading {
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    /// Paragraphs that are open, by their place.
    open: Vec<usize>,
    /// Rows that are open, with the cell that is.
    in_rows: Vec<(usize, usize)>,
    /// Tables that are open, with the rows they have.
    tables: Vec<(usize, usize)>,
    seen: usize,
    /// Where the text of an open run begins.
    text: Option<usize>,
}

impl Scan {
    /// Reads a part.
    pub(super) fn of(name: &str, xml: &str) -> Result<Self, Unsound> {
        let malformed = || Unsound::Malformed(name.to_owned());
        let mut reader = Reader::from_str(xml);
        let (mut reading, mut begins, mut depth) = (Reading::default(), 0, 0_usize);
        let mut before = 0;
        loop {
            let event = reader.read_event().map_err(|_| malformed())?;
            let after = usize::try_from(reader.buffer_position()).map_err(|_| malformed())?;
            match &event {
                Event::Eof if depth == 0 => break,
                Event::Eof | Event::DocType(_) => return Err(malformed()),
                Event::Start(element) => {
                    depth += 1;
                    if element.name().0 == "w:body" {
                        begins = after;
                    }
                    reading.starts(element.name().0, before, after);
                }
                Event::End(element) => {
                    depth = depth.checked_sub(1).ok_or_else(malformed)?;
                    reading.ends(element.name().0, xml, before, after).ok_or_else(malformed)?;
                }
                _ => {}
            }
            before = after;
        }
        if name == "word/document.xml" && begins == 0 {
            return Err(Unsound::Unreadable);
        }
        Ok(Self { xml: xml.to_owned(), paragraphs: reading.paragraphs, rows: reading.rows, begins })
    }

    /// The lists that rows name, by row: of those that are known.
    pub(super) fn lists(&self, known: impl Fn(&str) -> bool) -> BTreeMap<usize, BTreeSet<String>> {
        let mut lists: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for paragraph in &self.paragraphs {
            let Some(row) = paragraph.row else { continue };
            let named = paragraph.marks.iter().filter(|mark| mark.closed);
            let named = named.filter_map(|mark| mark.name.split_once('.')).filter(|(list, _)| known(list));
            for (list, _) in named {
                lists.entry(row).or_default().insert(list.to_owned());
            }
        }
        lists
    }
}

impl Reading {
    fn starts(&mut self, name: &str, before: usize, after: usize) {
        match name {
            "w:tbl" => {
                self.seen += 1;
                self.tables.push((self.seen, 0));
            }
            "w:tr" => {
                let at = self.tables.last_mut().map_or((0, 0), |(table, rows)| {
                    *rows += 1;
                    (*table, *rows)
                });
                self.in_rows.push((self.rows.len(), 0));
                self.rows.push(Row { range: before..after, at });
            }
            "w:tc" => {
                if let Some((_, cells)) = self.in_rows.last_mut() {
                    *cells += 1;
                }
            }
            "w:p" => {
                let row = self.in_rows.last().copied();
                let (row, cell) =
                    (row.map(|(row, _)| row), row.map_or(0, |(_, cells)| cells.saturating_sub(1)));
                self.open.push(self.paragraphs.len());
                let (text, marks) = (String::new(), Vec::new());
                self.paragraphs.push(Paragraph {
                    range: before..after,
                    runs: Vec::new(),
                    row,
                    cell,
                    text,
                    marks,
                });
            }
            "w:t" => self.text = Some(after),
            _ => {}
        }
    }

    /// None where something ends that never began.
    fn ends(&mut self, name: &str, xml: &str, before: usize, after: usize) -> Option<()> {
        match name {
            "w:tbl" => self.tables.pop().map(drop),
            "w:tr" => {
                let (row, _) = self.in_rows.pop()?;
                self.rows[row].range.end = after;
                Some(())
            }
            "w:p" => {
                let paragraph = &mut self.paragraphs[self.open.pop()?];
                paragraph.range.end = after;
                paragraph.marks = marks(&paragraph.text);
                Some(())
            }
            "w:t" => {
                let range = self.text.take()?..before;
                let raw = &xml[range.clone()];
                // Comments and CDATA within a run are nobody's placeholders.
                if let (false, Some(paragraph)) = (raw.contains('<'), self.open.last()) {
                    let text = quick_xml::escape::unescape(raw).ok()?.into_owned();
                    let paragraph = &mut self.paragraphs[*paragraph];
                    paragraph.text.push_str(&text);
                    paragraph.runs.push(Run { range, length: text.len() });
                }
                Some(())
            }
            _ => Some(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_braces_of_any_width() {
        let names =
            |text: &str| marks(text).into_iter().map(|mark| (mark.name, mark.closed)).collect::<Vec<_>>();
        assert_eq!(
            names("共{received}件，{{ open }}件在办"),
            [("received".into(), true), ("open".into(), true)]
        );
        assert_eq!(names("｛收到｝件"), [("收到".to_owned(), true)]);
        assert_eq!(names("{} { } 共{received件"), [("received件".to_owned(), false)]);
        assert_eq!(names("共{rec{open}"), [("rec".to_owned(), false), ("open".to_owned(), true)]);
        let mark = &marks("共{{a}}}件")[0];
        assert_eq!(&"共{{a}}}件"[mark.range.clone()], "{{a}}", "as many close as were opened");
    }

    #[test]
    fn a_part_that_does_not_end_is_refused() {
        let scan = |xml: &str| Scan::of("word/header1.xml", xml).map(|scan| scan.paragraphs.len());
        assert_eq!(scan("<w:hdr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:hdr>"), Ok(1));
        for broken in ["<w:hdr><w:p>", "<w:hdr></w:p></w:hdr>", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:hdr/>"] {
            assert!(matches!(scan(broken), Err(Unsound::Malformed(_))), "{broken}");
        }
    }
}
