//! What a list is asked for, as it stands in an address, in a saved filter and in the form.

use super::super::choices::escaped;
use kernel::time::Light;
use kernel::{AreaId, UnitId};
use matters::{Filter, Tab};
use matters_rules::{AppealType, Channel, ClosingType, ExpressLine, MatterKind, Phase, Urgency};
use platform::ui::Form;
use serde::{Deserialize, Serialize};

/// What the address may ask for. Every field is as typed; what does not read asks for
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Which tab; none: where something waits.
    pub tab: Option<String>,
    pub q: String,
    pub light: String,
    pub urgency: String,
    pub phase: String,
    pub unit: String,
    pub area: String,
    pub category: String,
    pub channel: String,
    pub express_line: String,
    pub kind: String,
    pub appeal_type: String,
    pub closing: String,
    pub from: String,
    pub to: String,
    pub due_to: String,
    /// Where the page before ended.
    #[serde(skip_serializing)]
    pub after: Option<String>,
}

/// Fields that stand above the list at once; the others unfold.
pub const FIRST: [&str; 3] = ["q", "light", "urgency"];

impl Look {
    /// The filter of a tab.
    pub fn filter(&self, tab: Tab) -> Filter {
        let text = |field: &str| Some(field.trim().to_owned()).filter(|text| !text.is_empty());
        Filter {
            tab,
            text: text(&self.q),
            phase: PHASES.into_iter().find(|phase| phase.code() == self.phase),
            unit: text(&self.unit).map(UnitId::from),
            area: text(&self.area).map(AreaId),
            category: text(&self.category),
            urgency: Urgency::parse(&self.urgency),
            light: LIGHTS.into_iter().find(|light| light_code(*light) == self.light),
            channel: Channel::parse(&self.channel),
            express_line: ExpressLine::parse(&self.express_line),
            kind: MatterKind::parse(&self.kind),
            appeal_type: AppealType::parse(&self.appeal_type),
            closing: ClosingType::parse(&self.closing),
            from: self.from.parse().ok(),
            to: self.to.parse().ok(),
            due_to: self.due_to.parse().ok(),
            ..Filter::default()
        }
    }

    /// As a form sends it, among other fields.
    pub fn of_fields(sent: &[(String, String)]) -> Self {
        let mut look = Self::default();
        for (field, value) in sent {
            match field.as_str() {
                "tab" => look.tab = Some(value.clone()),
                "q" => look.q.clone_from(value),
                "light" => look.light.clone_from(value),
                "urgency" => look.urgency.clone_from(value),
                "phase" => look.phase.clone_from(value),
                "unit" => look.unit.clone_from(value),
                "area" => look.area.clone_from(value),
                "category" => look.category.clone_from(value),
                "channel" => look.channel.clone_from(value),
                "express_line" => look.express_line.clone_from(value),
                "kind" => look.kind.clone_from(value),
                "appeal_type" => look.appeal_type.clone_from(value),
                "closing" => look.closing.clone_from(value),
                "from" => look.from.clone_from(value),
                "to" => look.to.clone_from(value),
                "due_to" => look.due_to.clone_from(value),
                _ => {}
            }
        }
        look
    }

    /// The filters by the names of their fields, in the order of the form.
    pub fn fields(&self) -> [(&'static str, &str); 15] {
        [
            ("q", &self.q),
            ("light", &self.light),
            ("urgency", &self.urgency),
            ("phase", &self.phase),
            ("unit", &self.unit),
            ("area", &self.area),
            ("category", &self.category),
            ("channel", &self.channel),
            ("express_line", &self.express_line),
            ("kind", &self.kind),
            ("appeal_type", &self.appeal_type),
            ("closing", &self.closing),
            ("from", &self.from),
            ("to", &self.to),
            ("due_to", &self.due_to),
        ]
    }

    /// Those filled in.
    pub fn filled(&self) -> Vec<(&'static str, &str)> {
        self.fields().into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()
    }

    /// Whether anything is filtered.
    pub fn is_filtered(&self) -> bool {
        !self.filled().is_empty()
    }

    /// Whether the address asks for nothing at all.
    pub fn is_bare(&self) -> bool {
        self.tab.is_none() && self.after.is_none() && !self.is_filtered()
    }

    /// How many filters are set among those that unfold.
    pub fn unfolded(&self) -> usize {
        self.filled().iter().filter(|(field, _)| !FIRST.contains(field)).count()
    }

    /// The form as filled in.
    pub fn form(&self) -> Form {
        self.fields().into_iter().fold(Form::new(), |form, (field, value)| form.with(field, value))
    }

    /// The same list under an address, from the beginning or after a key.
    pub fn href(&self, path: &str, tab: Tab, after: Option<&str>) -> String {
        let mut address = format!("{path}?tab={}", tab.code());
        for (field, value) in self.filled() {
            address += &format!("&{field}={}", escaped(value));
        }
        after.map_or(address.clone(), |after| format!("{address}&after={}", escaped(after)))
    }
}

/// Lights that a list can be narrowed to.
pub const LIGHTS: [Light; 4] = [Light::Gross, Light::Red, Light::Yellow, Light::Green];

pub use matters_rules::watch::light_code;

/// Phases that a list can be narrowed to.
pub const PHASES: [Phase; 11] = [
    Phase::Registered,
    Phase::Accepted,
    Phase::Assigned,
    Phase::CallBack,
    Phase::Verification,
    Phase::Redo,
    Phase::Merged,
    Phase::Closed,
    Phase::Declined,
    Phase::LeftEarly,
    Phase::Archived,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_asked_for_and_no_more() {
        let look = Look {
            q: "增容 led".into(),
            light: "gross".into(),
            after: Some("1.a".into()),
            ..Look::default()
        };
        assert_eq!(
            look.href("/desk", Tab::All, Some("2.b")),
            "/desk?tab=all&q=%E5%A2%9E%E5%AE%B9%20led&light=gross&after=2.b"
        );
        assert_eq!(look.filter(Tab::All).light, Some(Light::Gross));
        assert_eq!((look.unfolded(), look.is_bare(), Look::default().is_bare()), (0, false, true));
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        let look =
            Look { light: "pink".into(), from: "yesterday".into(), urgency: "x".into(), ..Look::default() };
        let filter = look.filter(Tab::All);
        assert!(filter.light.is_none() && filter.from.is_none() && filter.urgency.is_none());
    }

    #[test]
    fn a_saved_one_reads_again_without_its_page() {
        let look =
            Look { tab: Some("all".into()), unit: "x".into(), after: Some("1.a".into()), ..Look::default() };
        let saved = serde_json::to_string(&look).expect("serializes");
        let read: Look = serde_json::from_str(&saved).expect("reads");
        assert_eq!(read, Look { after: None, ..look });
    }
}
