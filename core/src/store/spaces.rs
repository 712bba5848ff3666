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

/// The notebook that is open: whichever was opened last. One in which nobody has signed in yet never is.
pub fn open(db: &Connection) -> Result<Option<Space>> {
    Ok(opened(db)?.into_iter().next())
}

/// The notebooks that somebody has opened on this device, the open one first.
pub fn opened(db: &Connection) -> Result<Vec<Space>> {
    let mut query = db.prepare_cached(
        "SELECT space, practice, me FROM spaces WHERE me IS NOT NULL ORDER BY opened DESC, rowid DESC",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Space {
            id: SpaceId(uuid::Uuid::from_bytes(row.get(0)?)),
            practice: row.get(1)?,
            me: MemberId(uuid::Uuid::from_bytes(row.get(2)?)),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All notebooks of this device that may be sent anywhere, those that nobody has opened yet too.
pub fn real(db: &Connection) -> Result<Vec<SpaceId>> {
    Ok(all(db)?.into_iter().filter(|(_, practice)| !practice).map(|(space, _)| space).collect())
}

/// All notebooks of this device, and whether each is for practice.
pub fn all(db: &Connection) -> Result<Vec<(SpaceId, bool)>> {
    let mut query = db.prepare_cached("SELECT space, practice FROM spaces ORDER BY rowid")?;
    let rows = query.query_map([], |row| Ok((SpaceId(uuid::Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many notebooks this device has.
pub fn count(db: &Connection) -> Result<u32> {
    Ok(db.prepare_cached("SELECT count(*) FROM spaces")?.query_row([], |row| row.get(0))?)
}

/// Whether a notebook is on this device.
pub fn is_here(db: &Connection, space: SpaceId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM spaces WHERE space = ?1")?.exists([space.bytes()])?)
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

/// Opens a notebook under somebody's name.
pub fn open_as(db: &Connection, space: SpaceId, member: MemberId) -> Result<()> {
    sign_in(db, space, member)?;
    let sql = "UPDATE spaces SET opened = (SELECT max(opened) + 1 FROM spaces) WHERE space = ?1";
    db.execute(sql, [space.bytes()])?;
    Ok(())
}

/// Notes which member somebody is in a notebook.
pub fn note_known_as(db: &Connection, space: SpaceId, person: MemberId, member: MemberId) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO known_as (space, person, member) VALUES (?1, ?2, ?3)",
        params![space.bytes(), person.bytes(), member.bytes()],
    )?;
    Ok(())
}

/// Which member somebody is in a notebook, where that has been noted; else they have the same id, if they are in it.
pub fn known_as(db: &Connection, space: SpaceId, person: MemberId) -> Result<MemberId> {
    let found = db
        .prepare_cached("SELECT member FROM known_as WHERE space = ?1 AND person = ?2")?
        .query_row(params![space.bytes(), person.bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map_or(person, |member| MemberId(uuid::Uuid::from_bytes(member))))
}

/// The person that a member of a notebook is.
pub fn person(db: &Connection, space: SpaceId, member: MemberId) -> Result<MemberId> {
    let found = db
        .prepare_cached("SELECT person FROM known_as WHERE space = ?1 AND member = ?2 ORDER BY person")?
        .query_row(params![space.bytes(), member.bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map_or(member, |person| MemberId(uuid::Uuid::from_bytes(person))))
}

/// The keyring, oldest first; the last one seals.
pub fn keys(db: &Connection, space: SpaceId) -> Result<Vec<SpaceKey>> {
    let mut query = db.prepare_cached("SELECT key FROM space_keys WHERE space = ?1 ORDER BY n")?;
    let rows = query.query_map([space.bytes()], |row| row.get::<_, [u8; 32]>(0))?;
    rows.map(|key| key.map(SpaceKey::from_bytes).map_err(Error::from)).collect()
}

/// Adds a notebook that is being joined, or goes on with it. What was left of joining another one goes, unless some
/// office lists it.
pub fn begin_joining(db: &Connection, space: SpaceId, keys: &[SpaceKey]) -> Result<()> {
    let mut query = db.prepare_cached(
        "SELECT space FROM spaces WHERE me IS NULL
         AND NOT EXISTS (SELECT 1 FROM notebooks n WHERE n.id = spaces.space AND n.removed = 0)",
    )?;
    let unfinished: Vec<[u8; 16]> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for other in unfinished.iter().filter(|other| *other != space.bytes()) {
        delete(db, SpaceId(uuid::Uuid::from_bytes(*other)))?;
    }
    if is_here(db, space)? { add_keys(db, space, keys) } else { insert(db, space, false, keys) }
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
