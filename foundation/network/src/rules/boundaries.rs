//! Where areas lie on a map: what an installation was given, drawn on its statistics. No
//! boundary is part of the product; without one a table stands instead of the map.

use kernel::{Actor, Aggregate, AreaId, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The pure rules of the map.
pub struct MapSheet;

/// A corner: longitude and latitude in units of 0.00001°, about a metre.
pub type Corner = [i32; 2];

/// The outline of one area: closed rings, holes among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Which area.
    pub area: AreaId,
    /// Its rings.
    pub rings: Vec<Vec<Corner>>,
}

/// Everything that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// Source and approval number as they must stand below the map; may be empty.
    pub note: String,
    /// The same for readers of English; empty where the first stands for both.
    #[serde(default)]
    pub note_en: String,
    /// The areas.
    pub shapes: Vec<Shape>,
}

impl Boundaries {
    /// What stands below the map for readers of English, or of Chinese.
    pub fn note_in(&self, english: bool) -> &str {
        if english && !self.note_en.is_empty() { &self.note_en } else { &self.note }
    }

    /// Without all areas but this one, or the one it lies in; `None` where none is drawn.
    pub fn of_area(&self, area: &AreaId) -> Option<Self> {
        let holds = |shape: &&Shape| area.as_str().starts_with(shape.area.as_str());
        let shape = self.shapes.iter().find(holds)?;
        let (note, note_en) = (self.note.clone(), self.note_en.clone());
        Some(Self { note, note_en, shapes: vec![shape.clone()] })
    }
}

/// State of the map's stream; the default is no map.
#[derive(Clone, Debug, Default)]
pub struct MapState {
    /// What is drawn.
    pub drawn: Option<Boundaries>,
}

/// What someone may want of the map.
#[derive(Clone, Debug)]
pub enum MapCommand {
    /// Draw these areas instead of what was there.
    Draw(Boundaries),
}

/// What happened to the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MapEvent {
    /// It was drawn anew.
    BoundariesDrawn(Boundaries),
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct MapFacts {
    /// Who acts.
    pub actor: Actor,
    /// Areas named that are not in the network.
    pub unknown: Vec<AreaId>,
}

impl Aggregate for MapSheet {
    type State = MapState;
    type Command = MapCommand;
    type Event = MapEvent;
    type Facts = MapFacts;

    const KIND: &'static str = "map";

    fn event_kind(_: &MapEvent) -> &'static str {
        "boundaries_drawn"
    }

    fn decide(state: &MapState, command: &MapCommand, facts: &MapFacts) -> Result<Vec<MapEvent>, Refusal> {
        let MapCommand::Draw(boundaries) = command;
        if let Some(unknown) = facts.unknown.first() {
            return Err(Refusal::field("file", "boundaries-area-unknown").with("code", unknown.as_str()));
        }
        if boundaries.shapes.is_empty() {
            return Err(Refusal::field("file", "boundaries-empty"));
        }
        if state.drawn.as_ref() == Some(boundaries) {
            return Ok(Vec::new());
        }
        Ok(vec![MapEvent::BoundariesDrawn(boundaries.clone())])
    }

    fn fold(_: MapState, recorded: &Recorded<MapEvent>) -> MapState {
        let MapEvent::BoundariesDrawn(boundaries) = &recorded.event;
        MapState { drawn: Some(boundaries.clone()) }
    }
}
