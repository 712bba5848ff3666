//! How the locality works, as the space's document has it: words of its own, the shapes of its teams.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::space::{Fields, Things, of_kind};
use crate::doc::Scalar;
use crate::doc::space::Thing;
use crate::domain::locality::TeamShape;
use crate::domain::team::GROUPS_FROM;
use crate::domain::{SpaceId, TeamKind};
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

/// What is said of the locality itself; empty where nothing is.
pub fn word<'a>(words: &'a Words, id: &str, field: &str) -> &'a str {
    let key = (Thing::Locality.as_str().to_owned(), id.to_owned(), field.to_owned());
    words.get(&key).map_or("", String::as_str)
}

/// What a team of a kind looks like there, if the locality says so.
pub fn shape(words: &Words, kind: TeamKind) -> Option<TeamShape> {
    let size = |field: &str| word(words, kind.as_str(), field).parse().ok().filter(|size| *size > 0);
    let (smallest, largest) = (size("smallest")?, size("largest")?);
    Some(TeamShape { kind, smallest, largest, led_by: word(words, kind.as_str(), "led_by").to_owned() })
}

/// From how many members on collaborators go in groups of their own.
pub fn groups_from(words: &Words) -> u32 {
    word(words, "groups", "from").parse().unwrap_or(GROUPS_FROM)
}
