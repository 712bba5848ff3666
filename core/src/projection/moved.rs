//! Where else a person is written: who moved from one household to another is one person in two documents.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::{HouseholdFacts, same};
use crate::domain::{HouseholdId, ItemId, ResidentId, ResidentStatus, SameKind, SpaceId};
use crate::error::Result;
use crate::store::documents;

/// How a person stands in another household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HomeKind {
    /// They lived there before.
    Before,
    /// They live there now.
    Now,
    /// They are written as living in both.
    Also,
}

/// Another household in which a person is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ResidentHome {
    /// How they stand there.
    pub kind: HomeKind,
    /// The household.
    pub household: String,
    /// Its head's name; empty when nobody is left.
    pub head: String,
    /// How to find its door.
    pub door: String,
    /// The person's id there.
    pub resident: String,
    /// What takes the move between the two back.
    pub undo: Option<MovedEntry>,
}

/// Somebody in the household to which they moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MovedEntry {
    /// The household.
    pub household: String,
    /// The person's id in it.
    pub resident: String,
}

/// A person as a row has them.
struct Row {
    household: HouseholdId,
    resident: ResidentId,
    gone: bool,
    moved_away: bool,
    moved_from: Option<ResidentId>,
}

fn row(db: &Connection, resident: ResidentId) -> Result<Option<Row>> {
    // A merged-away entry is shown as another one.
    let sql = "SELECT r.household, r.id, r.gone, r.status, r.removed, r.moved_from FROM residents r
         WHERE r.id = coalesce((SELECT person FROM homes WHERE id = ?1 AND person IS NOT NULL), ?1)";
    let read = |row: &rusqlite::Row<'_>| {
        let id = |bytes: [u8; 16]| Uuid::from_bytes(bytes);
        let moved = row.get::<_, String>(3)? == ResidentStatus::MovedHousehold.as_str();
        Ok(Row {
            household: HouseholdId(id(row.get(0)?)),
            resident: ResidentId(id(row.get(1)?)),
            gone: row.get(2)?,
            moved_away: moved && !row.get::<_, bool>(4)?,
            moved_from: row.get::<_, Option<[u8; 16]>>(5)?.map(|bytes| ResidentId(id(bytes))),
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([resident.bytes()], read).optional()?)
}

/// A person in another household, under all ids that they have there.
pub struct Elsewhere {
    /// The household.
    pub household: HouseholdId,
    /// Their ids, the one that is shown first.
    pub ids: Vec<ResidentId>,
    row: Row,
}

/// Wherever else a person is written who is shown in this household, taken off the list there or not.
pub fn elsewhere(
    db: &Connection,
    space: SpaceId,
    household: HouseholdId,
    person: ResidentId,
) -> Result<Vec<Elsewhere>> {
    let mut found: Vec<Elsewhere> = Vec::new();
    let set = same::set(db, space, SameKind::Resident, person.0)?;
    for other in set.into_iter().map(ResidentId).filter(|other| *other != person) {
        let Some(row) = row(db, other)?.filter(|row| row.household != household) else { continue };
        match found.iter_mut().find(|known| known.household == row.household) {
            Some(known) => known.ids.push(other),
            None if same::is_household(db, space, row.household.bytes())? => {
                let ids = if row.resident == other { vec![other] } else { vec![row.resident, other] };
                found.push(Elsewhere { household: row.household, ids, row });
            }
            None => {}
        }
    }
    Ok(found)
}

/// The other households of a person who is shown in this one, where they live first. Where they were
/// taken off the list they are not told.
pub fn homes(db: &Connection, space: SpaceId, household: HouseholdId, person: ResidentId) -> Result<Vec<ResidentHome>> {
    let others = elsewhere(db, space, household, person)?;
    let own = if others.is_empty() { None } else { row(db, person)? };
    let Some(own) = own else { return Ok(Vec::new()) };
    let told = others.iter().filter(|there| !there.row.gone || there.row.moved_away);
    let mut homes = told.map(|there| home(db, &own, &there.row)).collect::<Result<Vec<_>>>()?;
    homes.sort_by_key(|home| home.kind == HomeKind::Before);
    Ok(homes)
}

fn home(db: &Connection, own: &Row, there: &Row) -> Result<ResidentHome> {
    let (head, door) = db
        .prepare_cached("SELECT head, door FROM households WHERE id = ?1")?
        .query_row([there.household.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or_default();
    let came_from = |one: &Row, other: &Row| -> Result<bool> {
        let Some(from) = one.moved_from.filter(|_| !one.gone) else { return Ok(false) };
        Ok(row(db, from)?.is_some_and(|from| from.household == other.household))
    };
    let came = if came_from(own, there)? {
        Some(own)
    } else if came_from(there, own)? {
        Some(there)
    } else {
        None
    };
    let entry = |row: &Row| MovedEntry { household: row.household.to_string(), resident: row.resident.to_string() };
    Ok(ResidentHome {
        kind: match (own.gone, there.gone) {
            (_, true) => HomeKind::Before,
            (true, false) => HomeKind::Now,
            (false, false) => HomeKind::Also,
        },
        household: there.household.to_string(),
        head,
        door,
        resident: there.resident.to_string(),
        undo: came.map(entry),
    })
}

/// What a person was seen to do in these other households.
pub fn items(db: &Connection, elsewhere: &[Elsewhere]) -> Result<Vec<String>> {
    let mut query = db.prepare_cached("SELECT DISTINCT item FROM items_done WHERE household = ?1 AND resident = ?2")?;
    let mut items = Vec::new();
    for there in elsewhere {
        let values = params![there.household.bytes(), there.row.resident.bytes()];
        for item in query.query_map(values, |row| row.get(0))? {
            items.push(ItemId(Uuid::from_bytes(item?)).to_string());
        }
    }
    Ok(items)
}

/// Whether these two entries of one person come from a move, and not from somebody who said that they are one.
pub fn is_move(db: &Connection, space: SpaceId, a: ResidentId, b: ResidentId) -> Result<bool> {
    for (one, other) in [(a, b), (b, a)] {
        let Some(doc) = same::doc_of(db, one)? else { continue };
        let facts = HouseholdFacts::of(&documents::load(db, space, &doc)?)?;
        let from = facts.residents.iter().find(|person| person.id == one).and_then(|person| person.moved_from);
        if from.is_some_and(|from| from.resident == other) {
            return Ok(true);
        }
    }
    Ok(false)
}
