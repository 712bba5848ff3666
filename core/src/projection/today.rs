//! What a volunteer sees first: what is due, what the day has brought, and what lies next on the way.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::list::{self, Asker};
use super::places::{self, PLACE};
use super::views::{HouseholdRow, Nearby, Tally};
use crate::domain::HouseholdId;
use crate::error::Result;

/// Days ahead for which appointments are shown.
const AHEAD: i64 = 7;
/// Appointments shown; the list has all of them.
const APPOINTMENTS: u32 = 20;
/// Households suggested on the way.
const ON_THE_WAY: u32 = 5;
/// A household is worth another knock when nobody was there for so many days.
const REST: i64 = 30;

/// The asker's appointments that are overdue, due today or soon, the oldest first.
pub fn appointments(db: &Connection, asker: &Asker) -> Result<Vec<HouseholdRow>> {
    let until = asker.today.saturating_add(jiff::Span::new().days(AHEAD)).to_string();
    let mut query = db.prepare_cached(
        "SELECT h.id FROM appointments a JOIN standing h ON h.id = a.household
         WHERE a.member = ?3 AND a.day <= ?2 AND h.space = ?1 AND h.hidden = 0
         ORDER BY a.day, h.lane_key, h.name_key, h.id LIMIT ?4",
    )?;
    let found = query.query_map(params![asker.space.bytes(), until, asker.me.bytes(), APPOINTMENTS], id)?;
    let ids: Vec<HouseholdId> = found.collect::<rusqlite::Result<_>>()?;
    list::rows(db, asker, &ids)
}

/// How many households are due or overdue by somebody else's appointment.
pub fn due_of_others(db: &Connection, asker: &Asker) -> Result<u32> {
    let count = db
        .prepare_cached(
            "SELECT count(*) FROM standing h
             WHERE h.space = ?1 AND h.hidden = 0 AND h.follow_up <= ?2 AND NOT EXISTS (
               SELECT 1 FROM appointments a WHERE a.household = h.id AND a.member = ?3)",
        )?
        .query_row(params![asker.space.bytes(), asker.today.to_string(), asker.me.bytes()], |row| row.get(0))?;
    Ok(count)
}

/// What the asker has done today, alone or along with another. A household counts once, by its last visit.
pub fn tally(db: &Connection, asker: &Asker) -> Result<Tally> {
    let tally = db
        .prepare_cached(
            "WITH today AS (
               SELECT v.household, v.outcome, v.clock, v.id FROM visits v
               WHERE v.space = ?1 AND v.day = ?3 AND v.removed = 0 AND (v.author = ?2 OR EXISTS (
                 SELECT 1 FROM visit_companions w
                 WHERE w.household = v.household AND w.visit = v.id AND w.member = ?2)))
             SELECT count(*), count(DISTINCT t.household),
               count(DISTINCT CASE WHEN t.outcome = 'met' THEN t.household END),
               count(DISTINCT CASE WHEN t.outcome = 'absent' AND NOT EXISTS (
                 SELECT 1 FROM today m WHERE m.household = t.household AND m.outcome = 'met') THEN t.household END),
               (SELECT count(DISTINCT coalesce(s.canonical, p.resident)) FROM today t
                JOIN visit_people p ON p.household = t.household AND p.visit = t.id
                LEFT JOIN same_as s ON s.space = ?1 AND s.kind = 'resident' AND s.id = p.resident)
             FROM today t",
        )?
        .query_row(params![asker.space.bytes(), asker.me.bytes(), asker.today.to_string()], |row| {
            Ok(Tally {
                visits: row.get(0)?,
                households: row.get(1)?,
                met: row.get(2)?,
                absent: row.get(3)?,
                residents: row.get(4)?,
            })
        })?;
    Ok(tally)
}

/// What lies next to where the asker was last: households of the same lane, then of the same place, that are due,
/// were never visited or not for long. None before the day's first visit.
pub fn nearby(db: &Connection, asker: &Asker) -> Result<Option<Nearby>> {
    let sql = format!(
        "SELECT h.id, h.head, {PLACE}, h.lane, h.lane_key, h.door FROM visits v JOIN households h ON h.id = v.household
         {} WHERE v.space = ?1 AND v.day = ?3 AND v.removed = 0 AND (v.author = ?2 OR EXISTS (
               SELECT 1 FROM visit_companions w
               WHERE w.household = v.household AND w.visit = v.id AND w.member = ?2)) ORDER BY v.clock DESC LIMIT 1",
        places::joins("?3")
    );
    let here = db
        .prepare_cached(&sql)?
        .query_row(params![asker.space.bytes(), asker.me.bytes(), asker.today.to_string()], |row| {
            Ok((
                row.get::<_, [u8; 16]>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, [u8; 16]>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, Vec<u8>>(4)?,
                row.get::<_, String>(5)?,
            ))
        })
        .optional()?;
    let Some((household, head, place, lane, lane_key, door)) = here else { return Ok(None) };
    let rested = asker.today.saturating_sub(jiff::Span::new().days(REST)).to_string();
    let sql = format!(
        "SELECT h.id FROM standing h {}
         WHERE h.space = ?1 AND {PLACE} = ?2 AND h.hidden = 0 AND h.status = 'living' AND h.id <> ?3
           AND h.at_target = 0 AND (h.visits = 0 OR h.last_day < ?6 OR h.follow_up <= ?7)
         ORDER BY h.lane_key <> ?4, h.lane_key = x'', h.lane_key, h.door < ?5, h.door, h.name_key, h.id LIMIT ?8",
        places::joins("?7")
    );
    let mut query = db.prepare_cached(&sql)?;
    let today = asker.today.to_string();
    let found = query
        .query_map(params![asker.space.bytes(), place, household, lane_key, door, rested, today, ON_THE_WAY], id)?;
    let ids: Vec<HouseholdId> = found.collect::<rusqlite::Result<_>>()?;
    Ok(Some(Nearby { head, lane, households: list::rows(db, asker, &ids)? }))
}

fn id(row: &rusqlite::Row<'_>) -> rusqlite::Result<HouseholdId> {
    Ok(HouseholdId(Uuid::from_bytes(row.get(0)?)))
}
