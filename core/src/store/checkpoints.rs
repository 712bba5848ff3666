//! Checkpoints on their way in: the pages that have come, and the older entries still to be fetched.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::log::{LogHash, RollingHash};
use tungnha_protocol::wire::CheckpointPage;

use crate::domain::SpaceId;
use crate::error::Result;
use crate::sync::rows::Fill;

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
