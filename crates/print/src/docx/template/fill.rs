//! Filling in: the part is copied, and only runs with a placeholder, rows that are repeated
//! and paragraphs that become several are written anew.

use super::Values;
use super::scan::{Paragraph, Scan};
use crate::docx::xml::escaped;
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest part that is written, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;
/// Stands in the fields of a row whose list is empty.
const NOTHING: &str = "—";

type Item = BTreeMap<String, String>;

/// What a document says, without its looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlined {
    /// A paragraph.
    Text(String),
    /// A table: the cells of its rows.
    Table(Vec<Vec<String>>),
}

/// The part with everything filled in; none where it would be larger than any program opens.
pub(super) fn part(scan: &Scan, values: &Values, mark: Option<&str>) -> Option<String> {
    let mut out = String::with_capacity(scan.xml.len());
    let mut from = 0;
    if let Some(mark) = mark {
        out.push_str(&scan.xml[..scan.begins]);
        let text = escaped(mark);
        out.push_str(&format!(
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        ));
        from = scan.begins;
    }
    let stops = stops(scan, values);
    let filling = Filling { scan, values, stops: &stops };
    filling.write(from..scan.xml.len(), None, &mut out)?;
    Some(out)
}

/// What the part would say.
pub(super) fn outline(scan: &Scan, values: &Values) -> Vec<Outlined> {
    let lists = scan.lists(|list| values.lists.contains_key(list));
    let mut out: Vec<Outlined> = Vec::new();
    let mut table = None;
    let mut paragraphs = scan.paragraphs.iter().peekable();
    while let Some(paragraph) = paragraphs.peek().copied() {
        let Some(row) = paragraph.row else {
            paragraphs.next();
            let said = lines(paragraph, values).cloned();
            let said = said.unwrap_or_else(|| vec![filled(paragraph, values, None).concat()]);
            out.extend(said.into_iter().filter(|text| !text.trim().is_empty()).map(Outlined::Text));
            table = None;
            continue;
        };
        let mut cells = Vec::new();
        while let Some(one) = paragraphs.next_if(|one| one.row == Some(row)) {
            cells.push(one);
        }
        let list = lists.get(&row).and_then(|lists| lists.first());
        let rows: Vec<Vec<String>> = match list {
            Some(list) => items(values, list)
                .into_iter()
                .map(|item| said_in(&cells, values, Some((list, item))))
                .collect(),
            None => vec![said_in(&cells, values, None)],
        };
        let of = scan.rows[row].at.0;
        match out.last_mut() {
            Some(Outlined::Table(known)) if table == Some(of) => known.extend(rows),
            _ => out.push(Outlined::Table(rows)),
        }
        table = Some(of);
    }
    out
}

/// A stretch that is written anew.
struct Stop {
    range: Range<usize>,
    what: What,
}

enum What {
    /// A row, repeated for a list.
    Row(String),
    /// A paragraph that becomes several.
    Lines(usize),
    /// A run of a paragraph.
    Run(usize, usize),
}

/// All of them, the outermost first where several begin together.
fn stops(scan: &Scan, values: &Values) -> Vec<Stop> {
    let mut stops = Vec::new();
    for (row, lists) in scan.lists(|list| values.lists.contains_key(list)) {
        let range = scan.rows[row].range.clone();
        stops.extend(
            lists.into_iter().take(1).map(|list| Stop { range: range.clone(), what: What::Row(list) }),
        );
    }
    for (p, paragraph) in scan.paragraphs.iter().enumerate() {
        if lines(paragraph, values).is_some() {
            stops.push(Stop { range: paragraph.range.clone(), what: What::Lines(p) });
        } else if !paragraph.marks.is_empty() {
            let runs = paragraph.runs.iter().enumerate();
            stops.extend(runs.map(|(n, run)| Stop { range: run.range.clone(), what: What::Run(p, n) }));
        }
    }
    stops.sort_by_key(|stop| (stop.range.start, std::cmp::Reverse(stop.range.end)));
    stops
}

struct Filling<'f> {
    scan: &'f Scan,
    values: &'f Values,
    stops: &'f [Stop],
}

impl Filling<'_> {
    /// Writes a stretch; `item`: of the row that is being repeated, which is the stretch.
    fn write(&self, range: Range<usize>, item: Option<(&str, &Item)>, out: &mut String) -> Option<()> {
        let mut at = range.start;
        let mut runs: Option<(usize, Vec<String>)> = None;
        let first = self.stops.partition_point(|stop| stop.range.start < range.start);
        for stop in self.stops[first..].iter().take_while(|stop| stop.range.start < range.end) {
            if stop.range.start < at || (item.is_some() && stop.range == range) {
                continue;
            }
            out.push_str(&self.scan.xml[at..stop.range.start]);
            match &stop.what {
                What::Row(list) => {
                    for item in items(self.values, list) {
                        self.write(stop.range.clone(), Some((list, item)), out)?;
                    }
                }
                What::Lines(p) => {
                    let paragraph = &self.scan.paragraphs[*p];
                    for line in lines(paragraph, self.values).into_iter().flatten() {
                        self.write_line(paragraph, line, out);
                    }
                }
                What::Run(p, n) => {
                    if runs.as_ref().is_none_or(|(of, _)| of != p) {
                        runs = Some((*p, filled(&self.scan.paragraphs[*p], self.values, item)));
                    }
                    let text = runs.as_ref().and_then(|(_, runs)| runs.get(*n))?;
                    out.push_str(&escaped(text));
                }
            }
            if out.len() > LARGEST {
                return None;
            }
            at = stop.range.end;
        }
        out.push_str(&self.scan.xml[at..range.end]);
        Some(())
    }

    /// The paragraph with a line of text in its first run, and nothing in the others.
    fn write_line(&self, paragraph: &Paragraph, line: &str, out: &mut String) {
        let mut at = paragraph.range.start;
        for (n, run) in paragraph.runs.iter().enumerate() {
            out.push_str(&self.scan.xml[at..run.range.start]);
            if n == 0 {
                out.push_str(&escaped(line));
            }
            at = run.range.end;
        }
        out.push_str(&self.scan.xml[at..paragraph.range.end]);
    }
}

/// The items of a list; an empty one where there are none, as a table needs a row.
fn items<'v>(values: &'v Values, list: &str) -> Vec<&'v Item> {
    static NONE: Item = Item::new();
    match values.lists.get(list) {
        Some(items) if !items.is_empty() => items.iter().collect(),
        _ => vec![&NONE],
    }
}

/// The lines a paragraph becomes, where it holds a name of several and nothing else.
fn lines<'v>(paragraph: &Paragraph, values: &'v Values) -> Option<&'v Vec<String>> {
    values.texts.get(paragraph.alone()?)
}

/// The texts of a paragraph's runs with the names in them filled in: a value stands in the
/// run in which its name begins, in that run's look.
fn filled(paragraph: &Paragraph, values: &Values, item: Option<(&str, &Item)>) -> Vec<String> {
    let text = &paragraph.text;
    let known: Vec<(&Range<usize>, String)> = paragraph
        .marks
        .iter()
        .filter(|mark| mark.closed)
        .filter_map(|mark| Some((&mark.range, value(&mark.name, values, item)?)))
        .collect();
    let mut begin = 0;
    let mut runs = Vec::with_capacity(paragraph.runs.len());
    for run in &paragraph.runs {
        let (start, end) = (begin, begin + run.length);
        let (mut told, mut at) = (String::new(), start);
        for (mark, value) in known.iter().filter(|(mark, _)| mark.start < end && mark.end > start) {
            told.push_str(&text[at..mark.start.clamp(at, end)]);
            if mark.start >= start {
                told.push_str(value);
            }
            at = mark.end.min(end);
        }
        told.push_str(&text[at..end]);
        runs.push(told);
        begin = end;
    }
    runs
}

fn value(name: &str, values: &Values, item: Option<(&str, &Item)>) -> Option<String> {
    if let Some(value) = values.names.get(name) {
        return Some(value.clone());
    }
    let (list, field) = name.split_once('.')?;
    let (_, item) = item.filter(|(of, _)| *of == list)?;
    Some(item.get(field).cloned().unwrap_or_else(|| NOTHING.to_owned()))
}

/// The cells of a row, each with its paragraphs.
fn said_in(paragraphs: &[&Paragraph], values: &Values, item: Option<(&str, &Item)>) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let text = filled(paragraph, values, item).concat();
        if cells.len() <= paragraph.cell {
            cells.resize(paragraph.cell + 1, String::new());
        }
        let cell = &mut cells[paragraph.cell];
        if !cell.is_empty() && !text.is_empty() {
            cell.push('\n');
        }
        cell.push_str(&text);
    }
    cells
}
