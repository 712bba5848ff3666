//! Checkpoints on their way in: the pages that have come, and the older entries still to be fetched.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::log::{LogHash, RollingHash};
use tungnha_protocol::wire::CheckpointPage;

use crate::domain::SpaceId;
use crate::error::Result;
use crate::sync::rows::Fill;

/// A checkpoint is left for every so many entries of a log, by the device that wrote the one whose number
/// that is: so it falls to one device, and a newcomer's way past the newest checkpoint stays short.
const EVERY: i64 = 16;

/// The pages that have come from a relay, in order.
pub fn pages(db: &Connection, relay: i64, space: SpaceId) -> Result<Vec<CheckpointPage>> {
    let mut query = db.prepare_cached(
        "SELECT seq, hash, page, pages, bytes FROM checkpoint_pages WHERE relay = ?1 AND space = ?2 ORDER BY page",
    )?;
    let rows = query.query_map(params![relay, space.bytes()], |row| {
        let (seq, hash) = (row.get::<_, i64>(0)?.unsigned_abs(), LogHash(row.get(1)?));
        Ok(CheckpointPage { seq, hash, page: row.get(2)?, pages: row.get(3)?, chunk: row.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps one more page.
pub fn keep_page(db: &Connection, relay: i64, space: SpaceId, page: &CheckpointPage) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO checkpoint_pages (relay, space, page, pages, seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![relay, space.bytes(), page.page, page.pages, page.seq as i64, page.hash.0, page.chunk])?;
    Ok(())
}

/// Forgets the pages from a relay.
pub fn drop_pages(db: &Connection, relay: i64, space: SpaceId) -> Result<()> {
    db.prepare_cached("DELETE FROM checkpoint_pages WHERE relay = ?1 AND space = ?2")?
        .execute(params![relay, space.bytes()])?;
    Ok(())
}

/// Whether a checkpoint, or what is older than one, is still being fetched from a relay.
pub fn is_filling(db: &Connection, relay: i64, space: SpaceId) -> Result<bool> {
    let found = db
        .prepare_cached(
            "SELECT 1 FROM fills WHERE relay = ?1 AND space = ?2
             UNION ALL SELECT 1 FROM checkpoint_pages WHERE relay = ?1 AND space = ?2",
        )?
        .exists(params![relay, space.bytes()])?;
    Ok(found)
}

/// What is left to fetch of a relay's older entries.
pub fn fill(db: &Connection, relay: i64, space: SpaceId) -> Result<Option<Fill>> {
    let place = |seq: i64, hash| RollingHash { seq: seq.unsigned_abs(), hash: LogHash(hash) };
    let found = db
        .prepare_cached("SELECT seq, hash, end_seq, end_hash FROM fills WHERE relay = ?1 AND space = ?2")?
        .query_row(params![relay, space.bytes()], |row| {
            Ok(Fill { reached: place(row.get(0)?, row.get(1)?), end: place(row.get(2)?, row.get(3)?) })
        })
        .optional()?;
    Ok(found)
}

/// Notes what is left to fetch.
pub fn set_fill(db: &Connection, relay: i64, space: SpaceId, fill: Option<Fill>) -> Result<()> {
    db.prepare_cached("DELETE FROM fills WHERE relay = ?1 AND space = ?2")?.execute(params![relay, space.bytes()])?;
    if let Some(Fill { reached, end }) = fill {
        db.prepare_cached(
            "INSERT INTO fills (relay, space, seq, hash, end_seq, end_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            relay,
            space.bytes(),
            reached.seq as i64,
            reached.hash.0,
            end.seq as i64,
            end.hash.0
        ])?;
    }
    Ok(())
}

/// Whether it falls to this device to leave a checkpoint at a relay, and it has not yet.
pub fn is_due(db: &Connection, relay: i64, space: SpaceId) -> Result<bool> {
    let due = db
        .prepare_cached(
            "SELECT 1 FROM cursors k
             JOIN arrivals a ON a.relay = k.relay AND a.seq = k.seq / ?3 * ?3
             JOIN chunks c ON c.n = a.chunk AND c.space = k.space AND c.own = 1
             WHERE k.relay = ?1 AND k.space = ?2 AND a.seq > k.left_seq",
        )?
        .exists(params![relay, space.bytes(), EVERY])?;
    Ok(due && may_be_left(db, relay, space)?)
}

/// Whether this device has all that a relay has, understands it, and has nothing that the relay lacks. Photos
/// are in no checkpoint, and none waits for them.
pub fn may_be_left(db: &Connection, relay: i64, space: SpaceId) -> Result<bool> {
    let lacks = db
        .prepare_cached(
            "SELECT 1 FROM changes WHERE space = ?2 AND chunk IS NULL
             UNION ALL SELECT 1 FROM quarantine WHERE space = ?2
             UNION ALL SELECT 1 FROM chunks c WHERE c.space = ?2 AND c.photo = 0
               AND NOT EXISTS (SELECT 1 FROM arrivals a WHERE a.chunk = c.n AND a.relay = ?1)
             UNION ALL SELECT 1 FROM fills WHERE relay = ?1 AND space = ?2
             UNION ALL SELECT 1 FROM cursors WHERE relay = ?1 AND space = ?2 AND seq = 0",
        )?
        .exists(params![relay, space.bytes()])?;
    Ok(!lacks)
}

/// Notes that this device has left a checkpoint there.
pub fn note_left(db: &Connection, relay: i64, space: SpaceId, seq: u64) -> Result<()> {
    db.prepare_cached("UPDATE cursors SET left_seq = ?3 WHERE relay = ?1 AND space = ?2")?.execute(params![
        relay,
        space.bytes(),
        seq as i64
    ])?;
    Ok(())
}
