//! The coming year of a register's calendar as iCalendar (RFC 5545): for whoever is signed in,
//! and at a secret address of each person's own, since calendars do not log in. What an address
//! gives is found anew each time, from what its holder may see at that moment.

use crate::calendar::{Entry, entries};
use crate::open::{has_days, register, today};
use crate::show;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::{Timestamp, ToSpan};
use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use platform::ui::{Locale, Page};
use platform::web::{Ctx, Staff};
use platform::{App, Failure};
use registers::rules::Definition;
use std::fmt::Write;
use std::sync::Arc;
use store::{Query, rate_limits};

/// Months that are looked ahead.
const AHEAD: i64 = 12;
/// Addresses of one source that lead nowhere before it has to wait, and times that one address
/// is asked: in an hour.
const MISSES: i64 = 20;
const ASKED: i64 = 60;
const HOUR_SECONDS: u32 = 3600;

/// What is read of a register for its feed.
type Found = (Arc<Definition>, Vec<Entry>);

/// `GET …/calendar.ics`: for whoever is signed in, or a program with its token.
pub(crate) async fn signed_in(
    staff: Staff,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let found = staff.app.read(move |q, app| coming_year(q, app, &code, &grants)).await?;
    Ok(answer(&staff, &headers, &found))
}

/// `GET /calendars/{register}/{secret}/feed.ics`: for whoever knows the address. One that was
/// closed, never was, or whose holder may read no register any more, leads nowhere alike.
pub(crate) async fn by_address(
    ctx: Ctx,
    Path((code, secret)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let now = ctx.app.now();
    let digest = ctx.app.vault.token_digest(&secret);
    let asked = format!("calendar:{digest}");
    let missed = format!("calendar-source:{}", ctx.app.vault.blind("calendar-source", &ctx.source));
    let (often, elsewhere) = (asked.clone(), missed.clone());
    let found = ctx
        .app
        .read(move |q, app| {
            let holder = identity::by_feed(q, &subject(&code), &digest, today(app))?;
            let holder = holder.filter(|holder| holder.may_ever(Permission::RegisterRead));
            // Others behind the same source are not held up by an address that was closed.
            let (counted, most) = if holder.is_some() { (&often, ASKED) } else { (&elsewhere, MISSES) };
            if rate_limits::hits(q, counted, now)? >= most {
                return Err(Failure::TooMany { retry_after: HOUR_SECONDS });
            }
            holder.map(|holder| coming_year(q, app, &code, &holder.grants)).transpose()
        })
        .await?;
    let counted = if found.is_some() { asked } else { missed };
    let window = i64::from(HOUR_SECONDS) * 1_000_000;
    ctx.app.write(move |work| Ok(rate_limits::hit(work.tx, &counted, now, window)?)).await?;
    let found = found.ok_or(Failure::NotFound)?;
    Ok(answer(&ctx, &headers, &found))
}

/// What an address of a register's calendar is opened for.
pub(crate) fn subject(code: &str) -> String {
    format!("calendar:{code}")
}

/// The address as a calendar is given it, in the language of whoever opened it.
pub(crate) fn address(ctx: &Ctx, code: &str, secret: &str) -> String {
    let site = ctx.app.config.public_url.trim_end_matches('/');
    let language = if ctx.prefs.locale == Locale::En { "?lang=en" } else { "" };
    format!("{site}/calendars/{code}/{secret}/feed.ics{language}")
}

fn coming_year(q: &mut dyn Query, app: &App, code: &str, grants: &[Grant]) -> Result<Found, Failure> {
    let definition = register(q, app, code)?;
    if !has_days(&definition) {
        return Err(Failure::NotFound);
    }
    let first = today(app).first_of_month();
    let mut found = Vec::new();
    for n in 0..AHEAD {
        let month = first.checked_add(n.months()).unwrap_or(first);
        found.extend(entries(q, &definition, grants, month, month.last_of_month())?);
    }
    Ok((definition, found))
}

/// The feed, or that it is the one the asker has.
fn answer(ctx: &Ctx, headers: &HeaderMap, (definition, entries): &Found) -> Response {
    let page = ctx.page("register-tab-calendar");
    let text = written(&page, &ctx.app.config.public_url, definition, entries);
    let tag = format!("\"{}\"", ctx.app.vault.blind("calendar-text", &text));
    let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    let header = |text: &str| HeaderValue::try_from(text).ok();
    let mut told: HeaderMap = [
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
    ]
    .into_iter()
    .collect();
    told.extend(header(&tag).map(|tag| (ETAG, tag)));
    let changed = entries.iter().map(|entry| entry.changed_at).max();
    let changed = changed.and_then(|at| header(&at_format(at, "%a, %d %b %Y %H:%M:%S GMT")));
    told.extend(changed.map(|changed| (LAST_MODIFIED, changed)));
    if is_known {
        return (StatusCode::NOT_MODIFIED, told).into_response();
    }
    (told, [(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
}

/// One whole-day event for each entry.
fn written(page: &Page, site: &str, definition: &Definition, entries: &[Entry]) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tongxin//Registers//ZH\r\n");
    text += "REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n";
    let site = site.trim_end_matches('/');
    let name = show::name(page, &definition.name);
    folded(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for entry in entries {
        let on = entry.on.to_string().replace('-', "");
        text += "BEGIN:VEVENT\r\n";
        folded(&mut text, &format!("UID:{}", entry.uid()));
        folded(&mut text, &format!("DTSTAMP:{}", at_format(entry.changed_at, "%Y%m%dT%H%M%SZ")));
        folded(&mut text, &format!("DTSTART;VALUE=DATE:{on}"));
        folded(&mut text, &format!("SUMMARY:{}", escaped(&entry.words(page))));
        folded(&mut text, &format!("URL:{site}/registers/{}/records/{}", definition.code, entry.id));
        text += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
    }
    text + "END:VCALENDAR\r\n"
}

/// A moment in UTC.
fn at_format(at: Instant, format: &str) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().strftime(format).to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// Lines of at most 75 octets (RFC 5545, 3.1).
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            length = 1;
        }
        length += c.len_utf8();
        write!(out, "{c}").expect("a String takes any write");
    }
    out.push_str("\r\n");
}
