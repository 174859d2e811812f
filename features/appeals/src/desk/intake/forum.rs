//! The appeals of one meeting 座谈会, pasted as the rows of a table: looked at first, then all
//! of them filed in one transaction.

use super::table::{Column, columns, rows};
use super::{lists, office};
use crate::desk::{FORUM, page, sent};
use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::text::{clip, normal_phone};
use kernel::time::Date;
use kernel::{AreaId, UnitId};
use matters::filing::{TEXT_MAX, TITLE_MAX};
use matters::{FileRequest, Receipt};
use matters_rules::command::{ContactCard, Occasion, OnBehalf};
use matters_rules::{AppealType, Channel};
use platform::ui::{FieldError, Form, Locale, Page};
use platform::web::Staff;
use platform::{App, Failure};
use store::Query;

/// The most rows of one meeting.
const ROWS_MAX: usize = 200;

/// One row, read.
#[derive(Clone)]
struct Line {
    number: usize,
    cells: Vec<(Column, String)>,
    errors: Vec<FieldError>,
    request: Option<FileRequest>,
}

#[derive(Template)]
#[template(path = "desk/intake/forum.html")]
struct ForumPage {
    page: Page,
    form: Form,
    lines: Vec<Line>,
    ready: bool,
    most: usize,
}

#[derive(Template)]
#[template(path = "desk/intake/forum_done.html")]
struct FiledPage {
    page: Page,
    filed: Vec<(Receipt, String)>,
}

/// `GET /intake/forum`.
pub async fn fresh(staff: Staff) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    shown(&staff, Form::new().with("occasion_date", today), Vec::new(), StatusCode::OK)
}

/// `POST /intake/forum`: with `send` the rows are filed if every one of them is sound; else
/// they are shown as they were understood.
pub async fn send(staff: Staff, request: Request) -> Result<Response, Failure> {
    let mut form = sent::read(&staff.app, request).await?.form;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let date = form.value("occasion_date").parse::<Date>().ok();
    if form.text("occasion").is_none() {
        form.refuse(FieldError::new("occasion", "entry-missing"));
    }
    if date.is_none() {
        form.refuse(FieldError::new("occasion_date", "entry-not-a-date"));
    }
    let (columns, table) = columns(rows(form.value("rows")));
    match table.len() {
        0 => form.refuse(FieldError::new("rows", "intake-rows-missing")),
        n if n > ROWS_MAX => {
            form.refuse(FieldError::new("rows", "intake-rows-too-many").with("max", ROWS_MAX))
        }
        _ => {}
    }
    let occasion = Occasion {
        name: form.value("occasion").trim().to_owned(),
        date: date.unwrap_or_else(|| staff.app.config.zone.date_of(staff.app.now())),
    };
    let table: Vec<_> = table.into_iter().take(ROWS_MAX).collect();
    let lines = staff
        .app
        .read(move |snapshot, app| understand(snapshot, app, &office, &occasion, &columns, &table))
        .await?;
    let sound = !form.has_errors() && lines.iter().all(|line| line.errors.is_empty());
    if sound && form.value("send") == "yes" {
        return file(staff, lines).await;
    }
    let status = if sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown(&staff, form, lines, status)
}

async fn file(staff: Staff, lines: Vec<Line>) -> Result<Response, Failure> {
    let requests: Vec<FileRequest> = lines.into_iter().filter_map(|line| line.request).collect();
    let by = staff.by();
    let filed = staff
        .app
        .write(move |work| {
            requests
                .iter()
                .map(|request| Ok((matters::file(work, &by, request)?, request.title.clone())))
                .collect::<Result<Vec<_>, Failure>>()
        })
        .await?;
    let page = staff.desk_page("intake-forum-filed", FORUM);
    page::show(StatusCode::CREATED, &FiledPage { page, filed })
}

fn shown(staff: &Staff, form: Form, lines: Vec<Line>, status: StatusCode) -> Result<Response, Failure> {
    let page = staff.desk_page("intake-forum-title", FORUM).in_error(form.has_errors());
    let ready = !lines.is_empty() && !form.has_errors() && lines.iter().all(|line| line.errors.is_empty());
    page::show(status, &ForumPage { page, form, lines, ready, most: ROWS_MAX })
}

/// Reads every row; what is wrong with one is said with it.
fn understand(
    query: &mut dyn Query,
    app: &App,
    office: &UnitId,
    occasion: &Occasion,
    columns: &[Option<Column>],
    table: &[Vec<String>],
) -> Result<Vec<Line>, Failure> {
    let categories = matters::categories::in_force(query, app)?;
    let divisions = lists::divisions(query, app)?;
    let category = |typed: &str| {
        let named = |category: &&matters::categories::Category| {
            category.code.eq_ignore_ascii_case(typed) || category.name.in_locale(Locale::ZhCn) == typed
        };
        categories.offered().find(named).map(|category| category.code.clone())
    };
    let area = |typed: &str| -> Option<AreaId> {
        let mut found = Vec::new();
        for (county, townships) in &divisions {
            if county.name == typed {
                return Some(county.code.clone());
            }
            let named = |area: &&network::AreaRow| {
                area.name == typed || format!("{}{}", county.name, area.name) == typed
            };
            found.extend(townships.iter().filter(named).map(|area| area.code.clone()));
        }
        match found.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    };
    let mut lines = Vec::with_capacity(table.len());
    for (at, row) in table.iter().enumerate() {
        let cells: Vec<(Column, String)> = columns
            .iter()
            .zip(row)
            .filter_map(|(column, cell)| column.map(|column| (column, cell.clone())))
            .collect();
        let value = |wanted: Column| {
            cells.iter().find(|(column, _)| *column == wanted).map_or("", |(_, cell)| cell.as_str())
        };
        let mut errors = Vec::new();
        let mut wrong = |column: Column, code: &str| errors.push(FieldError::new(column.code(), code));
        let text = value(Column::Text);
        let title = match value(Column::Title) {
            "" => clip(text.lines().next().unwrap_or_default(), 40),
            title => title.to_owned(),
        };
        if text.is_empty() {
            wrong(Column::Text, "text-missing");
        }
        if text.chars().count() > TEXT_MAX {
            wrong(Column::Text, "intake-cell-too-long");
        }
        if title.chars().count() > TITLE_MAX {
            wrong(Column::Title, "intake-cell-too-long");
        }
        if !value(Column::Phone).is_empty() && normal_phone(value(Column::Phone)).is_none() {
            wrong(Column::Phone, "phone-malformed");
        }
        let kind = kind(value(Column::Kind));
        if kind.is_none() {
            wrong(Column::Kind, "intake-kind-unknown");
        }
        let chosen = category(value(Column::Category));
        if !value(Column::Category).is_empty() && chosen.is_none() {
            wrong(Column::Category, "intake-category-unknown");
        }
        let place = area(value(Column::Area));
        if !value(Column::Area).is_empty() && place.is_none() {
            wrong(Column::Area, "intake-area-unknown");
        }
        let request = errors.is_empty().then(|| FileRequest {
            category: chosen,
            area: place,
            title,
            text: text.to_owned(),
            expected: value(Column::Expected).to_owned(),
            contact: ContactCard {
                name: value(Column::Name).to_owned(),
                phone: value(Column::Phone).to_owned(),
                enterprise: value(Column::Enterprise).to_owned(),
                ..ContactCard::default()
            },
            on_behalf: Some(OnBehalf::Officer),
            express_lines: Channel::Forum.express_line().into_iter().collect(),
            occasion: Some(occasion.clone()),
            ..FileRequest::new(office.clone(), Channel::Forum, kind.unwrap_or(AppealType::Help))
        });
        lines.push(Line { number: at + 1, cells, errors, request });
    }
    Ok(lines)
}

/// A type by its code or its Chinese name; nothing typed is a request for help.
fn kind(typed: &str) -> Option<AppealType> {
    match typed {
        "" | "求助" => Some(AppealType::Help),
        "咨询" => Some(AppealType::Consultation),
        "投诉" => Some(AppealType::Complaint),
        "建议" => Some(AppealType::Suggestion),
        code => AppealType::parse(code),
    }
}

impl ForumPage {
    fn heading(&self, column: &Column) -> String {
        self.page.t(&format!("intake-{}", column.code()))
    }

    fn told(&self, error: &FieldError) -> String {
        let field =
            error.field.as_deref().map(|field| self.page.t(&format!("intake-{field}"))).unwrap_or_default();
        self.page.t2("desk-field-error", "field", field, "error", self.page.error(error))
    }
}
