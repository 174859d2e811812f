//! What a handler is told of its request: the application, who asks and how they want
//! pages shown.

use super::cookies::{self, CookieKind};
use super::guard::Asking;
use crate::act::By;
use crate::app::App;
use crate::directory::SignedIn;
use crate::error::Failure;
use crate::feature::NavEntry;
use crate::ui::{self, Locale, NavItem, Page, PagePrefs, Translator};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::sync::Arc;

/// The context of any request.
#[derive(Clone)]
pub struct Ctx {
    /// The application.
    pub app: App,
    /// Who asks, if signed in.
    pub person: Option<SignedIn>,
    /// Language, theme, letter size.
    pub prefs: PagePrefs,
    /// Path and query of the request.
    pub path: String,
    /// The address it came from, after trusted proxies.
    pub source: String,
    headers: Arc<HeaderMap>,
}

impl Ctx {
    /// Texts in the reader's language.
    pub fn translator(&self) -> Translator {
        self.app.locales.translator(self.prefs.locale)
    }

    /// The message of a key.
    pub fn t(&self, key: &str) -> String {
        self.translator().t(key)
    }

    /// A page titled with a key's message, with the signed-in person and flash messages;
    /// the feature adds its navigation.
    pub fn page(&self, title_key: &str) -> Page {
        let mut page =
            Page::new(self.translator(), self.app.config.site.clone(), self.prefs, self.path.clone())
                .titled(title_key);
        page.person = self.person.as_ref().map(|person| shown(person, &page));
        // A cookie is the sender's own word: it may name any key, or none there is.
        let told = |key: &String| key.starts_with("flash-") && page.translator().has(key);
        if let Some(key) = self.cookie(CookieKind::Flash).filter(told) {
            let kind = if NOTHING_DONE.contains(&key.as_str()) {
                ui::FlashKind::Warning
            } else {
                ui::FlashKind::Success
            };
            let text = self.t(&key);
            page = page.flash(kind, text);
        }
        page
    }

    /// A page of the staff's desk: [`Ctx::page`] with the navigation this person may ever
    /// use, the entry `active` marked as open.
    pub fn desk_page(&self, title_key: &str, active: &'static str) -> Page {
        let mut page = self.page(title_key).at(active);
        if let Some(person) = &self.person {
            page.nav = navigation(&self.app, person);
        }
        page
    }

    /// The value of a cookie.
    pub fn cookie(&self, kind: CookieKind) -> Option<String> {
        cookies::cookie(&self.headers, kind)
    }

    /// A header of the request.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The sender of commands: the person signed in, or anyone.
    pub fn by(&self) -> By {
        self.person.as_ref().map_or(By::Public, SignedIn::by)
    }
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let asking = parts
            .extensions
            .get::<Asking>()
            .ok_or_else(|| Failure::Internal("the router was not built by web::service".into()))?;
        Ok(Self {
            app: app.clone(),
            person: asking.person.clone(),
            prefs: asking.prefs,
            path: asking.path.clone(),
            source: asking.source.clone(),
            headers: Arc::new(parts.headers.clone()),
        })
    }
}

/// Messages that say that nothing was done, or not all of it.
const NOTHING_DONE: [&str; 6] = [
    "flash-filter-unnamed",
    "flash-job-gone",
    "flash-no-such-message",
    "flash-none-chosen",
    "flash-not-possible",
    "flash-signed-some",
];

/// Who is signed in, as a page shows it.
pub(super) fn shown(person: &SignedIn, page: &Page) -> ui::SignedIn {
    let post = person.grants.first().map(|grant| page.t(&format!("role-{}", grant.role.code())));
    let name = match page.locale() {
        Locale::En if !person.en_name.is_empty() => &person.en_name,
        _ => &person.name,
    };
    ui::SignedIn { name: name.clone(), post: post.unwrap_or_default(), unit: String::new() }
}

/// The entries of the desk's navigation that this person may ever use.
pub(super) fn navigation(app: &App, person: &SignedIn) -> Vec<NavItem> {
    let may = |entry: &&NavEntry| entry.permission.is_none_or(|permission| person.may_ever(permission));
    app.nav.iter().filter(may).map(NavItem::from).collect()
}

/// The context of a request of someone signed in.
#[derive(Clone)]
pub struct Staff {
    /// The context.
    pub ctx: Ctx,
    /// Who.
    pub person: SignedIn,
}

impl std::ops::Deref for Staff {
    type Target = Ctx;
    fn deref(&self) -> &Ctx {
        &self.ctx
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let ctx = Ctx::from_request_parts(parts, app).await?;
        let person = ctx.person.clone().ok_or(Failure::NotSignedIn)?;
        Ok(Self { ctx, person })
    }
}
