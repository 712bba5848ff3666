//! The heat map: households, and what the best of each can do now.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::ground::{Ground, Spot, Within};
use super::view::{HeatPage, HeatRow};
use crate::domain::skill::Levels;
use crate::domain::{HouseholdId, Level, SpaceId};
use crate::error::Result;

/// A page of the households that live in the scope today, by place and then by name.
pub fn heat(
    db: &Connection,
    space: SpaceId,
    today: Date,
    within: Within,
    offset: usize,
    limit: usize,
) -> Result<HeatPage> {
    let ground = Ground::of(db, space, today, within)?;
    let mut query = db.prepare_cached("SELECT id FROM households WHERE space = ?1 ORDER BY name_key, id")?;
    let ids = query.query_map([space.bytes()], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
    let mut standing = Vec::new();
    for id in ids {
        let id = id?;
        let home = ground.household(id).filter(|home| home.lives && ground.has(home.stand));
        standing.extend(home.map(|home| (home.stand.place, id)));
    }
    standing.sort_by_key(|(place, _)| *place);
    let page = standing.iter().skip(offset).take(limit);
    let rows = page.map(|(place, id)| row(db, &ground, *place, *id)).collect::<Result<_>>()?;
    Ok(HeatPage { total: standing.len() as u32, rows })
}

fn row(db: &Connection, ground: &Ground, place: usize, id: Uuid) -> Result<HeatRow> {
    let mut query = db.prepare_cached("SELECT head, door, best, at_target, last_day FROM households WHERE id = ?1")?;
    Ok(query.query_row(params![id.as_bytes()], |row| {
        let best: [u8; 5] = row.get(2)?;
        let levels: Levels = best.map(|level| Level::from_index(level.into()).unwrap_or_default());
        Ok(HeatRow {
            household: HouseholdId(id).to_string(),
            head: row.get(0)?,
            door: row.get(1)?,
            place: ground.id(Spot::Place(place)).map(|id| crate::domain::PlaceId(id).to_string()),
            place_name: ground.name(Spot::Place(place)).to_owned(),
            best: levels,
            at_target: row.get(3)?,
            last_visit: row.get(4)?,
        })
    })?)
}
