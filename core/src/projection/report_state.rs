//! What happened with reports: the rows of their events, and where each report stands by them.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::space::Fields;
use crate::doc::space::ReportPart;
use crate::domain::report_event::{self, ReportEvent, ReportScope, Standing};
use crate::domain::{Fingerprints, Period, ReportEventId, ReportState, SpaceId, TeamId};
use crate::error::Result;

/// An event with its id.
pub type Event = (ReportEventId, ReportEvent);

/// Writes the rows of one report. A lock of which parts are missing or damaged is none: it is written after them, so
/// that whoever has it has them, unless somebody means harm.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: &str, fields: &Fields<'_>) -> Result<()> {
    let Some(scope) = ReportScope::parse(id) else { return Ok(()) };
    let parts: BTreeMap<ReportPart, &[u8]> =
        fields.iter().filter_map(|(field, e)| Some((ReportPart::parse(field)?, e.value.bytes()?))).collect();
    for (part, value) in &parts {
        let ReportPart::Event(event) = part else { continue };
        let Some(read) = ReportEvent::decode(value) else { continue };
        let figures = packed(&parts, |n| ReportPart::Figures(*event, n), read.figures);
        let prints = packed(&parts, |n| ReportPart::Prints(*event, n), read.prints);
        let (Some(figures), Some(prints)) = (figures, prints) else { continue };
        db.prepare_cached(
            "INSERT INTO report_events (space, period, team, event, clock, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            space,
            scope.period.to_string(),
            scope.team_bytes(),
            event.bytes(),
            i64::try_from(read.clock).unwrap_or(i64::MAX),
            value
        ])?;
        for (is_prints, values) in [(false, figures), (true, prints)] {
            for (n, value) in values.iter().enumerate() {
                db.prepare_cached(
                    "INSERT OR IGNORE INTO report_parts (space, event, prints, part, value) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![space, event.bytes(), is_prints, n as i64, value])?;
            }
        }
    }
    Ok(())
}

/// The parts of one packed value, all of them or nothing.
fn packed<'a>(
    parts: &BTreeMap<ReportPart, &'a [u8]>,
    key: impl Fn(u32) -> ReportPart,
    count: u32,
) -> Option<Vec<&'a [u8]>> {
    (0..count).map(|n| parts.get(&key(n)).copied()).collect()
}

/// The events of a report, in the order in which every device has them.
pub fn events(db: &Connection, space: SpaceId, scope: &ReportScope) -> Result<Vec<Event>> {
    let mut query =
        db.prepare_cached("SELECT event, value FROM report_events WHERE space = ?1 AND period = ?2 AND team = ?3")?;
    let rows = query.query_map(params![space.bytes(), scope.period.to_string(), scope.team_bytes()], |row| {
        Ok((ReportEventId(Uuid::from_bytes(row.get(0)?)), row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut events: Vec<Event> = Vec::new();
    for row in rows {
        let (id, value) = row?;
        events.extend(ReportEvent::decode(&value).map(|event| (id, event)));
    }
    report_event::sort(&mut events);
    Ok(events)
}

/// Where a report stands.
pub fn standing(db: &Connection, space: SpaceId, scope: &ReportScope) -> Result<Standing> {
    Ok(report_event::standing(&events(db, space, scope)?))
}

/// The figures that a lock froze, packed.
pub fn figures(db: &Connection, space: SpaceId, lock: ReportEventId) -> Result<Vec<u8>> {
    joined(db, space, lock, false)
}

/// What went into a lock; of one that was made with the whole notebook's, that one's.
pub fn prints(db: &Connection, space: SpaceId, lock: &Event) -> Result<Fingerprints> {
    let packed = joined(db, space, lock.1.with.unwrap_or(lock.0), true)?;
    Ok(Fingerprints::decode(&packed).unwrap_or_default())
}

fn joined(db: &Connection, space: SpaceId, event: ReportEventId, prints: bool) -> Result<Vec<u8>> {
    let mut query = db.prepare_cached(
        "SELECT value FROM report_parts WHERE space = ?1 AND event = ?2 AND prints = ?3 ORDER BY part",
    )?;
    let rows = query.query_map(params![space.bytes(), event.bytes(), prints], |row| row.get::<_, Vec<u8>>(0))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.concat())
}

/// Where the report of each team stands; those of which nothing is known are left out.
pub fn of_teams(db: &Connection, space: SpaceId, period: Period) -> Result<BTreeMap<TeamId, ReportState>> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT team FROM report_events WHERE space = ?1 AND period = ?2 AND team <> x'' ORDER BY team",
    )?;
    let teams: Vec<TeamId> = query
        .query_map(params![space.bytes(), period.to_string()], |row| Ok(TeamId(Uuid::from_bytes(row.get(0)?))))?
        .collect::<rusqlite::Result<_>>()?;
    let state = |team| Ok((team, standing(db, space, &ReportScope { period, team: Some(team) })?.state));
    teams.into_iter().map(state).collect()
}

/// The locks of a period that are in force, of the whole notebook and of teams.
pub fn locks(db: &Connection, space: SpaceId, period: Period) -> Result<Vec<(ReportScope, Event)>> {
    let mut query =
        db.prepare_cached("SELECT DISTINCT team FROM report_events WHERE space = ?1 AND period = ?2 ORDER BY team")?;
    let rows = query.query_map(params![space.bytes(), period.to_string()], |row| row.get::<_, Vec<u8>>(0))?;
    let mut locks = Vec::new();
    for team in rows {
        let scope = ReportScope { period, team: TeamId::from_slice(&team?).ok() };
        let events = events(db, space, &scope)?;
        let lock = report_event::standing(&events).lock;
        locks.extend(events.into_iter().find(|(id, _)| Some(*id) == lock).map(|event| (scope, event)));
    }
    Ok(locks)
}
