//! One visit as it is stored.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{HouseholdId, Visit, VisitId};
use crate::error::{Error, Result};

/// A saved visit of this household, or of one that is one with it, and the document that it is written in.
pub fn stored(db: &Connection, household: HouseholdId, visit: VisitId) -> Result<Option<(HouseholdId, Visit)>> {
    let found: Option<([u8; 16], Vec<u8>)> = db
        .prepare_cached(
            "SELECT coalesce(m.doc, v.household), v.value FROM households h
             JOIN visits v ON v.household = coalesce(h.merged_into, h.id)
             LEFT JOIN homes m ON m.household = v.household AND m.id = v.id
             WHERE h.id = ?1 AND v.id = ?2",
        )?
        .query_row(params![household.bytes(), visit.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((doc, value)) = found else { return Ok(None) };
    let visit = Visit::decode(&value).map_err(|e| Error::damaged(e.to_string()))?;
    Ok(Some((HouseholdId(uuid::Uuid::from_bytes(doc)), visit)))
}
