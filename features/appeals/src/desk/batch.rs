//! Signing several assignments at once: each stands or falls by itself.

use super::page;
use crate::verbs::{Place, Rejected, Sign, perform};
use axum::response::Response;
use kernel::permission::Permission;
use platform::Failure;
use platform::web::{Access, Routes, Staff};

/// `POST /desk/signatures`.
pub fn routes() -> Routes {
    Routes::new().post("/desk/signatures", Access::Staff(Permission::AssignmentSign), sign)
}

async fn sign(
    staff: Staff,
    axum::Form(ticked): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut failed = 0;
    let chosen: Vec<Place> = ticked
        .iter()
        .filter(|(field, _)| field == "assignment")
        .filter_map(|(_, value)| Place::ticked(value))
        .collect();
    for chosen in &chosen {
        match perform(&staff.app, staff.by(), *chosen, None, Sign {}, Vec::new()).await {
            Ok(_) => {}
            // Another may have signed it, or it was withdrawn, since the list was shown.
            Err(
                Rejected::Fields(_)
                | Rejected::Failed(Failure::Refused(_) | Failure::NotPermitted | Failure::NotFound),
            ) => failed += 1,
            Err(Rejected::Failed(failure)) => return Err(failure),
        }
    }
    let flash = match (chosen.len(), failed) {
        (0, _) => "flash-none-chosen",
        (_, 0) => "flash-signed-all",
        _ => "flash-signed-some",
    };
    Ok(page::go(&staff, "/desk?tab=to_sign", flash))
}
