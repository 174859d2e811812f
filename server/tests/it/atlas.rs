//! The map of the city: every number drawn on it or said in the table beside it is the length of
//! the list it leads to, of every county, for matters and for records; on both engines.

use crate::configured::ok;
use crate::desk::accepted_in;
use crate::support::{on_both_engines, signed_in};
use demo::cast::CITY;
use kernel::permission::Role;
use testkit::{Browser, TestApp};

/// Each county with the matters and the sites that lie in it; the first also in a township.
const COUNTIES: [(&str, usize, usize); 5] =
    [("431302", 3, 2), ("431321", 1, 3), ("431322", 0, 1), ("431381", 2, 0), ("431382", 4, 1)];
const TOWNSHIP: &str = "431302001";

on_both_engines! {
    numbers_on_sqlite, numbers_on_postgres => every_number_is_the_length_of_the_list_it_leads_to;
}

/// The links of a page that are called by a number, with it.
fn counted(page: &str, to: &str) -> Vec<(String, usize)> {
    let links = page.split("<a ").skip(1).filter_map(|link| {
        let tag = link.split('>').next()?;
        let attribute = |name: &str| tag.split(&format!("{name}=\"")).nth(1)?.split('"').next();
        let href = attribute("href")?.replace("&#38;", "&");
        let number = attribute("aria-label")?.rsplit(' ').next()?.parse().ok()?;
        href.starts_with(to).then_some((href, number))
    });
    links.collect()
}

/// The rows of the last table of a page.
async fn listed(browser: &Browser, path: &str) -> usize {
    let page = ok(browser.get(path).await);
    page.rsplit("<tbody>")
        .next()
        .filter(|_| page.contains("<tbody>"))
        .map_or(0, |body| body.matches("<tr>").count())
}

async fn every_number_is_the_length_of_the_list_it_leads_to(test: TestApp) {
    let officer = signed_in(&test, Role::Registers, CITY).await;
    for (county, matters, sites) in COUNTIES {
        for n in 0..matters {
            let area = if county == "431302" && n == 0 { TOWNSHIP } else { county };
            accepted_in(&test, area).await;
        }
        for n in 0..sites {
            let area = if county == "431302" && n == 0 { TOWNSHIP } else { county };
            let (name, unit) = (format!("同心村{n}"), CITY);
            let fields = [
                ("unit", unit),
                ("name", name.as_str()),
                ("kind", "village"),
                ("area", area),
                ("place", "111.99, 27.73"),
            ];
            let made = officer.post("/registers/sites/records", &fields).await;
            assert!(made.status.is_redirection(), "{}", made.body);
        }
    }
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let expected = |of: fn(&(&str, usize, usize)) -> usize| -> usize { COUNTIES.iter().map(of).sum() };
    let (matters, sites) = (expected(|one| one.1), expected(|one| one.2));

    let page = ok(leader.get("/map?figure=accepted&over=open.matters").await);
    assert!(page.contains("<svg class=\"map\"") && page.contains("map-bubble"), "{page}");
    let rows = "/statistics/rows";
    let found = counted(&page, &format!("{rows}?cell=accepted&by=area&key="));
    assert_eq!(found.len(), 8, "four counties have matters, drawn and in the table: {found:?}");
    assert_eq!(found.iter().map(|(_, count)| count).sum::<usize>(), 2 * matters);
    let circles = counted(&page, &format!("{rows}?cell=open&by=area&key="));
    assert_eq!(circles.len(), 4, "{circles:?}");
    for (href, count) in found.iter().chain(&circles) {
        assert_eq!(listed(&leader, href).await, *count, "{href}");
    }
    for (county, matters, _) in COUNTIES {
        let drawn = found.iter().filter(|(href, _)| href.contains(&format!("key={county}&")));
        assert!(drawn.clone().all(|(_, count)| *count == matters), "{county}: {found:?}");
    }

    let page = ok(leader.get("/map?figure=register.sites&over=sites").await);
    assert_eq!(page.matches("class=\"map-pin\"").count(), sites, "each record is a point");
    let found = counted(&page, "/registers/sites/map?in=");
    assert_eq!(found.iter().map(|(_, count)| count).sum::<usize>(), 2 * sites, "{found:?}");
    for (href, count) in &found {
        assert_eq!(listed(&leader, href).await, *count, "{href}");
        let list = href.replace("/map?", "?") + "&all=yes";
        assert_eq!(listed(&leader, &list).await, *count, "{list}");
    }
}
