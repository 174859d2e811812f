//! The latest imports of a register over JSON: which files were taken over, and how far each came.

use super::{Private, private};
use crate::open::register;
use axum::extract::Path;
use kernel::permission::Permission;
use kernel::time::Instant;
use platform::Failure;
use platform::web::{Access, Endpoint, Routes, Staff};
use registers::read::imports;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Imports of one answer.
const MOST: i64 = 100;

/// A file that was taken over, or in part.
#[derive(Serialize, ToSchema)]
struct RegisterImport {
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// Code of the unit of whoever took it over.
    unit: String,
    /// The file's name; empty where none was sent.
    file: String,
    /// How many rows it holds.
    rows: u32,
    /// How many of them were gone through.
    through: u32,
    /// The last row of the sheet that was gone through; 0 before the first.
    last_row: u32,
    /// Rows that became records.
    new: u32,
    /// Rows that changed a record.
    changed: u32,
    /// Rows of which a record held all already.
    unchanged: u32,
    /// Rows that were not taken.
    refused: u32,
    /// `finished`; `running`; `interrupted`: nothing was heard of it for a minute, and the same
    /// file sent again brings the rest and doubles nothing.
    #[schema(example = "finished")]
    state: &'static str,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    begun_at: Instant,
    /// When the last piece of it was taken.
    #[schema(value_type = String, format = DateTime)]
    moved_at: Instant,
}

/// All endpoints.
pub(super) fn routes() -> Routes {
    Routes::new().endpoint(
        Access::Staff(Permission::RegisterWrite),
        Endpoint::get(
            "/api/v1/registers/{register}/imports",
            "registerImports",
            "Files taken into a register lately",
        )
        .tag("registers")
        .answer_list::<RegisterImport>(
            "The latest imports by units that the reader records for, latest first",
        ),
        all,
    )
}

async fn all(staff: Staff, Path(code): Path<String>) -> Result<Private<Vec<RegisterImport>>, Failure> {
    let grants = staff.person.grants.clone();
    let found = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            Ok(imports::latest(q, &definition.code, &grants, MOST)?)
        })
        .await?;
    let now = staff.app.now();
    let told = |one: imports::Imported| RegisterImport {
        state: one.progress(now).code(),
        through: one.counts.rows(),
        id: one.id,
        unit: one.unit,
        file: one.file,
        rows: one.rows,
        last_row: one.last_row,
        new: one.counts.new,
        changed: one.counts.changed,
        unchanged: one.counts.unchanged,
        refused: one.counts.refused,
        begun_at: one.begun_at,
        moved_at: one.moved_at,
    };
    Ok(private(found.into_iter().map(told).collect()))
}
