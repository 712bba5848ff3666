//! Every change that a document of this device holds, and the chunk it travels in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use tungnha_protocol::ids::{DeviceId, DocId as WireDoc};

use super::documents::{self, DocId, Hash};
use crate::doc::Change;
use crate::domain::{MemberId, SpaceId};
use crate::error::Result;
use crate::sync::rows::Unsealed;

/// Keeps an own change until it is sealed.
pub fn insert_own(db: &Connection, space: SpaceId, doc: &DocId, change: &Change) -> Result<()> {
    insert(db, space, doc, change, None, Some(&change.bytes))
}

/// Notes a change that came in a chunk.
pub fn insert_foreign(db: &Connection, space: SpaceId, doc: &DocId, change: &Change, chunk: i64) -> Result<()> {
    insert(db, space, doc, change, Some(chunk), None)
}

/// Notes a change that came in a checkpoint: the chunk in which it travels is not here yet.
pub fn insert_unfilled(db: &Connection, space: SpaceId, doc: &DocId, change: &Change) -> Result<()> {
    insert(db, space, doc, change, None, None)
}

/// Whether a change came in a checkpoint and its chunk is not here yet.
pub fn is_unfilled(db: &Connection, hash: &[u8; 32]) -> Result<bool> {
    let sql = "SELECT 1 FROM changes WHERE hash = ?1 AND chunk IS NULL AND bytes IS NULL";
    Ok(db.prepare_cached(sql)?.exists([hash])?)
}

/// The documents with changes that came in a checkpoint and whose chunks are not here yet, and how many.
pub fn unfilled(db: &Connection, space: SpaceId) -> Result<Vec<(DocId, u32)>> {
    let mut query = db.prepare_cached(
        "SELECT doc, count(*) FROM changes WHERE space = ?1 AND chunk IS NULL AND bytes IS NULL GROUP BY doc",
    )?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Lets a change whose chunk is not here wait to be sealed by this device. Returns whether it was one.
pub fn adopt(db: &Connection, change: &Change) -> Result<bool> {
    let adopted = db
        .prepare_cached(
            "UPDATE changes SET bytes = ?2, adopted = 1 WHERE hash = ?1 AND chunk IS NULL AND bytes IS NULL",
        )?
        .execute(params![change.hash.0, change.bytes])?;
    Ok(adopted > 0)
}

fn insert(
    db: &Connection,
    space: SpaceId,
    doc: &DocId,
    change: &Change,
    chunk: Option<i64>,
    bytes: Option<&[u8]>,
) -> Result<()> {
    let author = change.by.parse::<MemberId>().ok();
    // The same change may already be here, unsealed: a list imported on two devices.
    // It then counts as travelling in the chunk that came. So does one that came in a checkpoint.
    db.prepare_cached(
        "INSERT INTO changes (hash, space, doc, author, at_ms, deps, chunk, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (hash, doc) DO UPDATE SET chunk = excluded.chunk, bytes = NULL, adopted = 0
         WHERE changes.chunk IS NULL AND excluded.chunk IS NOT NULL",
    )?
    .execute(params![
        change.hash.0,
        space.bytes(),
        doc,
        author.as_ref().map(MemberId::bytes),
        change.at_ms,
        change.deps.concat(),
        chunk,
        bytes
    ])?;
    Ok(())
}

/// The own changes of a space that no chunk holds yet, oldest first.
pub fn unsealed(db: &Connection, space: SpaceId) -> Result<Vec<Unsealed>> {
    let mut query = db.prepare_cached(
        "SELECT n, doc, hash, bytes FROM changes WHERE space = ?1 AND chunk IS NULL AND bytes IS NOT NULL ORDER BY n",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok(Unsealed { n: row.get(0)?, doc: WireDoc(row.get(1)?), hash: row.get(2)?, bytes: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that a change travels in this chunk from now on.
pub fn sealed(db: &Connection, n: i64, chunk: i64) -> Result<()> {
    db.prepare_cached("UPDATE changes SET chunk = ?2, bytes = NULL WHERE n = ?1")?.execute([n, chunk])?;
    Ok(())
}

/// Whether a change of a document is accounted for.
pub fn is_known(db: &Connection, doc: &DocId, hash: &[u8; 32]) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM changes WHERE hash = ?1 AND doc = ?2")?.exists(params![hash, doc])?)
}

/// Where a change was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// On this device.
    Here,
    /// On another one.
    There(DeviceId),
    /// It came in a checkpoint, and not in the chunk of who wrote it.
    Unknown,
}

/// Where a change of a document was written.
pub fn origin(db: &Connection, doc: &DocId, hash: &[u8; 32]) -> Result<Origin> {
    let found = db
        .prepare_cached(
            "SELECT ch.bytes IS NOT NULL OR coalesce(c.own, 0), c.device
             FROM changes ch LEFT JOIN chunks c ON c.n = ch.chunk
             WHERE ch.hash = ?1 AND ch.doc = ?2 AND ch.adopted = 0",
        )?
        .query_row(params![hash, doc], |row| Ok((row.get(0)?, row.get::<_, Option<[u8; 32]>>(1)?)))
        .optional()?;
    Ok(match found {
        Some((true, _)) => Origin::Here,
        Some((false, Some(device))) => Origin::There(DeviceId(device)),
        Some((false, None)) | None => Origin::Unknown,
    })
}

/// The changes of a document, each with those that it builds on.
pub fn graph(db: &Connection, doc: &DocId) -> Result<BTreeMap<Hash, Vec<Hash>>> {
    let mut query = db.prepare_cached("SELECT hash, deps FROM changes WHERE doc = ?1")?;
    let rows = query.query_map([doc], |row| Ok((row.get(0)?, documents::hashes(row.get_ref(1)?.as_blob()?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The hashes of all changes of a document.
pub fn hashes(db: &Connection, doc: &DocId) -> Result<BTreeSet<[u8; 32]>> {
    let mut query = db.prepare_cached("SELECT hash FROM changes WHERE doc = ?1")?;
    let rows = query.query_map([doc], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
