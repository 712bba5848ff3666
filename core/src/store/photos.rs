//! Photos: those of drafts, those that wait to be sealed, those that travel in chunks, and those that a relay
//! has told by name only.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::ids::ChunkId;
use tungnha_protocol::log::{LogHash, RollingHash};

use super::relays;
use crate::domain::{PhotoHash, SpaceId};
use crate::error::Result;
use crate::sync::rows::{ToCome, UnsealedPhoto};

/// Photos that no chunk holds yet and that a saved visit shows: they wait to be sent.
const UNSEALED: &str = "FROM photos p WHERE p.space = ?1 AND p.chunk IS NULL AND p.saved = 1
     AND EXISTS (SELECT 1 FROM visit_photos v WHERE v.photo = p.hash)";

/// Keeps a draft's photo.
pub fn insert(db: &Connection, space: SpaceId, hash: PhotoHash, bytes: &[u8]) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO photos (hash, space, saved, bytes) VALUES (?1, ?2, 0, ?3) ON CONFLICT (space, hash) DO NOTHING",
    )?
    .execute(params![hash.0, space.bytes(), bytes])?;
    Ok(())
}

/// Whether a photo is here.
pub fn is_here(db: &Connection, space: SpaceId, hash: PhotoHash) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT 1 FROM photos WHERE space = ?1 AND hash = ?2")?
        .exists(params![space.bytes(), hash.0])?)
}

/// Where a photo's bytes are.
pub enum Kept {
    /// In its row.
    Bytes(Vec<u8>),
    /// In the chunk of this row.
    Chunk(i64),
}

/// Where a photo's bytes are, if it is here.
pub fn find(db: &Connection, space: SpaceId, hash: PhotoHash) -> Result<Option<Kept>> {
    let found: Option<(Option<i64>, Option<Vec<u8>>)> = db
        .prepare_cached("SELECT chunk, bytes FROM photos WHERE space = ?1 AND hash = ?2")?
        .query_row(params![space.bytes(), hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(chunk, bytes)| chunk.map(Kept::Chunk).or(bytes.map(Kept::Bytes))))
}

/// All photos that are here.
pub fn all(db: &Connection) -> Result<Vec<(SpaceId, PhotoHash)>> {
    let mut query = db.prepare("SELECT space, hash FROM photos ORDER BY n")?;
    let rows = query.query_map([], |row| Ok((SpaceId(uuid::Uuid::from_bytes(row.get(0)?)), PhotoHash(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A visit that shows these was saved; what it showed before and no longer shows is dropped unless it has gone
/// out, or something else shows it. The rows of the visit are written already.
pub fn note_saved(db: &Connection, space: SpaceId, shown: &[PhotoHash], before: &[PhotoHash]) -> Result<()> {
    let mut save = db.prepare_cached("UPDATE photos SET saved = 1 WHERE space = ?1 AND hash = ?2")?;
    for photo in shown {
        save.execute(params![space.bytes(), photo.0])?;
    }
    let mut let_go = db.prepare_cached(
        "UPDATE photos SET saved = 0 WHERE space = ?1 AND hash = ?2 AND chunk IS NULL
           AND NOT EXISTS (SELECT 1 FROM visit_photos v WHERE v.photo = hash)",
    )?;
    for photo in before.iter().filter(|photo| !shown.contains(photo)) {
        let_go.execute(params![space.bytes(), photo.0])?;
    }
    drop_unused(db)
}

/// Whether there is any photo that no visit ever showed.
pub fn may_have_unused(db: &Connection) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM photos WHERE chunk IS NULL AND saved = 0")?.exists([])?)
}

/// Drops photos that no visit ever showed and no draft names: taken off a form, or thrown away with it. Not at
/// once, because both can be undone: when the next visit is saved, and at the start.
pub fn drop_unused(db: &Connection) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM photos WHERE chunk IS NULL AND saved = 0
           AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.space = photos.space
                             AND instr(d.form, lower(hex(photos.hash))) > 0)",
    )?
    .execute([])?;
    Ok(())
}

/// The oldest photo that waits to be sealed.
pub fn next_unsealed(db: &Connection, space: SpaceId) -> Result<Option<UnsealedPhoto>> {
    Ok(db
        .prepare_cached(&format!("SELECT p.n, p.bytes {UNSEALED} ORDER BY p.n LIMIT 1"))?
        .query_row([space.bytes()], |row| Ok(UnsealedPhoto { n: row.get(0)?, bytes: row.get(1)? }))
        .optional()?)
}

/// Notes that a photo travels in this chunk from now on.
pub fn sealed(db: &Connection, n: i64, chunk: i64) -> Result<()> {
    db.prepare_cached("UPDATE photos SET chunk = ?2, bytes = NULL WHERE n = ?1")?.execute([n, chunk])?;
    Ok(())
}

/// Notes a photo that came in a chunk. The same may be here already, unsealed.
pub fn came(db: &Connection, space: SpaceId, hash: PhotoHash, chunk: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO photos (hash, space, saved, chunk) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (space, hash) DO UPDATE SET chunk = excluded.chunk, saved = 1, bytes = NULL
         WHERE photos.chunk IS NULL",
    )?
    .execute(params![hash.0, space.bytes(), chunk])?;
    Ok(())
}

/// How many photos no relay has yet.
pub fn waiting(db: &Connection, space: SpaceId) -> Result<u32> {
    let sql = format!(
        "SELECT (SELECT count(*) {UNSEALED}) + (SELECT count(*) FROM photos p
           WHERE p.space = ?1 AND p.chunk IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM relay_arrivals a WHERE a.chunk = p.chunk))"
    );
    Ok(db.prepare_cached(&sql)?.query_row([space.bytes()], |row| row.get(0))?)
}

/// How many photos are known by name and not here yet.
pub fn to_come(db: &Connection, space: SpaceId) -> Result<u32> {
    Ok(db
        .prepare_cached("SELECT count(DISTINCT id) FROM photos_to_come WHERE space = ?1")?
        .query_row([space.bytes()], |row| row.get(0))?)
}

/// Notes a photo that a relay has told by name only. What was acknowledged under its number was lost there.
pub fn note_to_come(db: &Connection, relay: i64, space: SpaceId, photo: ToCome) -> Result<()> {
    let ToCome { before, id } = photo;
    relays::nothing_else_at(db, relay, space, before.seq + 1)?;
    db.prepare_cached(
        "INSERT OR REPLACE INTO photos_to_come (relay, space, seq, hash, id) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![relay, space.bytes(), before.seq as i64 + 1, before.hash.0, id.as_bytes()])?;
    Ok(())
}

/// The newest photo that is left to fetch from a relay.
pub fn next_to_come(db: &Connection, relay: i64, space: SpaceId) -> Result<Option<ToCome>> {
    let found = db
        .prepare_cached(
            "SELECT seq, hash, id FROM photos_to_come WHERE relay = ?1 AND space = ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![relay, space.bytes()], |row| {
            let seq = row.get::<_, i64>(0)?.unsigned_abs().saturating_sub(1);
            Ok(ToCome { before: RollingHash { seq, hash: LogHash(row.get(1)?) }, id: ChunkId(row.get(2)?) })
        })
        .optional()?;
    Ok(found)
}

/// The relays that have told this chunk by name only, each with its number there.
pub fn told_by(db: &Connection, id: &ChunkId) -> Result<Vec<(i64, u64)>> {
    let mut query = db.prepare_cached("SELECT relay, seq FROM photos_to_come WHERE id = ?1")?;
    let rows = query.query_map([id.as_bytes()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A photo is here, or will never be.
pub fn no_longer_to_come(db: &Connection, relay: i64, space: SpaceId, seq: u64) -> Result<()> {
    db.prepare_cached("DELETE FROM photos_to_come WHERE relay = ?1 AND space = ?2 AND seq = ?3")?.execute(params![
        relay,
        space.bytes(),
        seq as i64
    ])?;
    Ok(())
}

/// Forgets what a relay has told by name only.
pub fn forget_to_come(db: &Connection, relay: i64, space: SpaceId) -> Result<()> {
    db.prepare_cached("DELETE FROM photos_to_come WHERE relay = ?1 AND space = ?2")?
        .execute(params![relay, space.bytes()])?;
    Ok(())
}
