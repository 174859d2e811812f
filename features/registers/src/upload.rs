//! A form with a file in it.

use axum::extract::Request;
use platform::Failure;
use platform::ui::Form;
use platform::web::{self, Staff};

/// The fields of the form and the file, if one was chosen.
pub(crate) async fn sent(
    staff: &Staff,
    request: Request,
    most: usize,
) -> Result<(Form, Option<(String, Vec<u8>)>), Failure> {
    let (form, files) = web::sent(staff, request, most, most.saturating_mul(2)).await?;
    Ok((form, files.into_iter().next_back().map(|file| (file.name, file.bytes))))
}
