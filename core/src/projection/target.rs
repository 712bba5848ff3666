//! What a place or a team is to reach of an indicator. A target holds from its period on until a later one says
//! otherwise, so that a new one leaves past months alone.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::space::Fields;
use super::teams;
use crate::domain::{PlaceId, SpaceId, TeamId};
use crate::error::Result;

/// What a place or a team is to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TargetView {
    /// The place or the team.
    pub scope: String,
    /// The indicator's key.
    pub indicator: String,
    /// The period from which it holds (`2026-11`).
    pub from: String,
    /// How much. A negative one says that there is none from this period on.
    #[ts(type = "number")]
    pub number: i64,
}

/// Writes the rows of the targets of one place or team.
pub(super) fn insert(db: &Connection, space: &[u8; 16], scope: &str, fields: &Fields<'_>) -> Result<()> {
    let Ok(scope) = scope.parse::<PlaceId>() else { return Ok(()) };
    for (field, entry) in fields {
        let (Some((from, indicator)), Some(number)) = (field.split_once(':'), entry.value.int()) else { continue };
        db.execute(
            "INSERT INTO targets (space, scope, indicator, from_period, number) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![space, scope.bytes(), indicator, from, number],
        )?;
    }
    Ok(())
}

/// The last part of a target's key.
pub fn field(from: &str, indicator: &str) -> String {
    format!("{from}:{indicator}")
}

/// Every target that was ever set, by place or team, indicator and period.
pub fn list(db: &Connection, space: SpaceId) -> Result<Vec<TargetView>> {
    let mut query = db.prepare_cached(
        "SELECT scope, indicator, from_period, number FROM targets WHERE space = ?1
         ORDER BY scope, indicator, from_period",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok(TargetView {
            scope: PlaceId(Uuid::from_bytes(row.get(0)?)).to_string(),
            indicator: row.get(1)?,
            from: row.get(2)?,
            number: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What one place or team (by its id's sixteen bytes) is to reach in a period, by indicator.
pub fn in_force(db: &Connection, space: SpaceId, scope: &[u8; 16], period: &str) -> Result<BTreeMap<String, i64>> {
    let mut query = db.prepare_cached(
        "SELECT indicator, number FROM targets WHERE space = ?1 AND scope = ?2 AND from_period <= ?3
         ORDER BY from_period",
    )?;
    let rows = query.query_map(params![space.bytes(), scope, period], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // The later one comes last, and stays.
    let mut found: BTreeMap<String, i64> = rows.collect::<rusqlite::Result<_>>()?;
    found.retain(|_, number| *number >= 0);
    Ok(found)
}

/// What a report is measured by: the targets of its place; of its team, or where that has none, of the team's places
/// together; of the whole notebook, of all places together.
pub fn of(
    db: &Connection,
    space: SpaceId,
    period: &str,
    team: Option<TeamId>,
    place: Option<PlaceId>,
) -> Result<BTreeMap<String, u64>> {
    let own = match (place, team) {
        (Some(place), _) => return Ok(counted(in_force(db, space, place.bytes(), period)?)),
        (None, Some(team)) => in_force(db, space, team.bytes(), period)?,
        (None, None) => BTreeMap::new(),
    };
    let places = match team {
        Some(team) => teams::covers(db, space, team)?,
        None => all_places(db, space)?,
    };
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for place in places {
        for (indicator, number) in in_force(db, space, place.bytes(), period)? {
            let sum = sums.entry(indicator).or_default();
            *sum = sum.saturating_add(number);
        }
    }
    sums.extend(own);
    Ok(counted(sums))
}

fn counted(numbers: BTreeMap<String, i64>) -> BTreeMap<String, u64> {
    numbers.into_iter().map(|(indicator, number)| (indicator, number.unsigned_abs())).collect()
}

fn all_places(db: &Connection, space: SpaceId) -> Result<Vec<PlaceId>> {
    let mut query = db.prepare_cached("SELECT id FROM places WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| Ok(PlaceId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
