//! Tasks: their rows, and the queries that read them.

use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::list::Asker;
use super::space::author_names;
use super::views::{TaskHousehold, TaskView};
use crate::domain::{HouseholdId, MemberId, SpaceId, Task, TaskId};
use crate::error::Result;
use crate::store::documents::DocId;

/// Writes what one document says of a task.
pub fn insert(db: &Connection, space: SpaceId, doc: &DocId, task: &Task) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO tasks (doc, id, space, what, who, from_who, from_day, due, goal, done, removed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        doc,
        task.id.bytes(),
        space.bytes(),
        task.what,
        task.who.map(|who| *who.bytes()),
        task.from_who.map(|who| *who.bytes()),
        task.from.map(|day| day.to_string()),
        task.due.map(|day| day.to_string()),
        task.goal,
        task.done,
        task.removed,
    ])?;
    Ok(())
}

/// Which tasks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Everybody's.
    Team,
    /// One member's.
    Member(MemberId),
    /// Those of one household.
    Household(HouseholdId),
    /// One.
    Task(TaskId),
}

/// Tasks with their households: what is open first, by due day, then what is done.
pub fn list(db: &Connection, asker: &Asker, of: Of) -> Result<Vec<TaskView>> {
    let (condition, value) = match of {
        Of::Team => ("?2 IS ?2 AND t.removed = 0", *asker.space.bytes()),
        Of::Member(who) => ("t.who = ?2 AND t.removed = 0", *who.bytes()),
        Of::Household(id) => (
            "t.id IN (SELECT o.id FROM tasks o JOIN households p ON p.id = o.doc WHERE p.id = ?2 OR p.merged_into = ?2)
             AND t.removed = 0",
            *id.bytes(),
        ),
        Of::Task(id) => ("t.id = ?2", *id.bytes()),
    };
    let sql = format!(
        "SELECT t.id, coalesce(h.id, t.doc), t.what, t.who, t.from_who, t.from_day, t.due, t.goal, t.done, t.removed,
           h.head, h.head_birth, h.door
         FROM tasks t
         LEFT JOIN households w ON w.id = t.doc
         LEFT JOIN standing h ON h.id = coalesce(w.merged_into, w.id)
         WHERE t.space = ?1 AND {condition} AND coalesce(h.hidden, 0) = 0
         ORDER BY t.due IS NULL, t.due, t.id, h.lane_key, h.door, t.doc"
    );
    let names = author_names(db, asker.space)?;
    let name = |member: Option<[u8; 16]>| {
        let id = member.map(|id| MemberId(Uuid::from_bytes(id)).to_string()).unwrap_or_default();
        (names.get(&id).cloned().unwrap_or_default(), id)
    };
    let today = asker.today.to_string();
    let mut tasks: Vec<TaskView> = Vec::new();
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query(params![asker.space.bytes(), value])?;
    while let Some(row) = rows.next()? {
        let id = TaskId(Uuid::from_bytes(row.get(0)?)).to_string();
        let household = household(row, asker.space)?;
        let (goal, done): (u32, u32) = (row.get(7)?, row.get(8)?);
        // What was edited on two devices at once may differ between households: the first one speaks.
        match tasks.iter_mut().rev().find(|task| task.id == id) {
            Some(task) if household.as_ref().is_some_and(|one| task.knows(one)) => {
                // The task stood in both of two households that are one now: done in either, done.
                let both = task.households.iter_mut().find(|one| household.as_ref().is_some_and(|h| h.id == one.id));
                if let Some(one) = both.filter(|one| !one.done && done > 0) {
                    one.done = true;
                    task.done += 1;
                }
            }
            Some(task) => {
                task.goal += goal;
                task.done += done;
                task.households.extend(household);
            }
            None => {
                let ((who_name, who), (from_who_name, _)) = (name(row.get(3)?), name(row.get(4)?));
                let due: Option<String> = row.get(6)?;
                tasks.push(TaskView {
                    id,
                    what: row.get(2)?,
                    who,
                    who_name,
                    from_who_name,
                    from: row.get(5)?,
                    overdue: due.as_deref().is_some_and(|due| due < today.as_str()),
                    due,
                    goal,
                    done,
                    households: household.into_iter().collect(),
                    removed: row.get(9)?,
                });
            }
        }
    }
    for task in &mut tasks {
        task.overdue &= task.done < task.goal;
    }
    tasks.sort_by_key(|task| task.done >= task.goal);
    Ok(tasks)
}

fn household(row: &Row<'_>, space: SpaceId) -> rusqlite::Result<Option<TaskHousehold>> {
    let doc: [u8; 16] = row.get(1)?;
    if doc == *space.bytes() {
        return Ok(None);
    }
    let birth: String = row.get::<_, Option<String>>(11)?.unwrap_or_default();
    Ok(Some(TaskHousehold {
        id: HouseholdId(Uuid::from_bytes(doc)).to_string(),
        head: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
        head_birth_year: birth.get(..4).and_then(|year| year.parse().ok()),
        door: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
        done: row.get::<_, u32>(8)? > 0,
    }))
}

impl TaskView {
    fn knows(&self, household: &TaskHousehold) -> bool {
        self.households.iter().any(|one| one.id == household.id)
    }
}

/// The households at which a task stands; none for the space's own document.
pub fn stands_in(db: &Connection, space: SpaceId, task: TaskId) -> Result<Vec<Option<HouseholdId>>> {
    let mut query = db.prepare_cached("SELECT doc FROM tasks WHERE space = ?1 AND id = ?2 ORDER BY doc")?;
    let rows = query.query_map(params![space.bytes(), task.bytes()], |row| {
        let doc: DocId = row.get(0)?;
        Ok((doc != *space.bytes()).then(|| HouseholdId(Uuid::from_bytes(doc))))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
