//! A filing that is not sent yet: answers so far, sealed on the server under the secret in
//! the writer's cookie. It ends by itself; once filed it holds nothing but the receipt.

use super::step::Step;
use crate::portal::stage::{Stage, Staged};
use kernel::time::Instant;
use kernel::{AreaId, MatterId, Refusal, UnitId};
use matters_rules::{AppealType, Consent, OnBehalf};
use platform::web::{CookieKind, Ctx};
use platform::{App, Failure};
use serde::{Deserialize, Serialize};
use store::{Query, drafts};

/// How long a draft is kept from its beginning, in hours: long enough to fetch a paper,
/// short enough for a borrowed phone.
pub const KEPT_HOURS: i64 = 24;

/// An answer to a question that may be left to the intake officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick<T> {
    /// 不清楚，由受理员判断
    Unsure,
    /// This one.
    Known(T),
}

impl<T> Pick<T> {
    /// The choice, if one was made.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Unsure => None,
            Self::Known(choice) => Some(choice),
        }
    }
}

/// The answers so far. Deliberately without `Debug`: it holds personal data in the clear,
/// in memory only.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Type.
    pub appeal_type: Option<AppealType>,
    /// Code of the category's group.
    pub group: Option<Pick<String>>,
    /// Code of the category.
    pub category: Option<Pick<String>>,
    /// County-level area.
    pub county: Option<Pick<AreaId>>,
    /// Township in it.
    pub township: Option<Pick<AreaId>>,
    /// What happened.
    pub story: Option<Story>,
    /// Files sent so far; their content lies beside the draft.
    pub files: Vec<Staged>,
    /// Whether the page of files was left with "continue".
    pub files_done: bool,
    /// How to reach the writer.
    pub contact: Option<Contact>,
    /// Once filed: what the receipt shows. All else is empty then.
    pub filed: Option<Filed>,
}

/// What happened, in the writer's words.
#[derive(Clone, Serialize, Deserialize)]
pub struct Story {
    /// The text.
    pub text: String,
    /// What they want to happen; may be empty.
    pub expected: String,
    /// 被反映单位
    pub about: Option<UnitId>,
}

/// How to reach the writer.
#[derive(Clone, Serialize, Deserialize)]
#[allow(missing_docs, reason = "fields as in `matters_rules::command::ContactCard`")]
pub struct Contact {
    pub name: String,
    pub phone: String,
    pub enterprise: String,
    pub credit_code: String,
    pub email: String,
    #[serde(default)]
    pub second_phone: String,
    #[serde(default)]
    pub convenient_time: String,
    /// 保密
    pub shielded: bool,
    /// Who files, where it is another.
    #[serde(default)]
    pub filer: Option<Filer>,
}

/// Who files for the one they are about, and how that one agreed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Filer {
    /// As what.
    pub role: OnBehalf,
    /// Their name.
    pub name: String,
    /// Their number.
    pub phone: String,
    /// How the appellant agreed.
    pub consent: Consent,
}

/// What the receipt shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Which matter.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// Its tracking code: shown here and nowhere else.
    pub code: String,
}

impl Draft {
    fn new(now: Instant) -> Self {
        Self {
            expires_at: now.plus_hours(KEPT_HOURS),
            appeal_type: None,
            group: None,
            category: None,
            county: None,
            township: None,
            story: None,
            files: Vec::new(),
            files_done: false,
            contact: None,
            filed: None,
        }
    }

    /// What is left of it once it was filed: the receipt.
    pub fn into_filed(self, filed: Filed) -> Self {
        Self { filed: Some(filed), expires_at: self.expires_at, ..Self::new(self.expires_at) }
    }

    /// The first step without an answer; none when it can be sent.
    pub fn first_missing(&self) -> Option<Step> {
        Step::QUESTIONS.into_iter().find(|step| !self.answers(*step))
    }

    /// Whether nothing was answered yet.
    pub fn is_empty(&self) -> bool {
        self.first_missing() == Some(Step::Kind) && self.files.is_empty() && self.filed.is_none()
    }

    fn answers(&self, step: Step) -> bool {
        match step {
            Step::Kind => self.appeal_type.is_some(),
            Step::Group => self.group.is_some(),
            Step::Category => self.category.is_some() || self.group == Some(Pick::Unsure),
            Step::County => self.county.is_some(),
            Step::Township => self.township.is_some() || self.county == Some(Pick::Unsure),
            Step::Story => self.story.is_some(),
            Step::Files => self.files_done,
            Step::Contact => self.contact.is_some(),
            Step::Check => false,
        }
    }
}

/// The writer's hold on a draft: the secret of their cookie, and the answers.
pub struct Held {
    /// The secret; never stored, never logged.
    token: String,
    /// The answers.
    pub draft: Draft,
}

impl Held {
    /// The draft of the request's cookie, or none (no cookie, ended, not ours).
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn of(ctx: &Ctx) -> Result<Option<Self>, Failure> {
        let Some(token) = ctx.cookie(CookieKind::Draft).filter(|token| !token.is_empty()) else {
            return Ok(None);
        };
        let (key, now) = (key(&ctx.app, &token), ctx.app.now());
        let draft = ctx.app.read(move |snapshot, app| open(snapshot, app, &key, now)).await?;
        Ok(draft.map(|draft| Self { token, draft }))
    }

    /// The same, or a fresh one that is stored with its first [`Held::save`].
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn of_or_new(ctx: &Ctx) -> Result<Self, Failure> {
        match Self::of(ctx).await? {
            Some(held) if held.draft.filed.is_none() => Ok(held),
            _ => Ok(Self { token: ctx.app.fresh().token(), draft: Draft::new(ctx.app.now()) }),
        }
    }

    /// The secret, for the cookie.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The key of its row.
    pub fn key(&self, app: &App) -> String {
        key(app, &self.token)
    }

    /// Keeps the answers.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn save(&self, app: &App) -> Result<(), Failure> {
        let (key, expires_at) = (self.key(app), self.draft.expires_at);
        let sealed = seal(app, &key, &self.draft)?;
        app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, work.now(), expires_at)?)).await
    }

    /// Where its files lie.
    pub fn stage(&self, ctx: &Ctx) -> Stage {
        Stage { token: self.token.clone(), until: self.draft.expires_at, source: ctx.source.clone() }
    }

    /// Notes a file that has come whole, in what the draft holds by now: answers may have
    /// been given in another tab meanwhile. A file noted already is noted once.
    ///
    /// # Errors
    /// `attachment-count` where there is no room any more; whatever the store says.
    pub async fn add_file(&mut self, app: &App, file: Staged) -> Result<(), Failure> {
        let (key, mut draft) = (self.key(app), self.draft.clone());
        self.draft = app
            .write(move |work| {
                let (app, now) = (work.app(), work.now());
                draft = open(work.tx, app, &key, now)?.unwrap_or_else(|| draft.clone());
                if draft.files.iter().all(|known| known.id != file.id) {
                    if draft.files.len() >= app.config.attachments_max {
                        return Err(Refusal::field("files", "attachment-count").into());
                    }
                    draft.files.push(file.clone());
                }
                drafts::put(work.tx, &key, &seal(app, &key, &draft)?, now, draft.expires_at)?;
                Ok(draft.clone())
            })
            .await?;
        Ok(())
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn drop_file(&mut self, ctx: &Ctx, id: &str) -> Result<(), Failure> {
        let Some(at) = self.draft.files.iter().position(|file| file.id.to_string() == id) else {
            return Ok(());
        };
        let file = self.draft.files.remove(at);
        self.save(&ctx.app).await?;
        self.stage(ctx).drop(&ctx.app, &file).await
    }

    /// Gives the draft up with all its files.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn discard(self, ctx: &Ctx) -> Result<(), Failure> {
        let (app, stage) = (&ctx.app, self.stage(ctx));
        let mut keys: Vec<String> = self.draft.files.iter().flat_map(|file| stage.rows(app, file)).collect();
        keys.push(self.key(app));
        app.write(move |work| {
            for key in &keys {
                drafts::delete(work.tx, key)?;
            }
            Ok(())
        })
        .await
    }
}

/// Reads a draft inside a unit of work.
///
/// # Errors
/// Whatever the store says; [`Failure::Vault`] for a row that does not open.
pub fn open(query: &mut dyn Query, app: &App, key: &str, now: Instant) -> Result<Option<Draft>, Failure> {
    let Some(sealed) = drafts::get(query, key, now)? else { return Ok(None) };
    Ok(Some(serde_json::from_slice(&app.vault.open_own(key, &sealed)?)?))
}

/// Seals a draft for its row.
///
/// # Errors
/// [`Failure::Internal`] if it cannot be written as JSON.
pub fn seal(app: &App, key: &str, draft: &Draft) -> Result<Vec<u8>, Failure> {
    Ok(app.vault.seal_own(key, &serde_json::to_vec(draft)?, &mut app.fresh()))
}

fn key(app: &App, token: &str) -> String {
    app.vault.token_digest(&format!("draft:{token}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered() -> Draft {
        Draft {
            appeal_type: Some(AppealType::Help),
            group: Some(Pick::Known("ENE".into())),
            category: Some(Pick::Known("ENE-01".into())),
            county: Some(Pick::Known("431302".into())),
            township: Some(Pick::Unsure),
            story: Some(Story {
                text: "停电三天，无人来修。".into(), expected: String::new(), about: None
            }),
            files_done: true,
            ..Draft::new(Instant::from_micros(0))
        }
    }

    #[test]
    fn the_first_question_without_an_answer_is_the_next() {
        assert_eq!(answered().first_missing(), Some(Step::Contact));
        assert_eq!(Draft { appeal_type: None, ..answered() }.first_missing(), Some(Step::Kind));
        assert!(Draft::new(Instant::from_micros(0)).is_empty() && !answered().is_empty());
    }

    #[test]
    fn who_is_unsure_of_the_whole_is_not_asked_for_the_part() {
        let draft = Draft { group: Some(Pick::Unsure), category: None, ..answered() };
        assert_eq!(draft.first_missing(), Some(Step::Contact));
        let draft = Draft { county: Some(Pick::Unsure), township: None, ..answered() };
        assert_eq!(draft.first_missing(), Some(Step::Contact));
        let draft = Draft { township: None, ..answered() };
        assert_eq!(draft.first_missing(), Some(Step::Township));
    }

    #[test]
    fn once_filed_nothing_personal_is_left() {
        let id = "018f0000-0000-7000-8000-000000000000".parse().expect("an id");
        let filed = Filed { number: "N1".into(), code: "AB2C-DEFG-HJKM".into(), id };
        let left = answered().into_filed(filed);
        assert_eq!(left.expires_at, answered().expires_at);
        assert!(left.story.is_none() && left.contact.is_none() && left.files.is_empty());
        assert!(!serde_json::to_string(&left).expect("plain data").contains("停电"));
    }
}
