//! What goes into a file, and who was handed which chunk in one.
//!
//! A stick gets lost and a message is never opened: that a chunk went into a file says nothing about
//! where it arrived. It only spares the next file for the same receiver from carrying it again.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::SpaceId;
use crate::error::Result;
use crate::search::fold::fold_name;
use crate::sync::rows::{Entry, Since};

/// The chunks of a space that are new, in the order in which they came here. What could not be opened yet
/// and what a relay has refused are among them: a file carries whatever is kept.
pub fn chunks_since(db: &Connection, space: SpaceId, since: Since) -> Result<Vec<Entry>> {
    let (relay, receiver) = match since {
        Since::Beginning => (None, None),
        Since::Relay(n) => (Some(n), None),
        Since::Receiver(n) => (None, Some(n)),
    };
    let mut query = db.prepare_cached(
        "SELECT c.n, length(c.bytes), (SELECT count(*) FROM changes r WHERE r.chunk = c.n) FROM chunks c
         WHERE c.space = ?1
           AND NOT EXISTS (SELECT 1 FROM arrivals a WHERE a.chunk = c.n AND a.relay = ?2)
           AND NOT EXISTS (SELECT 1 FROM handed_over h WHERE h.chunk = c.n AND h.receiver = ?3)
         ORDER BY c.n",
    )?;
    let rows = query.query_map(params![space.bytes(), relay, receiver], |row| {
        Ok(Entry { n: row.get(0)?, length: row.get::<_, i64>(1)?.unsigned_abs(), records: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Somebody who was handed files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// As the person has named them.
    pub name: String,
    /// When the last file for them was made, in milliseconds since 1970.
    pub last_at_ms: i64,
    /// Records that none of these files held.
    pub new_records: u32,
}

/// Who was handed files of a space, last one first.
pub fn receivers(db: &Connection, space: SpaceId) -> Result<Vec<Receiver>> {
    let mut query = db.prepare_cached(
        "SELECT r.name, r.last_at_ms, (SELECT count(*) FROM changes c WHERE c.space = ?1
           AND (c.chunk IS NULL
             OR NOT EXISTS (SELECT 1 FROM handed_over h WHERE h.chunk = c.chunk AND h.receiver = r.n)))
         FROM receivers r WHERE r.space = ?1 ORDER BY r.last_at_ms DESC, r.n DESC",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok(Receiver { name: row.get(0)?, last_at_ms: row.get(1)?, new_records: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The row of a receiver, if they were handed a file before. Case and spaces make no difference.
pub fn find_receiver(db: &Connection, space: SpaceId, name: &str) -> Result<Option<i64>> {
    Ok(db
        .prepare_cached("SELECT n FROM receivers WHERE space = ?1 AND name_key = ?2")?
        .query_row(params![space.bytes(), fold_name(name)], |row| row.get(0))
        .optional()?)
}

/// Notes that a file with these chunks was made for a receiver.
pub fn hand_over(db: &Connection, space: SpaceId, name: &str, chunks: &[Entry], at_ms: i64) -> Result<()> {
    let receiver: i64 = db
        .prepare_cached(
            "INSERT INTO receivers (space, name, name_key, last_at_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (space, name_key) DO UPDATE SET last_at_ms = excluded.last_at_ms RETURNING n",
        )?
        .query_row(params![space.bytes(), name, fold_name(name), at_ms], |row| row.get(0))?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO handed_over (receiver, chunk) VALUES (?1, ?2)")?;
    chunks.iter().try_for_each(|chunk| insert.execute([receiver, chunk.n]).map(drop))?;
    Ok(())
}
