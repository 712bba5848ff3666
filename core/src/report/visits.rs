//! The visits of a span of days, oldest first, as they count: none that was taken back.

use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use crate::domain::SpaceId;
use crate::error::Result;

/// The days over which something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first; everything from the beginning when there is none.
    pub first: Option<Date>,
    /// The last.
    pub last: Date,
}

impl Window {
    /// Whether a day is in it.
    pub fn has(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && day <= self.last
    }
}

/// Reads what visits have beside themselves: `columns` of `visits v` and, of each visit, of the tables that `join`
/// adds. They come in the order in which a later one overrules an earlier: by day, hybrid clock and id. The names
/// for the day, the clock and the order stand in an index, so the visits themselves are not read.
pub fn each(
    db: &Connection,
    space: SpaceId,
    window: Window,
    (columns, join): (&str, &str),
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let sql = statement(columns, join);
    let first = window.first.map(|day| day.to_string()).unwrap_or_default();
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query(params![space.bytes(), first, window.last.to_string()])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// The first table is read first (`CROSS JOIN`), so the order comes from its index and nothing is sorted.
fn statement(columns: &str, join: &str) -> String {
    format!(
        "SELECT {columns} FROM visits v {join} WHERE v.space = ?1 AND v.removed = 0 AND v.day BETWEEN ?2 AND ?3
         ORDER BY v.day, v.clock, v.id"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrations;

    /// What SQLite does for a statement.
    fn plan(columns: &str, join: &str) -> String {
        let mut db = Connection::open_in_memory().expect("opens");
        migrations::run(&mut db).expect("migrates");
        let sql = format!("EXPLAIN QUERY PLAN {}", statement(columns, join));
        let mut query = db.prepare(&sql).expect("prepares");
        let steps = query.query_map(params![[0u8; 16], "", ""], |row| row.get::<_, String>(3)).expect("asks");
        steps.collect::<rusqlite::Result<Vec<_>>>().expect("reads").join("; ")
    }

    #[test]
    fn visits_are_read_from_the_index_alone_and_nothing_is_sorted() {
        let by_day = "SEARCH v USING COVERING INDEX visits_by_day (space=? AND day>? AND day<?)";
        assert_eq!(plan("v.household, v.id, v.outcome, v.day, v.clock", ""), by_day);
        for (columns, table) in [
            ("v.household, j.resident", "visit_people"),
            ("v.household, j.skill, j.level", "assessments"),
            ("v.household, j.item", "items_done"),
            ("v.household, j.service, j.count", "services_given"),
        ] {
            let join = format!("CROSS JOIN {table} j ON j.household = v.household AND j.visit = v.id");
            let wanted = format!("{by_day}; SEARCH j USING PRIMARY KEY (household=? AND visit=?)");
            assert_eq!(plan(columns, &join), wanted);
        }
    }
}
