//! The registers that come with the product. An office publishes versions of its own over
//! them as over any other.

use crate::rules::definitions::Change;
use crate::{act_definition, read};
use platform::{App, By, Failure};

/// Code and file of each, those that others refer to first.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("liaison", include_str!("../definitions/liaison.toml")),
    ("sites", include_str!("../definitions/sites.toml")),
    ("events", include_str!("../definitions/events.toml")),
    ("pairings", include_str!("../definitions/pairings.toml")),
    ("programmes", include_str!("../definitions/programmes.toml")),
    ("teams", include_str!("../definitions/teams.toml")),
    ("leads", include_str!("../definitions/leads.toml")),
    ("projects", include_str!("../definitions/projects.toml")),
    ("enterprises", include_str!("../definitions/enterprises.toml")),
    ("conversions", include_str!("../definitions/conversions.toml")),
    ("research", include_str!("../definitions/research.toml")),
    ("studies", include_str!("../definitions/studies.toml")),
    ("posts", include_str!("../definitions/posts.toml")),
    ("holders", include_str!("../definitions/holders.toml")),
];

/// Publishes those that were never published here.
///
/// # Errors
/// Whatever the store says.
pub async fn seed(app: &App) -> Result<(), Failure> {
    app.write(|work| {
        for (code, toml) in BUILT_IN {
            if !read::exists(work.tx, code)? {
                let publish = Change::Publish { toml: (*toml).to_owned(), note: String::new() };
                act_definition(work, &By::Operator, code, None, &publish)?;
            }
        }
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Definition;

    #[test]
    fn every_register_reads_and_is_called_as_its_file() {
        for (code, toml) in BUILT_IN {
            let definition = Definition::parse(toml).unwrap_or_else(|wrong| panic!("{code}: {wrong:#?}"));
            assert_eq!(definition.code, *code);
            assert!(!definition.name.en.is_empty() && !definition.about.en.is_empty(), "{code}");
            for field in &definition.fields {
                assert!(!field.name.en.is_empty(), "{code}.{} has no English name", field.code);
            }
        }
    }
}
