//! Every macro of the design in one place, in both languages, on a local address: to look
//! at while working on it, and for the browser tests' own check.

use askama::Template;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use kernel::time::{Date, Instant};
use std::sync::{Arc, LazyLock};
use tongxin_platform::ui::{
    Choice, ErrorPage, FieldError, FlashKind, Form, LOCALES, Locales, NavItem, Page, PagePrefs, SignedIn,
    Site, Source, Tab, assets, prefs, security,
};

const GALLERY: Source =
    Source { name: "gallery", zh_cn: include_str!("gallery/zh-CN.ftl"), en: include_str!("gallery/en.ftl") };

static TEXTS: LazyLock<Arc<Locales>> = LazyLock::new(|| Locales::new(&[LOCALES, GALLERY]));

#[derive(Template)]
#[template(path = "gallery_home.html")]
struct Home {
    page: Page,
}

async fn home(request: Request) -> Response {
    show(&Home { page: portal(&request).titled("gallery-home").at("gallery-home") })
}

#[derive(Template)]
#[template(path = "gallery_forms.html")]
struct Forms {
    page: Page,
    form: Form,
    steps: Vec<String>,
    categories: Vec<Choice>,
    urgencies: Vec<Choice>,
    lines: Vec<Choice>,
}

async fn forms(request: Request) -> Response {
    let page = portal(&request).titled("gallery-form-title").at("gallery-file");
    let form = Form::new().with("urgent", "no").with("lines", "call");
    show(&Forms::new(page, form))
}

async fn refused(request: Request) -> Response {
    let page = portal(&request).titled("gallery-form-title").at("gallery-file").in_error(true);
    let form = Form::new()
        .with("urgent", "yes")
        .with("phone", "1380000")
        .with("text", "……")
        .refused(FieldError::new("category", "gallery-category"))
        .refused(FieldError::new("phone", "gallery-phone"));
    show(&Forms::new(page, form))
}

impl Forms {
    fn new(page: Page, form: Form) -> Self {
        let choice = |value: &str, key: &str| Choice::new(value, page.t(key));
        let urgencies = vec![
            choice("no", "gallery-form-urgent-no").hint(page.t("gallery-form-urgent-no-hint")),
            choice("yes", "gallery-form-urgent-yes").hint(page.t("gallery-form-urgent-yes-hint")),
        ];
        let lines = vec![choice("call", "gallery-form-call"), choice("message", "gallery-form-message")];
        Self { steps: steps(&page), categories: categories(&page), urgencies, lines, form, page }
    }
}

#[derive(Template)]
#[template(path = "gallery_track.html")]
struct Track {
    page: Page,
    steps: Vec<String>,
    day: Date,
    now: Instant,
}

async fn track(request: Request) -> Response {
    let page = portal(&request).titled("gallery-done").at("gallery-track");
    show(&Track { steps: steps(&page), day: day(), now: now(), page })
}

#[derive(Template)]
#[template(path = "gallery_desk.html")]
struct Desk {
    page: Page,
    form: Form,
    tabs: Vec<Tab>,
    categories: Vec<Choice>,
    rows: [(&'static str, &'static str, &'static str, &'static str); 3],
}

async fn desk_list(request: Request) -> Response {
    let page = desk(&request).titled("gallery-list").at("gallery-inbox");
    let tab = |key: &str, count, current| Tab {
        label: page.t(key),
        href: "/desk".to_owned(),
        count: Some(count),
        current,
    };
    let tabs = vec![
        tab("gallery-tab-sign", 27, true),
        tab("gallery-tab-open", 112, false),
        tab("gallery-tab-back", 0, false),
    ];
    let rows = [
        ("gallery-row-one", "danger", "red", "gallery-light-red"),
        ("gallery-row-two", "warning", "yellow", "gallery-light-yellow"),
        ("gallery-row-three", "primary", "green", "gallery-light-green"),
    ];
    let form = Form::new();
    show(&Desk { categories: categories(&page), form, tabs, rows, page })
}

#[derive(Template)]
#[template(path = "gallery_matter.html")]
struct Matter {
    page: Page,
    form: Form,
    day: Date,
    now: Instant,
}

async fn matter(request: Request) -> Response {
    let page = desk(&request).titled("gallery-matter").at("gallery-supervision");
    let page = page.clone().flash(FlashKind::Success, page.t("gallery-saved"));
    show(&Matter { form: Form::new(), day: day(), now: now(), page })
}

async fn missing(request: Request) -> Response {
    ErrorPage::new(portal(&request), StatusCode::NOT_FOUND).reference("01JD8Z").into_response()
}

fn show(template: &impl Template) -> Response {
    let html = template.render().map(Html);
    let mut response = html.map_err(|error| error.to_string()).into_response();
    response.headers_mut().extend(security::headers());
    response
}

fn portal(request: &Request) -> Page {
    let mut page = page(request);
    page.nav = vec![
        nav("gallery-home", "/", "", None),
        nav("gallery-file", "/forms", "", None),
        nav("gallery-track", "/track", "", None),
        nav("gallery-figures", "/figures", "", None),
    ];
    page
}

fn desk(request: &Request) -> Page {
    let mut page = page(request);
    page.nav = vec![
        nav("gallery-inbox", "/desk", "inbox", Some(27)),
        nav("gallery-supervision", "/desk/matter", "flag", Some(3)),
        nav("gallery-figures", "/figures", "chart", None),
        nav("gallery-settings", "/settings", "settings", None),
    ];
    page.person = Some(SignedIn {
        name: page.t("gallery-person"),
        post: page.t("gallery-post"),
        unit: page.t("gallery-office"),
    });
    page
}

fn page(request: &Request) -> Page {
    let prefs = PagePrefs::of(request.headers(), request.uri().query());
    let [zh, en] = ["zh", "en"].map(|code| {
        let locale = tongxin_platform::ui::Locale::parse(code).expect("both are ours");
        TEXTS.translator(locale)
    });
    let site = Site {
        name: [zh.t("gallery-brand"), en.t("gallery-brand")],
        office: [zh.t("gallery-office"), en.t("gallery-office")],
        hotline: "0738-0000000".to_owned(),
        demo: true,
        ..Site::default()
    };
    Page::new(TEXTS.translator(prefs.locale), Arc::new(site), prefs, request.uri().to_string())
}

fn nav(key: &'static str, href: &str, icon: &'static str, count: Option<u64>) -> NavItem {
    NavItem { key, href: href.to_owned(), icon, count }
}

fn steps(page: &Page) -> Vec<String> {
    ["gallery-step-fill", "gallery-step-check", "gallery-step-done"].map(|key| page.t(key)).into()
}

fn categories(page: &Page) -> Vec<Choice> {
    let choice = |value: &str, key: &str, group: &str| Choice::new(value, page.t(key)).group(page.t(group));
    vec![
        choice("power", "gallery-form-power", "gallery-form-group-one"),
        choice("water", "gallery-form-water", "gallery-form-group-one"),
        choice("permit", "gallery-form-permit", "gallery-form-group-two"),
    ]
}

fn day() -> Date {
    Date::constant(2026, 11, 24)
}

fn now() -> Instant {
    Instant::parse("2026-11-23T01:12:00Z").expect("a well-formed time")
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new()
        .route("/", get(home))
        .route("/forms", get(forms).post(refused))
        .route("/refused", get(refused))
        .route("/track", get(track))
        .route("/desk", get(desk_list))
        .route("/desk/matter", get(matter))
        .fallback(missing)
        .merge(prefs::routes())
        .merge(assets::routes());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await
}
