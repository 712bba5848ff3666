//! One visit as it is stored.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{HouseholdId, Visit, VisitId};
use crate::error::{Error, Result};

/// A saved visit of this household.
pub fn stored(db: &Connection, household: HouseholdId, visit: VisitId) -> Result<Option<Visit>> {
    let value: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM visits WHERE household = ?1 AND id = ?2")?
        .query_row(params![household.bytes(), visit.bytes()], |row| row.get(0))
        .optional()?;
    value.map(|value| Visit::decode(&value).map_err(|e| Error::damaged(e.to_string()))).transpose()
}
