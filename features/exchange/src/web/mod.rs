//! Pages of the exchange.

pub(crate) mod partners;
pub(crate) mod passed;

use crate::projection::{self, PartnerRow};
use crate::sheet;
use kernel::permission::Permission;
use platform::Failure;
use platform::web::{Access, Routes, Staff};

/// Every address.
pub(crate) fn routes() -> Routes {
    let manage = Access::Staff(Permission::ExchangeManage);
    let carry = Access::Staff(Permission::ExchangeUse);
    Routes::new()
        .get(passed::PATH, carry, passed::list)
        .get("/exchange/{id}", carry, passed::show)
        .post("/exchange/{id}/retry", carry, passed::retry)
        .get("/exchange/partners/{partner}/sheet", carry, sheet::show)
        .post("/exchange/partners/{partner}/sheet", carry, sheet::take)
        .get("/exchange/partners/{partner}/template.xlsx", carry, sheet::template)
        .get("/exchange/partners/{partner}/results.xlsx", carry, sheet::results)
        .get(partners::PATH, manage, partners::list)
        .post(partners::PATH, manage, partners::add)
        .get("/admin/exchange/new", manage, partners::fresh)
        .get("/admin/exchange/{partner}", manage, partners::show)
        .post("/admin/exchange/{partner}", manage, partners::change)
        .post("/admin/exchange/{partner}/secret", manage, partners::renew)
        .post("/admin/exchange/{partner}/state", manage, partners::turn)
}

/// The partner of that code.
///
/// # Errors
/// [`Failure::NotFound`].
pub(crate) async fn one_partner(staff: &Staff, code: String) -> Result<PartnerRow, Failure> {
    staff.app.read(move |snapshot, _| projection::partner(snapshot, &code)?.ok_or(Failure::NotFound)).await
}
