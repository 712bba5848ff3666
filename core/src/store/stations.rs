//! Devices that have served a room, as this one has met them: kept beside the relays, because an
//! exchange is the same, and told apart from them, because nothing counts as arrived there.

use rusqlite::{Connection, params};
use tungnha_protocol::ids::DeviceId;
use tungnha_protocol::log::RollingHash;

use super::relays::Relay;
use crate::domain::SpaceId;
use crate::error::Result;

/// A station of a meeting.
pub struct Station<'a> {
    /// Whose device it is.
    pub device: DeviceId,
    /// The full name of whoever uses it.
    pub name: &'a str,
    /// It is this device's own.
    pub own: bool,
}

/// Keeps a station with this device's new token there. What was read of its log before stays read.
pub fn keep(db: &Connection, space: SpaceId, station: &Station<'_>, token: &[u8; 32]) -> Result<Relay> {
    let url = format!("station:{}", station.device);
    db.execute(
        "INSERT INTO relays (kind, url, name, token) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (url) DO UPDATE SET name = excluded.name, token = excluded.token",
        params![if station.own { "own" } else { "station" }, url, station.name, token],
    )?;
    let n = db.query_row("SELECT n FROM relays WHERE url = ?1", [&url], |row| row.get(0))?;
    db.execute(
        "INSERT INTO cursors (relay, space, hash) VALUES (?1, ?2, ?3) ON CONFLICT (relay, space) DO NOTHING",
        params![n, space.bytes(), RollingHash::NONE.hash.0],
    )?;
    Ok(Relay { n, url, token: *token })
}

/// Another device that has served a room to this one.
pub struct Visited {
    /// The full name of whoever uses it.
    pub name: String,
    /// The last exchange that went through, in milliseconds since 1970.
    pub last_sync_ms: Option<i64>,
    /// How many records it has that no relay has yet.
    pub records: u32,
}

/// The stations that were visited, latest first.
pub fn visited(db: &Connection, space: SpaceId) -> Result<Vec<Visited>> {
    let mut query = db.prepare_cached(
        "SELECT r.name, c.last_sync_ms,
                (SELECT count(*) FROM changes k JOIN arrivals a ON a.chunk = k.chunk
                 WHERE k.space = ?1 AND a.relay = r.n
                   AND NOT EXISTS (SELECT 1 FROM relay_arrivals b WHERE b.chunk = k.chunk))
         FROM cursors c JOIN relays r ON r.n = c.relay
         WHERE c.space = ?1 AND r.kind = 'station' AND c.last_sync_ms IS NOT NULL ORDER BY c.last_sync_ms DESC",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok(Visited { name: row.get(0)?, last_sync_ms: row.get(1)?, records: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether there is anything here that this station lacks, as far as this device knows.
pub fn lacks_something(db: &Connection, station: i64, space: SpaceId) -> Result<bool> {
    let found = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM changes WHERE space = ?2 AND chunk IS NULL)
                 OR EXISTS (SELECT 1 FROM chunks c WHERE c.space = ?2
                      AND NOT EXISTS (SELECT 1 FROM arrivals a WHERE a.chunk = c.n AND a.relay = ?1)
                      AND NOT EXISTS (SELECT 1 FROM refusals f WHERE f.chunk = c.n AND f.relay = ?1))",
        )?
        .query_row(params![station, space.bytes()], |row| row.get(0))?;
    Ok(found)
}
