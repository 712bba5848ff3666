//! A household that was merged from several: which ones, where its people and visits are written, and in
//! what the several differ. All of it also answers for a household that is only itself.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::domain::{HouseholdId, PlaceId, ResidentId, SpaceId};
use crate::error::{Error, Result};

/// One of the households that a household was merged from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MergedPart {
    /// The household.
    pub household: String,
    /// Its head's name.
    pub head: String,
    /// Its number in the list it came from.
    pub code: String,
    /// How to find its door.
    pub door: String,
    /// How many visits were recorded for it.
    pub visits: u32,
}

/// A field in which the merged households differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Difference {
    /// `phone`, `door`, `note` or `place`.
    pub field: String,
    /// The values; the one that is shown comes first.
    pub values: Vec<DifferingValue>,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DifferingValue {
    /// The value; of a place, its id.
    pub value: String,
    /// As a person reads it.
    pub shown: String,
}

/// Where a resident is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The document.
    pub doc: HouseholdId,
    /// Their id in it.
    pub resident: ResidentId,
    /// As whom they are shown.
    pub shown: ResidentId,
}

/// The household that this one is shown in: itself, unless it was merged into another.
pub fn shown(db: &Connection, space: SpaceId, id: HouseholdId) -> Result<HouseholdId> {
    let found: Option<[u8; 16]> = db
        .prepare_cached("SELECT coalesce(merged_into, id) FROM households WHERE id = ?1 AND space = ?2")?
        .query_row(params![id.bytes(), space.bytes()], |row| row.get(0))
        .optional()?;
    found.map(|id| HouseholdId(Uuid::from_bytes(id))).ok_or_else(|| Error::not_found("household"))
}

/// All households that are one with this one, the one that is shown first.
pub fn parts(db: &Connection, space: SpaceId, id: HouseholdId) -> Result<Vec<HouseholdId>> {
    let shown = shown(db, space, id)?;
    let mut query = db.prepare_cached("SELECT id FROM households WHERE merged_into = ?1 ORDER BY id")?;
    let others = query.query_map([shown.bytes()], |row| Ok(HouseholdId(Uuid::from_bytes(row.get(0)?))))?;
    std::iter::once(Ok(shown)).chain(others.map(|id| Ok(id?))).collect()
}

/// The place that is written in a household's own document, if any is.
pub fn written_place(db: &Connection, part: HouseholdId) -> Result<Option<PlaceId>> {
    let found: Option<[u8; 16]> = db
        .prepare_cached("SELECT place FROM households WHERE id = ?1")?
        .query_row([part.bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map(|id| PlaceId(Uuid::from_bytes(id))).filter(|place| !place.0.is_nil()))
}

/// Everybody who is or was recorded in a household, under every id that they have.
pub fn people(db: &Connection, space: SpaceId, id: HouseholdId) -> Result<Vec<Written>> {
    let shown = shown(db, space, id)?;
    let mut query = db.prepare_cached(
        "SELECT doc, id, person FROM homes WHERE household = ?1 AND person IS NOT NULL
         UNION ALL
         SELECT household, id, id FROM residents r WHERE household = ?1
           AND NOT EXISTS (SELECT 1 FROM homes m WHERE m.household = r.household AND m.id = r.id)",
    )?;
    let rows = query.query_map([shown.bytes()], |row| {
        Ok(Written {
            doc: HouseholdId(Uuid::from_bytes(row.get(0)?)),
            resident: ResidentId(Uuid::from_bytes(row.get(1)?)),
            shown: ResidentId(Uuid::from_bytes(row.get(2)?)),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everywhere where a resident of this household is written: whatever changes is written to all of it.
pub fn entries_of(
    db: &Connection,
    space: SpaceId,
    household: HouseholdId,
    resident: ResidentId,
) -> Result<Vec<Written>> {
    let people = people(db, space, household)?;
    let found = people.iter().find(|w| w.resident == resident).ok_or_else(|| Error::not_found("resident"))?;
    Ok(people.iter().filter(|w| w.shown == found.shown).copied().collect())
}

/// Whom each merged resident of a shown household is shown as, where that is somebody else.
pub fn aliases(db: &Connection, shown: HouseholdId) -> Result<HashMap<ResidentId, ResidentId>> {
    let mut query =
        db.prepare_cached("SELECT id, person FROM homes WHERE household = ?1 AND person IS NOT NULL AND person <> id")?;
    let read = |bytes| ResidentId(Uuid::from_bytes(bytes));
    let rows = query.query_map([shown.bytes()], |row| Ok((read(row.get(0)?), read(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a household was merged from, oldest id first; nothing when it is only itself.
pub fn merged_from(db: &Connection, shown: HouseholdId) -> Result<Vec<MergedPart>> {
    let mut query = db.prepare_cached(
        "SELECT h.id, h.head, h.code, h.door,
           (SELECT count(*) FROM homes m JOIN visits v ON v.household = m.household AND v.id = m.id
            WHERE m.household = ?1 AND m.doc = h.id AND v.removed = 0)
         FROM households h WHERE h.merged_into = ?1 OR h.id = ?1 ORDER BY h.id",
    )?;
    let rows = query.query_map([shown.bytes()], |row| {
        Ok(MergedPart {
            household: HouseholdId(Uuid::from_bytes(row.get(0)?)).to_string(),
            head: row.get(1)?,
            code: row.get(2)?,
            door: row.get(3)?,
            visits: row.get(4)?,
        })
    })?;
    let parts: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(if parts.len() > 1 { parts } else { Vec::new() })
}

/// The fields in which merged households differ. What only one of them has is no difference.
pub fn differences(db: &Connection, shown: HouseholdId) -> Result<Vec<Difference>> {
    let mut query = db.prepare_cached(
        "SELECT h.phone, h.door, h.note, h.place, coalesce(p.name, '') FROM households h
         LEFT JOIN places p ON p.space = h.space AND p.id = h.place
         WHERE h.merged_into = ?1 OR h.id = ?1 ORDER BY h.id",
    )?;
    let rows = query.query_map([shown.bytes()], |row| {
        let text = |n| row.get::<_, String>(n).map(|text| (text.clone(), text));
        let place = (PlaceId(Uuid::from_bytes(row.get(3)?)).to_string(), row.get(4)?);
        Ok([("phone", text(0)?), ("door", text(1)?), ("note", text(2)?), ("place", place)])
    })?;
    let mut fields: Vec<Difference> = Vec::new();
    for row in rows {
        for (field, (value, shown)) in row? {
            let at = fields.iter().position(|d| d.field == field).unwrap_or_else(|| {
                fields.push(Difference { field: field.to_owned(), values: Vec::new() });
                fields.len() - 1
            });
            let values = &mut fields[at].values;
            if !shown.is_empty() && values.iter().all(|known| known.value != value) {
                values.push(DifferingValue { value, shown });
            }
        }
    }
    fields.retain(|difference| difference.values.len() > 1);
    Ok(fields)
}
