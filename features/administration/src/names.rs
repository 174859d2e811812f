//! Names of fields, places and people on the pages of the configuration.

use kernel::Actor;
use matters::configuration::diff::Difference;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use std::collections::BTreeMap;

/// Names of a page's language.
#[derive(Clone)]
pub(crate) struct Names {
    page: Page,
    people: BTreeMap<kernel::AccountId, String>,
}

impl Names {
    /// With the names of the accounts that acted.
    pub async fn of(staff: &Staff, page: &Page, actors: &[Actor]) -> Result<Self, Failure> {
        let accounts: Vec<_> = actors.iter().filter_map(Actor::account).collect();
        let people = staff
            .app
            .read(move |query, _| {
                let mut people = BTreeMap::new();
                for account in &accounts {
                    if let Some(row) = identity::read::account(query, *account)? {
                        people.insert(*account, row.name);
                    }
                }
                Ok(people)
            })
            .await?;
        Ok(Self { page: page.clone(), people })
    }

    /// Names without people.
    pub fn plain(page: &Page) -> Self {
        Self { page: page.clone(), people: BTreeMap::new() }
    }

    /// Who did it: post and name, or the server's shell.
    pub fn who(&self, actor: &Actor) -> String {
        let role = match actor {
            Actor::Person { role, .. } | Actor::Integration { role, .. } => *role,
            Actor::Operator => return self.page.t("audit-actor-operator"),
            _ => return self.page.t("audit-actor-system"),
        };
        let name = actor.account().and_then(|account| self.people.get(&account)).cloned().unwrap_or_default();
        format!("{name} · {}", self.page.t(&format!("role-{}", role.code())))
    }

    /// The date from which a version holds, in words.
    pub fn from(&self, effective_from: &str) -> String {
        match effective_from.parse() {
            Ok(date) => self.page.date(&date),
            Err(_) => self.page.t("config-at-once"),
        }
    }

    /// A field's name; its own word where it has none.
    pub fn field(&self, field: &str) -> String {
        self.known("config-field", field)
    }

    /// Where a difference is: list, entry, table of limits.
    pub fn place(&self, difference: &Difference) -> String {
        let place = self.known("config-place", &difference.place);
        match (place.is_empty(), difference.entry.is_empty()) {
            (_, true) => place,
            (true, false) => difference.entry.clone(),
            (false, false) => format!("{place} · {}", difference.entry),
        }
    }

    /// The field of a difference; "the whole entry" where one came or went.
    pub fn changed(&self, difference: &Difference) -> String {
        match difference.field.as_str() {
            "" => self.page.t("config-whole-entry"),
            field => self.field(field),
        }
    }

    /// A value as shown: spans and switches in words.
    pub fn value(&self, value: &Option<String>) -> String {
        match value.as_deref() {
            None | Some("") => "—".to_owned(),
            Some("true" | "yes") => self.page.t("config-yes"),
            Some("false") => self.page.t("config-no"),
            Some(text) => match kernel::time::Span::parse(text) {
                Ok(span) => self.span(&span),
                Err(_) => text.to_owned(),
            },
        }
    }

    /// `7 个工作日`.
    pub fn span(&self, span: &kernel::time::Span) -> String {
        use kernel::time::TimeBase;
        let key = match span.base {
            TimeBase::WorkingDays => "config-span-wd",
            TimeBase::WorkingHours => "config-span-wh",
            TimeBase::NaturalHours => "config-span-h",
            TimeBase::NaturalDays => "config-span-d",
        };
        self.page.t1(key, "n", span.amount)
    }

    fn known(&self, prefix: &str, word: &str) -> String {
        let key = format!("{prefix}-{}", word.replace('.', "-"));
        if self.page.translator().has(&key) { self.page.t(&key) } else { word.to_owned() }
    }
}
