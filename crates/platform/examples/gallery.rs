//! Every macro of the design in one place, in both languages, on a local address: to look
//! at while working on it, and for the browser tests' own check.

use askama::Template;
use axum::extract::Request;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::Router;
use std::sync::{Arc, LazyLock};
use tongxin_platform::ui::*;

const GALLERY: Source = Source {
    name: "gallery",
    zh_cn: include_str!("gallery/zh-CN.ftl"),
    en: include_str!("gallery/en.ftl"),
};

static TEXTS: LazyLock<Arc<Locales>> = LazyLock::new(|| Locales::new(&[LOCALES, GALLERY]));

#[derive(Template)]
#[template(path = "gallery_forms.html")]
struct Forms {
    page: Page,
    form: Form,
    choices: Vec<Choice>,
}

async fn forms(request: Request) -> impl IntoResponse {
    let page = page(&request).titled("gallery-forms").at("gallery-nav-file").in_error(true);
    let choices = vec![Choice::new("a", "甲类").hint("hint"), Choice::new("b", "乙类")];
    let form = Form::new().with("title", "充电桩").refused(FieldError::new("phone", "gallery"));
    Html(Forms { page, form, choices }.render().unwrap_or_else(|error| error.to_string()))
}

fn page(request: &Request) -> Page {
    let prefs = PagePrefs::of(request.headers(), request.uri().query());
    let site = Site { name: ["同心平台".into(), "Tongxin".into()], demo: true, ..Site::default() };
    Page::new(TEXTS.translator(prefs.locale), Arc::new(site), prefs, request.uri().to_string())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(forms)).merge(prefs::routes()).merge(assets::routes());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await
}
