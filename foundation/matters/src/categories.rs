//! What appeals are about: the categories with their usual lead and co-units, as delivered.
//! Names are data; the codes are what matters keep.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A category of the second level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its code, e.g. `ENE-01`.
    pub code: &'static str,
    /// Code of its group, e.g. `ENE`.
    pub group: &'static str,
    /// The group's name.
    pub group_name: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Kinds of departments that usually lead; some are roles that the dispatcher resolves
    /// (产权单位, 属地).
    pub leads: Vec<&'static str>,
    /// Kinds of departments that usually work with them.
    pub co: Vec<&'static str>,
}

static CATEGORIES: LazyLock<Vec<Category>> = LazyLock::new(|| {
    include_str!("../defaults/categories.csv").lines().skip(1).filter_map(category).collect()
});

static BY_CODE: LazyLock<BTreeMap<&'static str, &'static Category>> =
    LazyLock::new(|| CATEGORIES.iter().map(|category| (category.code, category)).collect());

/// All, group by group, in the order forms offer them.
pub fn categories() -> &'static [Category] {
    &CATEGORIES
}

/// The category of that code.
pub fn category_of(code: &str) -> Option<&'static Category> {
    BY_CODE.get(code).copied()
}

fn category(line: &'static str) -> Option<Category> {
    let mut fields = line.trim_end().split(',');
    Some(Category {
        code: fields.next()?,
        group: fields.next()?,
        group_name: fields.next()?,
        name: fields.next()?,
        leads: names(fields.next()?),
        co: names(fields.next()?),
    })
}

fn names(list: &'static str) -> Vec<&'static str> {
    list.split('、').filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_delivered_list_is_a_category() {
        let lines =
            include_str!("../defaults/categories.csv").lines().skip(1).filter(|line| !line.is_empty());
        assert_eq!(categories().len(), lines.count());
        assert_eq!(BY_CODE.len(), categories().len(), "codes are unique");
        assert!(categories().iter().all(|category| !category.leads.is_empty() && !category.name.is_empty()));
        let power = category_of("ENE-01").expect("delivered");
        assert_eq!(
            (power.group, power.leads.as_slice(), power.co.len()),
            ("ENE", ["供电公司"].as_slice(), 2)
        );
    }
}
