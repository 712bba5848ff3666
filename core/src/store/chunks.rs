//! Sealed chunks, own and foreign, and what could not be opened or applied yet.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::Lane;
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::ids::{ChunkId, DeviceId};

use crate::domain::SpaceId;
use crate::error::{Error, Result};

/// Keeps a chunk. Returns its row, and whether it was new.
pub fn insert(
    db: &Connection,
    space: SpaceId,
    id: &ChunkId,
    own: bool,
    at_ms: i64,
    bytes: &[u8],
) -> Result<(i64, bool)> {
    let device = Chunk::sealed_by(bytes).ok_or_else(|| Error::damaged("chunk"))?;
    let added = db
        .prepare_cached(
            "INSERT INTO chunks (id, space, own, device, at_ms, photo, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            id.as_bytes(),
            space.bytes(),
            own,
            device.as_bytes(),
            at_ms,
            Lane::of(bytes).waits(),
            bytes
        ])?;
    if added == 1 {
        return Ok((db.last_insert_rowid(), true));
    }
    let n = db.prepare_cached("SELECT n FROM chunks WHERE id = ?1")?.query_row([id.as_bytes()], |row| row.get(0))?;
    Ok((n, false))
}

/// The row of a chunk, if it is here.
pub fn find(db: &Connection, id: &ChunkId) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT n FROM chunks WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?)
}

/// A chunk's bytes.
pub fn bytes(db: &Connection, chunk: i64) -> Result<Vec<u8>> {
    Ok(db.prepare_cached("SELECT bytes FROM chunks WHERE n = ?1")?.query_row([chunk], |row| row.get(0))?)
}

/// The id and bytes of all chunks of a space, oldest first.
pub fn all(db: &Connection) -> Result<Vec<(SpaceId, Vec<u8>)>> {
    let mut query = db.prepare("SELECT space, bytes FROM chunks ORDER BY n")?;
    let rows = query.query_map([], |row| Ok((SpaceId(uuid::Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps what cannot be opened or applied yet, with the reason.
pub fn quarantine(db: &Connection, space: SpaceId, id: &ChunkId, bytes: &[u8], reason: &str, at_ms: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO quarantine (id, space, bytes, reason, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET reason = excluded.reason",
    )?
    .execute(params![id.as_bytes(), space.bytes(), bytes, reason, at_ms])?;
    Ok(())
}

/// What waits in quarantine for a space, oldest first.
pub fn quarantined(db: &Connection, space: SpaceId) -> Result<Vec<Vec<u8>>> {
    let mut query = db.prepare_cached("SELECT bytes FROM quarantine WHERE space = ?1 ORDER BY n")?;
    let rows = query.query_map([space.bytes()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A chunk that could be applied after all.
pub fn release(db: &Connection, id: &ChunkId) -> Result<()> {
    db.prepare_cached("DELETE FROM quarantine WHERE id = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}

/// How many chunks wait in quarantine.
pub fn quarantined_count(db: &Connection, space: SpaceId) -> Result<u32> {
    Ok(db.query_row("SELECT count(*) FROM quarantine WHERE space = ?1", [space.bytes()], |row| row.get(0))?)
}

/// Whether a chunk waits in quarantine.
pub fn is_quarantined(db: &Connection, id: &ChunkId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM quarantine WHERE id = ?1")?.exists([id.as_bytes()])?)
}

/// How many records (changes) travel in a chunk.
pub fn records(db: &Connection, chunk: i64) -> Result<u32> {
    Ok(db.prepare_cached("SELECT count(*) FROM changes WHERE chunk = ?1")?.query_row([chunk], |row| row.get(0))?)
}

/// When the newest chunk of each other device came here.
pub fn heard_from(db: &Connection, space: SpaceId) -> Result<Vec<(DeviceId, i64)>> {
    let mut query =
        db.prepare_cached("SELECT device, max(at_ms) FROM chunks WHERE space = ?1 AND own = 0 GROUP BY device")?;
    let rows = query.query_map([space.bytes()], |row| Ok((DeviceId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
