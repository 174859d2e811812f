//! What an address asks of a list, and addresses that ask for the same with one thing
//! changed.

use axum::extract::Query;
use axum::http::Uri;
use kernel::permission::{Grant, Permission};
use kernel::time::Date;
use platform::ui::Form;
use registers::read::indicators::Span;
use registers::read::list::Asked;
use registers::rules::definition::{Definition, Kind};

/// The query of a list's address, as pairs: filters of fields are called `f.<code>`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// From a query's pairs; what is empty asks nothing.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    /// From the query of an address.
    pub fn of_query(query: &str) -> Self {
        let uri = format!("/?{}", query.trim_start_matches('?'));
        let uri: Option<Uri> = uri.parse().ok();
        let read = uri.and_then(|uri| Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
        Self::new(read.map(|Query(pairs)| pairs).unwrap_or_default())
    }

    /// The query of an address that asks for the same list from its beginning.
    pub fn kept(&self) -> String {
        let whole = self.href("", &[("all", "")]);
        whole.trim_start_matches('?').to_owned()
    }

    /// Whether it asks for nothing in particular.
    pub fn is_bare(&self) -> bool {
        self.0.iter().all(|(name, _)| name == "lang")
    }

    /// The first value under that name.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// A day under that name.
    pub fn day(&self, name: &str) -> Option<Date> {
        self.get(name).parse().ok()
    }

    /// The period asked for.
    pub fn span(&self) -> Span {
        Span { from: self.day("from"), to: self.day("to") }
    }

    /// As a form, shown as it was asked.
    pub fn form(&self) -> Form {
        self.0.iter().fold(Form::new(), |form, (name, value)| form.with(name, value))
    }

    /// The same address with some names set otherwise; an empty value leaves one out.
    pub fn href(&self, path: &str, changes: &[(&str, &str)]) -> String {
        let kept = self.0.iter().filter(|(name, _)| {
            name != "after" && name != "lang" && !changes.iter().any(|(changed, _)| changed == name)
        });
        let all = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain(changes.iter().copied());
        let query: Vec<String> = all
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// The filters of a list.
    pub fn asked(
        &self,
        q: &mut dyn store::Query,
        definition: &Definition,
        today: Date,
    ) -> Result<Asked, store::StoreError> {
        let some = |name: &str| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let mut asked = Asked {
            text: self.get("q").to_owned(),
            stage: some("stage"),
            level: some("level"),
            within: some("in").map(kernel::AreaId),
            overdue_on: (!self.get("overdue").is_empty()).then_some(today),
            removed: self.get("removed") == "yes",
            counted: some("counted").map(|code| (code, self.span())),
            sort: some("sort").map(|sort| match sort.strip_prefix('-') {
                Some(code) => (code.to_owned(), true),
                None => (sort, false),
            }),
            after: some("after").and_then(|after| {
                let (value, id) = after.rsplit_once('~')?;
                Some((value.to_owned(), id.to_owned()))
            }),
            ..Asked::default()
        };
        for field in definition.fields.iter().filter(|field| field.filtered) {
            if let Some(value) = some(&format!("f.{}", field.code)) {
                let value = match field.kind {
                    // Typed by name; what is none such is sought as it stands and found nowhere.
                    Kind::Area { .. } => registers::read::names::find_area(q, &value, None)?
                        .map_or(value, |area| area.to_string()),
                    Kind::Unit => {
                        registers::read::names::find_unit(q, &value)?.map_or(value, |unit| unit.to_string())
                    }
                    _ => value,
                };
                asked.fields.insert(field.code.clone(), value);
            }
        }
        if let Some(unit) = some("unit") {
            let found = registers::read::names::find_unit(q, &unit)?;
            let path = match found {
                Ok(unit) => network::unit(q, &unit)?.map(|unit| unit.path.0),
                Err(_) => None,
            };
            asked.unit = Some(path.unwrap_or(unit));
        }
        Ok(asked)
    }
}

/// Whether someone may do that with the records of some unit.
pub(crate) fn may_ever(grants: &[Grant], permission: Permission) -> bool {
    grants.iter().any(|grant| kernel::permission::may_ever(grant.role, permission))
}

/// Percent-encoded for a query.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}
