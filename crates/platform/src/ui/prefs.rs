//! How a reader wants pages shown: language, light or dark, letter size. Kept in cookies,
//! changed by a plain form, so that it works for everyone, signed in or not.

use super::i18n::Locale;
use axum::Router;
use axum::extract::Form;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::post;
use serde::Deserialize;

const LANGUAGE: &str = "language";
const THEME: &str = "theme";
const LETTERS: &str = "letters";
const LARGE: &str = "large";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The word in cookie, form and `data-bs-theme`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Auto => "shell-theme-auto",
            Self::Light => "shell-theme-light",
            Self::Dark => "shell-theme-dark",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// A reader's wishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PagePrefs {
    /// Language: `?lang=` before cookie before `Accept-Language` before Chinese.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Large letters 大字版.
    pub large: bool,
}

impl PagePrefs {
    /// Reads a request's cookies, its `Accept-Language` and the query's `lang`.
    pub fn of(headers: &HeaderMap, query: Option<&str>) -> Self {
        let asked = query
            .into_iter()
            .flat_map(|query| query.split('&'))
            .find_map(|pair| pair.strip_prefix("lang="))
            .and_then(Locale::parse);
        let locale =
            asked.or_else(|| cookie(headers, LANGUAGE).and_then(Locale::parse)).unwrap_or_else(|| {
                let wishes = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
                wishes.map_or_else(Locale::default, Locale::negotiate)
            });
        Self {
            locale,
            theme: cookie(headers, THEME).and_then(Theme::parse).unwrap_or_default(),
            large: cookie(headers, LETTERS) == Some(LARGE),
        }
    }
}

/// `POST /preferences`: open to everyone, changes nothing but the sender's own cookies.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/preferences", post(change))
}

/// What a switch sends: one wish, and the page to return to.
#[derive(Deserialize)]
struct Wish {
    language: Option<String>,
    theme: Option<String>,
    letters: Option<String>,
    #[serde(default)]
    back: String,
}

async fn change(Form(wish): Form<Wish>) -> Response {
    let mut cookies: Vec<(HeaderName, String)> = Vec::new();
    let mut keep = |name: &str, value: &str| {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        cookies.push((SET_COOKIE, cookie));
    };
    if let Some(locale) = wish.language.as_deref().and_then(Locale::parse) {
        keep(LANGUAGE, locale.code());
    }
    if let Some(theme) = wish.theme.as_deref().and_then(Theme::parse) {
        keep(THEME, theme.code());
    }
    if let Some(letters) = wish.letters {
        keep(LETTERS, if letters == LARGE { LARGE } else { "normal" });
    }
    let back = [(LOCATION, safe_path(&wish.back).to_owned())];
    (StatusCode::SEE_OTHER, back, AppendHeaders(cookies)).into_response()
}

/// The path if it stays on this site, the front page otherwise: a redirect must never carry
/// a reader to a stranger's site.
pub fn safe_path(path: &str) -> &str {
    let stays = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic());
    if stays { path } else { "/" }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().expect("a test's header"))).collect()
    }

    #[test]
    fn query_goes_before_cookie_before_browser_before_chinese() {
        let all = headers(&[(COOKIE, "a=b; language=zh-CN"), (ACCEPT_LANGUAGE, "en-GB,zh;q=0.1")]);
        assert_eq!(PagePrefs::of(&all, Some("x=1&lang=en")).locale, Locale::En);
        assert_eq!(PagePrefs::of(&all, None).locale, Locale::ZhCn);
        let browser = headers(&[(ACCEPT_LANGUAGE, "fr,zh;q=0.1,en;q=0.8")]);
        assert_eq!(PagePrefs::of(&browser, None).locale, Locale::En);
        assert_eq!(PagePrefs::of(&HeaderMap::new(), None).locale, Locale::ZhCn);
    }

    #[test]
    fn theme_and_letters_come_from_their_cookies() {
        let prefs = PagePrefs::of(&headers(&[(COOKIE, "theme=dark; letters=large")]), None);
        assert_eq!((prefs.theme, prefs.large), (Theme::Dark, true));
    }

    #[test]
    fn a_path_that_leaves_the_site_is_dropped() {
        for path in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nb"] {
            assert_eq!(safe_path(path), "/", "{path:?}");
        }
        assert_eq!(safe_path("/track?number=1"), "/track?number=1");
    }

    #[tokio::test]
    async fn a_wish_becomes_a_cookie_and_leads_back() {
        let request = Request::post("/preferences")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("theme=dark&letters=large&back=%2Ftrack"))
            .expect("a well-formed request");
        let response = routes::<()>().oneshot(request).await.expect("a router never fails");
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[LOCATION], "/track");
        let cookies: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(cookies.len(), 2);
        assert!(cookies[0].to_str().is_ok_and(|cookie| cookie.starts_with("theme=dark;")));
    }
}
