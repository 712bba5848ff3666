//! Unfinished visit forms. A visit's id and time are fixed when its form opens.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::domain::{HouseholdId, MemberId, SpaceId, VisitId};
use crate::error::Result;

/// An unfinished form. `form` and `face` are JSON texts, see [`crate::api`].
pub struct DraftRow {
    /// The visit it will be, or is to correct.
    pub visit: VisitId,
    /// Its household.
    pub household: HouseholdId,
    /// Whose it is.
    pub member: MemberId,
    /// A correction of a saved visit.
    pub correction: bool,
    /// When the form was opened.
    pub opened_at_ms: i64,
    /// When it was last kept.
    pub saved_at_ms: i64,
    /// The form.
    pub form: String,
    /// The face's own state.
    pub face: String,
}

const COLUMNS: &str = "visit, household, member, correction, opened_at_ms, saved_at_ms, form, face";

fn read(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        visit: VisitId(Uuid::from_bytes(row.get(0)?)),
        household: HouseholdId(Uuid::from_bytes(row.get(1)?)),
        member: MemberId(Uuid::from_bytes(row.get(2)?)),
        correction: row.get(3)?,
        opened_at_ms: row.get(4)?,
        saved_at_ms: row.get(5)?,
        form: row.get(6)?,
        face: row.get(7)?,
    })
}

/// Keeps a form as it is now.
pub fn put(db: &Connection, space: SpaceId, draft: &DraftRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO drafts (visit, household, member, correction, opened_at_ms, saved_at_ms, form, face, space)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (visit) DO UPDATE SET saved_at_ms = excluded.saved_at_ms, form = excluded.form, face = excluded.face",
    )?
    .execute(params![
        draft.visit.bytes(),
        draft.household.bytes(),
        draft.member.bytes(),
        draft.correction,
        draft.opened_at_ms,
        draft.saved_at_ms,
        draft.form,
        draft.face,
        space.bytes()
    ])?;
    Ok(())
}

/// One form of this member.
pub fn get(db: &Connection, member: MemberId, visit: VisitId) -> Result<Option<DraftRow>> {
    let sql = format!("SELECT {COLUMNS} FROM drafts WHERE visit = ?1 AND member = ?2");
    Ok(db.prepare_cached(&sql)?.query_row([visit.bytes(), member.bytes()], read).optional()?)
}

/// The forms of this member, last touched first.
pub fn of_member(db: &Connection, space: SpaceId, member: MemberId) -> Result<Vec<DraftRow>> {
    let sql = format!("SELECT {COLUMNS} FROM drafts WHERE space = ?1 AND member = ?2 ORDER BY saved_at_ms DESC, visit");
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map([space.bytes(), member.bytes()], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Drops a form; nothing happens when there is none.
pub fn delete(db: &Connection, member: MemberId, visit: VisitId) -> Result<()> {
    db.execute("DELETE FROM drafts WHERE visit = ?1 AND member = ?2", [visit.bytes(), member.bytes()])?;
    Ok(())
}

/// How many unfinished forms a notebook has, of all its members.
pub fn count(db: &Connection, space: SpaceId) -> Result<u32> {
    Ok(db.query_row("SELECT count(*) FROM drafts WHERE space = ?1", [space.bytes()], |row| row.get(0))?)
}
