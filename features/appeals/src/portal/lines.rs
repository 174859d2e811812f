//! `GET /lines`: the seven express lines 七条直通, one by one: how it is used, what happens
//! then, and the door to it.

use super::shell;
use askama::Template;
use axum::response::Response;
use matters_rules::ExpressLine;
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

/// One line.
pub struct Line {
    /// Its code: the anchor.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub text: String,
    /// How it is used and what happens then.
    pub more: String,
    /// Where its door leads; empty where the door is a person's own.
    pub href: String,
    /// The words on the door.
    pub door: String,
}

#[derive(Template)]
#[template(path = "portal/lines.html")]
struct Lines {
    page: Page,
    lines: Vec<Line>,
}

/// The page.
///
/// # Errors
/// Only where the template fails.
pub async fn show(ctx: Ctx) -> Result<Response, Failure> {
    let page = shell::page(&ctx, "portal-lines-title", shell::HOME);
    shell::public(&Lines { lines: all(&page), page })
}

/// All seven, in their order.
pub fn all(page: &Page) -> Vec<Line> {
    ExpressLine::ALL.iter().map(|line| told(page, *line)).collect()
}

fn told(page: &Page, line: ExpressLine) -> Line {
    let key = format!("portal-{}", line.key().replace('_', "-"));
    let (href, door) = match line {
        ExpressLine::HotlineDirect => match page.site.hotline.as_str() {
            "" => (String::new(), String::new()),
            number => (format!("tel:{}", number.replace(' ', "")), number.to_owned()),
        },
        ExpressLine::MessageDirect | ExpressLine::DirectHandling => {
            ("/appeals/new".to_owned(), page.t("portal-file"))
        }
        ExpressLine::VisitDirect => ("/appeals/new".to_owned(), page.t("portal-line-visit-door")),
        ExpressLine::FaceToFace => ("/track".to_owned(), page.t("portal-track")),
        ExpressLine::DirectService => ("/services".to_owned(), page.t("portal-nav-services")),
        ExpressLine::DirectAccountability => ("/figures".to_owned(), page.t("portal-open-figures")),
    };
    Line {
        code: line.code().replace('_', "-"),
        name: page.t(line.key()),
        text: page.t(&key),
        more: page.t(&format!("{key}-more")),
        href,
        door,
    }
}
