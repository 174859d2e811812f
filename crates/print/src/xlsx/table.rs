//! One table on one sheet.

use super::{Cell, Column, Kind, XlsxError, text};
use kernel::time::{Date, DateTime};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Worksheet,
};

/// Rows of a sheet.
const ROWS: u32 = 1_048_576;
/// Paper code of A4.
const A4: u8 = 9;
/// What fits across A4 upright at a readable size, in narrow characters.
const UPRIGHT: u32 = 95;
/// Rows of a table to be filled in that offer drop-down lists.
const FILLED: u32 = 2_000;
const HEADER_GREY: Color = Color::RGB(0x00E8_EBF0);
const LINE_GREY: Color = Color::RGB(0x00C8_CDD5);

/// What stands above a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    title: String,
    sheet: Option<String>,
    notes: Vec<String>,
    demo: Option<String>,
}

impl Heading {
    /// A heading of that title, which also names the sheet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Names the sheet otherwise than the title, shorter for instance.
    #[must_use]
    pub fn sheet(mut self, name: impl Into<String>) -> Self {
        self.sheet = Some(name.into());
        self
    }

    /// Adds a line below the title: the filter, the day, a formula's explanation.
    #[must_use]
    pub fn note(mut self, line: impl Into<String>) -> Self {
        self.notes.push(line.into());
        self
    }

    /// The line that marks the rows as made up, where the installation is a demo (`None`
    /// where it is not). It stands right below the title and in the printed foot.
    #[must_use]
    pub fn demo(mut self, mark: Option<String>) -> Self {
        self.demo = mark;
        self
    }
}

/// A table that grows by rows.
pub struct Table {
    pub(super) name: String,
    sheet: Worksheet,
    columns: Vec<Column>,
    formats: Formats,
    /// The row of the column headers.
    header: u32,
    next: u32,
}

impl Table {
    /// A table with its heading and column headers and no rows yet.
    ///
    /// # Errors
    /// There is no column, or the heading alone fills a sheet.
    pub fn new(heading: &Heading, columns: Vec<Column>) -> Result<Self, XlsxError> {
        if columns.is_empty() {
            return Err(XlsxError::Shape { cells: 0, columns: 0 });
        }
        let mut table = Self {
            name: heading.sheet.clone().unwrap_or_else(|| heading.title.clone()),
            sheet: Worksheet::new(),
            columns,
            formats: Formats::new(),
            header: 0,
            next: 0,
        };
        table.write_heading(heading)?;
        table.write_header()?;
        table.set_up_page(heading)?;
        Ok(table)
    }

    /// Adds a row; columns without a cell stay empty.
    ///
    /// # Errors
    /// More cells than columns, or more rows than a sheet holds.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        self.write_row(cells, false)
    }

    /// Adds a row in bold, a sum for instance.
    ///
    /// # Errors
    /// As [`Self::row`].
    pub fn strong_row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        self.write_row(cells, true)
    }

    /// How many rows stand in the table.
    pub fn len(&self) -> u32 {
        self.next - self.header - 1
    }

    /// Whether the table has no row yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last = self.last_column();
        self.sheet.autofilter(self.header, 0, self.next - 1, last)?;
        for (index, column) in (0..).zip(&self.columns) {
            if let Some(list) = drop_down(&column.choices) {
                self.sheet.add_data_validation(self.header + 1, index, self.header + FILLED, index, &list)?;
            }
        }
        Ok(self.sheet)
    }

    fn write_heading(&mut self, heading: &Heading) -> Result<(), XlsxError> {
        let title = Format::new().set_bold().set_font_size(14);
        self.sheet.write_string_with_format(0, 0, text::for_cell(&heading.title), &title)?;
        self.next = 1;
        let mark = Format::new().set_bold().set_font_color(Color::RGB(0x00B4_2318));
        let note = Format::new().set_font_color(Color::RGB(0x0049_5057));
        let demo = heading.demo.iter().map(|line| (line, &mark));
        for (line, format) in demo.chain(heading.notes.iter().map(|line| (line, &note))) {
            self.sheet.write_string_with_format(self.next, 0, text::for_cell(line), format)?;
            self.next += 1;
        }
        Ok(())
    }

    fn write_header(&mut self) -> Result<(), XlsxError> {
        self.header = self.next;
        for (index, column) in (0..).zip(&self.columns) {
            let side = match column.kind {
                Kind::Text | Kind::Date | Kind::DateTime => FormatAlign::Left,
                Kind::Number | Kind::Rate | Kind::Money => FormatAlign::Right,
            };
            let format = Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(side)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(HEADER_GREY)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE_GREY);
            self.sheet.write_string_with_format(
                self.header,
                index,
                text::for_cell(&column.header),
                &format,
            )?;
            self.sheet.set_column_width(index, f64::from(column.width))?;
        }
        self.next = self.header + 1;
        Ok(())
    }

    fn set_up_page(&mut self, heading: &Heading) -> Result<(), XlsxError> {
        let width: u32 = self.columns.iter().map(|column| u32::from(column.width)).sum();
        self.sheet.set_paper_size(A4);
        if width > UPRIGHT {
            self.sheet.set_landscape();
        }
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_repeat_rows(self.header, self.header)?;
        self.sheet.set_freeze_panes(self.header + 1, 0)?;
        // `&` begins a code in a printed foot.
        let mark = heading.demo.as_deref().unwrap_or_default().replace('&', "&&");
        self.sheet.set_footer(format!("&L{mark}&R&P / &N"));
        Ok(())
    }

    fn write_row(&mut self, cells: impl IntoIterator<Item = Cell>, strong: bool) -> Result<(), XlsxError> {
        if self.next >= ROWS {
            return Err(XlsxError::TooLong);
        }
        let last = self.last_column();
        for (column, cell) in (0..).zip(cells) {
            if column > last {
                return Err(XlsxError::Shape { cells: usize::from(column) + 1, columns: self.columns.len() });
            }
            self.write_cell(column, cell, strong)?;
        }
        self.next += 1;
        Ok(())
    }

    fn write_cell(&mut self, column: u16, cell: Cell, strong: bool) -> Result<(), XlsxError> {
        let row = self.next;
        let side = match self.columns[usize::from(column)].kind {
            Kind::Text | Kind::Date | Kind::DateTime => Side::Left,
            Kind::Number | Kind::Rate | Kind::Money => Side::Right,
        };
        let (number, style) = match cell {
            Cell::Empty => return Ok(()),
            Cell::Rate { of: 0, .. } => return self.write_text(column, "—", Side::Right, strong),
            Cell::Text(words) => return self.write_text(column, &words, side, strong),
            Cell::Number(number) => (number as f64, Style::Number),
            Cell::Rate { n, of } => (n as f64 / of as f64, Style::Rate),
            Cell::Money(fen) => (fen as f64 / 100.0, Style::Money),
            Cell::Date(date) => match serial(date.to_datetime(kernel::time::Time::midnight())) {
                Some(days) => (days, Style::Date),
                None => return self.write_text(column, &date.to_string(), side, strong),
            },
            Cell::DateTime(at) => match serial(at) {
                Some(days) => (days, Style::DateTime),
                None => return self.write_text(column, &at.to_string(), side, strong),
            },
        };
        self.sheet.write_number_with_format(row, column, number, self.formats.of(style, strong))?;
        Ok(())
    }

    fn write_text(&mut self, column: u16, words: &str, side: Side, strong: bool) -> Result<(), XlsxError> {
        let style = match (side, text::looks_like_formula(words)) {
            (Side::Right, _) => Style::Word,
            (Side::Left, false) => Style::Text,
            (Side::Left, true) => Style::Quoted,
        };
        let format = self.formats.of(style, strong);
        self.sheet.write_string_with_format(self.next, column, text::for_cell(words), format)?;
        Ok(())
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len() - 1).unwrap_or(u16::MAX)
    }
}

/// The choices as a list to pick from, where they fit the format's 255 characters.
fn drop_down(choices: &[String]) -> Option<DataValidation> {
    if choices.is_empty() || choices.iter().any(|choice| choice.contains(',')) {
        return None;
    }
    let list = DataValidation::new().allow_list_strings(choices).ok()?;
    Some(list.set_error_style(DataValidationErrorStyle::Warning))
}

/// Days since 1899-12-30, which is how a sheet counts; `None` before March 1900, where
/// sheets believe in a 29 February that never was.
fn serial(at: DateTime) -> Option<f64> {
    let first = Date::constant(1900, 3, 1);
    if at.date() < first {
        return None;
    }
    let days = first.until(at.date()).ok()?.get_days() + 61;
    let seconds = i32::from(at.hour()) * 3600 + i32::from(at.minute()) * 60 + i32::from(at.second());
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// How a value looks.
#[derive(Clone, Copy)]
enum Style {
    Text,
    /// A text that would be a formula if typed: its cell says that it is none, so that
    /// editing it does not make it one.
    Quoted,
    /// A text where numbers stand.
    Word,
    Number,
    Rate,
    Money,
    Date,
    DateTime,
}

/// The styles as the library wants them, plain and bold.
struct Formats([[Format; 8]; 2]);

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_align(FormatAlign::Top);
        let number = |pattern: &str| base().set_num_format(pattern);
        let plain = [
            base().set_text_wrap(),
            base().set_text_wrap().set_quote_prefix(),
            base().set_align(FormatAlign::Right).set_quote_prefix(),
            number("#,##0"),
            number("0.0%"),
            number("#,##0.00"),
            number("yyyy-mm-dd").set_align(FormatAlign::Left),
            number("yyyy-mm-dd hh:mm").set_align(FormatAlign::Left),
        ];
        let bold = plain.clone().map(Format::set_bold);
        Self([plain, bold])
    }

    fn of(&self, style: Style, strong: bool) -> &Format {
        &self.0[usize::from(strong)][style as usize]
    }
}
