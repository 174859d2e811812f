//! What became of the network since its first lists: a made-up county renames an office and
//! merges two, by orders that nobody issued.

use crate::DemoError;
use kernel::UnitId;
use kernel::time::Date;
use network::rules::dated::Dated;
use network::rules::unit::{Unit, UnitCommand, UnitDetails};
use platform::{App, By, Failure, Work};

/// Renames one unit and merges another into it.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App) -> Result<(), DemoError> {
    app.write(|work| {
        rename(work, "jia-kg", "甲县工业和信息化局（虚构）", "甲县工信局", Date::constant(2024, 3, 15))?;
        merge(work, "jia-sthj", "jia-zrzy", Date::constant(2025, 6, 3))
    })
    .await
    .map_err(DemoError::at("orders"))
}

fn rename(work: &mut Work<'_>, unit: &str, name: &str, short: &str, on: Date) -> Result<(), Failure> {
    let known = network::details(work.tx, &UnitId::from(unit))?.ok_or(Failure::NotFound)?;
    let details = UnitDetails {
        name: name.to_owned(),
        short_name: short.to_owned(),
        en_name: "County A Industry and Information Technology Bureau (fictitious)".to_owned(),
        ..known
    };
    let command =
        UnitCommand::Change { details, dated: order(on, 4, "机构改革，科技职责划出（演示）") };
    work.act::<Unit>(unit, &By::Operator, None, &command).map(drop)
}

fn merge(work: &mut Work<'_>, unit: &str, into: &str, on: Date) -> Result<(), Failure> {
    let dated = order(on, 9, "机构改革，两局合并（演示）");
    let command = UnitCommand::Dissolve { successor: UnitId::from(into), dated };
    work.act::<Unit>(unit, &By::Operator, None, &command).map(drop)
}

fn order(on: Date, number: u32, reason: &str) -> Dated {
    let document = format!("示例编发〔{}〕{number}号", on.year());
    Dated { on: Some(on), document, reason: reason.to_owned() }
}
