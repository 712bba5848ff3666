//! How the locality works, as the space's document has it: words of its own, the shapes of its teams.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::space::{Fields, Things, of_kind};
use crate::doc::Scalar;
use crate::doc::space::Thing;
use crate::domain::SpaceId;
use crate::error::Result;

/// What stands under a kind, an id and a field; the field is empty where the thing is one value.
pub type Words = BTreeMap<(String, String, String), String>;

/// Writes the rows.
pub(super) fn project(db: &Connection, space: SpaceId, things: &Things<'_>) -> Result<()> {
    for kind in [Thing::Level, Thing::Role, Thing::Locality] {
        for (id, fields) in of_kind::<String>(things, kind) {
            insert(db, space, kind, &id, fields)?;
        }
    }
    Ok(())
}

fn insert(db: &Connection, space: SpaceId, kind: Thing, id: &str, fields: &Fields<'_>) -> Result<()> {
    for (field, entry) in fields {
        let word = match &entry.value {
            Scalar::Text(text) => text.clone(),
            Scalar::Int(n) => n.to_string(),
            _ => continue,
        };
        db.prepare_cached("INSERT INTO locality (space, kind, id, field, word) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![space.bytes(), kind.as_str(), id, field, word])?;
    }
    Ok(())
}

/// All that is written of the locality.
pub fn words(db: &Connection, space: SpaceId) -> Result<Words> {
    let mut query = db.prepare_cached("SELECT kind, id, field, word FROM locality WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
