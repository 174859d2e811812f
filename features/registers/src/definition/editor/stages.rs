//! The stages of a register, one a line: `洽谈 → 签约、终止`. Without an arrow a stage leads to
//! the next line; stages that are known keep their codes, needs and checks.

use super::{keep, working};
use crate::reply::{self, Fields};
use crate::show;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use registers::rules::Name;
use registers::rules::definition::edit::{Edit, fresh_code};
use registers::rules::definition::{Definition, Stage};

#[derive(Template)]
#[template(path = "registers/stages.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    name: String,
}

/// `GET …/definition/stages`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let working = working(&staff, &code).await?;
    let form = Form::new().with("stages", written(&working.definition)).with("head", working.head);
    screen(&staff, code, &working.definition.name, form)
}

/// `POST …/definition/stages`
pub(crate) async fn save(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (text, head) = (form.value("stages").to_owned(), form.value("head").parse().ok());
    let kept = keep(&staff, &code, head, move |working, _, _| {
        read(&text, &working.definition).map(Edit::Stages).map_err(|error| Failure::Invalid(vec![error]))
    });
    match kept.await {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            let working = working(&staff, &code).await?;
            screen(&staff, code, &working.definition.name, form)
        }
    }
}

fn screen(staff: &Staff, code: String, name: &Name, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("register-stages", "nav-registers").in_error(form.has_errors());
    let name = show::name(&page, name).to_owned();
    let refused = form.has_errors();
    reply::page(&Shown { page, form, code, name }, refused)
}

/// The stages as lines.
fn written(definition: &Definition) -> String {
    let name = |code: &String| definition.stage(code).map(|stage| stage.name.zh.clone()).unwrap_or_default();
    let line = |stage: &Stage| match stage.to.is_empty() {
        true => format!("{} →", stage.name.zh),
        false => format!("{} → {}", stage.name.zh, stage.to.iter().map(name).collect::<Vec<_>>().join("、")),
    };
    definition.stages.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The lines as stages.
fn read(text: &str, definition: &Definition) -> Result<Vec<Stage>, FieldError> {
    let lines: Vec<(String, Option<Vec<String>>)> = text
        .lines()
        .map(kernel::text::plain_line)
        .filter(|line| !line.is_empty())
        .map(|line| match line.split_once(['→', '＞', '>']) {
            None => (line, None),
            Some((name, to)) => {
                let to = to.split(['、', '，', ',']).map(str::trim).filter(|name| !name.is_empty());
                (name.trim().to_owned(), Some(to.map(str::to_owned).collect()))
            }
        })
        .collect();
    let mut stages: Vec<Stage> = Vec::with_capacity(lines.len());
    for (name, _) in &lines {
        let known = definition.stages.iter().find(|stage| stage.name.zh == *name);
        stages.push(match known {
            Some(stage) => stage.clone(),
            None => {
                let taken = definition.stages.iter().chain(&stages).map(|stage| stage.code.as_str());
                Stage {
                    code: fresh_code(name, taken),
                    name: Name { zh: name.clone(), en: String::new() },
                    to: Vec::new(),
                    requires: Vec::new(),
                    check: false,
                }
            }
        });
    }
    for (at, (_, to)) in lines.iter().enumerate() {
        let next = || lines.get(at + 1).map(|(name, _)| name.clone()).into_iter().collect::<Vec<_>>();
        let mut codes = Vec::new();
        for name in to.clone().unwrap_or_else(next) {
            let stage = stages.iter().find(|stage| stage.name.zh == name);
            let stage = stage.ok_or_else(|| {
                FieldError::new("stages", "register-stage-unnamed").with("value", name.as_str())
            })?;
            codes.push(stage.code.clone());
        }
        stages[at].to = codes;
    }
    Ok(stages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_stages_and_lines_again() {
        let name = Name { zh: "项目".into(), en: String::new() };
        let mut definition = Definition::begun("xm".into(), name, kernel::time::Date::constant(2026, 1, 1));
        definition.stages = read("洽谈 → 签约、终止\n签约\n投产 →\n终止 →", &definition).expect("reads");
        assert_eq!(written(&definition), "洽谈 → 签约、终止\n签约 → 投产\n投产 →\n终止 →");
        assert_eq!(definition.stages[0].code, "qt");
        definition.stages[1].requires = vec!["name".into()];
        let again = read(&written(&definition), &definition).expect("reads");
        assert_eq!(again, definition.stages, "what is known of a stage stays");
        assert!(read("洽谈 → 开工", &definition).is_err());
    }
}
