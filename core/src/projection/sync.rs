//! Where each record is: joined from changes, chunks and arrivals, never stored twice. Only a relay
//! counts: what another device took along from a room is not yet where everybody finds it.

use rusqlite::{Connection, OptionalExtension};

use super::views::{SyncMark, SyncState};
use crate::domain::{HouseholdId, MemberId, SpaceId};
use crate::error::Result;
use crate::store::changes;

/// Changes that no relay has. Unsealed ones, and those whose chunk has arrived nowhere. What came in a
/// checkpoint came from a relay that has it.
pub const WAITING: &str = "SELECT c.n, c.doc, c.author, c.at_ms, c.chunk FROM changes c
     WHERE c.space = ?1 AND (c.chunk IS NULL AND c.bytes IS NOT NULL
       OR c.chunk IN (SELECT k.n FROM chunks k WHERE k.space = ?1
                      AND NOT EXISTS (SELECT 1 FROM relay_arrivals a WHERE a.chunk = k.n)))";

/// What came in a checkpoint: a relay has it, and since when is known once its chunk is here.
const ARRIVED: SyncMark = SyncMark { state: SyncState::Arrived, at_ms: None, relay: None };

/// Whether this space has a relay.
pub fn connected(db: &Connection, space: SpaceId) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM cursors c JOIN relays r ON r.n = c.relay WHERE c.space = ?1 AND r.kind = 'relay'",
        )?
        .exists([space.bytes()])?)
}

/// Where one change is.
pub fn of_change(db: &Connection, space: SpaceId, change: &[u8; 32]) -> Result<SyncMark> {
    let arrived = db
        .prepare_cached(
            "SELECT a.at_ms, r.url FROM changes c JOIN relay_arrivals a ON a.chunk = c.chunk JOIN relays r ON r.n = a.relay
             WHERE c.hash = ?1 ORDER BY a.at_ms LIMIT 1",
        )?
        .query_row([change], mark)
        .optional()?;
    if let Some(mark) = arrived {
        return Ok(mark);
    }
    if changes::is_unfilled(db, change)? {
        return Ok(ARRIVED);
    }
    let refused = db
        .prepare_cached(
            "SELECT 1 FROM changes c JOIN refusals f ON f.chunk = c.chunk JOIN relays r ON r.n = f.relay
             WHERE c.hash = ?1 AND r.kind = 'relay'",
        )?
        .exists([change])?;
    Ok(not_arrived(connected(db, space)?, refused))
}

/// The documents of a household, those merged into it too.
const OF_HOUSEHOLD: &str = "SELECT ?1 UNION ALL SELECT id FROM households WHERE merged_into = ?1";

/// Where a household is: waiting while any of its changes waits, arrived when all have.
/// `connected` as [`connected`] says of its space: without a relay nothing has arrived.
pub fn of_household(db: &Connection, connected: bool, household: HouseholdId) -> Result<SyncMark> {
    if !connected {
        return Ok(not_arrived(false, false));
    }
    let (waiting, refused): (bool, bool) = db
        .prepare_cached(&format!(
            "SELECT coalesce(max(w.waits), 0), coalesce(max(w.waits AND w.refused), 0) FROM (
               SELECT (c.chunk IS NOT NULL OR c.bytes IS NOT NULL)
                        AND NOT EXISTS (SELECT 1 FROM relay_arrivals a WHERE a.chunk = c.chunk) AS waits,
                      EXISTS (SELECT 1 FROM refusals f JOIN relays r ON r.n = f.relay
                              WHERE f.chunk = c.chunk AND r.kind = 'relay') AS refused
               FROM changes c WHERE c.doc IN ({OF_HOUSEHOLD})) w",
        ))?
        .query_row([household.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if waiting {
        return Ok(not_arrived(true, refused));
    }
    let found = db
        .prepare_cached(&format!(
            "SELECT a.at_ms, r.url FROM changes c JOIN relay_arrivals a ON a.chunk = c.chunk JOIN relays r ON r.n = a.relay
             WHERE c.doc IN ({OF_HOUSEHOLD}) ORDER BY a.at_ms DESC LIMIT 1",
        ))?
        .query_row([household.bytes()], mark)
        .optional()?;
    Ok(found.unwrap_or(ARRIVED))
}

fn not_arrived(connected: bool, refused: bool) -> SyncMark {
    let state = match (refused, connected) {
        (true, _) => SyncState::Failed,
        (false, true) => SyncState::Waiting,
        (false, false) => SyncState::Here,
    };
    SyncMark { state, at_ms: None, relay: None }
}

fn mark(row: &rusqlite::Row<'_>) -> rusqlite::Result<SyncMark> {
    let url: String = row.get(1)?;
    Ok(SyncMark { state: SyncState::Arrived, at_ms: row.get(0)?, relay: Some(url) })
}

/// The waiting records of one member.
pub struct Waiting {
    /// Whose; nobody's when a list wrote them.
    pub author: Option<MemberId>,
    /// How many.
    pub records: u32,
    /// The oldest, in milliseconds since 1970; 0 for a list, whose changes have no time.
    pub since_ms: i64,
}

/// How many records wait, of whom, and since when; most first.
pub fn waiting_by(db: &Connection, space: SpaceId) -> Result<Vec<Waiting>> {
    let sql = format!("SELECT author, count(*), min(at_ms) FROM ({WAITING}) GROUP BY author ORDER BY count(*) DESC");
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map([space.bytes()], |row| {
        let author = row.get::<_, Option<[u8; 16]>>(0)?.map(|a| MemberId(uuid::Uuid::from_bytes(a)));
        Ok(Waiting { author, records: row.get(1)?, since_ms: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many records wait.
pub fn waiting(db: &Connection, space: SpaceId) -> Result<u32> {
    let sql = format!("SELECT count(*) FROM ({WAITING})");
    Ok(db.prepare_cached(&sql)?.query_row([space.bytes()], |row| row.get(0))?)
}

/// How many records have arrived somewhere.
pub fn arrived(db: &Connection, space: SpaceId) -> Result<u32> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM changes c WHERE c.space = ?1
             AND (c.chunk IS NULL AND c.bytes IS NULL
               OR EXISTS (SELECT 1 FROM relay_arrivals a WHERE a.chunk = c.chunk))",
        )?
        .query_row([space.bytes()], |row| row.get(0))?)
}
