//! Evaluation 评估: nobody marks their own work, and what looks too good is looked at.
//!
//! - [`rules`]: a draw and a mark, as pure functions. Exclusions, second looks and what an
//!   answer lacks belong to a matter's stream: `matters_rules::decide`, `matters_rules::quality`.
//! - [`draws`]: closed matters and direct answers drawn to be checked again, so that anyone can
//!   draw them anew; who checks them, and what was found.
//! - [`anomalies`]: what is out of the ordinary, by thresholds that are data.
//! - `answers`: answers sent although their words lack something.
//! - `pressure`: reports of pressure and reprisal, outside the units they are about.

pub mod anomalies;
pub mod draws;
pub mod rules;

mod answers;
mod api;
mod pressure;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::{Page, Source};
use platform::web::{Routes, Staff};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "evaluation",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of evaluation's entry in the navigation.
const EVALUATION: &str = "nav-evaluation";
/// Key of the entry for reports of pressure.
const PRESSURE: &str = "nav-pressure";

/// What evaluation brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(draws::DrawProjection), Box::new(anomalies::MarkProjection)],
        nav: vec![
            NavEntry {
                key: EVALUATION,
                href: draws::PATH,
                icon: "list-check",
                permission: Some(Permission::EvaluationRead),
            },
            NavEntry {
                key: PRESSURE,
                href: pressure::PATH,
                icon: "alert-triangle",
                permission: Some(Permission::PressureSettle),
            },
        ],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    Routes::new()
        .merge(draws::routes())
        .merge(anomalies::routes())
        .merge(answers::routes())
        .merge(pressure::routes())
        .merge(api::routes())
}

/// A tab of evaluation's pages: label, address, whether it is this one.
pub(crate) type Tab = (String, &'static str, bool);

/// The tabs this reader has.
fn tabs(staff: &Staff, page: &Page, here: &str) -> Vec<Tab> {
    let may_check = staff.person.may_ever(Permission::SampleCheck);
    [draws::PATH, draws::QUEUE, anomalies::PATH, answers::PATH]
        .into_iter()
        .zip([
            "evaluation-tab-draws",
            "evaluation-tab-queue",
            "evaluation-tab-anomalies",
            "evaluation-tab-answers",
        ])
        .filter(|(path, _)| *path != draws::QUEUE || may_check)
        .map(|(path, key)| (page.t(key), path, path == here))
        .collect()
}
