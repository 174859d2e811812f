//! The registers over JSON: the same commands and queries as the pages. Values travel as
//! they are typed (`"1.5亿元"`, `"2022-10-09"`, a choice's code), so that one reading of
//! them serves forms, workbooks and programs.

mod contacts;
mod figures;
mod imports;
mod roll;

use crate::open::{register, today};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::time::{Date, Instant};
use platform::Failure;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use registers::read::list::{self, Asked};
use registers::read::{self, record as records};
use registers::rules::amount::{read_money, read_number};
use registers::rules::record::{Flow, RecordCommand};
use registers::rules::{Bound, Decimal, Definition, RecordState, Value, Values};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Records of one answer.
const ROWS: i64 = 100;

/// A register.
#[derive(Serialize, ToSchema)]
struct RegisterDefinition {
    /// Its code.
    code: String,
    /// Its name in Chinese.
    name: String,
    /// Its name in English.
    name_en: String,
    /// The version of its definition in force.
    version: u32,
    /// Its fields.
    fields: Vec<RegisterField>,
    /// Codes of its stages, in order.
    stages: Vec<String>,
    /// Codes of its kinds of lines.
    flows: Vec<String>,
}

/// A field of a register.
#[derive(Serialize, ToSchema)]
struct RegisterField {
    /// Its code.
    code: String,
    /// Its label in Chinese.
    name: String,
    /// Its label in English.
    name_en: String,
    /// What it holds: text, number, money, date, choice, unit, area, reference, point,
    /// attachment, recurrence or derived.
    kind: String,
    /// Whether a record cannot be without it.
    required: bool,
    /// No longer asked for.
    retired: bool,
    /// Codes to choose from.
    options: Vec<String>,
}

/// A record.
#[derive(Serialize, ToSchema)]
struct RegisterRecord {
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// Whose.
    unit: String,
    /// Its title.
    title: String,
    /// Its stage.
    stage: Option<String>,
    /// Its current level.
    level: Option<String>,
    /// When the next contact is due.
    next_contact: Option<String>,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Instant,
    /// What its fields hold, as it is typed; computed ones included.
    values: BTreeMap<String, String>,
}

/// What is asked of a list.
#[derive(Deserialize, IntoParams)]
struct Question {
    /// Words that records hold.
    q: Option<String>,
    /// Code of a stage.
    stage: Option<String>,
    /// Only those whose next contact is overdue.
    #[serde(default)]
    overdue: bool,
    /// `next` of the answer before.
    after: Option<String>,
}

/// A page of records.
#[derive(Serialize, ToSchema)]
struct RegisterRecords {
    /// The records.
    records: Vec<RegisterRecord>,
    /// What to ask for next; left out on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What is recorded.
#[derive(Deserialize, ToSchema)]
struct NewRegisterRecord {
    /// Code of the unit whose it is.
    unit: String,
    /// What its fields hold, as typed.
    values: BTreeMap<String, String>,
}

/// What changes; an empty text empties a field.
#[derive(Deserialize, ToSchema)]
struct ChangedRegisterRecord {
    /// Fields and what they hold now, as typed.
    values: BTreeMap<String, String>,
}

/// A dated line.
#[derive(Deserialize, ToSchema)]
struct NewRegisterLine {
    /// Code of its kind.
    kind: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// How much, as typed: `"1200万元"`.
    amount: String,
    /// What proves it.
    #[serde(default)]
    evidence: String,
}

/// A stage to move to.
#[derive(Deserialize, ToSchema)]
struct NewRegisterStage {
    /// Code of the stage.
    stage: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why.
    #[serde(default)]
    note: String,
}

/// All endpoints.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::RegisterRead);
    let write = Access::Staff(Permission::RegisterWrite);
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("registers");
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("registers");
    Routes::new()
        .endpoint(
            read,
            get("/api/v1/registers", "registers", "All registers")
                .answer_list::<RegisterDefinition>("The registers"),
            all,
        )
        .endpoint(
            read,
            get("/api/v1/registers/{register}/records", "registerRecords", "Records of a register")
                .query::<Question>()
                .answer::<RegisterRecords>(200, "Records, last changed first"),
            page,
        )
        .endpoint(
            write,
            post("/api/v1/registers/{register}/records", "createRegisterRecord", "Record something")
                .body::<NewRegisterRecord>()
                .answer::<RegisterRecord>(201, "Recorded"),
            create,
        )
        .endpoint(
            read,
            get("/api/v1/registers/{register}/records/{id}", "registerRecord", "One record")
                .answer::<RegisterRecord>(200, "The record"),
            one,
        )
        .endpoint(
            write,
            post("/api/v1/registers/{register}/records/{id}/values", "changeRegisterRecord", "Change fields")
                .body::<ChangedRegisterRecord>()
                .done("Changed"),
            change,
        )
        .endpoint(
            write,
            post("/api/v1/registers/{register}/records/{id}/stage", "moveRegisterRecord", "Move to a stage")
                .body::<NewRegisterStage>()
                .done("Moved"),
            stage,
        )
        .endpoint(
            write,
            post("/api/v1/registers/{register}/records/{id}/flows", "addRegisterLine", "Add a dated line")
                .body::<NewRegisterLine>()
                .done("Added"),
            flow,
        )
        .merge(contacts::routes())
        .merge(figures::routes())
        .merge(imports::routes())
        .merge(roll::routes())
}

type Private<T> = ([(HeaderName, HeaderValue); 1], Json<T>);

fn private<T>(value: T) -> Private<T> {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(value))
}

async fn all(staff: Staff) -> Result<Private<Vec<RegisterDefinition>>, Failure> {
    let found = staff.app.read(|q, app| Ok(read::all(q, app)?)).await?;
    let field = |field: &registers::rules::definition::Field| RegisterField {
        code: field.code.clone(),
        name: field.name.zh.clone(),
        name_en: field.name.en.clone(),
        kind: field.kind.word().to_owned(),
        required: field.required,
        retired: field.retired,
        options: field.options().iter().map(|option| option.code.clone()).collect(),
    };
    let register = |definition: &Definition| RegisterDefinition {
        code: definition.code.clone(),
        name: definition.name.zh.clone(),
        name_en: definition.name.en.clone(),
        version: definition.version,
        fields: definition.fields.iter().map(field).collect(),
        stages: definition.stages.iter().map(|stage| stage.code.clone()).collect(),
        flows: definition.flows.iter().map(|flow| flow.code.clone()).collect(),
    };
    Ok(private(found.iter().map(|definition| register(definition)).collect()))
}

async fn page(
    staff: Staff,
    Path(code): Path<String>,
    ApiQuery(asked): ApiQuery<Question>,
) -> Result<Private<RegisterRecords>, Failure> {
    let grants = staff.person.grants.clone();
    let found = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let after = asked.after.as_deref().and_then(|after| after.rsplit_once('~'));
            let list_asked = Asked {
                text: asked.q.clone().unwrap_or_default(),
                stage: asked.stage.clone(),
                overdue_on: asked.overdue.then(|| today(app)),
                after: after.map(|(value, id)| (value.to_owned(), id.to_owned())),
                ..Asked::default()
            };
            let rows = list::list(q, &definition, Some(&grants), &list_asked, ROWS)?;
            let full = i64::try_from(rows.len()).is_ok_and(|count| count == ROWS);
            let next = rows.last().filter(|_| full).map(|row| format!("{}~{}", row.key, row.id));
            let records = rows.into_iter().map(|row| RegisterRecord {
                id: row.id.parse().unwrap_or_default(),
                unit: row.unit,
                title: row.title,
                stage: row.stage,
                level: row.level,
                next_contact: row.next_contact,
                changed_at: row.changed_at,
                values: written(&definition, &row.values),
            });
            Ok(RegisterRecords { records: records.collect(), next })
        })
        .await?;
    Ok(private(found))
}

async fn one(
    staff: Staff,
    Path((code, id)): Path<(String, Uuid)>,
) -> Result<Private<RegisterRecord>, Failure> {
    Ok(private(found(&staff, code, id).await?))
}

async fn found(staff: &Staff, code: String, id: Uuid) -> Result<RegisterRecord, Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, app| {
            let opened = records::open(q, app, &grants, &code, id)?;
            let mut values = opened.state.values.clone();
            values.extend(opened.derived.clone());
            Ok(RegisterRecord {
                id,
                unit: opened.state.unit.clone(),
                title: opened.title.clone(),
                stage: opened.state.stage.clone(),
                level: opened.state.level(&opened.definition).map(|(_, level)| level.code.clone()),
                next_contact: opened.state.next_contact(&opened.definition).map(|day| day.to_string()),
                changed_at: opened.state.changed_at.unwrap_or(Instant::MIN),
                values: written(&opened.definition, &values),
            })
        })
        .await
}

async fn create(
    staff: Staff,
    Path(code): Path<String>,
    ApiJson(new): ApiJson<NewRegisterRecord>,
) -> Result<Response, Failure> {
    let (by, register_code) = (staff.by(), code.clone());
    let id = staff
        .app
        .write(move |work| {
            let app = work.app();
            let definition = register(work.tx, app, &register_code)?;
            let values = typed(work.tx, &definition, &new.values)?;
            let values: Values =
                values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
            registers::create(work, &by, &register_code, UnitId::from(new.unit.as_str()), values)
        })
        .await?;
    let record = found(&staff, code, id).await?;
    Ok((StatusCode::CREATED, private(record)).into_response())
}

async fn change(
    staff: Staff,
    at: Path<(String, Uuid)>,
    ApiJson(changed): ApiJson<ChangedRegisterRecord>,
) -> Result<StatusCode, Failure> {
    act(staff, at, move |q, definition| {
        Ok(RecordCommand::Change { values: typed(q, definition, &changed.values)? })
    })
    .await
}

async fn stage(
    staff: Staff,
    at: Path<(String, Uuid)>,
    ApiJson(new): ApiJson<NewRegisterStage>,
) -> Result<StatusCode, Failure> {
    act(staff, at, move |_, _| {
        Ok(RecordCommand::Move { stage: new.stage.clone(), on: new.on, note: kernel::text::plain(&new.note) })
    })
    .await
}

async fn flow(
    staff: Staff,
    at: Path<(String, Uuid)>,
    ApiJson(new): ApiJson<NewRegisterLine>,
) -> Result<StatusCode, Failure> {
    act(staff, at, move |_, definition| {
        let amount = match definition.flow(&new.kind).and_then(|flow| flow.money) {
            Some(unit) => read_money(&new.amount, unit).map(|(fen, bound)| (Decimal::of_fen(fen), bound)),
            None => read_number(&new.amount),
        };
        let exact = amount.filter(|(_, bound)| *bound == Bound::Exact).map(|(amount, _)| amount);
        let amount = exact.ok_or_else(|| {
            Failure::Invalid(vec![platform::ui::FieldError::new("amount", "register-number")])
        })?;
        Ok(RecordCommand::AddFlow(Flow {
            kind: new.kind.clone(),
            on: new.on,
            amount,
            evidence: kernel::text::plain(&new.evidence),
        }))
    })
    .await
}

async fn act(
    staff: Staff,
    Path(at): Path<(String, Uuid)>,
    command: impl Fn(&mut dyn store::Query, &Definition) -> Result<RecordCommand, Failure> + Send + 'static,
) -> Result<StatusCode, Failure> {
    acted(&staff, at, command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the record has become by the command.
async fn acted(
    staff: &Staff,
    (code, id): (String, Uuid),
    command: impl Fn(&mut dyn store::Query, &Definition) -> Result<RecordCommand, Failure> + Send + 'static,
) -> Result<RecordState, Failure> {
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            let app = work.app();
            let definition = register(work.tx, app, &code)?;
            let command = command(work.tx, &definition)?;
            let acted = registers::act_record(work, &by, id, None, &command)?;
            if acted.state.register == code { Ok(acted.state) } else { Err(Failure::NotFound) }
        })
        .await
}

fn typed(
    q: &mut dyn store::Query,
    definition: &Definition,
    values: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Option<Value>>, Failure> {
    let pairs = values.iter().map(|(field, text)| (field.as_str(), text.as_str()));
    registers::read_values(q, definition, pairs)?.map_err(Failure::Invalid)
}

/// Values as they are typed; a file by its id.
fn written(definition: &Definition, values: &Values) -> BTreeMap<String, String> {
    let pair =
        |(code, value): (&String, &Value)| Some((code.clone(), definition.field(code)?.written(value)));
    values.iter().filter_map(pair).collect()
}
