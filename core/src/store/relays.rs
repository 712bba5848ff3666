//! The team's relays: how far their logs were read, and what has arrived at each.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::ids::ChunkId;
use tungnha_protocol::log::{LogHash, RollingHash};

use crate::domain::SpaceId;
use crate::error::Result;
use crate::store::{checkpoints, photos};
use crate::sync::rows::Held;

/// The refusal that passes: a relay's operator may make room, and what a device may bring in a day begins
/// anew each day.
const FULL: &str = "Full";
/// So long a full relay is not sent the same again: twice or thrice in a working day, whatever it costs.
const FULL_FOR_MS: i64 = 4 * 60 * 60 * 1000;

/// A relay and this device's way in.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// Its row.
    pub n: i64,
    /// Its address.
    pub url: String,
    /// This device's bearer token there.
    pub token: [u8; 32],
}

/// Adds a relay, or takes up its new token.
pub fn insert(db: &Connection, url: &str, token: &[u8; 32]) -> Result<i64> {
    db.execute(
        "INSERT INTO relays (url, token) VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET token = excluded.token",
        params![url, token],
    )?;
    Ok(db.query_row("SELECT n FROM relays WHERE url = ?1", [url], |row| row.get(0))?)
}

/// The relays that keep this space, first connected first.
pub fn of_space(db: &Connection, space: SpaceId) -> Result<Vec<Relay>> {
    let mut query = db.prepare_cached(
        "SELECT r.n, r.url, r.token FROM relays r JOIN cursors c ON c.relay = r.n WHERE c.space = ?1 AND r.kind = 'relay' ORDER BY r.n",
    )?;
    let rows =
        query.query_map([space.bytes()], |row| Ok(Relay { n: row.get(0)?, url: row.get(1)?, token: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A relay, with the notebooks of this device that it keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct Way {
    /// The relay.
    pub relay: Relay,
    /// The notebooks.
    pub spaces: Vec<SpaceId>,
}

/// The relays that keep any of these spaces, first connected first.
pub fn ways(db: &Connection, spaces: &[SpaceId]) -> Result<Vec<Way>> {
    let mut ways: Vec<Way> = Vec::new();
    for space in spaces {
        for relay in of_space(db, *space)? {
            match ways.iter_mut().find(|way| way.relay == relay) {
                Some(way) => way.spaces.push(*space),
                None => ways.push(Way { relay, spaces: vec![*space] }),
            }
        }
    }
    ways.sort_by_key(|way| way.relay.n);
    Ok(ways)
}

/// Where this device stands in a relay's log of a space.
pub fn cursor(db: &Connection, relay: i64, space: SpaceId) -> Result<RollingHash> {
    let found = db
        .prepare_cached("SELECT seq, hash FROM cursors WHERE relay = ?1 AND space = ?2")?
        .query_row(params![relay, space.bytes()], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map_or(RollingHash::NONE, |(seq, hash)| RollingHash { seq: seq.unsigned_abs(), hash: LogHash(hash) }))
}

/// Moves the cursor.
pub fn set_cursor(db: &Connection, relay: i64, space: SpaceId, place: RollingHash) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO cursors (relay, space, seq, hash) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (relay, space) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
    )?
    .execute(params![relay, space.bytes(), place.seq as i64, place.hash.0])?;
    Ok(())
}

/// The relay does not know the place where this device stood: it was emptied, replaced or
/// restored. Nothing counts as arrived there any more, and its log is read anew.
pub fn rewind(db: &Connection, relay: i64, space: SpaceId) -> Result<()> {
    set_cursor(db, relay, space, RollingHash::NONE)?;
    checkpoints::note_left(db, relay, space, 0)?;
    checkpoints::drop_pages(db, relay, space)?;
    checkpoints::set_fill(db, relay, space, None)?;
    photos::forget_to_come(db, relay, space)?;
    db.execute(
        "DELETE FROM arrivals WHERE relay = ?1 AND chunk IN (SELECT n FROM chunks WHERE space = ?2)",
        params![relay, space.bytes()],
    )?;
    Ok(())
}

/// Notes how the last exchange went: through, or what was wrong, as an error's code.
pub fn note_outcome(db: &Connection, relay: i64, space: SpaceId, at_ms: i64, error: Option<&str>) -> Result<()> {
    match error {
        None => db.execute(
            "UPDATE cursors SET last_sync_ms = ?3, error = NULL WHERE relay = ?1 AND space = ?2",
            params![relay, space.bytes(), at_ms],
        )?,
        Some(code) => db.execute(
            "UPDATE cursors SET error = ?3 WHERE relay = ?1 AND space = ?2",
            params![relay, space.bytes(), code],
        )?,
    };
    Ok(())
}

/// A relay keeps this chunk under this number. Another one that was acknowledged under it is gone: the
/// relay was restored from a backup. Whether that is news.
pub fn arrived(db: &Connection, relay: i64, space: SpaceId, chunk: i64, seq: u64, at_ms: i64) -> Result<bool> {
    db.prepare_cached(
        "DELETE FROM arrivals WHERE relay = ?1 AND seq = ?2 AND chunk <> ?3
           AND (SELECT space FROM chunks WHERE n = chunk) = ?4",
    )?
    .execute(params![relay, seq as i64, chunk, space.bytes()])?;
    let known: Option<i64> = db
        .prepare_cached("SELECT seq FROM arrivals WHERE relay = ?1 AND chunk = ?2")?
        .query_row([relay, chunk], |row| row.get(0))
        .optional()?;
    if known != Some(seq as i64) {
        db.prepare_cached("INSERT OR REPLACE INTO arrivals (relay, chunk, seq, at_ms) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![relay, chunk, seq as i64, at_ms])?;
        db.prepare_cached("DELETE FROM refusals WHERE relay = ?1 AND chunk = ?2")?.execute([relay, chunk])?;
    }
    Ok(known.is_none())
}

/// A relay keeps something under this number that is not here: what was acknowledged under it waits again.
pub fn nothing_else_at(db: &Connection, relay: i64, space: SpaceId, seq: u64) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM arrivals WHERE relay = ?1 AND seq = ?2 AND (SELECT space FROM chunks WHERE n = chunk) = ?3",
    )?
    .execute(params![relay, seq as i64, space.bytes()])?;
    Ok(())
}

/// A relay's log ends here: what was acknowledged beyond it was lost, and waits again.
pub fn ends_at(db: &Connection, relay: i64, space: SpaceId, seq: u64) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM arrivals WHERE relay = ?1 AND seq > ?2 AND (SELECT space FROM chunks WHERE n = chunk) = ?3",
    )?
    .execute(params![relay, seq as i64, space.bytes()])?;
    Ok(())
}

/// A relay refuses this chunk.
pub fn refused(db: &Connection, relay: i64, chunk: i64, code: &str, at_ms: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO refusals (relay, chunk, code, at_ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (chunk, relay) DO UPDATE SET code = excluded.code, at_ms = excluded.at_ms",
    )?
    .execute(params![relay, chunk, code, at_ms])?;
    Ok(())
}

/// What a relay neither has nor refused, as far as this device knows: records before photos, own chunks first,
/// oldest first. What
/// was refused because the relay was full is tried again after [`FULL_FOR_MS`].
pub fn missing_at(db: &Connection, relay: i64, space: SpaceId, at_ms: i64) -> Result<Vec<Held>> {
    let mut query = db.prepare_cached(
        "SELECT c.n, c.id, c.own, c.photo FROM chunks c
         WHERE c.space = ?2
           AND NOT EXISTS (SELECT 1 FROM arrivals a WHERE a.chunk = c.n AND a.relay = ?1)
           AND NOT EXISTS (SELECT 1 FROM refusals f WHERE f.chunk = c.n AND f.relay = ?1
                             AND (f.code <> ?3 OR f.at_ms BETWEEN ?4 AND ?5))
         ORDER BY c.photo, c.own DESC, c.n",
    )?;
    // A refusal of the future is one of a clock that was wrong.
    let lately = at_ms.saturating_sub(FULL_FOR_MS) + 1;
    let rows = query.query_map(params![relay, space.bytes(), FULL, lately, at_ms], |row| {
        Ok(Held { row: row.get(0)?, id: ChunkId(row.get(1)?), own: row.get(2)?, photo: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How exchanges with a relay went.
pub struct Outcome {
    /// Its address.
    pub url: String,
    /// The last one that went through, in milliseconds since 1970.
    pub last_sync_ms: Option<i64>,
    /// What was wrong since, as an error's code.
    pub error: Option<String>,
}

/// How exchanges went, for each relay of a space.
pub fn outcomes(db: &Connection, space: SpaceId) -> Result<Vec<Outcome>> {
    let mut query = db.prepare_cached(
        "SELECT r.url, c.last_sync_ms, c.error FROM cursors c JOIN relays r ON r.n = c.relay
         WHERE c.space = ?1 AND r.kind = 'relay' ORDER BY r.n",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok(Outcome { url: row.get(0)?, last_sync_ms: row.get(1)?, error: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
