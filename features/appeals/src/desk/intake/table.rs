//! Rows pasted from a spreadsheet: cells between tabs, quoted where they hold line breaks, as
//! Excel and WPS put them on the clipboard. Pure: text in, cells out.

/// The rows of a pasted table, empty ones left out. Lines without a tab are rows of one cell.
pub fn rows(pasted: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = pasted.chars().filter(|c| *c != '\r').peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is always one");
        let cell = row.last_mut().expect("there is always one");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            letter => cell.push(letter),
        }
    }
    let mut rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
    rows.retain(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Name.
    Name,
    /// Telephone number.
    Phone,
    /// The firm.
    Enterprise,
    /// County or township, by name.
    Area,
    /// Type, by name.
    Kind,
    /// Category, by code or name.
    Category,
    /// One line.
    Title,
    /// The whole story.
    Text,
    /// What should happen.
    Expected,
}

impl Column {
    /// The order without a heading.
    pub const ORDER: [Self; 9] = [
        Self::Name,
        Self::Phone,
        Self::Enterprise,
        Self::Area,
        Self::Kind,
        Self::Category,
        Self::Title,
        Self::Text,
        Self::Expected,
    ];

    /// Its key in the locale files and its name in a form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Enterprise => "enterprise",
            Self::Area => "area",
            Self::Kind => "appeal_type",
            Self::Category => "category",
            Self::Title => "title",
            Self::Text => "text",
            Self::Expected => "expected",
        }
    }

    /// By a heading as offices write it.
    fn of_heading(cell: &str) -> Option<Self> {
        let known: [(Self, &[&str]); 9] = [
            (Self::Name, &["姓名", "联系人", "称呼", "诉求人", "name", "contact"]),
            (Self::Phone, &["电话", "手机", "联系电话", "手机号", "phone", "telephone"]),
            (Self::Enterprise, &["企业", "企业名称", "单位", "公司", "enterprise", "company"]),
            (Self::Area, &["区划", "所属区划", "县市区", "乡镇", "地区", "area", "place"]),
            (Self::Kind, &["类型", "诉求类型", "type"]),
            (Self::Category, &["类别", "事项类别", "分类", "category"]),
            (Self::Title, &["标题", "诉求标题", "title"]),
            (Self::Text, &["内容", "诉求内容", "问题", "诉求", "text", "problem"]),
            (Self::Expected, &["期望", "希望的结果", "期望结果", "建议", "expected", "wish"]),
        ];
        let cell = cell.trim().to_lowercase();
        known.iter().find(|(_, names)| names.contains(&cell.as_str())).map(|(column, _)| *column)
    }
}

/// The columns of a table and its rows without the heading. A first row of which at least two
/// cells are known headings is one; else the columns stand in [`Column::ORDER`].
pub fn columns(mut rows: Vec<Vec<String>>) -> (Vec<Option<Column>>, Vec<Vec<String>>) {
    let heading: Vec<Option<Column>> =
        rows.first().map(|row| row.iter().map(|cell| Column::of_heading(cell)).collect()).unwrap_or_default();
    if heading.iter().flatten().count() >= 2 {
        rows.remove(0);
        return (heading, rows);
    }
    (Column::ORDER.into_iter().map(Some).collect(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_line_breaks_and_quotes() {
        let pasted = "甲\t\"第一行\n第二\"\"行\"\"\"\t乙\r\n\t\t\r\n丙\t丁\n";
        assert_eq!(rows(pasted), [vec!["甲", "第一行\n第二\"行\"", "乙"], vec!["丙", "丁"]]);
        assert!(rows(" \n\t").is_empty());
    }

    #[test]
    fn a_heading_names_the_columns_in_any_order() {
        let (named, left) = columns(rows("企业名称\t序号\t诉求内容\n某厂\t1\t停电"));
        assert_eq!(named, [Some(Column::Enterprise), None, Some(Column::Text)]);
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn without_one_the_order_is_the_documented_one() {
        let (named, left) = columns(rows("王先生\t13800001234\t某厂"));
        assert_eq!((named.len(), left.len()), (9, 1));
        assert_eq!(named[1], Some(Column::Phone));
    }
}
