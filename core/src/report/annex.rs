//! What goes with a report beside its figures: the activities of the period, and what stands in people's way. No
//! household and no resident is named: it goes to the next office, which gets figures only.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::ground::{Ground, Spot, Within};
use super::view::PeriodView;
use crate::domain::activity::ActivityKind;
use crate::domain::{SpaceId, Visit};
use crate::error::Result;
use crate::projection::{activity, space};

/// What goes with a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Annex {
    /// The activities of the period, oldest first.
    #[n(1)]
    pub activities: Vec<Held>,
    /// What was said to stand in the way, oldest first.
    #[n(2)]
    pub obstacles: Vec<InTheWay>,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Held {
    /// The day.
    #[n(0)]
    pub day: String,
    /// What it was.
    #[n(1)]
    pub kind: ActivityKind,
    /// What it was called.
    #[n(2)]
    pub title: String,
    /// The place's name; empty where it was at none.
    #[n(3)]
    pub place_name: String,
    /// How many people came.
    #[n(4)]
    pub attendees: u32,
    /// How often each service was given: its name and how often.
    #[n(5)]
    pub services: Vec<(String, u32)>,
}

/// Something that stands in people's way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct InTheWay {
    /// The day on which it was said.
    #[n(0)]
    pub day: String,
    /// The place's name.
    #[n(1)]
    pub place_name: String,
    /// What it is.
    #[n(2)]
    pub text: String,
}

/// What goes with the report of a period.
pub fn of(db: &Connection, space: SpaceId, period: &PeriodView, within: Within) -> Result<Annex> {
    let last = period.last.parse().unwrap_or_default();
    let ground = Ground::of(db, space, last, within)?;
    let (from, to) = (period.first.as_str(), period.last.as_str());
    let services = space::checklist(db, space)?.services;
    let name = |key: &str| services.iter().find(|s| s.key == key).map_or_else(|| key.to_owned(), |s| s.name.clone());
    let mut activities: Vec<Held> = Vec::new();
    for one in activity::list(db, space)?.into_iter().filter(|a| !a.removed) {
        let Ok(id) = one.id.parse() else { continue };
        let Some(written) = activity::stored(db, space, id)? else { continue };
        let stand = ground.activity(written.place, written.author);
        if one.day.as_str() < from || one.day.as_str() > to || !ground.has(stand) {
            continue;
        }
        activities.push(Held {
            day: one.day,
            kind: one.kind,
            title: one.title,
            place_name: ground.name(Spot::Place(stand.place)).to_owned(),
            attendees: one.attendees,
            services: one.services.into_iter().map(|s| (name(&s.service), s.count)).collect(),
        });
    }
    activities.sort_by(|a, b| (&a.day, &a.place_name, &a.title).cmp(&(&b.day, &b.place_name, &b.title)));
    let mut query = db.prepare_cached(
        "SELECT household, value FROM visits WHERE space = ?1 AND day BETWEEN ?2 AND ?3 AND removed = 0 ORDER BY day, id",
    )?;
    let mut rows = query.query(params![space.bytes(), from, to])?;
    let mut obstacles = Vec::new();
    while let Some(row) = rows.next()? {
        let Ok(visit) = Visit::decode(&row.get::<_, Vec<u8>>(1)?) else { continue };
        let household = ground.household(Uuid::from_bytes(row.get(0)?)).filter(|h| ground.has(h.stand));
        if let (false, Some(household)) = (visit.obstacle.is_empty(), household) {
            let place_name = ground.name(Spot::Place(household.stand.place)).to_owned();
            obstacles.push(InTheWay { day: visit.day.to_string(), place_name, text: visit.obstacle });
        }
    }
    obstacles.sort();
    Ok(Annex { activities, obstacles })
}
