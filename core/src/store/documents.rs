//! Saved documents, one per household and one per space.

use rusqlite::{Connection, OptionalExtension, params};

use crate::doc::Doc;
use crate::domain::SpaceId;
use crate::error::{Error, Result};

/// A document's id: a household's or a space's sixteen bytes.
pub type DocId = [u8; 16];

/// The hash of a change.
pub type Hash = [u8; 32];

/// Loads a document of this space; an empty one when there is none yet.
pub fn load(db: &Connection, space: SpaceId, doc: &DocId) -> Result<Doc> {
    let found: Option<([u8; 16], Vec<u8>)> = db
        .prepare_cached("SELECT space, saved FROM documents WHERE doc = ?1")?
        .query_row([doc], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        None => Ok(Doc::new()),
        Some((owner, saved)) if owner == *space.bytes() => Doc::load(&saved),
        Some(_) => Err(Error::new("other_space", "the document belongs to another space")),
    }
}

/// Keeps a document.
pub fn save(db: &Connection, space: SpaceId, doc: &DocId, content: &Doc) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO documents (doc, space, heads, saved) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (doc) DO UPDATE SET heads = excluded.heads, saved = excluded.saved",
    )?
    .execute(params![doc, space.bytes(), content.heads().concat(), content.save()])?;
    Ok(())
}

/// A document's saved bytes.
pub fn saved(db: &Connection, doc: &DocId) -> Result<Vec<u8>> {
    Ok(db.prepare_cached("SELECT saved FROM documents WHERE doc = ?1")?.query_row([doc], |row| row.get(0))?)
}

/// Whether the document is there.
pub fn exists(db: &Connection, doc: &DocId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM documents WHERE doc = ?1")?.exists([doc])?)
}

/// The heads of all documents of a space, in the documents' order.
pub fn heads(db: &Connection, space: SpaceId) -> Result<Vec<(DocId, Vec<Hash>)>> {
    let mut query = db.prepare_cached("SELECT doc, heads FROM documents WHERE space = ?1 ORDER BY doc")?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, hashes(row.get_ref(1)?.as_blob()?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads hashes that are stored one after the other.
pub fn hashes(stored: &[u8]) -> Vec<Hash> {
    stored.as_chunks().0.to_vec()
}

/// All documents with their spaces.
pub fn all(db: &Connection) -> Result<Vec<(SpaceId, DocId)>> {
    let mut query = db.prepare("SELECT space, doc FROM documents ORDER BY doc")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?)))?;
    rows.map(|row| row.map(|(space, doc)| (SpaceId(uuid::Uuid::from_bytes(space)), doc)).map_err(Error::from)).collect()
}

/// The documents of a space, each with its household's place: the space's own first, then the households
/// place by place.
pub fn by_place(db: &Connection, space: SpaceId) -> Result<Vec<(DocId, Option<DocId>)>> {
    let mut query = db.prepare_cached(
        "SELECT d.doc, h.place FROM documents d LEFT JOIN households h ON h.id = d.doc
         WHERE d.space = ?1 ORDER BY d.doc <> ?1, h.place, d.doc",
    )?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
