//! Lists a page at a time, by key: where a page ended is said by what its last row is ordered
//! by, so that rows which come meanwhile are neither shown twice nor passed over.

use crate::Failure;
use crate::ui::FieldError;
use serde::Deserialize;
use store::Value;
use utoipa::IntoParams;

/// The rows of a page, and what to ask the next one with; none on the last.
pub type Paged<T> = (Vec<T>, Option<String>);

/// Which page of a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
pub struct After {
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl After {
    /// Where the first page of the list at `path` is and where the next; empty where one stands
    /// on it already, or there is none.
    pub fn hrefs(&self, path: &str, next: Option<&str>) -> [String; 2] {
        let first = self.after.as_ref().map_or_else(String::new, |_| path.to_owned());
        let joint = if path.contains('?') { '&' } else { '?' };
        [first, next.map_or_else(String::new, |next| format!("{path}{joint}after={next}"))]
    }
}

/// What a list is ordered by, the greatest first: columns of whole numbers, then the id.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// As the statement names them; an expression is cast to `bigint`.
    pub numbers: &'static [&'static str],
    /// As the statement names it.
    pub id: &'static str,
}

impl Order {
    /// The condition that a row stands behind the page which gave that key; its values are added
    /// to those there are.
    ///
    /// # Errors
    /// [`Failure::Invalid`] on `after` for a key that no page gave: were it passed over, a client
    /// that turns pages would begin again and never end.
    pub fn behind(&self, after: Option<&str>, values: &mut Vec<Value>) -> Result<String, Failure> {
        let Some(after) = after.filter(|after| !after.is_empty()) else { return Ok("1 = 1".to_owned()) };
        let unknown = || Failure::Invalid(vec![FieldError::new("after", "entry-unknown")]);
        let mut parts = after.splitn(self.numbers.len() + 1, '.');
        let first = values.len() + 1;
        for _ in self.numbers {
            let number: i64 = parts.next().and_then(|part| part.parse().ok()).ok_or_else(unknown)?;
            values.push(number.into());
        }
        values.push(parts.next().filter(|id| !id.is_empty()).ok_or_else(unknown)?.into());
        let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
        Ok(format!("({}) < ({})", self.columns().collect::<Vec<_>>().join(", "), places.join(", ")))
    }

    /// How the statement ends: the order, and one row more than a page holds.
    pub fn ending(&self, most: usize, values: &mut Vec<Value>) -> String {
        values.push(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1).into());
        let columns: Vec<String> = self.columns().map(|column| format!("{column} desc")).collect();
        format!("order by {} limit ${}", columns.join(", "), values.len())
    }

    fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.numbers.iter().copied().chain([self.id])
    }
}

/// The key of a row: the numbers its list is ordered by, and its id.
pub fn key(numbers: &[i64], id: impl std::fmt::Display) -> String {
    let numbers: String = numbers.iter().map(|number| format!("{number}.")).collect();
    format!("{numbers}{id}")
}

/// Cuts what was read to a page; the row beyond it says that there is another.
pub fn cut<T>(mut rows: Vec<T>, most: usize, key: impl Fn(&T) -> String) -> Paged<T> {
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(key);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: Order = Order { numbers: &["a.at"], id: "a.id" };

    #[test]
    fn a_key_that_a_page_gave_goes_on_behind_its_last_row() {
        let (rows, next) = cut(vec![(3, "c"), (2, "b"), (1, "a")], 2, |(at, id)| key(&[*at], id));
        assert_eq!((rows.len(), next.as_deref()), (2, Some("2.b")));
        let mut values = vec![Value::from("before")];
        assert_eq!(ORDER.behind(next.as_deref(), &mut values).expect("a key"), "(a.at, a.id) < ($2, $3)");
        assert_eq!(ORDER.ending(2, &mut values), "order by a.at desc, a.id desc limit $4");
        assert_eq!(cut(vec![1, 2], 2, ToString::to_string), (vec![1, 2], None), "the last page");
    }

    #[test]
    fn the_next_page_keeps_what_the_list_was_asked_for() {
        let first = After::default();
        assert_eq!(
            first.hrefs("/list?of=a", Some("2.b")),
            ["".to_owned(), "/list?of=a&after=2.b".to_owned()]
        );
        let second = After { after: Some("2.b".into()) };
        assert_eq!(second.hrefs("/list", None), ["/list".to_owned(), String::new()]);
    }

    #[test]
    fn a_key_that_no_page_gave_is_refused() {
        for wrong in ["x", "1", "1.", "x.y", ".a"] {
            assert!(
                matches!(ORDER.behind(Some(wrong), &mut Vec::new()), Err(Failure::Invalid(_))),
                "{wrong}"
            );
        }
        assert_eq!(ORDER.behind(Some(""), &mut Vec::new()).expect("from the beginning"), "1 = 1");
    }
}
