//! What the board is asked for, as it stands in an address.

use super::views::View;
use crate::address::escaped;
use kernel::UnitId;
use kernel::time::{Date, Instant, Light, Zone};
use matters::Filter;
use matters_rules::Urgency;
use matters_rules::watch::light_code;
use platform::ui::Form;
use serde::Deserialize;

/// Working days without any act after which an assignment counts as silent, if not said.
const SILENT_DAYS: u32 = 5;

/// Every field is as typed; what does not read asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Look {
    pub view: String,
    pub q: String,
    pub unit: String,
    pub light: String,
    pub urgency: String,
    pub category: String,
    /// Working days of silence.
    pub days: String,
    /// Monday of the week in which it went late.
    pub week: String,
    /// Where the page before ended.
    pub after: Option<String>,
}

impl Look {
    /// As a form sends it, among other fields.
    pub fn of_form(form: &Form) -> Self {
        let value = |field: &str| form.value(field).to_owned();
        Self {
            view: value("view"),
            q: value("q"),
            unit: value("unit"),
            light: value("light"),
            urgency: value("urgency"),
            category: value("category"),
            days: value("days"),
            week: value("week"),
            after: None,
        }
    }

    /// Which view.
    pub fn view(&self) -> View {
        View::parse(&self.view).unwrap_or_default()
    }

    /// Days of silence.
    pub fn days(&self) -> u32 {
        self.days.parse().ok().filter(|days| (1..=99).contains(days)).unwrap_or(SILENT_DAYS)
    }

    /// The filter.
    pub fn filter(&self, zone: &Zone) -> Filter {
        let text = |field: &str| Some(field.trim().to_owned()).filter(|text| !text.is_empty());
        let filter = Filter {
            text: text(&self.q),
            unit: text(&self.unit).map(UnitId::from),
            light: LIGHTS.into_iter().find(|light| light_code(*light) == self.light),
            urgency: Urgency::parse(&self.urgency),
            category: text(&self.category),
            ..self.view().filter(self.days())
        };
        match (self.view(), self.week.parse::<Date>()) {
            (View::WentLate, Ok(monday)) => {
                let next = (0..7).fold(monday, |date, _| date.tomorrow().unwrap_or(date));
                let week = Some((zone.start_of_day(monday), zone.start_of_day(next)));
                Filter { went_late: week, ..filter }
            }
            // Without a week nothing went late in it.
            (View::WentLate, Err(_)) => Filter { went_late: Some((Instant::MIN, Instant::MIN)), ..filter },
            _ => filter,
        }
    }

    /// The filters filled in, by the names of their fields.
    pub fn filled(&self) -> Vec<(&'static str, &str)> {
        let fields = [
            ("q", &self.q),
            ("unit", &self.unit),
            ("light", &self.light),
            ("urgency", &self.urgency),
            ("category", &self.category),
            ("days", &self.days),
            ("week", &self.week),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.trim().is_empty());
        filled.map(|(field, value)| (field, value.as_str())).collect()
    }

    /// The form as filled in.
    pub fn form(&self) -> Form {
        let form = Form::new().with("days", self.days());
        self.filled()
            .into_iter()
            .filter(|(field, _)| *field != "days")
            .fold(form, |form, (field, value)| form.with(field, value))
    }

    /// The same under an address.
    pub fn href(&self, path: &str, after: Option<&str>) -> String {
        let mut address = format!("{path}?view={}", self.view().code());
        for (field, value) in self.filled() {
            address += &format!("&{field}={}", escaped(value));
        }
        after.map_or(address.clone(), |after| format!("{address}&after={}", escaped(after)))
    }
}

/// Lights that the board can be narrowed to.
pub(crate) const LIGHTS: [Light; 4] = [Light::Gross, Light::Red, Light::Yellow, Light::Green];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        let look = Look { view: "silent".into(), days: "8".into(), unit: "jia-zj".into(), ..Look::default() };
        assert_eq!(
            look.href("/desk/supervision", Some("1.a")),
            "/desk/supervision?view=silent&unit=jia-zj&days=8&after=1.a"
        );
        assert_eq!(look.filter(&Zone::default()).watch[0].to_string(), "silent >= 8wd");
        let nonsense = Look { view: "x".into(), days: "0".into(), light: "pink".into(), ..Look::default() };
        assert_eq!((nonsense.view(), nonsense.days()), (View::Late, SILENT_DAYS));
        assert!(nonsense.filter(&Zone::default()).light.is_none());
    }
}
