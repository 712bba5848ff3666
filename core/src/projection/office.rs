//! The notebooks that an office's notebook lists: their rows, and who of them is here.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::keys::SpaceKey;
use uuid::Uuid;

use super::space::{Fields, text_of};
use crate::domain::SpaceId;
use crate::error::Result;
use crate::text;

/// A notebook on an office's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub space: SpaceId,
    /// What it is called: as it says itself where it is here, else as it was listed.
    pub name: String,
    /// Its own document is on this device.
    pub here: bool,
}

/// A notebook on an office's list, as whoever follows the list needs it.
pub struct Followed {
    /// Which.
    pub space: SpaceId,
    /// Its keyring, oldest first.
    pub keys: Vec<SpaceKey>,
    /// An invite's link; empty where there is none.
    pub way: String,
    /// When the invite expires, in milliseconds since 1970 by the relay's clock.
    pub way_until: i64,
}

/// Writes a listed notebook's row.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: &str, fields: &Fields<'_>) -> Result<()> {
    let Ok(id) = id.parse::<SpaceId>() else { return Ok(()) };
    let keys = fields.get("keys").and_then(|e| e.value.bytes()).filter(|keys| keys.len() % 32 == 0).unwrap_or_default();
    db.execute(
        "INSERT INTO notebooks (space, id, name, keys, way, way_until, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            space,
            id.bytes(),
            text_of(fields, "name"),
            keys,
            text_of(fields, "way"),
            fields.get("until").and_then(|e| e.value.int()).unwrap_or_default(),
            fields.get("removed").is_some_and(|e| e.value.is_true()),
        ],
    )?;
    Ok(())
}

/// Whether a notebook lists others.
pub fn is_office(db: &Connection, space: SpaceId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM notebooks WHERE space = ?1 AND removed = 0")?.exists([space.bytes()])?)
}

/// The notebooks that an office lists, by name.
pub fn listed(db: &Connection, office: SpaceId) -> Result<Vec<Listed>> {
    let mut query = db.prepare_cached(
        "SELECT l.id, coalesce(n.name, l.name), EXISTS (SELECT 1 FROM documents d WHERE d.doc = l.id AND d.space = l.id)
         FROM notebooks l LEFT JOIN space_names n ON n.space = l.id WHERE l.space = ?1 AND l.removed = 0",
    )?;
    let rows = query.query_map([office.bytes()], |row| {
        Ok(Listed { space: SpaceId(Uuid::from_bytes(row.get(0)?)), name: row.get(1)?, here: row.get(2)? })
    })?;
    let mut listed: Vec<Listed> = rows.collect::<rusqlite::Result<_>>()?;
    listed.sort_by_cached_key(|one| (text::name::plain_sort_key(&one.name), one.space));
    Ok(listed)
}

/// The office's own notebook, and after it those that it lists and that are here.
pub fn here(db: &Connection, office: SpaceId) -> Result<Vec<SpaceId>> {
    Ok(std::iter::once(office).chain(hamlets(db, office)?).collect())
}

/// The listed notebooks that are here, by name.
pub fn hamlets(db: &Connection, office: SpaceId) -> Result<Vec<SpaceId>> {
    Ok(listed(db, office)?.into_iter().filter(|one| one.here).map(|one| one.space).collect())
}

/// What a notebook is called: as it says itself, or while nothing of it is here, as an office has listed it.
pub fn name(db: &Connection, space: SpaceId) -> Result<String> {
    let found = db
        .prepare_cached(
            "SELECT name FROM space_names WHERE space = ?1
             UNION ALL SELECT name FROM notebooks WHERE id = ?1 AND removed = 0 LIMIT 1",
        )?
        .query_row([space.bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The offices on this device that list a notebook.
pub fn offices_of(db: &Connection, space: SpaceId) -> Result<Vec<SpaceId>> {
    let mut query = db.prepare_cached("SELECT space FROM notebooks WHERE id = ?1 AND removed = 0 ORDER BY space")?;
    let rows = query.query_map([space.bytes()], |row| Ok(SpaceId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What lets this device into the notebooks that an office lists.
pub fn followed(db: &Connection, office: SpaceId) -> Result<Vec<Followed>> {
    let mut query = db.prepare_cached(
        "SELECT id, keys, way, way_until FROM notebooks WHERE space = ?1 AND removed = 0 AND id <> space ORDER BY id",
    )?;
    let rows = query.query_map([office.bytes()], |row| {
        let keys = row.get_ref(1)?.as_blob()?.as_chunks().0.iter().map(|key| SpaceKey::from_bytes(*key)).collect();
        let space = SpaceId(Uuid::from_bytes(row.get(0)?));
        Ok(Followed { space, keys, way: row.get(2)?, way_until: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
