//! Whom a matter is suggested to go to: rule 10's order, rules 4 and 9 on top.

use crate::support::Scenario;
use crate::support::commands::*;
use kernel::permission::UnitPath;
use kernel::{Level, UnitId};
use matters_rules::command::Assignee;
use matters_rules::facts::UnitFact;
use matters_rules::routing::{
    Candidate, DepartmentKind, Directory, DutyItem, Inquiry, Nature, Origin, Suggestion, UnitSort, suggest,
};
use matters_rules::{Command, NodeRole, RoutingReason as R};
use proptest::prelude::*;

const UNITS: &[(&str, &str, &str, Level, UnitSort)] = &[
    ("office", "受理机构", "c/office/", Level::City, UnitSort::Other),
    ("fgw", "市发展和改革委员会", "c/fgw/", Level::City, UnitSort::Department),
    ("zjj", "市住房和城乡建设局", "c/zjj/", Level::City, UnitSort::Department),
    ("tax", "市税务局", "c/tax/", Level::City, UnitSort::Department),
    ("zone", "市经开区", "c/zone/", Level::City, UnitSort::Zone),
    ("x-pt", "甲县平台", "c/x/x-pt/", Level::County, UnitSort::Platform),
    ("x-fgj", "甲县发展和改革局", "c/x/x-fgj/", Level::County, UnitSort::Department),
    ("x-zjj", "甲县住房和城乡建设局", "c/x/x-zjj/", Level::County, UnitSort::Department),
    ("x-tax", "甲县税务局", "c/x/x-tax/", Level::County, UnitSort::Department),
    ("x-zone", "甲县高新区", "c/x/x-zone/", Level::County, UnitSort::Zone),
    ("x-town", "甲县城关镇", "c/x/x-town/", Level::Township, UnitSort::Township),
    ("y-pt", "乙县平台", "c/y/y-pt/", Level::County, UnitSort::Platform),
    ("y-zjj", "乙县住房和城乡建设局", "c/y/y-zjj/", Level::County, UnitSort::Department),
];

const KINDS: &[(&str, Nature, &str)] = &[
    ("发改", Nature::Department, "发展和改革"),
    ("住建", Nature::Department, "住房和城乡建设"),
    ("税务", Nature::Vertical, "税务局"),
    ("园区", Nature::Zone, "-"),
    ("乡镇", Nature::Township, "-"),
    ("产权单位", Nature::Role, "-"),
];

fn directory() -> Directory {
    let unit = |(id, name, path, level, sort): &(&str, &str, &str, Level, UnitSort)| Candidate {
        id: (*id).into(),
        name: (*name).into(),
        kinds: KINDS
            .iter()
            .filter(|(_, _, part)| name.contains(part))
            .map(|(kind, ..)| (*kind).into())
            .collect(),
        path: UnitPath((*path).into()),
        level: *level,
        sort: *sort,
    };
    let kind = |(name, nature, _): &(&str, Nature, &str)| DepartmentKind {
        word: (*name).into(),
        kind: (*name).into(),
        name: (*name).into(),
        note: String::new(),
        nature: *nature,
    };
    Directory {
        units: UNITS.iter().map(unit).collect(),
        kinds: KINDS.iter().map(kind).collect(),
        duty_items: vec![DutyItem {
            code: "fire-safety-check".into(), title: "消防安全检查与调解".into()
        }],
    }
}

fn about(leads: &[&str], co: &[&str]) -> Inquiry {
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    Inquiry {
        from: Origin::Office("office".into()),
        leads: words(leads),
        co: words(co),
        duty_words: Vec::new(),
        zones: Vec::new(),
        county: None,
        township: None,
        complained_about: None,
        barred: Default::default(),
        precedents: Vec::new(),
    }
}

fn county(code: &str) -> Option<UnitPath> {
    Some(UnitPath(format!("c/{code}/")))
}

fn platform() -> Origin {
    Origin::Unit { path: UnitPath("c/x/x-pt/".into()), level: Level::County, sideways: true }
}

fn units(suggestion: &Suggestion) -> Vec<(&str, NodeRole)> {
    suggestion.units.iter().map(|unit| (unit.unit.as_str(), unit.role)).collect()
}

fn reasons(suggestion: &Suggestion) -> Vec<R> {
    suggestion.units.iter().flat_map(|unit| unit.reasons.iter().map(|reason| reason.code)).collect()
}

fn left_open(suggestion: &Suggestion) -> Vec<R> {
    suggestion.open.iter().map(|reason| reason.code).collect()
}

#[test]
fn what_is_led_from_above_goes_to_the_citys_unit_wherever_it_is() {
    let inquiry =
        Inquiry { county: county("x"), zones: vec!["zone".into()], ..about(&["税务"], &["发改"]) };
    let suggestion = suggest(&inquiry, &directory());
    assert_eq!(units(&suggestion), [("tax", NodeRole::Lead), ("fgw", NodeRole::Co)]);
    assert_eq!(reasons(&suggestion), [R::Statutory, R::Co]);
}

#[test]
fn inside_a_zone_the_zone_leads_and_the_department_works_with_it() {
    let inquiry = Inquiry { zones: vec!["zone".into()], county: county("x"), ..about(&["住建"], &[]) };
    let suggestion = suggest(&inquiry, &directory());
    assert_eq!(units(&suggestion), [("zone", NodeRole::Lead), ("zjj", NodeRole::Co)]);
    assert_eq!(reasons(&suggestion), [R::Zone, R::ZoneDepartment]);
}

#[test]
fn else_the_countys_platform_takes_it_and_then_its_department() {
    let inquiry = Inquiry { county: county("x"), ..about(&["住建"], &["发改"]) };
    let suggestion = suggest(&inquiry, &directory());
    assert_eq!(units(&suggestion), [("x-pt", NodeRole::Lead)]);
    let said = &suggestion.units[0].reasons[0];
    assert_eq!((said.code, said.args[0].1.as_str()), (R::CountyPlatform, "甲县住房和城乡建设局"));
    assert_eq!(suggestion.alternatives[0].unit.as_str(), "zjj");
    let below = suggest(&Inquiry { from: platform(), ..inquiry }, &directory());
    assert_eq!(units(&below), [("x-zjj", NodeRole::Lead), ("x-fgj", NodeRole::Co)]);
}

#[test]
fn about_the_whole_city_it_is_the_citys_department() {
    let suggestion = suggest(&about(&["住建", "发改"], &[]), &directory());
    assert_eq!(units(&suggestion), [("zjj", NodeRole::Lead), ("fgw", NodeRole::Co)]);
    assert_eq!(reasons(&suggestion), [R::CityDepartment, R::AlsoLead]);
}

#[test]
fn a_township_gets_only_what_its_duty_list_covers() {
    let inquiry = Inquiry {
        from: platform(),
        county: county("x"),
        township: Some("x-town".into()),
        ..about(&["乡镇"], &[])
    };
    let without = suggest(&inquiry, &directory());
    assert_eq!((units(&without), left_open(&without)), (vec![], vec![R::NoDutyItem]));
    let with = suggest(&Inquiry { duty_words: vec!["调解".into()], ..inquiry }, &directory());
    assert_eq!(units(&with), [("x-town", NodeRole::Lead)]);
    assert_eq!(with.units[0].duty_item.as_deref(), Some("fire-safety-check"));
}

#[test]
fn a_complaint_about_a_countys_department_goes_above_it() {
    let inquiry = Inquiry {
        county: county("x"),
        complained_about: Some(UnitPath("c/x/x-zjj/".into())),
        ..about(&["住建"], &[])
    };
    let suggestion = suggest(&inquiry, &directory());
    assert_eq!(units(&suggestion), [("zjj", NodeRole::Lead)]);
    assert_eq!((reasons(&suggestion), left_open(&suggestion)), (vec![R::Superior], vec![R::Conflict]));
}

#[test]
fn what_only_a_person_can_name_is_left_to_them() {
    let suggestion = suggest(&about(&["产权单位", "没听说过"], &[]), &directory());
    assert!(suggestion.units.is_empty());
    assert_eq!(left_open(&suggestion), [R::Role, R::Unknown]);
}

prop_compose! {
    fn an_inquiry()(
        place in 0..4_usize,
        leads in prop::collection::vec(0..KINDS.len(), 1..4),
        co in prop::collection::vec(0..KINDS.len(), 0..4),
        zone in prop::option::of(prop::sample::select(vec!["zone", "x-zone"])),
        county in prop::option::of(prop::sample::select(vec!["x", "y"])),
        about in prop::option::of(0..UNITS.len()),
        whole_county in any::<bool>(),
        barred in prop::collection::vec(0..UNITS.len(), 0..3),
        duty in any::<bool>(),
    ) -> Inquiry {
        let words = |list: Vec<usize>| list.into_iter().map(|kind| KINDS[kind].0.to_owned()).collect();
        let unit = |path: &str, level, sideways| Origin::Unit { path: UnitPath(path.into()), level, sideways };
        Inquiry {
            from: match place {
                0 => Origin::Office("office".into()),
                1 => unit("c/x/x-pt/", Level::County, true),
                2 => unit("c/x/x-fgj/", Level::County, false),
                _ => unit("c/zjj/", Level::City, false),
            },
            leads: words(leads),
            co: words(co),
            duty_words: if duty { vec!["调解".into()] } else { Vec::new() },
            zones: zone.into_iter().map(UnitId::from).collect(),
            county: county.map(|code| UnitPath(format!("c/{code}/"))),
            township: (county == Some("x")).then(|| "x-town".into()),
            complained_about: about.map(|unit| {
                let path = UNITS[unit].2;
                UnitPath(if whole_county { path.split_inclusive('/').take(2).collect() } else { path.into() })
            }),
            barred: barred.into_iter().map(|unit| UnitId::from(UNITS[unit].0)).collect(),
            precedents: Vec::new(),
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_asked_the_rules_hold(inquiry in an_inquiry()) {
        let directory = directory();
        let suggestion = suggest(&inquiry, &directory);
        let all = suggestion.units.iter().chain(&suggestion.alternatives);
        for found in all.clone() {
            let unit = directory.unit(&found.unit).expect("only units there are");
            prop_assert!(inquiry.complained_about.as_ref().is_none_or(|about| !about.holds(&unit.path)));
            prop_assert!(!inquiry.barred.contains(&found.unit));
            prop_assert!(unit.sort != UnitSort::Other, "{:?}", found);
            prop_assert_eq!(unit.level == Level::Township, found.duty_item.is_some());
            prop_assert!(!found.reasons.is_empty());
        }
        let mut codes: Vec<_> = all.map(|found| found.unit.clone()).collect();
        codes.sort();
        prop_assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{:?}", codes);
        let leads = suggestion.units.iter().filter(|unit| unit.role == NodeRole::Lead).count();
        prop_assert_eq!(leads, usize::from(!suggestion.units.is_empty()));
        prop_assert!(suggestion.alternatives.iter().all(|other| other.role == NodeRole::Lead));
    }

    #[test]
    fn from_the_office_law_comes_first_and_then_the_zone(inquiry in an_inquiry()) {
        let inquiry = Inquiry {
            from: Origin::Office("office".into()), complained_about: None, barred: Default::default(), ..inquiry
        };
        let suggestion = suggest(&inquiry, &directory());
        let lead = suggestion.units.first().map(|unit| unit.unit.clone());
        if inquiry.leads.iter().any(|kind| kind == "税务") {
            prop_assert_eq!(lead, Some("tax".into()));
        } else if let Some(zone) = inquiry.zones.first() {
            prop_assert_eq!(lead.as_ref(), Some(zone));
        } else if let Some(county) = &inquiry.county {
            let platform = directory().platform(county).map(|unit| unit.id.clone());
            prop_assert_eq!(lead, platform);
        }
    }

    #[test]
    fn the_loop_takes_what_is_suggested(inquiry in an_inquiry()) {
        let mut s = Scenario::accepted();
        for unit in directory().units {
            s.world.units.insert(unit.id, UnitFact { path: unit.path, level: unit.level, open: true });
        }
        let (parent, who, inquiry) = match inquiry.from {
            Origin::Office(_) => (None, "dispatcher", inquiry),
            _ => {
                s.does("dispatcher", assign(None, &[("x-pt", "lead")])).signs("x-pt-liaison", "x-pt");
                let mut barred = inquiry.barred.clone();
                barred.insert("x-pt".into());
                (Some(s.node_id("x-pt")), "x-pt-liaison", Inquiry { from: platform(), barred, ..inquiry })
            }
        };
        let to: Vec<Assignee> = suggest(&inquiry, &directory()).units.into_iter().map(|found| Assignee {
            unit: found.unit, role: found.role, duty_item: found.duty_item, instruction: None,
        }).collect();
        if !to.is_empty() {
            let taken = s.tries(who, &Command::Assign { parent, to: to.clone() });
            prop_assert!(taken.is_ok(), "{:?} {:?}", to, taken);
        }
    }
}
