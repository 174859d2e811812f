//! The public pages' navigation: one list, whichever feature a page belongs to.

use super::{NavItem, Page};

/// Every entry of the portal: key of its label, address, icon.
const ENTRIES: [(&str, &str, &str); 6] = [
    ("portal-nav-home", "/", "home"),
    ("portal-nav-file", "/appeals/new", "pencil"),
    ("portal-nav-track", "/track", "search"),
    ("portal-nav-own", "/own", "list"),
    ("portal-nav-services", "/services", "book"),
    ("portal-nav-figures", "/figures", "chart"),
];

/// The entries that this installation has, in the reader's language.
pub fn navigation(page: &Page) -> Vec<NavItem> {
    let known = ENTRIES.into_iter().filter(|(key, ..)| page.translator().has(key));
    known.map(|(key, href, icon)| NavItem { key, href: href.into(), icon, count: None }).collect()
}
