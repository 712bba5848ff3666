//! Notices of the office: their rows, and the query that reads them.

use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::list::Asker;
use super::space::{self, Fields};
use super::sync;
use super::views::SyncMark;
use crate::domain::notice::OfficeNotice;
use crate::domain::visit::day_from_number;
use crate::domain::{MemberId, NoticeId, SpaceId, value};
use crate::error::Result;

/// What the office tells its teams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoticeView {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// The day from which it is shown.
    pub from: String,
    /// The last day on which it is shown; for good when there is none.
    pub until: Option<String>,
    /// Who wrote it.
    pub author_name: String,
    /// Shown today.
    pub shown: bool,
    /// Taken back.
    pub removed: bool,
    /// Where the record is.
    pub sync: SyncMark,
}

/// Writes a notice's row.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: &str, fields: &Fields<'_>) -> Result<()> {
    let (Ok(id), Some(entry)) = (id.parse::<NoticeId>(), fields.get("")) else { return Ok(()) };
    let Some(notice) = entry.value.bytes().and_then(value::decode::<OfficeNotice>) else { return Ok(()) };
    let day = |number| day_from_number(number).map(|day| day.to_string());
    db.execute(
        "INSERT INTO notices (space, id, from_day, until_day, author, text, removed, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            space,
            id.bytes(),
            day(notice.from).unwrap_or_default(),
            notice.until.and_then(day),
            notice.author.bytes(),
            notice.text,
            notice.removed,
            entry.change.0
        ],
    )?;
    Ok(())
}

/// The notices, newest first.
pub fn list(db: &Connection, asker: &Asker) -> Result<Vec<NoticeView>> {
    let names = space::author_names(db, asker.space)?;
    let mut query = db.prepare_cached(
        "SELECT id, from_day, until_day, author, text, removed, change FROM notices
         WHERE space = ?1 ORDER BY from_day DESC, id DESC",
    )?;
    let rows = query.query_map([asker.space.bytes()], |row| {
        let author = MemberId(Uuid::from_bytes(row.get(3)?)).to_string();
        let (from, until): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let (removed, today): (bool, String) = (row.get(5)?, asker.today.to_string());
        let view = NoticeView {
            id: NoticeId(Uuid::from_bytes(row.get(0)?)).to_string(),
            shown: !removed && from <= today && until.as_ref().is_none_or(|until| *until >= today),
            from,
            until,
            author_name: names.get(&author).cloned().unwrap_or_default(),
            text: row.get(4)?,
            removed,
            sync: UNKNOWN,
        };
        Ok((view, row.get::<_, [u8; 32]>(6)?))
    })?;
    rows.map(|row| {
        let (view, change) = row?;
        Ok(NoticeView { sync: sync::of_change(db, asker.space, &change)?, ..view })
    })
    .collect()
}

const UNKNOWN: SyncMark = SyncMark { state: super::views::SyncState::Here, at_ms: None, relay: None };

/// One notice as it is stored, without its author's name.
pub fn stored(db: &Connection, space: SpaceId, id: NoticeId) -> Result<Option<OfficeNotice>> {
    use rusqlite::OptionalExtension;

    use crate::domain::visit::day_number;
    let number = |day: String| day.parse().map(day_number).ok();
    let found = db
        .prepare_cached("SELECT from_day, until_day, author, text, removed FROM notices WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.bytes(), id.bytes()], |row| {
            Ok(OfficeNotice {
                from: number(row.get(0)?).unwrap_or_default(),
                until: row.get::<_, Option<String>>(1)?.and_then(number),
                author: MemberId(Uuid::from_bytes(row.get(2)?)),
                text: row.get(3)?,
                removed: row.get(4)?,
            })
        })
        .optional()?;
    Ok(found)
}
