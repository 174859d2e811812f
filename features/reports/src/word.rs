//! Word files as templates: checked when they come, kept with every version, filled in when a
//! report is made and looked at.

use crate::lists::{self, Items, List};
use crate::rules::period::Kind;
use crate::rules::report::{self, Report};
use crate::rules::template::{Part, parts};
use crate::rules::word::{Command, WordFile, WordRules, Words};
use crate::values::{self, label, written_page};
use kernel::BlobId;
use kernel::time::Date;
use matters::attachments::{self, Upload};
use matters::configuration::placeholders::filled;
use matters::figures::Asked;
use platform::ui::{FieldError, Page};
use platform::{App, By, Failure};
use print::docx::template::{Place, Problem, Template, Unsound, Values, Vocabulary, Wrong};
use std::collections::{BTreeMap, BTreeSet};
use store::Query;
use uuid::Uuid;

/// The words edited on the page.
const BODY: &str = "body";
/// Names that are known only when a report is taken away.
const LATE: [&str; 2] = ["issuer", "issued"];
/// The most problems that are said at once.
const PROBLEMS: usize = 20;

/// A file in use as a report was made, with what its rows are repeated for.
pub(crate) struct Used {
    pub version: u32,
    pub word: WordFile,
    pub lists: BTreeMap<String, Items>,
}

/// The Word templates of a kind.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn load(q: &mut dyn Query, kind: Kind) -> Result<Words, Failure> {
    Ok(platform::act::load::<WordRules>(q, kind.code())?.state)
}

/// Checks a file and keeps it as the next version; answers its number.
///
/// # Errors
/// [`Failure::Invalid`] with everything wrong with it, on the field `file`.
pub async fn keep(app: &App, by: &By, kind: Kind, upload: Upload) -> Result<u32, Failure> {
    sized(app, &upload)?;
    let bytes = upload.bytes.clone();
    let body = app.aside(move |app| check(app, &bytes).map_err(Failure::Invalid)).await?;
    let sealed = attachments::seal(app, upload).await?;
    let by = by.clone();
    app.write(move |work| {
        let key = work.new_subject()?;
        let word = WordFile { file: attachments::keep(work, &key, &sealed)?, body };
        crate::shell::change_word(work, &by, kind, &Command::Upload(word))?;
        let kept = load(work.tx, kind)?;
        Ok(kept.versions.last().map_or(0, |version| version.number))
    })
    .await
}

/// Checks a document that somebody changed by hand and puts it in place of the computed one.
///
/// # Errors
/// [`Failure::Invalid`] on the field `file` where it is none that anyone should open.
pub async fn keep_by_hand(
    app: &App,
    by: &By,
    report: Uuid,
    expected: Option<i64>,
    upload: Upload,
) -> Result<(), Failure> {
    sized(app, &upload)?;
    let bytes = upload.bytes.clone();
    app.aside(move |_| match Template::open(&bytes) {
        Ok(_) => Ok(()),
        Err(unsound) => Err(Failure::Invalid(vec![refused(&unsound)])),
    })
    .await?;
    let sealed = attachments::seal(app, upload).await?;
    let by = by.clone();
    app.write(move |work| {
        let key = work.new_subject()?;
        let file = attachments::keep(work, &key, &sealed)?;
        crate::shell::act(work, &by, report, expected, &report::Command::ByHand { file })
    })
    .await
}

/// Refuses what is no file, or too large a one, on the field `file`.
fn sized(app: &App, upload: &Upload) -> Result<(), Failure> {
    attachments::check(upload, app.config.attachment_max).map(drop).map_err(|refusal| {
        let error = FieldError::from(&refusal);
        Failure::Invalid(vec![FieldError { field: Some("file".to_owned()), ..error }])
    })
}

/// Whether a file can be a template; answers whether it has a place for the body.
fn check(app: &App, bytes: &[u8]) -> Result<bool, Vec<FieldError>> {
    let template = Template::open(bytes).map_err(|unsound| vec![refused(&unsound)])?;
    let problems = template.problems(&vocabulary(app));
    if problems.is_empty() {
        return Ok(template.named().contains(BODY));
    }
    Err(problems.iter().take(PROBLEMS).map(|problem| told(&written_page(app), problem)).collect())
}

fn refused(unsound: &Unsound) -> FieldError {
    let (code, what) = match unsound {
        Unsound::Old => ("report-word-old", None),
        Unsound::Unreadable => ("report-word-unreadable", None),
        Unsound::Macros => ("report-word-macros", None),
        Unsound::Large => ("report-word-large", None),
        Unsound::External(what) => ("report-word-external", Some(what)),
        Unsound::Embedded(what) => ("report-word-embedded", Some(what)),
        Unsound::Malformed(what) => ("report-word-malformed", Some(what)),
    };
    let error = FieldError::new("file", code);
    match what {
        Some(what) => error.with("what", what.chars().take(80).collect::<String>()),
        None => error,
    }
}

fn told(page: &Page, problem: &Problem) -> FieldError {
    let place = match problem.place {
        Place::Paragraph(n) => page.t1("report-word-paragraph", "n", n),
        Place::Table(table, row) => page.t2("report-word-row", "table", table, "row", row),
        Place::Margin => page.t("report-word-margin"),
    };
    let (code, meant) = match &problem.wrong {
        Wrong::Unknown(Some(meant)) => ("report-word-name-meant", meant.as_str()),
        Wrong::Unknown(None) => ("report-word-name-unknown", ""),
        Wrong::Unclosed => ("report-word-unclosed", ""),
        Wrong::NotInRow => ("report-word-not-in-row", ""),
        Wrong::TwoLists => ("report-word-two-lists", ""),
        Wrong::NotAlone => ("report-word-not-alone", ""),
    };
    FieldError::new("file", code)
        .with("place", place)
        .with("excerpt", problem.excerpt.as_str())
        .with("name", problem.name.as_str())
        .with("meant", meant)
}

/// Everything a Word template may name.
fn vocabulary(app: &App) -> Vocabulary {
    let page = written_page(app);
    let names: BTreeSet<String> = values::names(app).into_iter().chain(LATE.map(str::to_owned)).collect();
    let labels = names.iter().map(|name| (label(&page, name), name.clone())).collect();
    Vocabulary {
        labels,
        names,
        texts: [BODY.to_owned()].into(),
        lists: List::ALL.iter().map(|list| (list.name().to_owned(), lists::fields(*list))).collect(),
    }
}

/// The version in use, with the items of the lists it names.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn in_use(
    q: &mut dyn Query,
    app: &App,
    kind: Kind,
    period: (Date, Date),
) -> Result<Option<Used>, Failure> {
    let words = load(q, kind)?;
    let Some(version) = words.in_use() else { return Ok(None) };
    let template = open(q, app, version.word.file)?;
    let lists = items(q, app, &template, period)?;
    Ok(Some(Used { version: version.number, word: version.word, lists }))
}

/// The template kept as that file.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Internal`] where what was found sound once is so no more.
pub(crate) fn open(q: &mut dyn Query, app: &App, file: BlobId) -> Result<Template, Failure> {
    let (_, bytes) = attachments::read_attachment(q, app, file)?;
    Template::open(&bytes).map_err(|error| Failure::Internal(error.to_string()))
}

/// The items of the lists that a template names, with the fields it names.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn items(
    q: &mut dyn Query,
    app: &App,
    template: &Template,
    (from, until): (Date, Date),
) -> Result<BTreeMap<String, Items>, Failure> {
    let named = template.named();
    let page = written_page(app);
    let asked = Asked { from: Some(from), as_of: Some(until), unit: None };
    let mut found = BTreeMap::new();
    for list in List::ALL {
        let of_list = |name: &String| {
            let (of, field) = name.split_once('.')?;
            (of == list.name()).then(|| field.to_owned())
        };
        let wanted: BTreeSet<String> = named.iter().filter_map(of_list).collect();
        if !wanted.is_empty() {
            let items = lists::of_period(q, app, &page, &asked, (list, &wanted))?;
            found.insert(list.name().to_owned(), items);
        }
    }
    Ok(found)
}

/// What the names stand for in a report as it is now.
pub(crate) fn filling(page: &Page, report: &Report, issuer: &str) -> Values {
    let issued = match report.issued {
        Some((at, _)) => [issuer.to_owned(), page.day(&at)],
        None => [page.t("report-not-issued"), page.t("report-not-issued")],
    };
    let late = LATE.map(str::to_owned).into_iter().zip(issued);
    Values {
        names: report.values.iter().cloned().chain(late).collect(),
        texts: [(BODY.to_owned(), body(&report.text))].into(),
        lists: report.lists.clone(),
    }
}

/// A text template with its names filled in.
pub(crate) fn with_values(text: &str, values: &[(String, String)]) -> String {
    let pairs: Vec<(&str, String)> =
        values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    filled(text, &pairs)
}

/// The text as paragraphs, without its title: a Word template has its own.
fn body(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for part in parts(text) {
        match part {
            Part::Title(_) => {}
            Part::Heading(text) | Part::Text(text) | Part::Note(text) => lines.push(text),
            Part::Table(rows) => {
                lines.extend(rows.into_iter().map(|(label, value)| format!("{label}：{value}")));
            }
        }
    }
    lines
}
