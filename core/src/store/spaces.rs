//! The notebooks of this device and their keys.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::keys::SpaceKey;

use crate::domain::{MemberId, SpaceId};
use crate::error::{Error, Result};

/// A notebook of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Which.
    pub id: SpaceId,
    /// A sample to practise with.
    pub practice: bool,
    /// Who is signed in.
    pub me: MemberId,
}

/// The notebook that is open. One that is still being joined has nobody signed in, and is not.
pub fn open(db: &Connection) -> Result<Option<Space>> {
    let found = db
        .prepare_cached("SELECT space, practice, me FROM spaces WHERE me IS NOT NULL LIMIT 1")?
        .query_row([], |row| {
            Ok(Space {
                id: SpaceId(uuid::Uuid::from_bytes(row.get(0)?)),
                practice: row.get(1)?,
                me: MemberId(uuid::Uuid::from_bytes(row.get(2)?)),
            })
        })
        .optional()?;
    Ok(found)
}

/// Adds a notebook with its keys, oldest first.
pub fn insert(db: &Connection, space: SpaceId, practice: bool, keys: &[SpaceKey]) -> Result<()> {
    db.execute("INSERT INTO spaces (space, practice) VALUES (?1, ?2)", params![space.bytes(), practice])?;
    add_keys(db, space, keys)
}

/// Adds keys to a notebook's keyring, oldest first; those that it has stay where they are.
pub fn add_keys(db: &Connection, space: SpaceId, keys: &[SpaceKey]) -> Result<()> {
    for key in keys {
        db.execute(
            "INSERT OR IGNORE INTO space_keys (space, key_id, key) VALUES (?1, ?2, ?3)",
            params![space.bytes(), key.id().as_bytes(), key.as_bytes()],
        )?;
    }
    Ok(())
}

/// Notes who is signed in.
pub fn sign_in(db: &Connection, space: SpaceId, member: MemberId) -> Result<()> {
    db.execute("UPDATE spaces SET me = ?2 WHERE space = ?1", params![space.bytes(), member.bytes()])?;
    Ok(())
}

/// The keyring, oldest first; the last one seals.
pub fn keys(db: &Connection, space: SpaceId) -> Result<Vec<SpaceKey>> {
    let mut query = db.prepare_cached("SELECT key FROM space_keys WHERE space = ?1 ORDER BY n")?;
    let rows = query.query_map([space.bytes()], |row| row.get::<_, [u8; 32]>(0))?;
    rows.map(|key| key.map(SpaceKey::from_bytes).map_err(Error::from)).collect()
}

/// Adds a notebook that is being joined, or goes on with it. What was left of joining another one goes.
pub fn begin_joining(db: &Connection, space: SpaceId, keys: &[SpaceKey]) -> Result<()> {
    let mut query = db.prepare_cached("SELECT space FROM spaces WHERE me IS NULL")?;
    let unfinished: Vec<[u8; 16]> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for other in unfinished.iter().filter(|other| *other != space.bytes()) {
        delete(db, SpaceId(uuid::Uuid::from_bytes(*other)))?;
    }
    if unfinished.contains(space.bytes()) { add_keys(db, space, keys) } else { insert(db, space, false, keys) }
}

/// Whether nothing of a notebook is here yet.
pub fn is_empty(db: &Connection, space: SpaceId) -> Result<bool> {
    let found = db
        .prepare_cached("SELECT 1 FROM documents WHERE space = ?1 UNION ALL SELECT 1 FROM chunks WHERE space = ?1")?
        .exists([space.bytes()])?;
    Ok(!found)
}

/// Takes a notebook off this device, with all that is kept of it beside its projected rows.
pub fn delete(db: &Connection, space: SpaceId) -> Result<()> {
    for table in ["quarantine", "drafts", "changes", "photos", "chunks", "documents", "spaces"] {
        db.execute(&format!("DELETE FROM {table} WHERE space = ?1"), [space.bytes()])?;
    }
    Ok(())
}
