//! What was done at activities: who came and which services were given. Read in one go, like a figure needs them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rusqlite::Connection;
use uuid::Uuid;

use super::ground::Stand;
use super::hit::Hit;
use super::material::Material;
use super::visits::Window;
use crate::domain::{Activity, SpaceId};
use crate::error::Result;

/// An activity that was held, and what was counted at it in all.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which.
    pub id: Uuid,
    /// The day it counts for.
    pub day: Date,
    /// When it was written down.
    pub clock: u64,
    /// Where it stands.
    pub stand: Stand,
    /// How often each service was given.
    pub services: BTreeMap<String, u64>,
    /// How many came whom nobody named.
    unnamed: u64,
    /// Who came by name, each person once.
    pub came: Vec<Guest>,
}

/// Somebody of a household who came.
#[derive(Debug, Clone, Copy)]
pub struct Guest {
    /// The household that they are shown in.
    pub household: Uuid,
    /// As whom they are shown in it.
    pub resident: Uuid,
    /// The one id of this person.
    pub person: Uuid,
}

impl Held {
    /// How many came.
    pub fn attended(&self) -> u64 {
        self.unnamed + self.came.len() as u64
    }

    /// The record of it.
    pub fn hit(&self) -> Hit {
        Hit { activity: Some(self.id), ..Hit::at(self.stand) }
    }
}

/// The activities up to the last day that were not taken back, oldest first.
pub fn read(material: &Material<'_>) -> Result<Vec<Held>> {
    let (mut counts, mut guests) = (counts(material.db, material.space)?, guests(material)?);
    let mut query = material.db.prepare_cached("SELECT id, value FROM activities WHERE space = ?1 AND removed = 0")?;
    let mut rows = query.query([material.space.bytes()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let id = Uuid::from_bytes(row.get(0)?);
        let Some(activity) = Activity::decode(&row.get::<_, Vec<u8>>(1)?) else { continue };
        let Some(day) = activity.day().filter(|day| *day <= material.days.last) else { continue };
        let mut sums = counts.remove(&id).unwrap_or_default();
        let own = activity.services.iter().map(|(service, count)| (service.as_str(), *count));
        for (service, count) in own.chain([("", activity.attendees)]) {
            let sum = sums.entry(service.to_owned()).or_default();
            *sum = sum.saturating_add(count.into());
        }
        // Nothing is counted below none, as on the activity's own page.
        let mut services: BTreeMap<String, u64> = sums
            .into_iter()
            .map(|(service, sum)| (service, u32::try_from(sum.max(0)).unwrap_or(u32::MAX).into()))
            .collect();
        all.push(Held {
            id,
            day,
            clock: activity.clock,
            stand: material.ground.activity(activity.place, activity.author),
            unnamed: services.remove("").unwrap_or_default(),
            services,
            came: guests.remove(&id).unwrap_or_default(),
        });
    }
    all.sort_by_key(|held| (held.day, held.clock, held.id));
    Ok(all)
}

/// What members counted at each activity.
fn counts(db: &Connection, space: SpaceId) -> Result<HashMap<Uuid, BTreeMap<String, i64>>> {
    let mut query = db.prepare_cached("SELECT activity, service, count FROM activity_counts WHERE space = ?1")?;
    let mut rows = query.query([space.bytes()])?;
    let mut counts: HashMap<Uuid, BTreeMap<String, i64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let sum = counts.entry(Uuid::from_bytes(row.get(0)?)).or_default().entry(row.get(1)?).or_default();
        *sum = sum.saturating_add(row.get(2)?);
    }
    Ok(counts)
}

/// Who came to each activity, by the household and the entry that they are shown as now.
fn guests(material: &Material<'_>) -> Result<HashMap<Uuid, Vec<Guest>>> {
    let mut query = material.db.prepare_cached(
        "SELECT c.activity, coalesce(h.merged_into, c.household), coalesce(m.person, c.resident)
         FROM activity_people c
         LEFT JOIN households h ON h.id = c.household
         LEFT JOIN homes m ON m.household = coalesce(h.merged_into, c.household) AND m.id = c.resident
         WHERE c.space = ?1 ORDER BY c.activity, c.household, c.resident",
    )?;
    let mut rows = query.query([material.space.bytes()])?;
    let (mut guests, mut known): (HashMap<Uuid, Vec<Guest>>, _) = (HashMap::new(), BTreeSet::new());
    while let Some(row) = rows.next()? {
        let id = |n| row.get(n).map(Uuid::from_bytes);
        let (activity, household, resident) = (id(0)?, id(1)?, id(2)?);
        let person = material.person(resident);
        if known.insert((activity, person)) {
            guests.entry(activity).or_default().push(Guest { household, resident, person });
        }
    }
    Ok(guests)
}

/// The activities of these days within the scope.
pub fn held(material: &Material<'_>, window: Window) -> Result<Vec<Hit>> {
    let within = |held: &&Held| window.has(held.day) && material.ground.has(held.stand);
    Ok(material.activities()?.iter().filter(within).map(Held::hit).collect())
}

/// Those at which somebody was, with how many.
pub fn attended(material: &Material<'_>, window: Window) -> Result<Vec<Hit>> {
    let within = |held: &&Held| window.has(held.day) && material.ground.has(held.stand) && held.attended() > 0;
    Ok(material.activities()?.iter().filter(within).map(|held| Hit { count: held.attended(), ..held.hit() }).collect())
}
