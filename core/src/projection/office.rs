//! The notebooks that an office lists.

use rusqlite::Connection;
use uuid::Uuid;

use crate::domain::SpaceId;
use crate::error::Result;
use crate::text::name;

/// The notebooks that an office lists, by name: which, what it calls each, and whether anything of it is here.
pub fn listed(db: &Connection, office: SpaceId) -> Result<Vec<(SpaceId, String, bool)>> {
    let mut query = db.prepare_cached(
        "SELECT n.id, n.name, EXISTS (SELECT 1 FROM spaces s JOIN documents d ON d.space = s.space WHERE s.space = n.id)
         FROM notebooks n WHERE n.space = ?1 AND n.id <> ?1 AND n.removed = 0",
    )?;
    let rows = query
        .query_map([office.bytes()], |row| Ok((SpaceId(Uuid::from_bytes(row.get(0)?)), row.get(1)?, row.get(2)?)))?;
    let mut listed: Vec<(SpaceId, String, bool)> = rows.collect::<rusqlite::Result<_>>()?;
    listed.sort_by_cached_key(|(id, name, _)| (name::plain_sort_key(name), *id));
    Ok(listed)
}

/// The office's own notebook and after it those that it lists and that are here.
pub fn here(db: &Connection, office: SpaceId) -> Result<Vec<SpaceId>> {
    let listed = listed(db, office)?.into_iter().filter(|(.., here)| *here).map(|(id, ..)| id);
    Ok(std::iter::once(office).chain(listed).collect())
}
