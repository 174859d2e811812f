//! Step 7, 核对提交: every answer with the way to change it, a declaration, and the sending
//! itself. Sending twice, or again after a lost answer, gives the same receipt.

use super::category;
use super::draft::{self, Draft, Filed, Held, Pick};
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::places;
use crate::portal::shell::{self, Detour};
use crate::quota;
use askama::Template;
use axum::response::Response;
use kernel::AreaId;
use kernel::text::clip;
use matters::{FileRequest, Receipt};
use matters_rules::command::ContactCard;
use matters_rules::{Channel, OnBehalf};
use platform::Failure;
use platform::act::By;
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;
use store::drafts;

/// An answer as shown.
struct Row {
    name: String,
    value: String,
    step: Step,
}

#[derive(Template)]
#[template(path = "portal/new/check.html")]
struct Check {
    page: Page,
    step: Step,
    form: Form,
    parts: Vec<(String, Vec<Row>)>,
}

/// All answers.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    if is_filed(&ctx).await? {
        return Ok(shell::go("/appeals/receipt"));
    }
    let held = question::open(&ctx, Step::Check).await?;
    ask(&ctx, &held.draft, Form::new()).await
}

/// Sends the appeal.
///
/// # Errors
/// As [`question::open`]; [`Failure::TooMany`]; those of [`matters::file_once`].
pub async fn send(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    if is_filed(&ctx).await? {
        return Ok(shell::go("/appeals/receipt"));
    }
    let held = question::open(&ctx, Step::Check).await?;
    let form = question::form(fields);
    if !form.checked("declaration", "yes") {
        let form = form.refused(FieldError::new("declaration", "portal-declaration-missing"));
        return ask(&ctx, &held.draft, form).await;
    }
    let Err(failure) = file(&ctx, &held).await else { return Ok(shell::go("/appeals/receipt")) };
    // Of two sent at once the quicker takes the files away; its receipt is the other's too.
    if is_filed(&ctx).await? {
        return Ok(shell::go("/appeals/receipt"));
    }
    match failure {
        Failure::Refused(refusal) => ask(&ctx, &held.draft, form.refused(&refusal)).await,
        failure => Err(failure.into()),
    }
}

async fn is_filed(ctx: &Ctx) -> Result<bool, Failure> {
    Ok(Held::of(ctx).await?.is_some_and(|held| held.draft.filed.is_some()))
}

/// Files the appeal, leaves the receipt in the draft's place and forgets the files, in one
/// transaction. A draft that is filed already is left as it is.
async fn file(ctx: &Ctx, held: &Held) -> Result<(), Failure> {
    let app = &ctx.app;
    let request = request(ctx, held).await?;
    let (key, answers) = (held.key(app), held.draft.clone());
    let source = ctx.source.clone();
    app.write(move |work| {
        let (app, now) = (work.app(), work.now());
        let before = draft::open(work.tx, app, &key, now)?;
        if before.is_none_or(|before| before.filed.is_some()) {
            return Ok(());
        }
        quota::take(work, &source)?;
        let Receipt { id, number, code } = matters::file_once(work, &By::Public, &key, &request)?;
        let filed = answers.clone().into_filed(Filed { id, number, code });
        let sealed = draft::seal(app, &key, &filed)?;
        Ok(drafts::put(work.tx, &key, &sealed, now, filed.expires_at)?)
    })
    .await
}

/// The draft as an appeal. The title is the story's beginning: nobody is asked to say the
/// same twice.
async fn request(ctx: &Ctx, held: &Held) -> Result<FileRequest, Failure> {
    let (app, stage) = (&ctx.app, held.stage(ctx));
    let lacks = |what| Failure::Internal(format!("a draft that reached its check lacks its {what}"));
    let draft = &held.draft;
    let story = draft.story.as_ref().ok_or_else(|| lacks("story"))?;
    let contact = draft.contact.as_ref().ok_or_else(|| lacks("contact"))?;
    let mut uploads = Vec::with_capacity(draft.files.len());
    for file in &draft.files {
        uploads.push(stage.sealed(app, file).await?);
    }
    let filer = contact.filer.as_ref();
    // A visiting officer who fills this in brought the appeal in by the visit.
    let channel = match filer.map(|filer| filer.role) {
        Some(OnBehalf::Officer) => Channel::Visit,
        _ => Channel::Online,
    };
    let office = app.config.intake_office.clone();
    let office = office.ok_or_else(|| Failure::Internal("no intake office is set".into()))?;
    let appeal_type = draft.appeal_type.ok_or_else(|| lacks("type"))?;
    Ok(FileRequest {
        category: draft.category.as_ref().and_then(Pick::known).cloned(),
        area: area(draft),
        title: title(&story.text),
        text: story.text.clone(),
        expected: story.expected.clone(),
        contact: ContactCard {
            name: contact.name.clone(),
            phone: contact.phone.clone(),
            enterprise: contact.enterprise.clone(),
            credit_code: contact.credit_code.clone(),
            email: contact.email.clone(),
            second_phone: contact.second_phone.clone(),
            convenient_time: contact.convenient_time.clone(),
            filed_by_name: filer.map(|filer| filer.name.clone()).unwrap_or_default(),
            filed_by_phone: filer.map(|filer| filer.phone.clone()).unwrap_or_default(),
            ..ContactCard::default()
        },
        shielded: contact.shielded,
        complained_about: story.about.clone(),
        on_behalf: filer.map(|filer| filer.role),
        consent: filer.map(|filer| filer.consent),
        express_lines: channel.express_line().into_iter().collect(),
        uploads,
        ..FileRequest::new(office, channel, appeal_type)
    })
}

/// The most precise place that was named.
fn area(draft: &Draft) -> Option<AreaId> {
    let known = |pick: &Option<Pick<AreaId>>| pick.as_ref().and_then(Pick::known).cloned();
    known(&draft.township).or_else(|| known(&draft.county))
}

/// The first sentence, or as much of it as a line takes.
fn title(story: &str) -> String {
    const ENDS: [char; 9] = ['。', '！', '？', '；', '\n', '!', '?', ';', '.'];
    let sentence = story.trim().split(ENDS).map(str::trim).find(|part| part.chars().count() >= 4);
    clip(sentence.unwrap_or_else(|| story.trim()), 40)
}

async fn ask(ctx: &Ctx, draft: &Draft, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Check, &form);
    let parts = parts(ctx, &page, draft).await?;
    let refused = form.has_errors();
    let check = Check { step: Step::Check, parts, page, form };
    Ok(if refused { shell::refused(&check)? } else { shell::private(&check)? })
}

async fn parts(ctx: &Ctx, page: &Page, draft: &Draft) -> Result<Vec<(String, Vec<Row>)>, Failure> {
    let row = |name: &str, value: String, step| Row { name: page.t(name), value, step };
    let optional = |value: &str| if value.is_empty() { page.t("portal-not-given") } else { value.to_owned() };
    let mut what = vec![row(
        "portal-check-type",
        draft.appeal_type.map(|kind| page.t(kind.key())).unwrap_or_default(),
        Step::Kind,
    )];
    let categories = category::offered(ctx).await?;
    let category = category::chosen_name(draft, &categories, page.locale())
        .unwrap_or_else(|| page.t("portal-category-unsure"));
    what.push(row("portal-check-category", category, Step::Group));
    let place = match area(draft) {
        Some(area) => places::name(&ctx.app, area, page.locale()).await?,
        None => page.t("portal-county-unsure"),
    };
    what.push(row("portal-check-place", place, Step::County));
    if let Some(story) = &draft.story {
        what.push(row("portal-story", story.text.clone(), Step::Story));
        what.push(row("portal-expected", optional(&story.expected), Step::Story));
        let about = match story.about.clone() {
            Some(unit) => places::unit_name(&ctx.app, unit, page.locale()).await?,
            None => page.t("portal-about-none"),
        };
        what.push(row("portal-about", about, Step::Story));
    }
    let names: Vec<&str> = draft.files.iter().map(|file| file.name.as_str()).collect();
    let files = if names.is_empty() { page.t("portal-files-none") } else { names.join("\n") };
    what.push(row("portal-check-files", files, Step::Files));
    let mut who = Vec::new();
    if let Some(contact) = &draft.contact {
        let shielded = if contact.shielded { "portal-shielded-yes" } else { "portal-shielded-no" };
        who.push(row("portal-name", contact.name.clone(), Step::Contact));
        who.push(row("portal-phone", contact.phone.clone(), Step::Contact));
        if !contact.second_phone.is_empty() {
            who.push(row("portal-second-phone", contact.second_phone.clone(), Step::Contact));
        }
        if !contact.convenient_time.is_empty() {
            who.push(row("portal-convenient-time", contact.convenient_time.clone(), Step::Contact));
        }
        who.push(row("portal-shielded-row", page.t(shielded), Step::Contact));
        who.push(row("portal-enterprise", optional(&contact.enterprise), Step::Contact));
        who.push(row("portal-credit-code", optional(&contact.credit_code), Step::Contact));
        who.push(row("portal-email", optional(&contact.email), Step::Contact));
        if let Some(filer) = &contact.filer {
            let comma = page.t("portal-list-comma");
            let words = [page.t(filer.role.key()), filer.name.clone(), filer.phone.clone()].join(&comma);
            who.push(row("portal-filer", words, Step::Contact));
            who.push(row("portal-consent", page.t(filer.consent.key()), Step::Contact));
        }
    }
    Ok(vec![(page.t("portal-check-what"), what), (page.t("portal-check-who"), who)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_first_sentence() {
        assert_eq!(title("园区停电三天了。机器全停着。"), "园区停电三天了");
        assert_eq!(title("\n急！园区停电三天，没有人来修"), "园区停电三天，没有人来修");
        assert_eq!(title(&"长".repeat(100)).chars().count(), 41);
        assert_eq!(title("急"), "急");
    }
}
